#include <nlohmann/json.hpp>

#include "agent/generation/generate.h"
#include "agent/model/batch.h"
#include "agent/model/flops.h"
#include "agent/ops/tensor_memory.h"
#include "env/base/check.h"
#include "env/base/host/memory.h"
#include "rl/bench/bench.h"
#include "rl/bench/bench_machine.h"
#include "rl/optimizer/optimizer.h"

namespace paperphone::rl {

using agent::Batch;
using agent::GenerationRequest;
using agent::ModelConfig;
using agent::Prompt;
using agent::Qwen25Vl;
using agent::TrainingRow;
using agent::decoder_flops;
using agent::head_flops;
using agent::make_batch;
using agent::vision_flops;

namespace {

using Json = nlohmann::ordered_json;

struct Subject {
  std::string name;
  Qwen25Vl model{nullptr};
  agent::ImageProcessorConfig images;
  int pictures = 1;  // side by side in the vision tower and in a training batch
  int prompts = 1;   // side by side in a prefill
};

Subject random_subject(std::string name, ModelConfig config, int side_by_side) {
  config.image_token_id = config.vocab_size - 1;
  config.video_token_id = config.vocab_size - 2;
  Subject subject{std::move(name), Qwen25Vl(config), {}, side_by_side, side_by_side};
  subject.images.patch_size = config.vision.patch_size;
  subject.images.temporal_patch_size = config.vision.temporal_patch_size;
  subject.images.max_pixels = 360 * 1000;
  const torch::NoGradGuard no_grad;
  for (auto& parameter : subject.model->parameters())
    parameter.dim() == 1 ? parameter.fill_(1.0f) : parameter.normal_(0, 0.02);
  return subject;
}

// The decoder of Qwen2.5-0.5B under a vision tower of fitting size.
ModelConfig half_billion_config() {
  ModelConfig c;
  c.hidden_size = 896;
  c.num_layers = 24;
  c.num_heads = 14;
  c.num_kv_heads = 2;
  c.intermediate_size = 4864;
  c.vocab_size = 151936;
  c.tie_word_embeddings = true;
  c.mrope_section = {8, 12, 12};
  c.vision.depth = 12;
  c.vision.hidden_size = 640;
  c.vision.num_heads = 10;
  c.vision.intermediate_size = 1712;
  c.vision.out_hidden_size = 896;
  c.vision.full_attention_blocks = {3, 7, 11};
  return c;
}

agent::PicturePtr picture_of(const Subject& subject, int seed) {
  std::vector<std::uint8_t> pixels(std::size_t(800) * 360 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i)
    pixels[i] = std::uint8_t((i / 64 * 37 + std::size_t(seed) * 101) % 251);
  return agent::make_picture({pixels, 800, 360}, subject.images);
}

Prompt words(int seed, int count) {
  Prompt prompt;
  for (int i = 0; i < count; ++i) prompt.ids.push_back((seed * 31 + i * 7) % 1000);
  return prompt;
}

Prompt with_picture(const Subject& subject, int seed, int count) {
  Prompt prompt;
  prompt.images = {picture_of(subject, seed)};
  const auto pads = agent::grid_of(*prompt.images[0], subject.images)
                        .num_tokens(subject.images.merge_size);
  prompt.ids.assign(std::size_t(pads), subject.model->config().image_token_id);
  const Prompt rest = words(seed, count);
  prompt.ids.insert(prompt.ids.end(), rest.ids.begin(), rest.ids.end());
  return prompt;
}

class AgentBench {
 public:
  AgentBench(Subject subject, double seconds, double memory)
      : s_(std::move(subject)), seconds_(seconds), memory_(memory) {
    s_.model->set_compute_type(agent::ComputeType::kBfloat16);
    s_.model->vision_cache().set_max_bytes(0);
  }

