// Tests as data: blocks "input, ----, expected", separated by blank lines; lines
// that start with '#' before a block are comments.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace paperphone::testing {

struct Case {
  int line = 0;  // of the input, from 1
  std::string input;
  std::string expected;
};

inline std::vector<Case> read_cases(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::vector<Case> cases;
  Case current;
  bool in_expected = false;
  int number = 0;
  const auto flush = [&] {
    if (!current.input.empty()) cases.push_back(current);
    current = {};
    in_expected = false;
  };
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty()) {
      flush();
    } else if (line == "----") {
      in_expected = true;
    } else if (line[0] == '#' && current.input.empty()) {
      continue;
    } else {
      std::string& part = in_expected ? current.expected : current.input;
      if (current.line == 0) current.line = number;
      part += (part.empty() ? "" : "\n") + line;
    }
  }
  flush();
  return cases;
}

}  // namespace paperphone::testing
