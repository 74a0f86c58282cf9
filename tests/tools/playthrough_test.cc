// The expert's episodes, word by word. If a change of behaviour is meant:
// build/release/bin/paperphone playthrough --out tests/golden/playthroughs
#include "tools/playthrough.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "env/app/loader.h"
#include "env/base/error.h"
#include "tests/phone_data.h"

namespace paperphone::tools {
namespace {

namespace fs = std::filesystem;
using paperphone::testing::without_pixels;

const fs::path kFolder = "tests/golden/playthroughs";
constexpr const char* kRemedy =
    "; if this is meant: paperphone playthrough --out tests/golden/playthroughs";

std::vector<std::string> lines_of(std::istream& in) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

PhoneEnv& env() {
  static PhoneEnv logic(without_pixels(),
                        {.apps_dir = {}, .app_ids = {}, .variation = {}, .pixels = false});
  return logic;
}

class Playthroughs : public ::testing::TestWithParam<std::string> {};

TEST_P(Playthroughs, AreAsTheyWere) {
  const fs::path path = kFolder / playthrough_file(GetParam());
  std::ifstream file(path);
  ASSERT_TRUE(file) << path << " is missing" << kRemedy;
  const auto expected = lines_of(file);
  std::istringstream now(playthrough(env(), GetParam(), kPlaythroughSeed));
  const auto lines = lines_of(now);
  for (std::size_t i = 0; i < std::min(lines.size(), expected.size()); ++i)
    ASSERT_EQ(lines[i], expected[i]) << path.string() << ":" << i + 1 << kRemedy;
  EXPECT_EQ(lines.size(), expected.size()) << path << kRemedy;
}

TEST_P(Playthroughs, ReachTheGoal) {
  const std::string text = playthrough(env(), GetParam(), kPlaythroughSeed);
  EXPECT_NE(text.find("reward 1, "), text.npos);
  EXPECT_NE(text.find(", goal_reached\n"), text.npos);
}

INSTANTIATE_TEST_SUITE_P(Apps, Playthroughs,
                         ::testing::ValuesIn(playthrough_tasks(
                             app::load_apps(app::default_apps_dir()))),
                         [](const auto& info) {
                           std::string name = info.param;
                           for (char& c : name) c = std::isalnum(c) ? c : '_';
                           return name;
                         });

TEST(Playthrough, OneForEachAppThatHasTasksAndNoOthers) {
  std::set<std::string> expected;
  std::set<std::string> apps;
  for (const std::string& task : playthrough_tasks(env().apps())) {
    expected.insert(playthrough_file(task));
    apps.insert(task.substr(0, task.find('/')));
  }
  EXPECT_EQ(apps.size(), expected.size());
  EXPECT_TRUE(apps.contains("settings"));
  EXPECT_TRUE(apps.contains("cross"));
  std::set<std::string> files;
  for (const auto& entry : fs::directory_iterator(kFolder))
    files.insert(entry.path().filename().string());
  EXPECT_EQ(files, expected) << kRemedy;
}

TEST(Playthrough, AnUnknownTaskIsNamed) {
  try {
    playthrough(env(), "settings/fly", 1);
    FAIL();
  } catch (const ConfigError& e) {
    EXPECT_STREQ(e.what(),
                 "unknown task 'settings/fly'; a task is written app/task; `paperphone "
                 "apps --json` "
                 "lists them");
  }
}

}  // namespace
}  // namespace paperphone::tools
