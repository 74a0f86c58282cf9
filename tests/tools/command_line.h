// Runs the built `paperphone`: what it prints, where, and its exit codes.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace paperphone::tools {

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
  // A folder `apps` with what all apps share, and none of them.
  void make_apps_folder() const {
    fs::create_directories(dir_ / "apps");
    for (const char* name : {"_common", "_phone"})
      fs::create_directory_symlink(fs::absolute("apps") / name, dir_ / "apps" / name);
  }

  fs::path paperphone_;
  fs::path dir_;
};

}  // namespace paperphone::tools
