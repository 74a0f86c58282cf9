#!/usr/bin/env python3
"""Prints the minutes of a run of the tests, by label, beside those of the build.

    tools/test_times.py BUILD_DIR [NAME=SECONDS ...]

Reads test_times.xml (ctest --output-junit) and the labels of the same build tree. Tests
of one run may go side by side: the table adds up what each took.
"""

import collections
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

BUDGET_MINUTES = 35  # on two cores, the build included


def labels_of_tests(build_dir):
    listing = subprocess.run(
        ["ctest", "--test-dir", build_dir, "--show-only=json-v1"],
        check=True, capture_output=True, text=True).stdout
    labels = {}
    for test in json.loads(listing)["tests"]:
        for prop in test.get("properties", []):
            if prop["name"] == "LABELS" and prop["value"]:
                labels[test["name"]] = prop["value"][0]
    return labels


def main():
    build_dir, *others = sys.argv[1:]
    minutes = collections.Counter()
    for other in others:
        name, seconds = other.split("=")
        minutes[name] += float(seconds) / 60
    labels = labels_of_tests(build_dir)
    counts = collections.Counter()
    report = pathlib.Path(build_dir) / "test_times.xml"
    for case in xml.etree.ElementTree.parse(report).getroot().iter("testcase"):
        label = labels.get(case.get("name"), "no label")
        minutes[label] += float(case.get("time")) / 60
        counts[label] += 1
    print(f"\n{'':12}{'programs':>9}{'minutes':>9}")
    for name in minutes:
        print(f"{name:12}{counts[name] or '':>9}{minutes[name]:>9.1f}")
    total = sum(minutes.values())
    print(f"{'together':12}{sum(counts.values()):>9}{total:>9.1f}   of {BUDGET_MINUTES}")


if __name__ == "__main__":
    main()
