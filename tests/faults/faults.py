#!/usr/bin/env python3
"""What must hold when things go wrong from outside: processes killed, disks full, streams
closed, two at once, files damaged.

  tests/faults/faults.py BIN GROUP [--seed N]     BIN: the folder of the executables

Every group draws its moments and bytes from its seed, prints what it tried, and fails
with a line that says what was seen.
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

RECIPE = """seed: 3
threads: 1
prompt: {thought: fast, history_steps: 2}
phone: {apps: [settings]}
eval: {split: validation, episodes: 1, num_envs: 1, max_turns: 1, max_new_tokens: 4}
stages:
  - name: one
    kind: sft
    steps: STEPS
    checkpoint_every: 1
    batch_size: 1
    demonstrations: 1
    evaluate: false
    optimizer: {lr: 0.002}
"""
GOOD_ENDS = (0, 1, 2, 3)  # no signal, no abort


class Wrong(Exception):
    pass


def check(condition, text):
    if not condition:
        raise Wrong(text)


class Faults:
    def __init__(self, binaries, folder, seed):
        self.program = pathlib.Path(binaries).resolve() / "paperphone"
        self.folder = folder
        self.random = random.Random(seed)
        self.environment = dict(os.environ, OMP_WAIT_POLICY="PASSIVE")

    # ---- tools

    def start(self, *arguments, **options):
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        return subprocess.Popen([self.program, *map(str, arguments)], cwd=self.folder,
                                env=self.environment, **options)

    def run(self, *arguments, limit=None, **options):
        """(exit code, stdout, stderr); `limit`: the largest file in bytes."""
        if limit is not None:
            options["preexec_fn"] = lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                               (limit, limit))
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        return (process.returncode, (out or b"").decode(errors="replace"),
                (err or b"").decode(errors="replace"))

    def good(self, *arguments):
        code, out, err = self.run(*arguments)
        check(code == 0, f"{arguments}: exit code {code}: {err[-300:]}")
        return out

    def refused(self, *arguments, **options):
        """One line, exit code 2."""
        code, _, err = self.run(*arguments, **options)
        check(code == 2, f"{arguments}: exit code {code}, not 2: {err[-300:]}")
        errors = [line for line in err.splitlines() if line.startswith("paperphone: error: ")]
        check(len(errors) == 1, f"{arguments}: not one line of error: {err[-300:]}")
        return errors[0]

    def kill_after(self, seconds, *arguments):
        """True if it was still running."""
        process = self.start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=seconds)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True

    def kill_when(self, happened, *arguments, pause=0.005):
        """True if it was still running when `happened()` became true."""
        process = self.start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not happened():
            time.sleep(pause)
        was_running = process.poll() is None
        process.kill()
        process.wait()
        return was_running

    def recipe(self, name, steps, **changes):
        text = RECIPE.replace("STEPS", str(steps))
        for old, new in changes.values():
            text = text.replace(old, new)
        path = self.folder / name
        path.write_text(text)
        return path

    def agent(self):
        """The folder of a stage: an agent that has hardly learned."""
        run = self.folder / "tiny"
        if not run.exists():
            self.good("train", self.recipe("tiny.yaml", 1), "--out", run)
        return run / "one"

    def steps(self, run):
        return [json.loads(line)["step"] for line in
                (run / "metrics.jsonl").read_text().splitlines()]

    def weights(self, run):
        return json.loads((run / "run.json").read_text())["weights_hash"]

    def contents(self, folder):
        return {str(path.relative_to(folder)): hashlib.md5(path.read_bytes()).hexdigest()
                for path in sorted(folder.rglob("*")) if path.is_file()}

    # ---- groups

    def kill_train(self):
        # The log is ahead of the checkpoint that a killed run goes on from.
        rarely = {"rarely": ("checkpoint_every: 1", "checkpoint_every: 3")}
        recipe = self.recipe("r.yaml", 6, **rarely)
        start = time.monotonic()
        self.good("train", recipe, "--out", "whole")
        whole = time.monotonic() - start
        run = self.folder / "killed"
        run.mkdir()
        foreign = ["notes.txt", "checkpoint-good/a", "checkpoint-000-000001.bak/a"]
        for name in foreign:
            (run / name).parent.mkdir(exist_ok=True)
            (run / name).write_text(name)
        log = run / "metrics.jsonl"

        def lines():
            return log.read_bytes().count(b"\n") if log.exists() else 0

        kills = 0
        for i in range(6):
            resume = ["--resume"] if (run / "recipe.yaml").exists() else []
            command = ("train", recipe, "--out", run, *resume)
            if i % 3 == 1:  # an update is logged that no checkpoint has
                was_running = self.kill_when(lambda: lines() % 3 == 1, *command)
            else:
                was_running = self.kill_after(self.random.uniform(0.1, 0.6) * whole, *command)
            kills += was_running
            if not was_running:
                break
        resume = ["--resume"] if (run / "recipe.yaml").exists() else []
        self.good("train", recipe, "--out", run, *resume)
        print(f"killed {kills} times, a whole run takes {whole:.1f} s")
        check(kills > 0, "nothing was killed")
        check(self.weights(run) == self.weights(self.folder / "whole"), "other weights")
        check(self.steps(run) == list(range(6)), f"the log has {self.steps(run)}")
        for name in foreign:
            check((run / name).read_text() == name, f"{name} is gone")
        left = [p.name for p in run.iterdir() if p.name.startswith(".")]
        check(not left, f"left behind: {left}")

    def kill_generate(self):
        kills, begun = 0, 0
        for i in range(8):
            path = self.folder / f"{i}.db"
            command = ("generate", "--out", path, "--trajectories", 100000, "--app", "settings",
                       "--threads", 2)
            seconds = self.random.uniform(0.0, 0.5)
            if i % 4 == 0:  # at any moment, the start included
                kills += self.kill_after(2 * seconds, *command)
            else:
                kills += self.kill_when(self.growing(path, seconds), *command, pause=0)
            begun += self.whole_episodes(path, f"killed after {seconds:.2f} s") > 0
        print(f"killed {kills} times, {begun} with episodes")
        check(kills == 8, "some were not killed")
        check(begun > 3, "most had not begun")

    def whole_episodes(self, path, what):
        """How many a database holds, none of them by half."""
        if not path.exists() or path.stat().st_size == 0:
            return 0
        with sqlite3.connect(path) as database:
            if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
                return 0
            check(database.execute("PRAGMA integrity_check").fetchone() == ("ok",),
                  f"{what}: damaged")
            count, = database.execute("SELECT count(*) FROM episodes").fetchone()
            half, = database.execute(
                "SELECT count(*) FROM episodes WHERE num_steps <> (SELECT count(*) FROM"
                " steps WHERE episode_id = id)").fetchone()
            check(half == 0, f"{what}: {half} cut in half")
            lost, = database.execute("SELECT count(*) FROM steps WHERE episode_id NOT IN"
                                     " (SELECT id FROM episodes)").fetchone()
            check(lost == 0, f"{what}: {lost} steps of no episode")
        listed = self.good("replay", path).splitlines()
        check(len(listed) == count, f"{what}: {len(listed)} of {count} listed")
        return count

    def growing(self, path, seconds):
        """Says if something is being written to the database, so long after the first."""
        log, since, size = path.with_name(path.name + "-wal"), None, None

        def happened():
            nonlocal since, size
            now = os.stat(log).st_size if log.exists() else 0
            if since is None and now > 200_000:
                since = time.monotonic()
            if since is None or time.monotonic() - since < seconds:
                return False
            before, size = size, now
            return before is not None and now != before

        return happened

    def kill_export(self):
        agent, out = self.agent(), self.folder / "place" / "out"
        start = time.monotonic()
        self.good("export", agent, "--out", out)
        whole = time.monotonic() - start
        kills, states = 0, {}
        for small in ([], ["--bfloat16"]):
            self.good("export", agent, "--out", self.folder / "sample", *small)
            states[str(small)] = self.contents(self.folder / "sample")
        for i in range(8):
            small = ["--bfloat16"] if i % 2 == 0 else []
            seconds = self.random.uniform(0.3, 1.0) * whole
            kills += self.kill_after(seconds, "export", agent, "--out", out, *small)
            check(self.contents(out) in states.values(),
                  f"killed after {seconds:.2f} s: neither the old nor the new agent: "
                  f"{sorted(self.contents(out))}")
        self.good("export", agent, "--out", out)
        print(f"killed {kills} times, a whole export takes {whole:.2f} s")
        check(kills > 0, "nothing was killed")
        left = [p.name for p in out.parent.iterdir()]
        check(left == ["out"], f"left behind: {left}")

    def disk(self):
        agent, out = self.agent(), self.folder / "out"
        self.good("export", agent, "--out", out, "--bfloat16")
        before = self.contents(out)
        for limit in (0, 1000, 200_000):
            self.refused("export", agent, "--out", out, limit=limit)
            check(self.contents(out) == before, "a failed export changed the old agent")
            self.refused("train", self.recipe("r.yaml", 2), "--out", f"run{limit}", limit=limit)
            self.refused("generate", "--out", f"{limit}.db", "--trajectories", 2000, "--app",
                         "settings", limit=limit)
        for _ in range(4):  # the room ends within an episode
            limit = self.random.randrange(100_000, 600_000)
            path = self.folder / f"cut{limit}.db"
            self.refused("generate", "--out", path, "--trajectories", 2000, "--app", "settings",
                         limit=limit)
            self.whole_episodes(path, f"room for {limit} bytes")
        self.refused("render", "--app", "settings", "--out", "s.png", limit=100)
        self.refused("schema", "--out", "s.json", limit=100)
        left = [p.name for p in self.folder.iterdir()
                if p.name.startswith(".") or p.name in ("s.png", "s.json", "run0", "0.db")]
        check(not left, f"left behind: {left}")
        # A run that had no room goes on when it has some.
        if (self.folder / "run200000").exists():
            self.good("train", self.recipe("r.yaml", 2), "--out", "run200000", "--resume")
        small = self.folder / "mount"
        small.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
            return print("no small file system could be mounted; file size limits only")
        try:
            line = self.refused("export", agent, "--out", small / "agent")
            check("free some space" in line, f"no remedy: {line}")
            check(not list(small.iterdir()), f"left behind: {list(small.iterdir())}")
            self.refused("generate", "--out", small / "a.db", "--trajectories", 100000, "--app",
                         "settings")
            self.good("replay", small / "a.db")
        finally:
            subprocess.run(["umount", str(small)], check=True)

    def streams(self):
        full = open("/dev/full", "wb")
        agent = self.agent()
        recipe = self.recipe("r.yaml", 2)
        for name, stream in {"full": full, "closed": None}.items():
            def close():
                os.close(2)
            options = {"stderr": stream} if stream else {"preexec_fn": close}
            code, out, _ = self.run("train", recipe, "--out", name, **options)
            check(code == 0 and "weights" in out, f"train, stderr {name}: exit code {code}")
            check(self.steps(self.folder / name) == [0, 1], f"stderr {name}: updates missing")
            code, _, _ = self.run("replay", "nothing.db", **options)
            check(code == 2, f"replay of nothing, stderr {name}: exit code {code}")
        results = [("walk", "--steps", 5, "--no-pixels", "--json"), ("apps",), ("--help",),
                   ("schema",), ("--version",),
                   ("eval", "--policy", "expert", "--episodes", 1, "--app", "settings"),
                   ("eval", "--policy", agent, "--episodes", 1, "--app",
                    "settings", "--json"),
                   ("export", agent, "--out", "exported")]

        def close_stdout():
            os.close(1)

        for command in results:
            code, _, _ = self.run(*command, stdout=full)
            check(code == 3, f"{command[0]} > /dev/full: exit code {code}")
        code, _, _ = self.run("apps", preexec_fn=close_stdout)
        check(code == 3, f"apps >&-: exit code {code}")
        code, _, _ = self.run("generate", "--out", "closed.db", "--trajectories", 2, "--app",
                              "settings", preexec_fn=lambda: [os.close(n) for n in (0, 1, 2)])
        check(code == 3, f"generate without streams: exit code {code}")
        check(len(self.good("replay", "closed.db").splitlines()) == 2, "words in the database")
        read, write = os.pipe()
        os.close(read)
        code, _, _ = self.run("apps", stdout=write, stderr=write)
        check(code == 3, f"apps into a pipe without a reader: exit code {code}")

    def signals(self):
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            recipe, run = self.recipe("r.yaml", 500), self.folder / number.name
            process = self.start("train", recipe, "--out", run)
            for _ in range(300):
                if (run / "metrics.jsonl").exists() and self.steps(run):
                    break
                time.sleep(0.1)
            process.send_signal(number)
            if number == signal.SIGHUP:
                process.send_signal(number)
            _, err = process.communicate(timeout=60)
            check(process.returncode == 130, f"{number.name}: exit code {process.returncode}")
            check(b"stopped and saved" in err, f"{number.name}: {err[-200:]}")
            state = json.loads((run / "run.json").read_text())
            check(len(self.steps(run)) == state["step"], f"{number.name}: an update is lost")
        recipe, run = self.recipe("r.yaml", 3), self.folder / "nohup"
        process = self.start("train", recipe, "--out", run,
                             preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        time.sleep(0.5)
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)
        check(process.returncode == 0, f"nohup: exit code {process.returncode}")

    def two(self):
        recipe, run = self.recipe("r.yaml", 6), self.folder / "run"
        first = self.start("train", recipe, "--out", run)
        for _ in range(300):
            if (run / "recipe.yaml").exists():
                break
            time.sleep(0.05)
        line = self.refused("train", recipe, "--out", run, "--resume")
        check(str(first.pid) in line, f"the process is not named: {line}")
        for _ in range(300):
            if (run / "metrics.jsonl").exists() and self.steps(run):
                break
            time.sleep(0.1)
        with sqlite3.connect(run / "metrics.db", isolation_level=None, timeout=10) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(1)
            other.execute("ROLLBACK")
        _, err = first.communicate(timeout=100)
        check(first.returncode == 0, f"the first: exit code {first.returncode}: {err[-200:]}")
        check(self.steps(run) == list(range(6)), f"the log has {self.steps(run)}")
        out = self.folder / "place" / "out"
        both = [self.start("export", run / "one", "--out", out) for _ in range(2)]
        for process in both:
            process.communicate(timeout=60)
        codes = sorted(process.returncode for process in both)
        check(codes in ([0, 0], [0, 2]), f"two exports: exit codes {codes}")
        self.good("export", out, "--out", self.folder / "again")
        check([p.name for p in out.parent.iterdir()] == ["out"], "left behind")

    def foreign(self):
        agent = self.agent()
        thesis = {"folder": self.folder / "thesis", "file": self.folder / "file.txt"}
        thesis["folder"].mkdir()
        (thesis["folder"] / "chapter").write_text("three years")
        thesis["file"].write_text("three years")
        (self.folder / "link").symlink_to("nowhere")
        before = self.contents(self.folder)
        for out in (*thesis.values(), self.folder / "link"):
            self.refused("export", agent, "--out", out)
        for out in (thesis["file"], self.folder / "link"):
            self.refused("train", self.recipe("r.yaml", 1), "--out", out)
            self.refused("render", "--all", "--app", "settings", "--out", out)
            self.refused("playthrough", "--out", out)
            self.refused("generate", "--out", out, "--trajectories", 1)
            self.refused("eval", "--policy", "expert", "--episodes", 1, "--out", out)
        for command in (("render", "--app", "settings"), ("schema",)):
            self.refused(*command, "--out", thesis["file"])
            self.refused(*command, "--out", thesis["folder"])
        for name in ("one", "metrics.jsonl", "recipe.yaml", "checkpoint-000-000001", "eval",
                     "tensorboard"):
            run = self.folder / f"run_{name}"
            run.mkdir()
            (run / name).write_text("mine")
            before[f"run_{name}/{name}"] = hashlib.md5(b"mine").hexdigest()
            self.refused("train", self.recipe("r.yaml", 1), "--out", run)
        (self.folder / "r.yaml").unlink()
        check(self.contents(self.folder) == before, "something was changed")

    def damage(self):
        recipe, whole = self.recipe("r.yaml", 4), self.folder / "whole"
        self.good("train", recipe, "--out", whole)
        expected = self.weights(whole)
        names = [str(path.relative_to(whole)) for path in sorted(whole.rglob("*"))
                 if path.is_file() and (path.parent == whole or
                                        "checkpoint-001-000000" in str(path))]
        for name in self.random.sample(names, 8):
            run = self.folder / "damaged"
            shutil.rmtree(run, ignore_errors=True)
            shutil.copytree(whole, run)
            what = self.spoil(run / name)
            code, _, err = self.run("train", recipe, "--out", run, "--resume")
            check(code in GOOD_ENDS, f"{name} {what}: exit code {code}: {err[-300:]}")
            if code == 0:
                check(self.weights(run) == expected, f"{name} {what}: other weights")
            if name.startswith("checkpoint-") and not name.endswith("_by_paperphone"):
                check("damaged" in err and code == 0, f"{name} {what}: {code} {err[-300:]}")
        for _ in range(3):  # an agent
            out = self.folder / "agent"
            shutil.rmtree(out, ignore_errors=True)
            shutil.copytree(whole / "one", out)
            name = self.random.choice([p.name for p in out.iterdir()])
            what = self.spoil(out / name)
            code, _, err = self.run("export", out, "--out", self.folder / "copy")
            check(code in GOOD_ENDS, f"agent's {name} {what}: exit code {code}: {err[-300:]}")
        self.good("generate", "--out", "t.db", "--trajectories", 20, "--app", "settings")
        for _ in range(8):
            shutil.copy(self.folder / "t.db", self.folder / "u.db")
            what = self.spoil(self.folder / "u.db")
            for command in (("replay", "u.db"), ("replay", "u.db", "--verify")):
                code, _, err = self.run(*command)
                check(code in GOOD_ENDS, f"database {what}: exit code {code}: {err[-300:]}")

    def bytes(self):
        """Paths are bytes: a folder whose name is no UTF-8."""
        place = self.folder / os.fsdecode("中文".encode("gbk"))
        place.mkdir()
        shutil.copytree(self.agent(), place / "first")
        recipe = place / "r.yaml"
        start = "\nmodel: {init_from: first}\nstages:"
        recipe.write_text(RECIPE.replace("STEPS", "2").replace("\nstages:", start)
                          .replace("evaluate: false", "evaluate: true"))
        run = place / "run"
        self.good("train", recipe, "--out", run)
        for again in (recipe, run / "recipe.yaml"):
            self.good("train", again, "--out", run, "--resume")
        json.loads((run / "run.json").read_text())
        check("finished" in self.good("watch", run), "the run is not seen to be finished")
        self.good("export", run / "one", "--out", place / "agent")
        self.good("eval", "--policy", place / "agent", "--episodes", 1, "--app", "settings",
                  "--out", place / "e.db")
        self.good("generate", "--out", place / "g.db", "--trajectories", 2, "--app", "settings")
        for database in ("e.db", "g.db"):
            check(self.good("replay", place / database), f"{database}: nothing in it")
        self.good("render", "--app", "settings", "--out", place / "s.png")
        self.good("act", "--policy", place / "agent", "--image", place / "s.png",
                  "--instruction", "开", "--max-new-tokens", 4)
        tools = pathlib.Path(__file__).resolve().parents[2] / "tools"
        subprocess.run([sys.executable, tools / "plot_metrics.py", run], check=True,
                       stdout=subprocess.DEVNULL)
        check((run / "curves.svg").exists(), "no curves")
        line = self.refused("train", recipe, "--out", run)
        check("\\xD6" in line, f"the folder is not named: {line}")

    def spoil(self, path):
        data = bytearray(path.read_bytes())
        kind = self.random.choice(["cut", "flipped", "empty", "noise"])
        if kind == "cut":
            data = data[:self.random.randrange(len(data) + 1) * 9 // 10]
        elif kind == "flipped" and data:
            for _ in range(3):
                data[self.random.randrange(len(data))] ^= 1 << self.random.randrange(8)
        elif kind == "empty":
            data = bytearray()
        else:
            at = self.random.randrange(len(data) + 1)
            data[at:at + 64] = self.random.randbytes(64)
        path.write_bytes(data)
        return kind


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("group")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paperphone_faults_") as folder:
        faults = Faults(arguments.bin, pathlib.Path(folder), arguments.seed)
        try:
            getattr(faults, arguments.group)()
        except Wrong as wrong:
            sys.exit(f"{arguments.group}, seed {arguments.seed}: {wrong}")
    print(f"{arguments.group}, seed {arguments.seed}: fine")


if __name__ == "__main__":
    main()
