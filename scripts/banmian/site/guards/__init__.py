"""What keeps one visitor from taking the machine from the others, or from learning what is not published.

The numbers stand in bounds.py, each with its reason. They hold however Datasette is started.
"""
