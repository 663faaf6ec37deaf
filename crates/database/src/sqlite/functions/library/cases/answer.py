#!/usr/bin/env python3
"""Writes PostgreSQL's answers behind the expressions of the case files beside this script.

Run it as `answer.py -h <host> -p <port> -U <user> [file …]`: the options go to psql. The database needs `pgcrypto` and
`uuid-ossp` in a schema `extensions`, the time zone UTC, and the locale C.
"""

import pathlib
import subprocess
import sys

names = [word for word in sys.argv[1:] if word.endswith(".txt")]
options = [word for word in sys.argv[1:] if not word.endswith(".txt")]
here = pathlib.Path(__file__).parent


def answer(expression):
    head = "\\set VERBOSITY verbose\n\\pset null NULL\nset search_path to public, extensions;\n"
    command = ["psql", *options, "-X", "-q", "-A", "-t", "-R", "\x01"]
    run = subprocess.run(command, input=head + f"select {expression}\n;", text=True, capture_output=True)
    for line in run.stderr.splitlines():
        if line.startswith("ERROR:"):
            state, message = line.removeprefix("ERROR:").strip().split(": ", 1)
            return f"!{state} {message}"
    rows = run.stdout.removesuffix("\n").removesuffix("\x01").split("\x01")
    return " ; ".join(rows).replace("\n", "\\n")


for path in sorted(here.glob("*.txt")):
    if names and path.name not in names:
        continue
    lines = []
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            expression = line.split(" => ")[0]
            line = f"{expression} => {answer(expression)}"
        lines.append(line)
    path.write_text("\n".join(lines) + "\n")
