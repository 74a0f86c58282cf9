#include "rl/bench.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "agent/batch.h"
#include "agent/vlm_policy.h"
#include "rl/demonstration.h"
#include "rl/optimizer.h"

namespace paperphone {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Runs `work` (once to warm up, then for the given time); seconds per call.
template <class Work>
double time_per_call(double seconds, const Work& work) {
  work();
  const auto start = Clock::now();
  int calls = 0;
  do {
    work();
    ++calls;
  } while (seconds_since(start) < seconds);
  return seconds_since(start) / calls;
}

double gemm_gflops(torch::Dtype dtype, double seconds) {
  constexpr int n = 1024;
  const torch::NoGradGuard no_grad;
  const auto a = torch::full({n, n}, 0.5f).to(dtype);
  const auto b = torch::full({n, n}, 0.25f).to(dtype);
  return 2e-9 * n * n * n / time_per_call(seconds, [&] { torch::mm(a, b); });
}

struct Setup {
  explicit Setup(const TorchBenchConfig& config)
      : threads(config.threads > 0 ? config.threads
                                   : std::max(1, int(std::thread::hardware_concurrency()))),
        phones(PhoneRecipe{}),
        agent((set_up_torch(threads),
               make_tiny_agent(tokenizer_corpus(phones, 1, 100, threads), 1))) {
    agent.prompt.thought = ThoughtStyle::kFast;
  }
  nlohmann::ordered_json header(double seconds) const {
    nlohmann::ordered_json out;
    out["threads"] = threads;
    out["parameters"] = agent.model->num_parameters();
    out["gemm_gflops"] = {{"float32", gemm_gflops(torch::kFloat32, seconds)},
                          {"bfloat16", gemm_gflops(torch::kBFloat16, seconds)}};
    return out;
  }
  int threads;
  Phones phones;
  Agent agent;
};

}  // namespace

nlohmann::ordered_json bench_agent(const TorchBenchConfig& config) {
  Setup setup(config);
  nlohmann::ordered_json out = setup.header(config.seconds);
  setup.agent.model->set_compute_type(ComputeType::kBfloat16);
  const auto situations = collect_situations(
      setup.phones,
      {.seed = 1, .stream = "bench", .episodes = 8, .threads = setup.threads});
  constexpr std::size_t kBatch = 16;
  std::vector<PolicyInput> inputs;
  std::vector<std::vector<std::uint8_t>> pixels(kBatch);
  for (std::size_t i = 0; i < kBatch; ++i)
    inputs.push_back(situations[i % situations.size()].input(i, pixels[i]));
  VlmPolicy policy(setup.agent, "bench");
  policy.options().temperature = 1.0;
  const auto measure = [&](int new_tokens, std::size_t* prompt_tokens, double* drawn) {
    policy.options().max_new_tokens = new_tokens;
    std::size_t prompts = 0;
    double responses = 0;
    int calls = 0;
    const double seconds = time_per_call(config.seconds, [&] {
      prompts = 0;
      for (const auto& group : policy.sample(inputs, 1)) {
        prompts += group[0].prompt.ids.size();
        responses += double(group[0].response_ids.size());
      }
      ++calls;
    });
    *prompt_tokens = prompts;
    *drawn = responses / calls;
    return seconds;
  };
  std::size_t prompt_tokens = 0;
  double drawn_one = 0, drawn_many = 0;
  const double prefill = measure(1, &prompt_tokens, &drawn_one);
  const double whole = measure(48, &prompt_tokens, &drawn_many);
  out["batch"] = kBatch;
  out["prefill_tokens_per_s"] = double(prompt_tokens) / prefill;
  out["decode_tokens_per_s"] = (drawn_many - drawn_one) / std::max(1e-9, whole - prefill);
  out["decisions_per_s"] = double(kBatch) / whole;
  return out;
}

nlohmann::ordered_json bench_train(const TorchBenchConfig& config) {
  Setup setup(config);
  nlohmann::ordered_json out = setup.header(config.seconds);
  const auto start = Clock::now();
  const auto rows = demonstration_rows(
      setup.phones, setup.agent,
      {.seed = 1, .stream = "bench", .episodes = 24, .threads = setup.threads});
  const double env_seconds_per_row = seconds_since(start) / double(rows.size());
  constexpr std::size_t kBatch = 16;
  std::vector<TrainingRow> batch_rows;
  for (std::size_t i = 0; i < kBatch; ++i) batch_rows.push_back(rows[i % rows.size()]);
  Qwen25Vl model = setup.agent.model;
  Optimizer::NamedParameters parameters;
  for (auto& item : model->named_parameters())
    parameters.emplace_back(item.key(), item.value());
  Optimizer optimizer(parameters, {});
  double seconds_per_row = 0;
  for (const auto& [name, type] : {std::pair{"float32", ComputeType::kFloat32},
                                   std::pair{"bfloat16", ComputeType::kBfloat16}}) {
    model->set_compute_type(type);
    std::int64_t tokens = 0;
    const double seconds = time_per_call(config.seconds, [&] {
      const Batch batch = make_batch(batch_rows, model->config(), setup.agent.images);
      tokens = batch.num_tokens();
      (-model->target_logprobs(batch).mean()).backward();
      optimizer.step(1e-4);
    });
    // Counts every parameter once per token; the vision tower sees 4 patches a token.
    const double gflops = 6e-9 * double(model->num_parameters()) * double(tokens) / seconds;
    out[name] = {{"rows_per_s", double(kBatch) / seconds},
                 {"tokens_per_s", double(tokens) / seconds},
                 {"gflops", gflops},
                 {"gemm_share", gflops / out["gemm_gflops"][name].get<double>()}};
    seconds_per_row = seconds / double(kBatch);
  }
  out["demonstration_steps_per_s"] = 1.0 / env_seconds_per_row;
  out["env_share"] = env_seconds_per_row / (env_seconds_per_row + seconds_per_row);
  return out;
}

}  // namespace paperphone
