"""Documents made from what is there: dictionary.py the data dictionary, tour.py the pictures of the README."""
