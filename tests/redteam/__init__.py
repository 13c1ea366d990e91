"""Lies made from real replies, none of which the guard may accept; and honest paraphrases."""
