#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/command_line.h"

namespace paperphone::tools {
namespace {

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

// What is well written but badly laid out, and a task that cannot be drawn.
TEST_F(CommandLine, LintLaysOutScreensAndDrawsTasks) {
  make_apps_folder();
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
  make_apps_folder();
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
  says(
      "demo/tasks.yaml:9:3: task demo/forgets: the expert changes demo.seen, which "
      "'only_changes' does not list");
  says("task demo/forgets: the expert changes demo.thing[0].open, which");
  says(
      "demo/tasks.yaml:15:3: task demo/adds: the expert adds or deletes demo.thing[1], "
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

}  // namespace
}  // namespace paperphone::tools