  Json run(bool with_exact) {
    Json out;
    out["parameters"] = s_.model->num_parameters();
    out["vision"] = vision();
    out["prefill"] = prefill();
    for (int batch : {1, 8, 32})
      out["decode"]["batch_" + std::to_string(batch)] = decode(batch);
    out["prefix_sharing_gain"] = prefix_sharing_gain();
    out["feature_cache_gain"] = feature_cache_gain();
    out["train"] = train();
    if (with_exact) {
      const double prefill_fast = time_prefill().seconds, decode_fast = decode_seconds(8),
                   train_fast = time_training().seconds;
      s_.model->set_arithmetic(agent::Arithmetic::kExact);
      out["exact_cost"] = {{"prefill", time_prefill().seconds / prefill_fast},
                           {"decode", decode_seconds(8) / decode_fast},
                           {"train", time_training().seconds / train_fast}};
    }
    return out;
  }

 private:
  static constexpr int kPromptTokens = 512, kNewTokens = 24, kTrainedTokens = 64;

  template <class Work>
  BesideGemm time_beside(const Work& work) const {
    return time_beside_gemm(torch::kBFloat16, seconds_, work);
  }
  static Json rate(double tokens, double flops, const BesideGemm& time) {
    const double gflops = 1e-9 * flops / time.seconds;
    return {{"tokens_per_s", tokens / time.seconds},
            {"gflops", gflops},
            {"gemm_gflops", time.gemm_gflops},
            {"gemm_share", gflops / time.gemm_gflops}};
  }

  Json vision() {
    const torch::NoGradGuard no_grad;
    std::vector<Prompt> prompts;
    for (int i = 0; i < s_.pictures; ++i) prompts.push_back(with_picture(s_, i, 1));
    const Batch batch = agent::make_prompt_batch(prompts, s_.model->config(), s_.images);
    const agent::VisionBatch patches(batch.vision.patches_NP(), batch.vision.grids);
    double tokens = 0;
    for (const agent::PatchGrid& grid : patches.grids)
      tokens += double(grid.num_tokens(s_.images.merge_size));
    return rate(tokens, vision_flops(s_.model->config().vision, patches.grids),
                time_beside([&] { s_.model->embed_images(patches); }));
  }

  void generate_tokens(const std::vector<GenerationRequest>& requests, int new_tokens) {
    agent::GenerationOptions options;
    options.max_new_tokens = new_tokens;
    agent::generate(s_.model, s_.images, requests, options);
  }
  double generate_seconds(const std::vector<GenerationRequest>& requests, int new_tokens) {
    return time_per_call(seconds_, [&] { generate_tokens(requests, new_tokens); });
  }
  std::vector<GenerationRequest> text_requests(int count, int tokens, int group) const {
    std::vector<GenerationRequest> requests;
    for (int i = 0; i < count; ++i) {
      GenerationRequest request{words(i, tokens), {}};
      for (int g = 0; g < group; ++g) request.seeds.push_back(std::uint64_t(i * 100 + g));
      requests.push_back(std::move(request));
    }
    return requests;
  }

  BesideGemm time_prefill() {
    const auto requests = text_requests(s_.prompts, kPromptTokens, 1);
    return time_beside([&] { generate_tokens(requests, 1); });
  }
  Json prefill() {
    const double n = double(s_.prompts) * kPromptTokens;
    const ModelConfig& config = s_.model->config();
    return rate(n,
                decoder_flops(config, n, s_.prompts, n * (kPromptTokens + 1) / 2) +
                    head_flops(config, s_.prompts),
                time_prefill());
  }

  // Of one step of all samples.
  double decode_seconds(int batch) {
    const auto requests = text_requests(batch, 64, 1);
    const double one = generate_seconds(requests, 1);
    const double many = generate_seconds(requests, 1 + kNewTokens);
    return std::max(1e-9, many - one) / kNewTokens;
  }
  Json decode(int batch) {
    const double seconds = decode_seconds(batch);
    const ModelConfig& c = s_.model->config();
    double weights = 0;  // that a step reads, in bfloat16; the tied table is the head
    for (const auto& item : s_.model->named_parameters())
      if (!item.key().starts_with("visual.")) weights += 2.0 * double(item.value().numel());
    const double keys =
        2.0 * batch * (64 + kNewTokens / 2.0) * 2 * c.num_layers * c.num_kv_heads *
        c.head_dim();
    return {{"tokens_per_s", batch / seconds},
            {"memory_share", 1e-9 * (weights + keys) / seconds / memory_}};
  }

