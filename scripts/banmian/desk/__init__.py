"""The editor's desk: questions about a page, and answers written into editions.yml.

decisions.py makes entries of what an editor says about lines (corrections.py: as what a line should read);
yaml_edits.py puts them into the text of the file, written.py the text onto the disk, with undo; questions.py says what
to ask about a page, read anew by pages.py; articles.py shows how it stands, stretches.py what is corrected and doubted,
widths.py how wide its lines are set.
"""
