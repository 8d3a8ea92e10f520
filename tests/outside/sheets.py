"""Compares a CSV of the program with what a spreadsheet made of it: python sheets.py WRITTEN.csv SAVED.csv

Each cell must still be what was written: no date, no formula, no lost sign.
"""

import csv
import sys

written, saved = (list(csv.reader(open(name, encoding="utf-8-sig", newline=""))) for name in sys.argv[1:3])
assert len(written) == len(saved) and len(written) > 5, (len(written), len(saved))


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


for line, (before, after) in enumerate(zip(written, saved), start=1):
    after += [""] * (len(before) - len(after))
    for one, other in zip(before, after):
        same = one == other or (number(one) is not None and number(one) == number(other))
        assert same, f"line {line}: {one!r} became {other!r}"
print(f"{len(written)} lines are unchanged")
