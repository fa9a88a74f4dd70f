"""What Solmu knows of a person: a register of every place, and showing, exporting, erasing and forgetting by it."""
