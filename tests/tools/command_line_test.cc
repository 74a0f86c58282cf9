// Runs the built `paperphone`: what it prints, where, and its exit codes.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>

#include "tests/steps.h"

namespace paperphone::tools {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class CommandLine : public ::testing::Test {
 protected:
  struct Result {
    int exit_code = -1;
    std::string out;
    std::string err;
  };

  CommandLine() {
    const char* bin = std::getenv("PAPERPHONE_BIN");
    paperphone_ = fs::path(bin != nullptr ? bin : "build/dev/bin") / "paperphone";
    dir_ = fs::temp_directory_path() /
           ("paperphone_cli_" + std::to_string(::getpid()) + "_" +
            ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(dir_);
  }
  ~CommandLine() override { fs::remove_all(dir_); }

  static std::string slurp(const fs::path& path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }

  Result run(const std::string& arguments) const {
    const fs::path out = dir_ / "stdout";
    const fs::path err = dir_ / "stderr";
    const std::string line = paperphone_.string() + " " + arguments + " >" +
                             out.string() + " 2>" + err.string();
    const int status = std::system(line.c_str());
    return {WEXITSTATUS(status), slurp(out), slurp(err)};
  }
  Json json(const std::string& arguments) const {
    const Result result = run(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return Json::parse(result.out);  // stdout holds the object and nothing else
  }
  // One line on stderr, exit code 2, nothing on stdout.
  void expect_error(const std::string& arguments, const std::string& message) const {
    const Result result = run(arguments);
    EXPECT_EQ(result.exit_code, 2) << arguments;
    EXPECT_EQ(result.err, "paperphone: error: " + message + "\n") << arguments;
    EXPECT_EQ(result.out, "") << arguments;
  }
  std::string path(const std::string& name) const { return (dir_ / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((dir_ / name).parent_path());
    std::ofstream(dir_ / name) << text;
  }

  fs::path paperphone_;
  fs::path dir_;
};

TEST_F(CommandLine, AppsListsAppsScreensAndTasks) {
  const Json root = json("apps --json");
  ASSERT_GE(root["apps"].size(), 4u);
  for (const Json& app : root["apps"]) {
    EXPECT_TRUE(app["id"].is_string());
    EXPECT_TRUE(app["title"].is_string());
    EXPECT_GE(app["screens"].size(), 12u) << app["id"];
    EXPECT_GE(app["tasks"].size(), 8u) << app["id"];
  }
  EXPECT_GE(root["cross_app_tasks"].size(), 4u);
}

TEST_F(CommandLine, ComponentsCanBeListed) {
  const Json root = json("apps --components --json");
  EXPECT_GE(root["components"].size(), 30u);
  std::map<std::string, std::string> types;  // "card.body" -> "widgets"
  for (const Json& component : root["components"])
    for (const Json& prop : component["props"])
      types[component["name"].get<std::string>() + "." + prop["name"].get<std::string>()] =
          prop["type"].get<std::string>();
  EXPECT_EQ(types["card.body"], "widgets");
  EXPECT_EQ(types["list.item"], "widget");
  EXPECT_EQ(types["radio.options"], "options");
  EXPECT_EQ(types["filters.items"], "flags");
  EXPECT_EQ(types["cell.icon"], "icon");
  EXPECT_NE(run("apps --components").out.find("stepper: "), std::string::npos);
}

TEST_F(CommandLine, LintIsSilentAboutTheBundledApps) {
  const Json root = json("lint --json");
  EXPECT_EQ(root["findings"], Json::array());
}

TEST_F(CommandLine, LintFindsAndExitsWithOne) {
  fs::copy("tests/sim/toy_apps", dir_ / "apps", fs::copy_options::recursive);
  std::string text = slurp(dir_ / "apps/toy/app.yaml");
  text.replace(text.find("hint: 搜索"), 4, "hnit");
  write("apps/toy/app.yaml", text);
  const Result result = run("lint " + path("apps"));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("toy/app.yaml:"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("hnit"), std::string::npos) << result.out;
  const Result as_json = run("lint --json " + path("apps"));
  EXPECT_EQ(as_json.exit_code, 1);
  const Json finding = Json::parse(as_json.out)["findings"][0];
  EXPECT_GT(finding["line"].get<int>(), 1);
  EXPECT_GT(finding["column"].get<int>(), 1);
  expect_error("lint " + path("nowhere"), path("nowhere") + ": no such folder of apps");
}

TEST_F(CommandLine, FmtGivesFilesTheirLookOnce) {
  const std::string wild = "a:   \"x\"   # said\nb:\n    - {c: 1}\n";
  write("apps/one/app.yaml", wild);
  write("apps/two/app.yaml", "a: x\n");
  write("apps/two/notes.txt", "a:   \"x\"\n");
  const Result checked = run("fmt --check " + path("apps"));
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_EQ(checked.out, path("apps/one/app.yaml") + "\n");
  EXPECT_EQ(checked.err, "1 of 2 files would change\n");
  EXPECT_EQ(slurp(dir_ / "apps/one/app.yaml"), wild);
  const Result written = run("fmt " + path("apps"));
  EXPECT_EQ(written.exit_code, 0);
  EXPECT_EQ(written.out, "1 of 2 files changed\n");
  EXPECT_EQ(slurp(dir_ / "apps/one/app.yaml"), "a: x  # said\nb: [{c: 1}]\n");
  EXPECT_FALSE(fs::exists(dir_ / "apps/one/app.yaml.tmp"));
  const Result again = run("fmt --check " + path("apps/one/app.yaml"));
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_EQ(again.out, "");
}

TEST_F(CommandLine, FmtWritesNothingIfAFileIsBroken) {
  write("a.yaml", "a:   1\n");
  write("b.yaml", "a: 'x\n");
  expect_error("fmt " + path("a.yaml") + " " + path("b.yaml"),
               path("b.yaml") + ":1:4: the text that begins here has no closing quote");
  EXPECT_EQ(slurp(dir_ / "a.yaml"), "a:   1\n");
  expect_error("fmt " + path("none.yaml"), path("none.yaml") + ": no such file or folder");
}

TEST_F(CommandLine, RenderWritesAPng) {
  const Result result =
      run("render --app settings --seed 2 --theme dark --out " + path("a.png"));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(slurp(path("a.png")).substr(1, 3), "PNG");
  expect_error("render --out " + path("b.png"), "render needs --app ID (or --all)");
  EXPECT_EQ(run("render --app nope --out " + path("b.png")).exit_code, 2);
  EXPECT_EQ(run("render --app settings --out " + path("no/such/b.png")).exit_code, 2);
  EXPECT_EQ(run("render --app settings --device 1x1 --out " + path("b.png")).exit_code,
            2);
  EXPECT_FALSE(fs::exists(path("b.png")));
}

TEST_F(CommandLine, RenderAllDrawsEveryScreenInBothThemesAndAnOverview) {
  const Result result = run("render --all --app train --out " + path("all"));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* name : {"train.png", "train.dark.png", "train.ticket_detail.png",
                           "train.ticket_detail.dark.png"})
    EXPECT_TRUE(fs::exists(path("all") + "/" + name)) << name;
  EXPECT_NE(slurp(path("all/train.png")), slurp(path("all/train.dark.png")));
  const Result light = run("render --all --app train --theme light --out " + path("one"));
  EXPECT_FALSE(fs::exists(path("one/train.dark.png"))) << light.err;
  EXPECT_EQ(run("render --all --app nope --out " + path("none")).exit_code, 2);
  expect_error("render --app train --font 50 --out " + path("b.png"),
               "--font must be 85 to 130, not 50");
}

TEST_F(CommandLine, RenderRefusesFlagsThatItsModeMakesNothingOf) {
  write("script.txt", "");
  const std::string out = " --out " + path("out");
  expect_error("render --all --scroll 40" + out, "--scroll does nothing with --all");
  expect_error("render --all --screen home" + out, "--screen does nothing with --all");
  expect_error("render --app train --task a/b" + out,
               "--task does nothing with a single screen");
  expect_error("render --app train --suite hostile" + out,
               "--suite does nothing with a single screen");
  expect_error("render --actions " + path("script.txt") + " --app train" + out,
               "--app does nothing with --actions");
  expect_error("render --actions " + path("script.txt") + " --theme both" + out,
               "--theme both does nothing with --actions: choose one");
  expect_error("render --app launcher --screen home" + out,
               "--screen does nothing with --app launcher");
  EXPECT_FALSE(fs::exists(path("out")));
}

TEST_F(CommandLine, NumbersOutOfRangeAndWhatIsNoNumberAreRefused) {
  const std::string out = " --out " + path("out");
  const std::string generate = "generate" + out;
  for (const std::string& arguments :
       {generate + " --noise nan",
        generate + " --noise inf",
        generate + " --noise -0.1",
        generate + " --noise 0.5x",
        generate + " --noise ''",
        generate + " --trajectories -1",
        generate + " --trajectories 0",
        generate + " --trajectories 99999999999999999999",
        generate + " --threads -1",
        generate + " --threads 1000000",
        generate + " --seed 18446744073709551616",
        generate + " --seed -1",
        std::string("walk --steps -5"),
        std::string("walk --envs 0"),
        std::string("walk --threads -2"),
        std::string("eval --policy expert --episodes -1"),
        std::string("eval --policy expert --temperature nan"),
        std::string("eval --policy expert --random-first -1"),
        std::string("bench env --seconds nan"),
        std::string("bench env --seconds inf"),
        "render --app train --scroll -4" + out,
        "render --app train --font nan" + out,
        "replay " + path("none.db") + " --threads -1",
        "replay " + path("none.db") + " 99999999999999999999",
        "replay " + path("none.db") + " nan"}) {
    const Result result = run(arguments);
    EXPECT_EQ(result.exit_code, 2) << arguments;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1)
        << arguments << ": " << result.err;
    EXPECT_NE(result.err.find("(see --help)"), std::string::npos)
        << arguments << ": " << result.err;
    EXPECT_FALSE(fs::exists(path("out"))) << arguments;
  }
  expect_error("replay " + path("none.db") + " --frames " + path("out"),
               "--frames needs the EPISODE to draw");
  expect_error(generate + " --noise nan",
               "--noise: 'nan' is no number in 0..1 (see --help)");
}

TEST_F(CommandLine, ALineOfActionsThatIsCutIsNamed) {
  write("cut.txt", "{\"action\":\"wait\",\"time\":1}\n{\"action\":\"cli");
  const Result cut = run("render --actions " + path("cut.txt") + " --out " + path("f"));
  EXPECT_EQ(cut.exit_code, 2);
  EXPECT_TRUE(cut.err.starts_with("paperphone: error: " + path("cut.txt") + ":2: "))
      << cut.err;
  EXPECT_EQ(std::count(cut.err.begin(), cut.err.end(), '\n'), 1) << cut.err;
  EXPECT_FALSE(fs::exists(path("f")));
  expect_error("render --actions " + dir_.string() + " --out " + path("f"),
               dir_.string() + ": cannot be read: Is a directory");
}

TEST_F(CommandLine, TheViewerHelpsAndSaysThatThereIsNoDisplay) {
  const std::string viewer = (paperphone_.parent_path() / "paperphone-viewer").string();
  const auto viewed = [&](const std::string& arguments) {
    const std::string line = "env -u QT_QPA_PLATFORM -u DISPLAY -u WAYLAND_DISPLAY " +
                             viewer + " " + arguments + " >" + path("stdout") + " 2>" +
                             path("stderr");
    const int status = std::system(line.c_str());
    return Result{WIFEXITED(status) ? WEXITSTATUS(status) : -1, slurp(path("stdout")),
                  slurp(path("stderr"))};
  };
  const Result help = viewed("--help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_TRUE(help.out.starts_with("usage: paperphone-viewer F.db\n")) << help.out;
  EXPECT_EQ(help.err, "");
  const Result blind = viewed("a.db");
  EXPECT_EQ(blind.exit_code, 2);
  EXPECT_EQ(blind.err,
            "error: there is no display to open a window on; 'paperphone replay F.db 1 "
            "--frames DIR' writes an episode as pictures\n");
}

TEST_F(CommandLine, RenderDrawsAnUnfinishedAppAndSaysWhatIsMissing) {
  fs::create_directories(dir_ / "apps");
  for (const char* name : {"_common", "_phone"})
    fs::create_directory_symlink(fs::absolute("apps") / name, dir_ / "apps" / name);
  std::string text = slurp("tests/gallery/gallery/app.yaml");
  text.replace(text.find("state:\n"), 7, "state:\n  spare: int\n");
  write("apps/gallery/app.yaml", text);
  ::setenv("PAPERPHONE_APPS", path("apps").c_str(), 1);
  const Result drawn = run("render --app gallery --out " + path("half.png"));
  const Result linted = run("lint");
  ::unsetenv("PAPERPHONE_APPS");
  EXPECT_EQ(drawn.exit_code, 0) << drawn.err;
  EXPECT_TRUE(fs::exists(path("half.png")));
  EXPECT_NE(drawn.err.find("not finished: "), std::string::npos) << drawn.err;
  EXPECT_NE(drawn.err.find("state 'spare' is never read"), std::string::npos);
  EXPECT_EQ(linted.exit_code, 1);
}

// Copies the gallery, watches it, breaks it, mends it with another title.
TEST_F(CommandLine, RenderWatchDrawsAgainWhenAFileChanges) {
  fs::create_directories(dir_ / "apps/gallery");
  for (const char* name : {"_common", "_phone"})
    fs::create_directory_symlink(fs::absolute("apps") / name, dir_ / "apps" / name);
  const std::string good = slurp("tests/gallery/gallery/app.yaml");
  write("apps/gallery/app.yaml", good);
  const std::string watch = "PAPERPHONE_APPS=" + path("apps") + " timeout 20 " +
                            paperphone_.string() + " render --app gallery --watch --out " +
                            path("w.png") + " >" + path("w.out") + " 2>" + path("w.err") +
                            " & echo $! >" + path("w.pid");
  ASSERT_EQ(std::system(watch.c_str()), 0);
  const auto until = [&](auto condition) {
    for (int i = 0; i < 150 && !condition(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return condition();
  };
  const auto drawn = [&] {
    const std::string out = slurp(path("w.out"));
    return std::count(out.begin(), out.end(), '\n');
  };
  EXPECT_TRUE(until([&] { return drawn() >= 1; })) << slurp(path("w.err"));
  const std::string before = slurp(path("w.png"));
  std::string text = good;
  text.replace(text.find("title: 发现"), std::string("title: 发现").size(), "titel: 发现");
  write("apps/gallery/app.yaml", text);
  EXPECT_TRUE(until([&] {
    return slurp(path("w.err")).find("unknown key 'titel'") != std::string::npos;
  })) << slurp(path("w.err"));
  text = good;
  text.replace(text.find("title: 发现"), std::string("title: 发现").size(), "title: 首页");
  write("apps/gallery/app.yaml", text);
  EXPECT_TRUE(until([&] { return drawn() >= 2; })) << slurp(path("w.err"));
  EXPECT_NE(slurp(path("w.png")), before);
  EXPECT_EQ(std::system(("kill $(cat " + path("w.pid") + ")").c_str()), 0);
}

TEST_F(CommandLine, SchemaIsTheCommittedOne) {
  EXPECT_EQ(run("schema").out, slurp("apps/app.schema.json"));
  EXPECT_EQ(run("schema --out " + path("s.json")).exit_code, 0);
  EXPECT_EQ(slurp(path("s.json")), slurp("apps/app.schema.json"));
  EXPECT_EQ(run("schema --out " + path("no/such/s.json")).exit_code, 2);
}

// What is well written but badly laid out, and a task that cannot be drawn.
TEST_F(CommandLine, LintLaysOutScreensAndDrawsTasks) {
  for (const char* name : {"_common", "_phone"}) {
    fs::create_directories(dir_ / "apps");
    fs::create_directory_symlink(fs::absolute("apps") / name, dir_ / "apps" / name);
  }
  write("apps/demo/app.yaml", R"(app: demo
title: 示例
icon: cog
color: "#112233"
accent: "#112233"
state: {done: bool = true}
screens:
  home:
    title: 家
    body:
      - columns:
          weights: [1, 9]
          body:
            - text: {value: 一}
            - button: {id: good, label: 确定}
      - columns: {weights: [1, 9], body: [{button: {id: narrow, label: 太窄的按钮}}, {text: {value: 二}}]}
    when:
      - {tap: good, set: {done: "true"}}
      - {tap: narrow, set: {done: "false"}}
)");
  write("apps/demo/tasks.yaml", R"(tasks:
  nothing:
    instruction: 什么也不做
    english: Do nothing.
    goal: done
    expert: [{until: done, at: home, tap: good}]
)");
  const Result result = run("lint " + path("apps"));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("app.yaml:16:44: demo.home.narrow: small target: "),
            std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("demo.home.narrow: cut text: "), std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("tasks.yaml:2:3: in none of 4 worlds can it be drawn: "),
            std::string::npos)
      << result.out;
  EXPECT_EQ(result.out.find("demo.home.good"), std::string::npos) << result.out;
}

TEST_F(CommandLine, LintRunsEachTasksExpertAndNamesWhatItShouldNotChange) {
  fs::create_directories(dir_ / "apps/demo");
  for (const char* name : {"_common", "_phone"})
    fs::create_directory_symlink(fs::absolute("apps") / name, dir_ / "apps" / name);
  write("apps/demo/app.yaml", R"(app: demo
title: 示例
icon: cog
color: "#112233"
accent: "#112233"
state: {done: bool, seen: int}
records: {thing: {columns: {name: text = 灯, open: bool}, rows: 1}}
screens:
  home:
    title: 家{seen}
    body:
      - button: {id: good, label: 确定}
      - button: {id: spoil, label: 弄坏}
      - list: {rows: thing, item: {toggle: {id: lamp, bind: row.open, label: "{row.name}"}}}
    when:
      - {tap: good, each: {rows: thing, set: {it.open: true}}, set: {done: true, seen: seen + 1}}
      - {tap: spoil, add: {thing: {name: 窗}}, do: [{set: {done: true, seen: 9}}]}
)");
  write("apps/demo/tasks.yaml", R"(tasks:
  clean:
    instruction: 打开{what}
    english: Switch {what} on.
    params: {what: {from: thing, where: not it.open}}
    goal: what.open
    only_changes: [what.open]
    expert: [{until: what.open, at: home, tap: lamp, row: what}]
  forgets:
    instruction: 点一下
    english: Press it.
    goal: done
    only_changes: [done]
    expert: [{until: done, at: home, tap: good}]
  adds:
    instruction: 弄坏
    english: Spoil it.
    goal: done
    only_changes: [done, seen]
    forbid: [seen == 9]
    expert: [{until: done, at: home, tap: spoil}]
  never:
    instruction: 点一百下
    english: Press it a hundred times.
    max_steps: 5
    goal: seen > 100
    only_changes: [done, seen]
    expert: [{until: seen > 100, at: home, tap: good}]
)");
  const Result result = run("lint " + path("apps"));
  EXPECT_EQ(result.exit_code, 1);
  const auto says = [&](std::string_view text) {
    EXPECT_NE(result.out.find(text), std::string::npos) << text << "\n" << result.out;
  };
  says("demo/tasks.yaml:9:3: task demo/forgets: the expert changes demo.seen, which "
       "'only_changes' does not list");
  says("task demo/forgets: the expert changes demo.thing[0].open, which");
  says("demo/tasks.yaml:15:3: task demo/adds: the expert adds or deletes demo.thing[1], "
       "which 'may_add' and 'may_delete' do not allow");
  says("task demo/adds: forbid[0] holds when the expert is done");
  says("task demo/never: the expert is not done after 5 steps, on demo/home");
  EXPECT_EQ(result.out.find("demo/clean"), std::string::npos) << result.out;
}

TEST_F(CommandLine, LintComparesNamesInManyWorlds) {
  fs::create_directories(dir_ / "apps");
  fs::copy("tests/app/apps_small", path("apps"), fs::copy_options::recursive);
  std::string text = slurp(path("apps/contacts/app.yaml"));
  text.replace(text.find("    rows: 30\n"), 13,
               "    rows: 30\n    unique_names: true\n");
  write("apps/contacts/app.yaml", text);
  const Result drawn = run("lint " + path("apps"));
  EXPECT_EQ(drawn.exit_code, 1);
  EXPECT_NE(
      drawn.out.find("contacts/app.yaml:13:3: 'unique_names' of 'contact' does not "
                     "hold: in the world of seed "),
      std::string::npos)
      << drawn.out;
  EXPECT_NE(drawn.out.find("' names two rows; make them differ"), std::string::npos)
      << drawn.out;
  const std::string given = "pick(lexicon.surname) + pick(lexicon.given_name)";
  text.replace(text.find(given), given.size(), "if(seq == 29, '', text(seq))");
  write("apps/contacts/app.yaml", text);
  const Result empty = run("lint " + path("apps"));
  EXPECT_NE(empty.out.find("row 31 has no name"), std::string::npos) << empty.out;
}

TEST_F(CommandLine, RenderPlaysActions) {
  write("script.txt",
        "{\"action\":\"open\",\"text\":\"settings\"}\n\n"
        "{\"action\":\"wait\",\"time\":1}\n");
  const Result result =
      run("render --actions " + path("script.txt") + " --out " + path("frames"));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(fs::exists(path("frames/002.png")));
  write("bad.txt", "{\"action\":\"fly\"}\n");
  const Result bad = run("render --actions " + path("bad.txt") + " --out " + path("f"));
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_TRUE(bad.err.starts_with("paperphone: error: " + path("bad.txt") + ":1: "));
}

TEST_F(CommandLine, WalkPrintsTheSameHashesTwice) {
  const std::string walk = "walk --seed 7 --steps 64 --envs 4 --json --threads ";
  const Json one = json(walk + "1");
  EXPECT_EQ(one, json(walk + "2"));
  EXPECT_EQ(one["steps"], 64);
  for (const char* key : {"state_hash", "reward_hash", "frame_hash"})
    EXPECT_EQ(one[key].get<std::string>().size(), 32u);
}

TEST_F(CommandLine, EvalReportsTheNamedKeys) {
  const Json root =
      json("eval --policy expert --split test --app settings --episodes 3 --json");
  EXPECT_EQ(root["episodes"], 3);
  EXPECT_EQ(root["success_rate"], 1.0);
  EXPECT_EQ(root["by_app"]["settings"]["episodes"], 3);
  EXPECT_EQ(root["by_split"]["test"]["episodes"], 3);
  EXPECT_EQ(root["format_error_rate"], 0.0);
  EXPECT_GT(root["mean_steps"].get<double>(), 1.0);
  EXPECT_EQ(root["out_of_bounds_rate"], 0.0);
  EXPECT_GT(root["peak_memory_mb"].get<double>(), 1.0);
  EXPECT_LT(root["peak_memory_mb"].get<double>(), 1500.0);
}

TEST_F(CommandLine, GenerateThenReplayVerifies) {
  const std::string db = path("t.db");
  const Result made = run("generate --out " + db + " --trajectories 3 --seed 4");
  EXPECT_EQ(made.exit_code, 0) << made.err;
  const Result verified = run("replay " + db + " --verify");
  EXPECT_EQ(verified.exit_code, 0) << verified.out;
  EXPECT_TRUE(verified.out.starts_with("3 of 3 episodes equal")) << verified.out;
  EXPECT_EQ(run("replay " + db).exit_code, 0);
  EXPECT_EQ(run("replay " + db + " 2 --frames " + path("f")).exit_code, 0);
  EXPECT_TRUE(fs::exists(path("f/000.png")));
  EXPECT_EQ(run("replay " + db + " 99").exit_code, 2);
  // What is there is not overwritten.
  const Result again = run("generate --out " + db + " --trajectories 1");
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_NE(again.err.find(db), std::string::npos);
}

TEST_F(CommandLine, ADamagedDatabaseIsTheUsersFault) {
  write("t.db", "this is no database");
  const Result result = run("replay " + path("t.db"));
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_TRUE(result.err.starts_with("paperphone: error: " + path("t.db")))
      << result.err;
  EXPECT_EQ(run("replay " + path("missing.db")).exit_code, 2);
}

TEST_F(CommandLine, UnknownNamesAreNamedWithARemedy) {
  expect_error("eval --policy nobody",
               "unknown policy 'nobody' (known: random, expert, noisy-expert, noop, or "
               "the folder of a model)");
  expect_error(
      "eval --policy expert --app nope",
      "unknown app 'nope' (paperphone apps lists them; 'cross' is allowed too)");
  expect_error("eval --policy expert --task a/b",
               "unknown task 'a/b'; a task is written app/task; `paperphone apps --json` "
               "lists them");
  expect_error("eval --policy expert --task toggle_dark_mode",
               "unknown task 'toggle_dark_mode'; a task is written app/task (did you mean "
               "'settings/toggle_dark_mode'?); `paperphone apps --json` lists them");
  expect_error("eval --policy expert --split sometimes",
               "unknown split 'sometimes' (known: train, validation, test, unseen)");
  expect_error("generate --policy nobody --out " + path("x.db"),
               "unknown policy 'nobody' (known: random, expert, noisy-expert, noop)");
  EXPECT_FALSE(fs::exists(path("x.db")));
}

TEST_F(CommandLine, BadFlagsAreOneLineToo) {
  for (const char* arguments :
       {"", "fly", "eval", "eval --polcy expert", "walk --steps x", "bench screen"}) {
    const Result result = run(arguments);
    EXPECT_EQ(result.exit_code, 2) << arguments;
    EXPECT_TRUE(result.err.starts_with("paperphone: error: ")) << result.err;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  }
  EXPECT_EQ(run("--help").exit_code, 0);
  EXPECT_EQ(run("--version").out, "0.1.0\n");
}

TEST_F(CommandLine, WithoutItsTorchHalfItSaysSo) {
  fs::copy(paperphone_, dir_ / "paperphone");  // alone in a folder
  paperphone_ = dir_ / "paperphone";
  for (const char* arguments :
       {"train r.yaml --out x", "bench agent", "eval --policy .", "act --policy ."}) {
    const Result result = run(arguments);
    EXPECT_EQ(result.exit_code, 2) << arguments;
    EXPECT_NE(
        result.err.find("needs LibTorch, and this paperphone was built without it"),
        std::string::npos)
        << result.err;
  }
}

TEST_F(CommandLine, PathsAreBytes) {
  const std::string name = "\xC4\xE3\xBA\xC3";  // 你好 in GBK
  const std::string shown = path("\\xC4\\xE3\\xBA\\xC3");
  const std::string folder = path(name) + "/";
  fs::create_directories(folder);
  fs::copy("apps", folder + "apps", fs::copy_options::recursive);
  ::setenv("PAPERPHONE_APPS", (folder + "apps").c_str(), 1);
  EXPECT_EQ(run("render --app settings --out " + folder + name + ".png").exit_code, 0);
  EXPECT_TRUE(fs::exists(folder + name + ".png"));
  const std::string eval = "eval --policy expert --app settings --episodes 2 --json";
  EXPECT_EQ(json(eval + " --out " + folder + name + ".db")["episodes"], 2);
  EXPECT_EQ(run("replay " + folder + name + ".db").exit_code, 0);
  const Result pictures =
      run("replay " + folder + name + ".db 1 --frames " + folder + name);
  EXPECT_EQ(pictures.exit_code, 0) << pictures.err;
  EXPECT_NE(pictures.out.find(shown + "/"), std::string::npos) << pictures.out;
  EXPECT_EQ(run("fmt --check " + folder + "apps/settings").exit_code, 0);
  ::unsetenv("PAPERPHONE_APPS");
  const Result none = run("replay " + folder + "none.db");
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.err.find(shown + "/none.db: no such file"), std::string::npos)
      << none.err;
  const Result lint = run("lint --json " + folder + "none");
  EXPECT_EQ(lint.exit_code, 2);
  EXPECT_NE(lint.err.find(shown + "/none: no such folder"), std::string::npos)
      << lint.err;
}

TEST_F(CommandLine, ActShowsAModelOneScreenshot) {
  if (!fs::exists(paperphone_.parent_path() / "paperphone-torch"))
    GTEST_SKIP() << "built without LibTorch";
  const std::string screen = path("home.png"), drawn = path("drawn.png");
  ASSERT_EQ(run("render --app settings --out " + screen).exit_code, 0);
  const std::string act = "act --policy rl/weights/reader --max-new-tokens 48 "
                          "--instruction 打开WLAN --image ";
  const Json first = json(act + screen + " --json --out " + drawn);
  EXPECT_FALSE(first["response"].get<std::string>().empty());
  for (const char* key : {"well_formed", "sentence", "action"})
    EXPECT_TRUE(first.contains(key)) << key;
  EXPECT_TRUE(fs::exists(drawn));
  EXPECT_EQ(json(act + screen + " --json"), first);  // greedy: the same again
  EXPECT_NE(run(act + screen).out.find("action: "), std::string::npos);
  expect_error(act + path("none.png"), 
               path("none.png") + ": cannot be read as an image: file not found");
  expect_error("act --policy " + path("no_model") + " --instruction x --image " + screen,
               "unknown policy '" + path("no_model") +
                   "' (the folder of a model is needed)");
}

TEST_F(CommandLine, BenchEnvHasTheNamedKeys) {
  const Json root =
      json("bench env --json --seconds 0.02 --steps 20 --envs 32 --baseline");
  for (const char* key : {"after_reset", "after_fork", "after_fork_untouched"})
    EXPECT_GT(root["logic_steps_per_s"][key].get<double>(), 0.0) << key;
  for (const char* size : {"360x800", "540x1200", "1080x2400"})
    for (const char* key :
         {"memcpy", "memcpy_to_batch", "fresh", "walk", "jumps", "cached", "handles",
          "naive"})
      EXPECT_GT(root["frames_per_s"][size][key].get<double>(), 0.0) << size << key;
  for (const char* key : {"layout_us", "draw_us", "copy_us"})
    EXPECT_GE(root["time_shares_360x800"][key].get<double>(), 0.0) << key;
  for (const char* key : {"reset_us", "snapshot_us", "fork_us"})
    EXPECT_LE(root[key]["p50"].get<double>(), root[key]["p99"].get<double>()) << key;
  if (!testing::kSanitized) {  // whose allocators do not count
    EXPECT_GT(root["env_bytes"].get<std::int64_t>(), 0);
  }
  for (const char* key : {"logic", "pixels", "own_screens"})
    EXPECT_GT(root["vector_steps_per_s"][key]["1"].get<double>(), 0.0) << key;
  EXPECT_GT(root["frame_copies_per_s"]["1"].get<double>(), 0.0);
}

}  // namespace
}  // namespace paperphone::tools
