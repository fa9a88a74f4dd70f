"""What is known of the three languages: which one a text is in, its words' base forms, its sentences."""
