#!/usr/bin/env python3
"""Prints the stage table of a run folder from its eval_<policy>.json files."""

import json
import pathlib
import sys

ORDER = ["random", "stage1", "stage2", "stage3", "expert"]


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "runs/quickstart")
    results = {}
    for name in ORDER:
        path = folder / f"eval_{name}.json"
        if path.is_file():
            results[name] = json.loads(path.read_text(encoding="utf-8"))
    if not results:
        sys.exit(f"no eval_*.json in {folder}; run tools/quickstart.sh first")
    apps = sorted({app for r in results.values() for app in r["by_app"]})
    head = f"{'policy':<8} {'success':>8} {'format err':>10} {'mean steps':>10} "
    print(head + "".join(f"{app:>11}" for app in apps))
    for name, r in results.items():
        row = (f"{name:<8} {r['success_rate']:>8.1%} {r['format_error_rate']:>10.1%} "
               f"{r['mean_steps']:>10.1f} ")
        for app in apps:
            entry = r["by_app"].get(app)
            row += f"{entry['success_rate']:>11.1%}" if entry else f"{'-':>11}"
        print(row)
    episodes = {r["episodes"] for r in results.values()}
    print(f"{'/'.join(map(str, sorted(episodes)))} episodes each, test split")


if __name__ == "__main__":
    main()
