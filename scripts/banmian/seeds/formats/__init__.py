"""What OCR engines and libraries write beside plain text, read as text: a line a line, its box and block kept.

reading.py knows a form by its content; xml_trees.py reads XML and HTML without entities, alto.py, page_xml.py and
hocr.py what stands in them; paddleocr.py, rapidocr.py and mineru.py read JSON; lines.py puts the lines of a page
together.
"""

from banmian.seeds.formats.lines import SourceLine, unpacked
from banmian.seeds.formats.reading import FORMS, SUFFIXES, read_form

__all__ = ["FORMS", "SUFFIXES", "SourceLine", "read_form", "unpacked"]
