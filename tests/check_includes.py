#!/usr/bin/env python3
"""Fails on any include that crosses rooms against the table below.

Left: a room (the longest matching prefix counts). Right: what its files may
include of the project. Third-party rules follow: who may see Qt, torch, SQLite,
yaml-cpp.
"""

import pathlib
import re
import sys

BASE = {"env/types.h", "env/space.h", "env/advice.h", "env/env.h", "env/vector_env.h",
        "env/rng.h", "env/hash.h", "env/utf8.h", "env/bytes.h", "env/error.h",
        "env/check.h", "env/row_pool.h", "env/check_env.h"}
ALLOWED = {
    "env/": BASE | {"env/"},                    # phone_env and friends see all of env
    "env/app/": BASE | {"env/app/"},
    "env/sim/": BASE | {"env/app/", "env/sim/"},
    "env/layout/": BASE | {"env/app/", "env/sim/", "env/layout/"},
    "env/render/": BASE | {"env/app/", "env/sim/", "env/layout/", "env/render/"},
    "env/task/": BASE | {"env/app/", "env/sim/", "env/layout/", "env/task/"},
    "data/": BASE | {"data/"},
    "agent/": BASE | {"agent/"},
    "rl/": {"env/", "agent/", "data/", "rl/"},
    "tools/": {"env/", "agent/", "data/", "rl/", "tools/"},
    "tests/": {"env/", "agent/", "data/", "rl/", "tools/", "tests/"},
}
THIRD_PARTY = {
    r"<(Q[A-Z]\w*|Qt\w+/.*)>": ("env/render/", "tools/viewer/", "tests/render/",
                                "tests/viewer/"),
    r"<(torch|ATen|c10)/.*>": ("agent/", "rl/", "tools/", "tests/agent/", "tests/rl/"),
    r"<sqlite3\.h>": ("data/", "rl/", "tests/data/", "tests/rl/", "tests/tools/"),
    r"<yaml-cpp/.*>": ("env/app/", "rl/", "tests/app/"),
}


def room_of(path):
    return max((r for r in ALLOWED if path.startswith(r)), key=len, default=None)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    failures, count = [], 0
    for top in ("env", "data", "agent", "rl", "tools", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cc"):
                continue
            path = file.relative_to(root).as_posix()
            room = room_of(path)
            count += 1
            text = file.read_text(encoding="utf-8")
            for number, line in enumerate(text.splitlines(), 1):
                own = re.match(r'\s*#include\s+"([^"]+)"', line)
                # The plain types stand below everything else in env.
                allowed = BASE if path in BASE else ALLOWED[room]
                if own and not any(
                    own[1] == a or (a.endswith("/") and own[1].startswith(a))
                    for a in allowed
                ):
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
