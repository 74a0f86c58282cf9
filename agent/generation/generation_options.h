// How responses are drawn. No torch here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paperphone::agent {

struct GenerationOptions {
  int max_new_tokens = 128;
  double temperature = 1.0;            // 0: the most likely token
  double top_p = 1.0;                  // 1: off
  int top_k = 0;                       // 0: off
  double repetition_penalty = 1.0;     // over prompt and output, on raw logits; 1: off
  std::vector<std::int64_t> stop_ids;  // a response ends with the first of them
  std::vector<std::int64_t> banned_ids;  // never drawn: image pads and the like
};

// generation_config.json of a checkpoint. max_new_tokens keeps its default.
GenerationOptions parse_generation_options(std::string_view json,
                                           std::string_view name);
std::string generation_options_to_json(const GenerationOptions& options);

}  // namespace paperphone::agent
