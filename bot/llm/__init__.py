"""A language model that may reword a reply and never decides anything in it."""
