// A number that has become none: an update that must not happen.
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "agent/checkpoint/checkpoint.h"
#include "agent/model/batch.h"
#include "env/base/error.h"

namespace paperphone::rl {

// "the loss is nan", with the batch for whoever wants to look at it.
class NotFinite : public DataError {
 public:
  NotFinite(const std::string& what, std::map<std::string, torch::Tensor> batch)
      : DataError(what), batch_(std::move(batch)) {}
  const std::map<std::string, torch::Tensor>& batch() const { return batch_; }

 private:
  std::map<std::string, torch::Tensor> batch_;
};

// The tensors of batches, named "0.ids_BS" and so on.
inline std::map<std::string, torch::Tensor> tensors_of(
    const std::vector<const agent::Batch*>& batches) {
  std::map<std::string, torch::Tensor> out;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    const agent::Batch& batch = *batches[i];
    const std::string at = std::to_string(i) + ".";
    out[at + "ids_BS"] = batch.ids_BS;
    out[at + "positions_3BS"] = batch.positions_3BS;
    out[at + "segments_BS"] = batch.segments_BS;
    out[at + "target_index_L"] = batch.target_index_L;
    out[at + "target_ids_L"] = batch.target_ids_L;
    if (!batch.vision.empty()) out[at + "patches_NP"] = batch.vision.patches_NP();
  }
  std::erase_if(out, [](const auto& entry) { return !entry.second.defined(); });
  return out;
}

// Throws NotFinite unless `value` ("the loss", "the gradient's norm") is a number.
inline void require_finite(const char* what, double value,
                           const std::vector<const agent::Batch*>& batches) {
  if (std::isfinite(value)) return;
  throw NotFinite(
      std::string(what) + " is " + (std::isnan(value) ? "not a number" : "infinite"),
      tensors_of(batches));
}

// The same for the weights, after a step.
inline void require_finite_weights(agent::Qwen25Vl model,
                                   const std::vector<const agent::Batch*>& batches) {
  std::vector<std::pair<std::string, torch::Tensor>> weights;
  for (const auto& item : model->named_parameters())
    weights.emplace_back(item.key(), item.value());
  const std::string bad = agent::first_not_finite(weights);
  if (!bad.empty())
    throw NotFinite("'" + bad + "' is not finite any more", tensors_of(batches));
}

}  // namespace paperphone::rl
