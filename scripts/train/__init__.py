"""Training and measuring: the numbers of the page and names stages, pages set anew, what a build costs.

page.py, headings.py, heading_lines.py, two_lines.py, file_order.py, wrap.py, certainty.py and language.py learn numbers
from articles and pages that are not in this repository; places.py makes the list of administrative divisions from a
public package. dialect.py makes pages as engines write them, printed.py pages of printed lines and columns.py pages of
columns; agency.py reads articles for them, mix.py makes the pages of which headings and certainty are learned, as
mix.yml records them; score.py says how well pages are read. known.py is what they share, logistic.py what learns.
variants.py sets pages anew from the articles of a page, bench.py measures (make bench), bounded.py what long pages
cost. marks/ is text marked by our own guidelines, as offsets: recognition.py learns the tagger of names from it
(chain.py does the sums), weighing.py what speaks for a name beside the tagger and how certain it is, mentions.py says
how well they read.
"""
