"""Finds the word WRONG in every file it is given, says where, and keeps a list of what it was given."""

import json
import sys
from pathlib import Path

files = []
for argument in sys.argv[1:]:
    described = json.loads(Path(argument).read_text(encoding="utf-8")) if argument.endswith(".json") else []
    files += [one["file"] for one in described] or [argument]
with Path("calls.txt").open("a", encoding="utf-8") as calls:
    calls.writelines(f"{Path(file).name}\n" for file in files)
found = [
    f"{file}:{number}:{line.index('WRONG') + 1}: the word WRONG"
    for file in files
    for number, line in enumerate(Path(file).read_text(encoding="utf-8").splitlines(), 1)
    if "WRONG" in line
]
print("\n".join(found))
raise SystemExit(bool(found))
