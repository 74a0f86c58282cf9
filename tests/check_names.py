#!/usr/bin/env python3
"""Fails where one name stands for two types.

A program in which one qualified name is defined twice, differently, is broken without
any word from compiler or linker. So every struct, class, union and enumeration at the
scope of a namespace has one home: one header, or one .cc file if no header has it. What
lies in an unnamed namespace is its file's own.
"""

import collections
import pathlib
import re
import sys

# What must not be read as code: comments, texts, characters.
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL)
TOKEN = re.compile(r"[A-Za-z_]\w*|::|\[\[.*?\]\]|[{};<>()=:,]|\S")
KEYS = ("struct", "class", "union", "enum")


def blank(match):
    """As many lines as the match had."""
    return "\n" * match[0].count("\n")


def definitions(text):
    """Yields (line, qualified name) of each type defined at the scope of a namespace."""
    text = NOT_CODE.sub(blank, text)
    text = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", blank, text, flags=re.MULTILINE)
    scopes = []   # of each open brace: the namespace's name, "" if unnamed, None: other
    start = []    # tokens since the last ; { or }
    line = 1
    at = 0
    for token in TOKEN.finditer(text):
        line += text.count("\n", at, token.start())
        at = token.start()
        word = token[0]
        if word not in "{};":
            start.append(word)
            continue
        if word == "{":
            scopes.append(None)
            if start[:1] == ["namespace"]:
                scopes[-1] = "".join(start[1:])
            elif start[:2] == ["inline", "namespace"]:
                scopes[-1] = "".join(start[2:])
            elif None not in scopes[:-1] and "" not in scopes[:-1]:
                name = type_name(start)
                if name:
                    yield line, "::".join(scopes[:-1] + [name])
        elif word == "}" and scopes:
            scopes.pop()
        start = []


def type_name(tokens):
    """The name that `tokens`, up to a brace, begin to define; None: no type."""
    tokens = without_template(tokens)
    if not tokens or tokens[0] not in KEYS:
        return None
    tokens = [t for t in tokens[1:] if t not in ("class", "struct", "final")
              and not t.startswith("[[")]
    if not tokens or not re.match(r"[A-Za-z_]", tokens[0]):
        return None  # unnamed
    # A specialization is told apart by its arguments: struct Entry<std::vector<T>>.
    end = next((i for i, t in enumerate(tokens) if t == ":"), len(tokens))
    name = "".join(tokens[:end])
    return name if "(" not in name else None  # a function that returns struct X


def without_template(tokens):
    """Without `template <...>` and `requires (...)` in front."""
    while tokens[:1] == ["template"]:
        depth = 0
        for i, token in enumerate(tokens):
            depth += (token == "<") - (token == ">")
            if token == ">" and depth == 0:
                break
        tokens = tokens[i + 1:]
    if tokens[:1] == ["requires"]:
        keys = [i for i, t in enumerate(tokens) if t in KEYS]
        tokens = tokens[keys[0]:] if keys else []
    return tokens


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    homes = collections.defaultdict(list)
    for top in ("env", "data", "agent", "rl", "tools", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cc"):
                continue
            path = file.relative_to(root).as_posix()
            for line, name in definitions(file.read_text(encoding="utf-8")):
                homes[name].append(f"{path}:{line}")
    failures = [f"{name} is defined in {' and '.join(places)}"
                for name, places in sorted(homes.items()) if len(places) > 1]
    print("\n".join(failures) or f"{len(homes)} types, each with a name of its own")
    return 1 if failures or not homes else 0


if __name__ == "__main__":
    sys.exit(main())
