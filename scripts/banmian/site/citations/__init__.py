"""Citations of what the site shows: what is said of it, in the forms that people and their programs read."""
