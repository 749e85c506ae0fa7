#!/usr/bin/python3
"""Prints what a DOCX file's golden file holds: the main part, a line a paragraph, row or cell, without the shapes of figures.

usage: docx_xml.py FILE
"""
import re
import sys
import zipfile

xml = zipfile.ZipFile(sys.argv[1]).read("word/document.xml").decode("utf-8")
xml = re.sub(r"<mc:AlternateContent>.*?</mc:AlternateContent>|<w:drawing>.*?</w:drawing>", "<w:drawing/>", xml, flags=re.S)
xml = re.sub(r"(?=<w:(?:p|tbl|tr|tc|sdt|sectPr)[ >])", "\n", xml)
sys.stdout.buffer.write(xml.encode("utf-8") + b"\n")
