"""Invented files of OCR engines: one of each form, and the text that each is read as."""

from __future__ import annotations

import json
from typing import Any

ALTO = """\
<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"><Layout><Page ID="P1"><PrintSpace>
 <TextBlock ID="B1"><TextLine ID="L1" HPOS="10" VPOS="20" WIDTH="300" HEIGHT="40">
   <String CONTENT="春天" WC="0.9"/><SP/><String CONTENT="种什么" WC="0.8"/></TextLine></TextBlock>
 <ComposedBlock><TextBlock ID="B2">
  <TextLine ID="L2"><String CONTENT="市民"/><SP/><String CONTENT="领取"/><SP/><String CONTENT="exam"
    SUBS_TYPE="HypPart1" SUBS_CONTENT="example"/><HYP CONTENT="-"/></TextLine>
  <TextLine ID="L3"><String CONTENT="ple" SUBS_TYPE="HypPart2" SUBS_CONTENT="example"/><SP/>
    <String CONTENT="of"/><String CONTENT="text"/></TextLine>
  <TextLine ID="L4"/></TextBlock></ComposedBlock>
</PrintSpace></Page></Layout></alto>"""
ALTO3 = ALTO.replace("{version}", "3")
PAGE_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageFilename="1.png">
 {order}
 <TextRegion id="r1" type="paragraph"><Coords points="0,50 100,50 100,90"/>
  <TextLine id="l1"><Coords points="5,50 95,50 95,70 5,70"/>
   <Word><TextEquiv><Unicode>别的</Unicode></TextEquiv></Word>
   <TextEquiv index="1"><Unicode>市民领去</Unicode></TextEquiv>
   <TextEquiv index="0" conf="0.7"><Unicode>市民领取</Unicode></TextEquiv></TextLine>
  <TextLine id="l2"><Word><TextEquiv conf="0.5"><Unicode>树苗</Unicode></TextEquiv></Word>
   <Word><TextEquiv conf="0.9"><Unicode>两株。</Unicode></TextEquiv></Word></TextLine>
  <TextEquiv><Unicode>市民领取\n树苗两株。</Unicode></TextEquiv></TextRegion>
 <TextRegion id="r2" type="heading"><Coords><Point x="0" y="0"/><Point x="80" y="40"/></Coords>
  <TextEquiv><Unicode>春天种什么</Unicode></TextEquiv></TextRegion>
</Page></PcGts>"""
ORDER = """<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="r1"/>
 <OrderedGroupIndexed index="0" id="h"><RegionRefIndexed index="0" regionRef="r2"/></OrderedGroupIndexed>
 </OrderedGroup></ReadingOrder>"""
HOCR = """\
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta charset="utf-8"><meta name='ocr-system' content='tesseract 5'></head><body>
<div class='ocr_page' id='page_1' title='bbox 0 0 900 900'><div class='ocr_carea' id='block_1'>
 <p class='ocr_par' id='par_1'><span class='ocr_header' id='line_1' title="bbox 10 20 310 60; baseline 0 0">
  <span class='ocrx_word' title='bbox 10 20 90 60; x_wconf 96'>春天</span>
  <span class='ocrx_word' title='bbox 99 20 310 60; x_wconf 90'><strong>种什么</strong></span></span></p>
 <p class='ocr_par' id='par_2'><span class='ocr_line' id='line_2' title='bbox 10 80 300 99'>市民 &amp;
   GDP   up&nbsp;</span></p>
