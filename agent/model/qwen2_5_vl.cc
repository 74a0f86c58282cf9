#include "agent/model/qwen2_5_vl.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "agent/generation/weights_state.h"
#include "agent/ops/index_tensor.h"
#include "agent/ops/tensor_memory.h"
#include "env/base/check.h"
#include "env/base/hash.h"

namespace paperphone::agent {

Qwen25VlImpl::Qwen25VlImpl(const ModelConfig& config) : config_(config) {
  torch::NoGradGuard no_grad;
  visual = register_module("visual", VisionTower(config.vision));
  model = register_module("model", Decoder(config));
  if (!config.tie_word_embeddings)
    lm_head = register_module(
        "lm_head",
        Projection(std::vector<std::int64_t>{config.vocab_size, config.hidden_size},
                   Bias::kNo));
  set_arithmetic(arithmetic_);
}

namespace {

double initial_deviation(const std::string& name, const torch::Tensor& parameter,
                         const ModelConfig& config) {
  constexpr double kDeviation = 0.02;
  if (name.find("paperphone_stem") != std::string::npos)  // keeps the signal's size
    return std::sqrt(2.0 * double(parameter.size(0)) / double(parameter.numel()));
  if (name.find("paperphone_") != std::string::npos) return 5 * kDeviation;
  if (name.ends_with("o_proj.weight") ||
      (name.starts_with("model.") && name.ends_with("down_proj.weight")))
    return kDeviation / std::sqrt(2.0 * config.num_layers);
  if (name.ends_with("attn.proj.weight") || name.ends_with("down_proj.weight"))
    return kDeviation / std::sqrt(2.0 * config.vision.depth);
  return kDeviation;
}

}  // namespace

void Qwen25VlImpl::initialize(const Rng& rng) {
  torch::NoGradGuard no_grad;
  for (auto& item : named_parameters()) {
    torch::Tensor& parameter = item.value();
    const std::string& name = item.key();
    if (parameter.dim() == 1) {
      parameter.fill_(name.ends_with("bias") ? 0.0 : 1.0);
      continue;
    }
    const double deviation = initial_deviation(name, parameter, config_);
    Rng stream = rng.fork(name);
    const auto values = torch::empty(parameter.sizes(), torch::kFloat32);
    float* out = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
      out[i] = float(deviation * stream.normal());
    parameter.copy_(values);
  }
}

std::int64_t Qwen25VlImpl::num_parameters() const {
  std::int64_t count = 0;
  for (const auto& parameter : parameters()) count += parameter.numel();
  return count;
}

std::string Qwen25VlImpl::weights_hash() const {
  std::map<std::string, torch::Tensor> sorted;
  for (const auto& item : named_parameters()) sorted[item.key()] = item.value();
  Hasher hasher;
  for (const auto& [name, parameter] : sorted) {
    const auto values = parameter.detach().cpu().contiguous();
    hasher.add(name);
    for (std::int64_t side : values.sizes()) hasher.add(side);
    const Hash128 bytes =
        hash_bytes({static_cast<const std::uint8_t*>(values.data_ptr()),
                    std::size_t(values.numel()) * values.element_size()});
    hasher.add(bytes);
  }
  return hasher.finish().hex();
}

VisionFeatures Qwen25VlImpl::embed_images(const VisionBatch& vision) {
  return visual->forward(vision, scalar_type());
}

torch::Tensor Qwen25VlImpl::image_tokens(const VisionBatch& vision) {
  const auto parameters = visual->parameters();
  const bool trainable =
      std::any_of(parameters.begin(), parameters.end(),
                  [](const torch::Tensor& p) { return p.requires_grad(); });
  if (trainable && arithmetic_ == Arithmetic::kFast)
    return embed_images(vision).tokens_GD;
  const bool learns = trainable && torch::GradMode::is_enabled();

  vision_cache_.expect(weights_state(parameters).add(int(compute_type_)).finish());
  const torch::AutoGradMode mode(learns);
  std::vector<torch::Tensor> parts;
  for (std::size_t i = 0; i < vision.grids.size(); ++i) {
    const bool keeps = !learns && !vision.hashes.empty();
    torch::Tensor tokens = keeps ? vision_cache_.find(vision.hashes[i]) : torch::Tensor();
    if (!tokens.defined()) {
      tokens = embed_images(VisionBatch(vision.patches_NP(i), {vision.grids[i]})).tokens_GD;
      if (keeps) vision_cache_.put(vision.hashes[i], tokens);
    }
    parts.push_back(tokens);
  }
  return parts.size() == 1 ? parts[0] : torch::cat(parts, 0);
}

void Qwen25VlImpl::set_arithmetic(Arithmetic arithmetic) {
  arithmetic_ = arithmetic;
  model->set_arithmetic(arithmetic);
  if (lm_head) lm_head->set_path(decoder_path(arithmetic));
}

void Qwen25VlImpl::set_gradient_checkpointing(bool on) {
  visual->set_gradient_checkpointing(on);
  model->set_gradient_checkpointing(on);
}

torch::Tensor Qwen25VlImpl::extend_hidden_states(const Batch& batch,
                                                 const KeyValues& past,
                                                 KeyValues* cache) {
  const torch::NoGradGuard no_grad;
  const std::int64_t B = batch.ids_BS.size(0), S = batch.ids_BS.size(1);
  std::vector<std::int64_t> lengths;
  std::int64_t width = 1;
  for (std::int64_t b = 0; b < B; ++b) {
    lengths.push_back(batch.lengths[std::size_t(b)] - past.lengths_B[std::size_t(b)]);
    CHECK_LT(0, lengths.back());
    width = std::max(width, lengths.back());
  }
  // What is left of every row, moved to its beginning.
  const auto ids = torch::zeros({B, width}, torch::kInt64);
  const auto positions = torch::ones({3, B, width}, torch::kInt64);
  for (std::int64_t b = 0; b < B; ++b) {
    const std::int64_t begin = past.lengths_B[std::size_t(b)], n = lengths[std::size_t(b)];
    ids[b].narrow(0, 0, n).copy_(batch.ids_BS[b].narrow(0, begin, n));
    for (int axis = 0; axis < 3; ++axis)
      positions[axis][b].narrow(0, 0, n).copy_(
          batch.positions_3BS[axis][b].narrow(0, begin, n));
  }
  auto x = model->embed_tokens(ids.flatten(), scalar_type());
  std::vector<std::int64_t> to, from;
  const auto index = batch.image_index_M.accessor<std::int64_t, 1>();
  const auto source = batch.image_source_M.accessor<std::int64_t, 1>();
  for (std::int64_t m = 0; m < index.size(0); ++m) {
    const std::int64_t b = index[m] / S, s = index[m] % S - past.lengths_B[std::size_t(b)];
    if (s < 0) continue;  // a picture of the past
    to.push_back(b * width + s);
    from.push_back(source[m]);
  }
  if (!to.empty())
    x = x.index_copy(
        0, index_tensor(to, x.device()),
        image_tokens(batch.vision).index_select(0, index_tensor(from, x.device())));
  return model->extend(x.view({B, width, -1}), positions, lengths, past, cache);
}

torch::Tensor Qwen25VlImpl::embedded(const Batch& batch,
                                     const torch::Tensor& image_tokens_GD) {
  const std::int64_t B = batch.ids_BS.size(0), S = batch.ids_BS.size(1);
  auto x = model->embed_tokens(batch.ids_BS.flatten(), scalar_type());
  if (batch.image_index_M.numel() > 0) {
    const auto tokens =
        image_tokens_GD.defined() ? image_tokens_GD : image_tokens(batch.vision);
    x = x.index_copy(0, batch.image_index_M.to(x.device()),
                     tokens.index_select(0, batch.image_source_M.to(x.device())));
  }
  return x.view({B, S, -1});
}

torch::Tensor Qwen25VlImpl::hidden_states(const Batch& batch,
                                          const torch::Tensor& image_tokens_GD) {
  return model->forward(embedded(batch, image_tokens_GD), batch.positions_3BS,
                        batch.segments_BS, {}, nullptr);
}

torch::Tensor Qwen25VlImpl::hidden_states_at(const torch::Tensor& index_L,
                                             const Batch& batch,
                                             const torch::Tensor& image_tokens_GD,
                                             KeyValues* cache) {
  const auto x_BSD = embedded(batch, image_tokens_GD);
  return model->forward(x_BSD, batch.positions_3BS, batch.segments_BS,
                        index_L.to(x_BSD.device()), cache);
}

torch::Tensor Qwen25VlImpl::logits(const torch::Tensor& states) {
  if (lm_head) return lm_head(states).to(torch::kFloat32);
  const auto table =
      tied_head_cast_.get(model->embed_tokens->weight, states.scalar_type());
  return linear(decoder_path(arithmetic_), states, table, {}).to(torch::kFloat32);
}

torch::Tensor Qwen25VlImpl::forward(const Batch& batch) {
  return logits(hidden_states_at(batch.target_index_L, batch));
}

torch::Tensor target_logprobs(const torch::Tensor& logits_LT,
                              const torch::Tensor& target_ids_L) {
  return torch::log_softmax(logits_LT, -1)
      .gather(1, target_ids_L.unsqueeze(1).to(logits_LT.device()))
      .squeeze(1)
      .cpu();
}

torch::Tensor argmax_is_target(const torch::Tensor& logits_LT,
                               const torch::Tensor& target_ids_L) {
  return logits_LT.detach().argmax(1).cpu() == target_ids_L;
}

torch::Tensor Qwen25VlImpl::target_logprobs(const Batch& batch) {
  return agent::target_logprobs(forward(batch), batch.target_ids_L);
}

torch::Tensor Qwen25VlImpl::decode_step(const torch::Tensor& ids_R,
                                        const torch::Tensor& positions_R,
                                        const KeyValues& prefix,
                                        const torch::Tensor& prefix_mask_BS,
                                        KeyValues* own) {
  return logits(model->step(model->embed_tokens(ids_R, scalar_type()), positions_R,
                            prefix, prefix_mask_BS, own));
}

void set_up_torch(int num_threads) {
  keep_tensor_memory();
  // The floating-point mode is inherited by the pool's threads, so it comes first.
  at::globalContext().setFlushDenormal(true);
  at::set_num_threads(std::max(1, num_threads));
}

}  // namespace paperphone::agent
