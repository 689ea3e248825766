"""People in a text: beside offices, in lists and bylines, by the shape of their names; what they do and say there."""