</div></div></body></html>"""
BOX = [[10, 20], [310, 22], [310, 60], [10, 58]]
RECTANGLE = (10.0, 20.0, 300.0, 40.0)
LINES = "春天种什么\n市民领取树苗"
CONTENT_LIST: list[dict[str, Any]] = [
    {"type": "text", "text": "春天种什么", "text_level": 1, "bbox": [10, 20, 310, 60], "page_idx": 0},
    {"type": "text", "text": "市民领取树苗。", "page_idx": 0},
    {"type": "image", "img_path": "a.jpg", "image_caption": ["树苗 张明摄"], "image_footnote": [], "page_idx": 0},
    {
        "type": "table",
        "table_caption": ["表一"],
        "table_body": "<table><tr><td>一</td></tr></table>",
        "table_footnote": ["注"],
        "page_idx": 2,
    },
    {"type": "list", "list_items": ["甲", "乙"], "page_idx": 2},
    {"type": "header", "text": "江城晚报", "page_idx": 2},
]
FORMS: dict[str, tuple[str, str, str]] = {
    "alto 2": ("01.xml", ALTO.replace("{version}", "2"), "alto"),
    "alto 4": ("01.alto", ALTO.replace("{version}", "4"), "alto"),
    "alto without namespace": (
        "01.xml",
        ALTO.replace(' xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"', ""),
        "alto",
    ),
    "page": ("01.xml", PAGE_XML.replace("{order}", ""), "page_xml"),
    "page in order": ("01.xml", PAGE_XML.replace("{order}", ORDER), "page_xml"),
    "hocr": ("01.html", HOCR, "hocr"),
    "paddle 3": (
        "01_res.json",
        json.dumps({"res": {"rec_texts": LINES.split("\n"), "rec_scores": [0.9, 0.8], "rec_polys": [BOX, BOX]}}),
        "paddleocr",
    ),
    "paddle 2": ("01.json", json.dumps([[[BOX, [text, 0.9]] for text in LINES.split("\n")]]), "paddleocr"),
    "paddle json": (
        "01.json",
        json.dumps({"code": 100, "data": [{"text": t, "box": BOX, "score": 0.9} for t in LINES.split("\n")]}),
        "paddleocr",
    ),
    "structure": (
        "01.json",
        json.dumps(
            {
                "parsing_res_list": [
                    {"block_label": "doc_title", "block_content": "春天种什么", "block_bbox": [10, 20, 310, 60]},
                    {"block_label": "text", "block_content": "市民领取\n树苗", "block_bbox": [10, 80, 310, 90]},
                ],
                "overall_ocr_res": {"rec_texts": ["x"]},
            }
        ),
        "paddleocr",
    ),
    "structure lines": (
        "01.json",
        json.dumps([{"layout_det_res": {}, "overall_ocr_res": {"rec_texts": LINES.split("\n")}}]),
        "paddleocr",
    ),
    "paddle service": (
        "01.json",
        json.dumps({"result": {"ocrResults": [{"prunedResult": {"rec_texts": LINES.split("\n")}}]}}),
        "paddleocr",
    ),
    "rapid": (
        "01.json",
        json.dumps([{"box": BOX, "txt": text, "score": 0.9} for text in LINES.split("\n")]),
        "rapidocr",
    ),
    "rapid server": (
        "01.json",
        json.dumps({str(n): {"rec_txt": t, "dt_boxes": BOX, "score": "0.9"} for n, t in enumerate(LINES.split("\n"))}),
        "rapidocr",
    ),
    "rapid 1": ("01.json", json.dumps([[BOX, text, 0.9] for text in LINES.split("\n")]), "rapidocr"),
    "rapid columns": (
        "01.json",
        json.dumps({"boxes": [BOX, BOX], "txts": LINES.split("\n"), "scores": [0.9, 0.8]}),
        "rapidocr",
    ),
}
TEXTS = {
    **dict.fromkeys(("alto 2", "alto 4", "alto without namespace"), "春天种什么\n\n市民领取exam-\nple of text"),
    "page": "市民领取\n树苗两株。\n\n春天种什么",
    "page in order": "春天种什么\n\n市民领取\n树苗两株。",
    "hocr": "春天种什么\n\n市民& GDP up",
    "structure": "# 春天种什么\n\n市民领取\n树苗",
}
