// A vision-language model as a Policy. No torch in this header: tools may include it.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "agent/generation/generation_options.h"
#include "agent/policy.h"
#include "agent/text/response.h"
#include "agent/text/sample.h"

namespace paperphone::agent {

struct Agent;         // agent/checkpoint/checkpoint.h
class PromptBuilder;  // agent/text/prompt.h

class VlmPolicy : public Policy {
 public:
  // Shares the weights of `agent`: training it changes this policy.
  VlmPolicy(const Agent& agent, std::string name);
  ~VlmPolicy() override;

  std::string name() const override;
  bool wants_pixels() const override { return true; }
  int earlier_screens() const override;

  // The trainer's entrance: `group_size` samples per input, result[i][g]. Sample g is
  // drawn with the seed Rng(input.seed).fork(g).next().
  std::vector<std::vector<Sample>> sample(std::span<const PolicyInput> inputs,
                                          int group_size);

  // Greedy and shorter answers for evaluation, hot ones for rollouts.
  GenerationOptions& options();
  const PromptBuilder& prompts() const;
  // Prompts per forward pass (default 16), 32 at the most: more rows only cost memory, a
  // gigabyte for 64 of the tiny size.
  void set_batch_size(int prompts);
  // Drops the keys and values kept of earlier prompts. They change the last bits of
  // sums, so whoever must repeat a run exactly forgets them where it may be resumed.
  void forget_prefixes();

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override;

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// A response's text as a decision: parsed, points mapped to the screen.
PolicyOutput output_of_response(std::string_view text, ThoughtStyle thought,
                                const PointMap& map);

struct VlmPolicyOptions {
  int num_threads = 2;
  bool bfloat16 = true;
  bool greedy = false;  // else the checkpoint's generation_config.json
  std::string device = "cpu";  // as in LoadOptions
};
// Loads a checkpoint directory. Throws DataError.
std::unique_ptr<VlmPolicy> load_vlm_policy(const std::filesystem::path& directory,
                                           const VlmPolicyOptions& options);

}  // namespace paperphone::agent
