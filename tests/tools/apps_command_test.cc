#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/command_line.h"

namespace paperphone::tools {
namespace {

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
      types[component["name"].get<std::string>() + "." +
            prop["name"].get<std::string>()] = prop["type"].get<std::string>();
  EXPECT_EQ(types["card.body"], "widgets");
  EXPECT_EQ(types["list.item"], "widget");
  EXPECT_EQ(types["radio.options"], "options");
  EXPECT_EQ(types["filters.items"], "flags");
  EXPECT_EQ(types["cell.icon"], "icon");
  EXPECT_NE(run("apps --components").out.find("stepper: "), std::string::npos);
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
  expect_error("fmt " + path("none.yaml"),
               path("none.yaml") + ": no such file or folder");
}

TEST_F(CommandLine, SchemaIsTheCommittedOne) {
  EXPECT_EQ(run("schema").out, slurp("apps/app.schema.json"));
  EXPECT_EQ(run("schema --out " + path("s.json")).exit_code, 0);
  EXPECT_EQ(slurp(path("s.json")), slurp("apps/app.schema.json"));
  EXPECT_EQ(run("schema --out " + path("no/such/s.json")).exit_code, 2);
}

}  // namespace
}  // namespace paperphone::tools