  double prefix_sharing_gain() {
    const auto alone = text_requests(1, kPromptTokens, 1);
    std::vector<GenerationRequest> eight(8, alone[0]);
    return generate_seconds(eight, 1) /
           generate_seconds(text_requests(1, kPromptTokens, 8), 1);
  }

  double feature_cache_gain() {
    const std::vector<GenerationRequest> requests = {{with_picture(s_, 3, 40), {1}}};
    const double without = generate_seconds(requests, 1);
    const auto let_learn = [&](bool on) {
      for (auto& parameter : s_.model->visual->parameters())
        parameter.set_requires_grad(on);
    };
    let_learn(false);
    s_.model->vision_cache().set_max_bytes(std::int64_t(64) << 20);
    const double with = generate_seconds(requests, 1);
    s_.model->vision_cache().set_max_bytes(0);
    let_learn(true);
    return without / with;
  }

  std::vector<TrainingRow> training_rows() const {
    std::vector<TrainingRow> rows;
    for (int i = 0; i < s_.pictures; ++i)
      rows.push_back({with_picture(s_, i, 40), {{words(i, kTrainedTokens).ids, 0}}});
    return rows;
  }
  BesideGemm time_training() {
    const auto rows = training_rows();
    Optimizer::NamedParameters parameters;
    for (auto& item : s_.model->named_parameters())
      parameters.emplace_back(item.key(), item.value());
    Optimizer optimizer(parameters, {});
    const auto step = [&] {
      const Batch batch = make_batch(rows, s_.model->config(), s_.images);
      (-s_.model->target_logprobs(batch).mean()).backward();
      optimizer.step(1e-6);
    };
    // Training goes on for thousands of steps; the first ones get their memory from the
    // system, which clears it.
    for (int i = 0; i < 3; ++i) step();
    return time_beside(step);
  }
  Json train() {
    const auto rows = training_rows();
    const Batch batch = make_batch(rows, s_.model->config(), s_.images);
    const ModelConfig& config = s_.model->config();
    const auto tokens = double(batch.num_tokens()), length = tokens / double(rows.size());
    const auto targets = double(batch.target_ids_L.size(0));
    const double flops =
        3 * (decoder_flops(config, tokens, targets, tokens * (length + 1) / 2) +
             head_flops(config, targets) +
             vision_flops(config.vision, batch.vision.grids));
    return rate(tokens, flops, time_training());
  }

  Subject s_;
  double seconds_, memory_;
};

}  // namespace

Json bench_agent(const TorchBenchConfig& config) {
  const int threads = bench_threads(config.threads);
  agent::set_up_torch(threads);
  Json out;
  out["threads"] = threads;
  out["gemm_gflops"] = {{"float32", gemm_gflops(torch::kFloat32, config.seconds)},
                        {"bfloat16", gemm_gflops(torch::kBFloat16, config.seconds)}};
  const double memory = read_gigabytes_per_s(config.seconds);
  out["memory_gb_per_s"] = memory;
  out["tiny"] =
      AgentBench(random_subject("tiny", agent::tiny_model_config(2240), 16), config.seconds, memory)
          .run(true);
  out["half_billion"] = AgentBench(random_subject("half_billion", half_billion_config(), 1),
                                   config.seconds, memory)
                            .run(false);
  const agent::TensorMemory memory_now = agent::tensor_memory();
  out["memory"] = {
      {"peak_mb", megabytes(peak_resident_bytes())},
      {"tensors_most_mb", megabytes(std::int64_t(memory_now.most_lent))},
      {"tensors_held_mb", megabytes(std::int64_t(memory_now.held))},
      {"tensors_limit_mb",
       megabytes(std::int64_t(agent::tensor_memory_limit(memory_now.most_lent)))}};
  CHECK_LE(memory_now.held, agent::tensor_memory_limit(memory_now.most_lent));
  return out;
}

}  // namespace paperphone::rl
