#include "agent/qwen2_5_vl.h"

#include <ATen/Parallel.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <cmath>
#include <limits>

#include "env/check.h"
#include "env/hash.h"

namespace paperphone {

Qwen25VlImpl::Qwen25VlImpl(const ModelConfig& config) : config_(config) {
  torch::NoGradGuard no_grad;
  visual = register_module("visual", VisionTower(config.vision));
  model = register_module("model", Decoder(config));
  if (!config.tie_word_embeddings)
    lm_head = register_module(
        "lm_head",
        Projection(std::vector<std::int64_t>{config.vocab_size, config.hidden_size},
                   Bias::kNo));
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

torch::Tensor Qwen25VlImpl::hidden_states(const Batch& batch,
                                          const torch::Tensor& image_tokens_GD,
                                          KeyValues* cache) {
  const std::int64_t B = batch.ids_BS.size(0), S = batch.ids_BS.size(1);
  auto x = model->embed_tokens(batch.ids_BS.flatten(), scalar_type());
  if (batch.image_index_M.numel() > 0) {
    const auto tokens =
        image_tokens_GD.defined() ? image_tokens_GD : embed_images(batch.vision).tokens_GD;
    x = x.index_copy(0, batch.image_index_M,
                     tokens.index_select(0, batch.image_source_M));
  }
  return model->forward(x.view({B, S, -1}), batch.positions_3BS, batch.segments_BS,
                        cache);
}

torch::Tensor Qwen25VlImpl::logits(const torch::Tensor& states) {
  if (lm_head) return lm_head(states).to(torch::kFloat32);
  const auto& table = model->embed_tokens->weight;
  return torch::linear(states, tied_head_cast_.get(table, states.scalar_type()))
      .to(torch::kFloat32);
}

torch::Tensor Qwen25VlImpl::forward(const Batch& batch) {
  const auto states = hidden_states(batch).flatten(0, 1);
  return logits(states.index_select(0, batch.target_index_L));
}

torch::Tensor Qwen25VlImpl::target_logprobs(const Batch& batch) {
  return torch::log_softmax(forward(batch), -1)
      .gather(1, batch.target_ids_L.unsqueeze(1))
      .squeeze(1);
}

torch::Tensor Qwen25VlImpl::decode_step(const torch::Tensor& ids_R,
                                        const torch::Tensor& positions_R,
                                        const KeyValues& prefix,
                                        const torch::Tensor& prefix_mask_BS,
                                        KeyValues* own) {
  return logits(model->step(model->embed_tokens(ids_R, scalar_type()), positions_R,
                            prefix, prefix_mask_BS, own));
}

namespace {

// A step allocates and frees the same large blocks over and over. By default glibc
// gives each back to the kernel, which clears its pages anew: a third of a step's time.
void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

}  // namespace

void set_up_torch(int num_threads) {
  keep_freed_memory();
  // The floating-point mode is inherited by the pool's threads, so it comes first.
  at::globalContext().setFlushDenormal(true);
  at::set_num_threads(std::max(1, num_threads));
}

}  // namespace paperphone
