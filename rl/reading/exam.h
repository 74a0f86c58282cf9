// How well an agent reads: questions about screens and words that no training shows, and
// what it types and answers where the expert types and answers. Exact to the character.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "agent/checkpoint/checkpoint.h"
#include "rl/rollout/phones.h"

namespace paperphone::rl {

struct ExamOptions {
  std::string split = "test";
  std::uint64_t seed = 1;
  int screens = 100;       // each is asked one question of every kind that it has
  int episodes = 100;      // of the expert, whose texts and answers are asked for
  int threads = 1;
  int max_new_tokens = 64;
  std::function<void(int done, int of)> on_progress = {};  // answers; may be empty
};

// One kind of question (rl/reading/questions.h), or `type_turn`, `answer_turn`: the
// expert's own prompt, where it types or answers.
struct ExamLine {
  std::string kind;
  int asked = 0;
  int right = 0;
  double share() const { return asked > 0 ? double(right) / asked : 0; }
};

// An answer that was wrong, to be looked at.
struct ExamError {
  std::string kind, question, expected, found;
};

struct ExamReport {
  std::vector<ExamLine> lines;
  std::vector<ExamError> errors;
  std::string to_text() const;  // a table
  std::string to_json() const;  // with the errors
};

// Greedy. Points ("where") may lie anywhere in their text's box. Deterministic but for the
// arithmetic's last bits.
ExamReport examine(const Phones& phones, const agent::Agent& agent,
                   const ExamOptions& options);

}  // namespace paperphone::rl
