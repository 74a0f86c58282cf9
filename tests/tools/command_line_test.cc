#include "tests/tools/command_line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/steps.h"

namespace paperphone::tools {
namespace {

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
               "unknown policy 'nobody' (known: random, expert, noisy-expert, noop, give-up, "
               "succeed, answer-yes, answer-no, answer-0, answer-1, or "
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
               "unknown policy 'nobody' (known: random, expert, noisy-expert, noop, give-up, "
               "succeed, answer-yes, answer-no, answer-0, answer-1)");
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
