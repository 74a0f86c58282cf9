#include "agent/vlm_policy.h"

#include <algorithm>

#include "agent/checkpoint/checkpoint.h"
#include "agent/generation/generate.h"
#include "env/base/check.h"
#include "env/base/rng.h"

namespace paperphone::agent {

struct VlmPolicy::Parts {
  Agent agent;
  PromptBuilder prompts;
  std::string name;
  int batch_size = 16;
  PrefixCache prefixes{std::int64_t(256) << 20};
};

VlmPolicy::VlmPolicy(const Agent& agent, std::string name)
    : parts_(new Parts{agent,
                       PromptBuilder(agent.tokenizer, agent.images, agent.prompt),
                       std::move(name)}) {}

VlmPolicy::~VlmPolicy() = default;

std::string VlmPolicy::name() const { return parts_->name; }
int VlmPolicy::earlier_screens() const { return parts_->agent.prompt.earlier_screens; }
GenerationOptions& VlmPolicy::options() { return parts_->agent.generation; }
const PromptBuilder& VlmPolicy::prompts() const { return parts_->prompts; }

void VlmPolicy::forget_prefixes() { parts_->prefixes.clear(); }

void VlmPolicy::set_batch_size(int prompts) {
  CHECK_GE(prompts, 1);
  constexpr int kMost = 32;
  parts_->batch_size = std::min(prompts, kMost);
}

std::vector<std::vector<Sample>> VlmPolicy::sample(std::span<const PolicyInput> inputs,
                                                   int group_size) {
  CHECK_GE(group_size, 1);
  auto& [agent, prompts, name, batch_size, prefixes] = *parts_;
  std::vector<std::vector<Sample>> samples;
  for (std::size_t begin = 0; begin < inputs.size(); begin += std::size_t(batch_size)) {
    const auto part =
        inputs.subspan(begin, std::min<std::size_t>(batch_size, inputs.size() - begin));
    std::vector<GenerationRequest> requests;
    for (const PolicyInput& input : part) {
      GenerationRequest request{prompts.build(input), {}};
      for (int g = 0; g < group_size; ++g)
        request.seeds.push_back(Rng(input.seed).fork(std::uint64_t(g)).next());
      requests.push_back(std::move(request));
    }
    auto generated = generate(agent.model, agent.images, requests, agent.generation,
                              &prefixes);
    for (std::size_t i = 0; i < part.size(); ++i) {
      const Prompt& prompt = requests[i].prompt;
      const PointMap map =
          prompts.point_map(part[i].screen.width, part[i].screen.height,
                            *prompt.images.back());
      std::vector<Sample>& group = samples.emplace_back();
      for (Generated& response : generated[i]) {
        Sample sample;
        sample.prompt = prompt;
        sample.finish = response.finish;
        std::span<const std::int64_t> ids = response.ids;
        if (response.finish == FinishReason::kStop) ids = ids.first(ids.size() - 1);
        sample.text = agent.tokenizer.decode(ids);
        sample.output = output_of_response(sample.text, agent.prompt.thought, map);
        // An answer that was cut off is not well-formed, whatever it looks like.
        if (response.finish != FinishReason::kStop) sample.output.well_formed = false;
        sample.response_ids = std::move(response.ids);
        sample.logprobs = std::move(response.logprobs);
        sample.sampling_logprobs = std::move(response.sampling_logprobs);
        group.push_back(std::move(sample));
      }
    }
  }
  return samples;
}

std::vector<PolicyOutput> VlmPolicy::do_act(std::span<const PolicyInput> inputs) {
  std::vector<PolicyOutput> outputs;
  for (auto& group : sample(inputs, 1)) outputs.push_back(std::move(group[0].output));
  return outputs;
}

std::unique_ptr<VlmPolicy> load_vlm_policy(const std::filesystem::path& directory,
                                           const VlmPolicyOptions& options) {
  set_up_torch(options.num_threads);
  const Agent agent =
      load_agent(directory, {.compute_type = options.bfloat16 ? ComputeType::kBfloat16
                                                              : ComputeType::kFloat32,
                             .float32_weights = false,
                             .device = options.device});
  Qwen25Vl model = agent.model;
  for (auto& parameter : model->parameters()) parameter.set_requires_grad(false);
  auto policy = std::make_unique<VlmPolicy>(agent, directory.string());
  if (options.greedy) policy->options().temperature = 0;
  return policy;
}

}  // namespace paperphone::agent
