"""Reads the Word documents of the program with python-docx: python documents.py FOLDER

The folder is the one that `.ci/outside` writes to. Each check names what is wrong.
"""

import sys
import zipfile
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

folder = Path(sys.argv[1])


def cells(document):
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def rows_are_whole(document):
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None, "the first row is repeated"
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows), "no row is split"


summary = docx.Document(folder / "summary.docx")
assert summary.tables and "6.0 (2.5–10.0)" in cells(summary), cells(summary)
assert any("juvenile dermatomyositis" in text for text in cells(summary))
assert {"Table Text", "Table Level", "Table Heading", "Journal Table"} <= {style.name for style in summary.styles}
assert summary.core_properties.author == "" and summary.core_properties.created is None
rows_are_whole(summary)

listing = docx.Document(folder / "cases.docx")
assert [row.cells[0].text for row in listing.tables[0].rows][1:] == ["P1", "P2", "P3", "P4", "P5"]
assert listing.sections[0].orientation == WD_ORIENT.LANDSCAPE
rows_are_whole(listing)

for name, text in [("audit.docx", "K25"), ("validation.docx", "value-implausible")]:
    document = docx.Document(folder / name)
    assert any(text in cell for cell in cells(document)), name
    rows_are_whole(document)

report = docx.Document(folder / "report.docx")
assert len(report.inline_shapes) == 5 and all(shape.height > 0 for shape in report.inline_shapes)

# `draft.py` wrote the draft: a placeholder over three runs, one in a table, one in a header.
filled = docx.Document(folder / "filled.docx")
runs = [(run.text, run.bold) for run in filled.paragraphs[0].runs if run.text]
assert runs == [("The mean age was ", None), ("5.9", True), (" years", None)], runs
assert cells(filled) == ["3/5 (60%)"] and filled.sections[0].header.paragraphs[0].text == "n = 5"
assert filled.core_properties.author == "A. Author"
before, after = (zipfile.ZipFile(folder / name) for name in ("draft.docx", "filled.docx"))
assert before.namelist() == after.namelist()
changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
assert changed == ["word/document.xml", "word/header1.xml"], changed
print("documents are read")
