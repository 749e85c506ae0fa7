#!/usr/bin/python3
"""Writes incidents as YAML. The same options give the same bytes.

usage: generate.py [-n COUNT] [-e EVENTS] [-a ACTIONS] [-s SEED] [-o FILE]
"""
import argparse
import datetime
import random
import signal
import sys

TEAMS = ["Platform", "Network", "Storage", "Payments", "Support", "Security", "Data", "Incident command"]
PEOPLE = ["Ana Lind", "Ben Ortiz", "Chidi Eze", "Dora Kiss", "Emil Novák", "Farah Aziz", "Gwen Rees", "Hugo Silva"]
THINGS = ["the checkout", "the sign-in page", "the search index", "the order queue", "the primary database", "the message broker",
          "the certificate store", "the cache in region two", "the deploy pipeline", "the billing export"]
DOINGS = ["answers slowly", "refuses connections", "returns stale data", "fails its health check", "uses up its memory",
          "is restarted", "is taken out of rotation", "recovers", "is moved to the standby", "loses its leader"]
REASONS = ["because a limit was set for last year's load", "after a change that no test covered", "while two teams worked from different runbooks",
           "since the retry had no backoff", "as the alert was bound to the wrong threshold", "although the standby was healthy"]
TASKS = ["Alert on", "Write a runbook for", "Load-test", "Set a limit for", "Rehearse the recovery of", "Remove the single point of failure in"]
KINDS = ["alert", "hypothesis", "action", "communication", "escalated", "joined", "note"]


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, words):
        return words[self.random.randrange(len(words))]

    def sentence(self):
        text = f"{self.pick(THINGS)} {self.pick(DOINGS)} {self.pick(REASONS)}"
        return text[0].upper() + text[1:]

    def prose(self, sentences):
        return [self.sentence() + "." for _ in range(sentences)]

    def markdown(self, key, sentences):
        yield f"{key}: |"
        for i, line in enumerate(self.prose(sentences)):
            yield "  " + (line if i % 3 else "**Note:** " + line)
            if i % 4 == 3:
                yield ""

    def timeline(self, start, events):
        yield "timeline:"
        at = start
        marks = {0: "change", 1: "impact_start", 2: "detected", 3: "acknowledged",
                 events // 2: "identified", events - 2: "mitigated", events - 1: "resolved"}
        for i in range(events):
            kind = marks.get(i) or self.pick(KINDS)
            important = ", important: true" if i in marks else ""
            yield (f"  - {{at: {at:%Y-%m-%d %H:%M:%S}, event: {self.sentence()}, team: {self.pick(TEAMS)}, by: {self.pick(PEOPLE)}, "
                   f"kind: {kind}{important}}}")
            at += datetime.timedelta(seconds=20 + self.random.randrange(160))

    def actions(self, start, count):
        if count:
            yield "action_items:"
        for i in range(count):
            due = start + datetime.timedelta(days=7 + self.random.randrange(60))
            yield (f"  - {{id: AI-{i + 1}, item: {self.pick(TASKS)} {self.pick(THINGS)}, owner: {self.pick(PEOPLE)}, team: {self.pick(TEAMS)}, "
                   f"due: {due:%Y-%m-%d}, type: {self.pick(['prevent', 'detect', 'mitigate', 'process'])}, "
                   f"priority: p{1 + i % 4}, status: {self.pick(['open', 'in_progress', 'done', 'blocked'])}, done_when: {self.sentence()}}}")

    def incident(self, number, events, actions):
        start = datetime.datetime(2025, 1, 1, 8, 0) + datetime.timedelta(hours=7 * number)
        seconds = 200 * max(events, 4)
        yield f"id: INC-{number:05d}"
        yield f"title: {self.sentence()}"
        yield "status: final"
        yield f"severity: sev{1 + self.random.randrange(4)}"
        yield f"owner: {self.pick(PEOPLE)}"
        yield "tz: Etc/UTC"
        yield f"started_at: {start:%Y-%m-%d %H:%M}"
        yield f"resolved_at: {start + datetime.timedelta(seconds=seconds):%Y-%m-%d %H:%M}"
        yield from self.markdown("summary", 3)
        yield from self.markdown("background", 4)
        yield "impact:"
        yield f"  customers_affected: {self.random.randrange(10, 90000)}"
        yield f"  description: {self.sentence()}"
        yield f"  business: {self.sentence()}"
        if events >= 4:
            yield from self.timeline(start, events)
        yield from self.markdown("root_cause", 6)
        yield "causes:"
        for rank in ["primary", "secondary", "secondary"]:
            yield f"  - {{rank: {rank}, text: {self.sentence()}}}"
        yield "lessons:"
        for key in ["went_well", "went_wrong", "lucky"]:
            yield f"  {key}:"
            for _ in range(2):
                yield f"    - {self.sentence()}"
        yield from self.actions(start, actions)


def write(out, count=1, events=22, actions=10, seed=1):
    writer = Writer(seed)
    for number in range(1, count + 1):
        if number > 1:
            out.write("---\n")
        for line in writer.incident(number, events, actions):
            out.write(line + "\n")


def main():
    options = argparse.ArgumentParser(description="Writes incidents as YAML. The same options give the same bytes.")
    options.add_argument("-n", type=int, default=1, help="how many")
    options.add_argument("-e", type=int, default=22, help="events in the timeline of each")
    options.add_argument("-a", type=int, default=10, help="action items of each")
    options.add_argument("-s", type=int, default=1, help="seed")
    options.add_argument("-o", help="file (standard output)")
    o = options.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if o.o:
        with open(o.o, "w", encoding="utf-8") as out:
            write(out, o.n, o.e, o.a, o.s)
    else:
        write(sys.stdout, o.n, o.e, o.a, o.s)


if __name__ == "__main__":
    main()
