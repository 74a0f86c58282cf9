#include <nlohmann/json.hpp>

#include "agent/model/batch.h"
#include "agent/model/flops.h"
#include "rl/bench/bench.h"
#include "rl/bench/bench_machine.h"
#include "rl/optimizer/optimizer.h"
#include "rl/stages/demonstration.h"

namespace paperphone::rl {

using agent::Batch;
using agent::ComputeType;
using agent::TrainingRow;

namespace {

// Forward and backward: three times the forward products.
double training_flops(const agent::ModelConfig& model, const Batch& batch,
                      std::span<const TrainingRow> rows) {
  double tokens = 0, pairs = 0;
  for (const TrainingRow& row : rows) {
    const auto prefix = double(row.prefix.ids.size());
    tokens += prefix;
    pairs += prefix * (prefix + 1) / 2;
    for (const agent::Segment& segment : row.segments) {
      const auto length = double(segment.ids.size());
      tokens += length;
      pairs += length * prefix + length * (length + 1) / 2;
    }
  }
  const auto targets = double(batch.target_ids_L.size(0));
  return 3 * (agent::decoder_flops(model, tokens, targets, pairs) + agent::head_flops(model, targets) +
              agent::vision_flops(model.vision, batch.vision.grids));
}

}  // namespace

nlohmann::ordered_json bench_train(const TorchBenchConfig& config) {
  const int threads = bench_threads(config.threads);
  agent::set_up_torch(threads);
  const Phones phones(PhoneEnvConfig{});
  agent::Agent agent = agent::make_tiny_agent(tokenizer_corpus(phones, 1, 100, threads), 1);
  agent.prompt.thought = agent::ThoughtStyle::kFast;
  agent::Qwen25Vl model = agent.model;
  nlohmann::ordered_json out;
  out["threads"] = threads;
  out["parameters"] = model->num_parameters();

  const auto start = std::chrono::steady_clock::now();
  const auto rows = demonstration_rows(
      phones, agent, {.seed = 1, .stream = "bench", .episodes = 24, .threads = threads});
  const std::chrono::duration<double> collecting =
      std::chrono::steady_clock::now() - start;
  const double env_seconds_per_row = collecting.count() / double(rows.size());
  constexpr std::size_t kBatch = 16;
  std::vector<TrainingRow> batch_rows;
  for (std::size_t i = 0; i < kBatch; ++i) batch_rows.push_back(rows[i % rows.size()]);
  Optimizer::NamedParameters parameters;
  for (auto& item : model->named_parameters())
    parameters.emplace_back(item.key(), item.value());
  Optimizer optimizer(parameters, {});
  double seconds_per_row = 0;
  for (const auto& [name, type] : {std::pair{"float32", ComputeType::kFloat32},
                                   std::pair{"bfloat16", ComputeType::kBfloat16}}) {
    model->set_compute_type(type);
    double tokens = 0, flops = 0;
    const torch::Dtype dtype =
        type == ComputeType::kFloat32 ? torch::kFloat32 : torch::kBFloat16;
    const auto [seconds, gemm] = time_beside_gemm(dtype, config.seconds, [&] {
      const Batch batch = agent::make_batch(batch_rows, model->config(), agent.images);
      tokens = double(batch.num_tokens());
      flops = training_flops(model->config(), batch, batch_rows);
      (-model->target_logprobs(batch).mean()).backward();
      optimizer.step(1e-4);
    });
    const double gflops = 1e-9 * flops / seconds;
    out[name] = {{"rows_per_s", double(kBatch) / seconds},
                 {"tokens_per_s", tokens / seconds},
                 {"gflops", gflops},
                 {"gemm_gflops", gemm},
                 {"gemm_share", gflops / gemm}};
    seconds_per_row = seconds / double(kBatch);
  }
  out["demonstration_steps_per_s"] = 1.0 / env_seconds_per_row;
  out["env_share"] = env_seconds_per_row / (env_seconds_per_row + seconds_per_row);
  return out;
}

}  // namespace paperphone::rl
