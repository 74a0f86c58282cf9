// The small apps in a folder of their own, where a test may change them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/scratch_folder.h"

namespace paperphone::app {

class EditedApps {
 public:
  EditedApps() {
    std::filesystem::copy("tests/app/apps_small", folder(),
                          std::filesystem::copy_options::recursive);
  }
  void replace(const std::filesystem::path& file, const std::string& old,
               const std::string& by) {
    std::ifstream in(folder() / file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::size_t at = text.find(old);
    ASSERT_NE(at, std::string::npos) << old;
    text.replace(at, old.size(), by);
    std::ofstream(folder() / file) << text;
  }
  const std::filesystem::path& folder() const { return scratch_.path(); }

 private:
  ScratchFolder scratch_;
};

}  // namespace paperphone::app
