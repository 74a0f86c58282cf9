#!/usr/bin/env python3
"""Fails on any include that crosses rooms against the table below.

Left: a folder; a file belongs to the longest that fits. Right: folders whose headers
its files may include, beside those of the folder itself. A folder named on the right
stands for what lies in it, but not for folders that have a line of their own.
Third-party rules follow: who may see Qt, torch, SQLite, yaml-cpp.
"""

import pathlib
import re
import sys

PHONE = "env/base env env/app env/sim env/layout"  # what all that looks at a phone sees
ALLOWED = {
    "env/base": "",
    "env": "env/base",
    "env/app": "env/base env",
    "env/sim": "env/base env env/app",
    "env/layout": "env/base env env/app env/sim",
    "env/render": PHONE,
    "env/touch": PHONE,
    "env/task": PHONE + " env/touch",
    "env/phone": PHONE + " env/touch env/task env/render",
    "data": "env/base env",
    "agent": "env/base env",
    "rl/recipe": "env/base env rl/losses",
    "rl/rollout": PHONE + " env/task env/phone data agent",
    "rl/reading": PHONE + " env/phone data agent rl/rollout",
    "rl/losses": "env/base agent",
    "rl/advantages": "env/base rl/losses",
    "rl/rewards": "env/base env",
    "rl/selection": "env/base rl/losses",
    "rl/optimizer": "env/base agent rl/recipe",
    "rl/stages": PHONE + " env/task env/phone env/render data agent rl/recipe rl/rollout rl/reading rl/losses"
                         " rl/advantages rl/rewards rl/selection rl/optimizer rl/run",
    "rl/run": "env/base data agent rl/recipe rl/rollout rl/optimizer rl/stages",
    "rl/bench": "env/base agent rl/recipe rl/rollout rl/losses rl/optimizer rl/stages"
                " rl/run",
    "tools": PHONE + " env/task env/phone env/render data agent rl/recipe rl/rollout"
                     " rl/reading rl/stages rl/run rl/bench",
    "tests": PHONE + " env/touch env/task env/phone env/render data agent rl/recipe"
                     " rl/rollout rl/reading rl/losses rl/advantages rl/rewards rl/selection rl/optimizer"
             " rl/stages rl/run rl/bench tools",
}
THIRD_PARTY = {
    r"<(Q[A-Z]\w*|Qt\w+/.*)>": ("env/render/", "tools/viewer/", "tests/render/",
                                "tests/viewer/"),
    r"<(torch|ATen|c10)/.*>": ("agent/", "rl/", "tools/", "tests/agent/", "tests/rl/"),
    r"<sqlite3\.h>": ("data/", "rl/", "tests/data/", "tests/rl/", "tests/tools/"),
    r"<yaml-cpp/.*>": ("env/app/", "rl/", "tests/app/"),
}


def room_of(path):
    return max((r for r in ALLOWED if path.startswith(r + "/")), key=len, default=None)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    failures, count = [], 0
    for top in ("env", "data", "agent", "rl", "tools", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cc"):
                continue
            path = file.relative_to(root).as_posix()
            room = room_of(path)
            allowed = {room, *ALLOWED[room].split()}
            count += 1
            text = file.read_text(encoding="utf-8")
            for number, line in enumerate(text.splitlines(), 1):
                own = re.match(r'\s*#include\s+"([^"]+)"', line)
                if own and room_of(own[1]) not in allowed:
                    failures.append(f"{path}:{number}: {room} may not include {own[1]}")
                third = re.match(r"\s*#include\s+(<[^>]+>)", line)
                for pattern, rooms in THIRD_PARTY.items():
                    if third and re.fullmatch(pattern, third[1]):
                        if not path.startswith(rooms):
                            failures.append(f"{path}:{number}: {third[1]} is not for {room}")
            if re.search(r"#include\s+<torch/", text) and re.search(r"#include\s+<Q", text):
                failures.append(f"{path}: Qt and torch meet in one file")
    print("\n".join(failures) or f"{count} files, every include goes one way")
    return 1 if failures or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
