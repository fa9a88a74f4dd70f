"""Telling text about a certain patient or client from ordinary professional text, in Finnish, Swedish and English."""
