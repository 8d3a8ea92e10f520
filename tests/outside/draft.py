"""Writes a draft as python-docx writes it, with a placeholder over three runs: python draft.py DRAFT.docx"""

import sys

import docx

draft = docx.Document()
paragraph = draft.add_paragraph("The mean age was ")
paragraph.add_run("{").bold = True
paragraph.add_run("{ age.").bold = True
paragraph.add_run("mean }} years").italic = True
draft.add_table(1, 1).cell(0, 0).text = "{{ sites[hip] | n/N (p%) }}"
draft.sections[0].header.paragraphs[0].text = "n = {{ cases }}"
draft.core_properties.author = "A. Author"
draft.save(sys.argv[1])
