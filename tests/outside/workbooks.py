"""Reads the workbooks of the program with openpyxl: python workbooks.py FOLDER"""

import sys
from pathlib import Path

import openpyxl

folder = Path(sys.argv[1])

summary = openpyxl.load_workbook(folder / "summary.xlsx")
assert summary.sheetnames == ["Table 1", "Results", "Findings"], summary.sheetnames
results = summary["Results"]
header = [cell.value for cell in results[1]]
rows = {row[header.index("key")]: row for row in results.iter_rows(min_row=2, values_only=True)}
assert rows["age.mean"][header.index("value")] == 5.9 and rows["age.mean"][header.index("printed")] == "5.9"
assert rows["cases"][header.index("value")] == 5
assert any(cell.value == "6.0 (2.5–10.0)" for row in summary["Table 1"].iter_rows() for cell in row)
assert summary["Findings"]["A1"].value == "contains patient-level data"

listing = openpyxl.load_workbook(folder / "cases.xlsx")["Listing"]
assert listing["A1"].value == "contains patient-level data"
assert [listing.cell(row, 1).value for row in range(3, 8)] == ["P1", "P2", "P3", "P4", "P5"]
ages = [cell.value for cell in listing["B"][2:7]]
assert ages == [6, 5, 10, 6, 2.5], ages

queries = openpyxl.load_workbook(folder / "queries.xlsx")
header = [cell.value for cell in queries["Queries"][2]]
assert header[1:4] == ["case", "column", "place"] and "answer" in header, header

for workbook in (summary, queries):
    for sheet in workbook:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), sheet.title
print("workbooks are read")
