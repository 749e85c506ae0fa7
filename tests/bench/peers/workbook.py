#!/usr/bin/python3
"""A stream of incidents in YAML to three plain sheets, by PyYAML and XlsxWriter in constant memory. usage: workbook.py INPUT OUTPUT"""
import sys

import xlsxwriter
import yaml

HEADINGS = {
    "Action items": ("Incident", "Severity", "Id", "Item", "Type", "Owner", "Due", "Status"),
    "Timeline": ("Incident", "Time", "Event", "Team", "Kind"),
    "Incidents": ("Incident", "Title", "Severity", "Status", "Owner", "Started", "Customers"),
}


class Sheet:
    def __init__(self, book, name, bold):
        self.sheet, self.row, self.columns = book.add_worksheet(name), 0, len(HEADINGS[name])
        self.sheet.freeze_panes(1, 0)
        for column, heading in enumerate(HEADINGS[name]):
            self.sheet.write_string(0, column, heading, bold)

    def add(self, values):
        self.row += 1
        for column, value in enumerate(values):
            if value is not None:
                self.sheet.write(self.row, column, value)

    def end(self):
        self.sheet.autofilter(0, 0, self.row, self.columns - 1)


def main():
    source, target = sys.argv[1:]
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm", "remove_timezone": True,
                                        "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    actions, timeline, incidents = (Sheet(book, name, bold) for name in HEADINGS)
    with open(source, "rb") as f:
        for i in yaml.load_all(f, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            for a in i.get("action_items", []):
                actions.add((i["id"], i["severity"], a["id"], a["item"], a.get("type"), a["owner"], a["due"], a.get("status")))
            for e in i.get("timeline", []):
                timeline.add((i["id"], e["at"], e["event"], e["team"], e["kind"]))
            incidents.add((i["id"], i["title"], i["severity"], i.get("status"), i["owner"], i["started_at"], i["impact"]["customers_affected"]))
    for sheet in (actions, timeline, incidents):
        sheet.end()
    book.close()


main()
