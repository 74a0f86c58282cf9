#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/tools/command_line.h"

namespace paperphone::tools {
namespace {

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
  const Result light =
      run("render --all --app train --theme light --out " + path("one"));
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

TEST_F(CommandLine, RenderDrawsAnUnfinishedAppAndSaysWhatIsMissing) {
  make_apps_folder();
  fs::copy("tests/gallery/gallery", dir_ / "apps/gallery");
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
  make_apps_folder();
  fs::copy("tests/gallery/gallery", dir_ / "apps/gallery");
  const std::string good = slurp("tests/gallery/gallery/app.yaml");
  const std::string watch =
      "PAPERPHONE_APPS=" + path("apps") + " timeout 20 " + paperphone_.string() +
      " render --app gallery --watch --out " + path("w.png") + " >" + path("w.out") +
      " 2>" + path("w.err") + " & echo $! >" + path("w.pid");
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
  text.replace(text.find("title: 发现"), std::string("title: 发现").size(),
               "titel: 发现");
  write("apps/gallery/app.yaml", text);
  EXPECT_TRUE(until([&] {
    return slurp(path("w.err")).find("unknown key 'titel'") != std::string::npos;
  })) << slurp(path("w.err"));
  text = good;
  text.replace(text.find("title: 发现"), std::string("title: 发现").size(),
               "title: 首页");
  write("apps/gallery/app.yaml", text);
  EXPECT_TRUE(until([&] { return drawn() >= 2; })) << slurp(path("w.err"));
  EXPECT_NE(slurp(path("w.png")), before);
  EXPECT_EQ(std::system(("kill $(cat " + path("w.pid") + ")").c_str()), 0);
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

}  // namespace
}  // namespace paperphone::tools
