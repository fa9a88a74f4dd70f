"""Reading documents of many formats into blocks of text, in a child process that a hostile file may kill."""
