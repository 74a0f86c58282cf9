#!/usr/bin/env python3
"""Fails where something else than env/base/host/report.h writes to stdout or stderr, or
something else than env/base/json_text.h makes JSON a text.

fmt::print throws where a stream cannot be written, the others say nothing; report() never
ends what it reports on, and a result that is lost becomes an exit code. A JSON object's own
dump() throws at a file's name that is not UTF-8.
"""

import pathlib
import re
import sys

FORBIDDEN = re.compile(
    r"\bfmt::print\b|\bstd::(cout|cerr|clog|printf|fprintf|puts|fputs|perror)\b"
    r"|\b(stdout|stderr)\b|\bprintf\(|\bperror\(|\bSTD(OUT|ERR)_FILENO\b")
# The header itself; what must print though nothing else works any more; whether a
# terminal is there; a program of one's own that makes a file.
ALLOWED = {"env/base/host/report.h", "env/base/host/report.cc", "env/base/check.h",
           "env/base/host/progress.cc", "env/base/host/terminal.cc",
           "tools/make_pinyin.cc"}
DUMPS = re.compile(r"(\.|->)dump\(")


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    failures, count = [], 0
    for top in ("env", "data", "agent", "rl", "tools"):
        for file in sorted((root / top).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.suffix not in (".h", ".cc") or path in ALLOWED:
                continue
            count += 1
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                code = re.sub(r'"(?:\\.|[^"\\])*"', '""', line.split("//")[0])
                if FORBIDDEN.search(code):
                    failures.append(f"{path}:{number}: say it with report() or "
                                    f"print_result(): {line.strip()}")
                if DUMPS.search(code) and path != "env/base/json_text.h":
                    failures.append(f"{path}:{number}: take json_text(): {line.strip()}")
    print("\n".join(failures) or f"{count} files, all words go through report.h and json_text.h")
    return 1 if failures or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
