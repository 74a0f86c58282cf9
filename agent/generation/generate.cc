#include "agent/generation/generate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "agent/generation/weights_state.h"
#include "agent/ops/index_tensor.h"
#include "env/base/check.h"
#include "env/base/rng.h"

namespace paperphone::agent {

SampledToken sample_token(std::span<const float> logits_T,
                          const GenerationOptions& options,
                          std::span<const std::int64_t> penalized_ids, double uniform) {
  std::vector<float> scores(logits_T.begin(), logits_T.end());
  const auto T = std::int64_t(scores.size());
  if (options.repetition_penalty != 1.0) {
    const auto penalty = float(options.repetition_penalty);
    std::vector<std::int64_t> once(penalized_ids.begin(), penalized_ids.end());
    std::sort(once.begin(), once.end());
    once.erase(std::unique(once.begin(), once.end()), once.end());
    for (std::int64_t id : once)
      scores[id] = scores[id] < 0 ? scores[id] * penalty : scores[id] / penalty;
  }
  constexpr float kNever = -std::numeric_limits<float>::infinity();
  for (std::int64_t id : options.banned_ids)
    if (id >= 0 && id < T) scores[id] = kNever;

  const auto best = std::max_element(scores.begin(), scores.end());
  if (options.temperature <= 0) return {best - scores.begin(), 0.0};

  const double top = *best;
  std::vector<double> weights(T);
  for (std::int64_t i = 0; i < T; ++i)
    weights[i] = std::exp((double(scores[i]) - top) / options.temperature);

  std::vector<std::int64_t> order(T);
  std::iota(order.begin(), order.end(), 0);
  if (options.top_k > 0 || options.top_p < 1.0) {
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return weights[a] > weights[b]; });
    if (options.top_k > 0 && options.top_k < T) order.resize(options.top_k);
    if (options.top_p < 1.0) {
      double sum = 0;
      for (std::int64_t id : order) sum += weights[id];
      double mass = 0;
      std::size_t kept = 0;
      while (kept < order.size() && (kept == 0 || mass < options.top_p * sum))
        mass += weights[order[kept++]];
      order.resize(kept);
    }
  }
  double sum = 0;
  for (std::int64_t id : order) sum += weights[id];
  double left = uniform * sum;
  std::int64_t last = order.front();
  for (std::int64_t id : order) {
    if (weights[id] <= 0) continue;
    last = id;
    left -= weights[id];
    if (left < 0) break;
  }
  return {last, std::log(weights[last] / sum)};
}

namespace {

// The samples of one call, in rows of `group` per prompt that is not finished.
class Decoding {
 public:
  Decoding(Qwen25Vl model, std::span<const GenerationRequest> requests,
           const GenerationOptions& options, PrefixCache* prefixes)
      : model_(std::move(model)),
        requests_(requests),
        options_(options),
        prefixes_(prefixes) {
    group_ = requests[0].seeds.size();
    for (const GenerationRequest& request : requests) {
      CHECK_EQ(request.seeds.size(), group_);
      results_.emplace_back(group_);
      for (std::uint64_t seed : request.seeds) rngs_.emplace_back(seed);
    }
    done_.assign(requests.size() * group_, false);
    active_.resize(requests.size());
    std::iota(active_.begin(), active_.end(), 0);
  }

  std::vector<std::vector<Generated>> run(const ImageProcessorConfig& images) {
    if (options_.max_new_tokens < 1) return std::move(results_);
    prefill(images);
    for (int step = 1; step < options_.max_new_tokens; ++step) {
      drop_finished();
      if (active_.empty()) break;
      decode(step);
    }
    return std::move(results_);
  }

 private:
  // Of the prompts' last tokens, [B, D]; keys and values of all go to prefix_.
  torch::Tensor last_states(const Batch& batch) {
    std::vector<std::int64_t> last;
    for (std::size_t b = 0; b < batch.lengths.size(); ++b)
      last.push_back(std::int64_t(b) * batch.ids_BS.size(1) + batch.lengths[b] - 1);
    return model_->hidden_states_at(index_tensor(last), batch, {}, &prefix_);
  }
  torch::Tensor last_states(const Batch& batch, const KeyValues& past) {
    const torch::Tensor states = model_->extend_hidden_states(batch, past, &prefix_);
    std::vector<std::int64_t> last;
    for (std::size_t b = 0; b < batch.lengths.size(); ++b)
      last.push_back(std::int64_t(b) * states.size(1) + batch.lengths[b] - 1 -
                     past.lengths_B[b]);
    return states.flatten(0, 1).index_select(0, index_tensor(last, states.device()));
  }

  void prefill(const ImageProcessorConfig& images) {
    std::vector<Prompt> prompts;
    for (const GenerationRequest& request : requests_)
      prompts.push_back(request.prompt);
    const Batch batch = make_prompt_batch(prompts, model_->config(), images);
    const std::int64_t image_id = model_->config().image_token_id;
    const KeyValues past = known_beginnings(prompts, image_id);
    const auto logits = model_->logits(past.keys.empty() ? last_states(batch)
                                                         : last_states(batch, past));
    next_positions_.assign(batch.next_positions.begin(), batch.next_positions.end());
    const auto place = torch::arange(prefix_.keys[0].size(2), torch::kInt64);
    prefix_mask_ = torch::where(
        place < index_tensor(prefix_.lengths_B).unsqueeze(1),
        torch::zeros({}), torch::full({}, -1e9f))
                       .to(logits.device());
    if (prefixes_ != nullptr)
      for (std::size_t b = 0; b < prompts.size(); ++b)
        prefixes_->put(prompts[b], image_id, prefix_, std::int64_t(b));
    std::vector<std::int64_t> same(prompts.size() * group_);
    for (std::size_t r = 0; r < same.size(); ++r) same[r] = std::int64_t(r / group_);
    choose(logits.index_select(0, index_tensor(same, logits.device())));
  }

  // Of each prompt what the cache has; no keys if it has nothing.
  KeyValues known_beginnings(std::span<const Prompt> prompts, std::int64_t image_id) {
    KeyValues past;
    if (prefixes_ == nullptr) return past;
    prefixes_->expect(weights_state(model_->parameters())
                          .add(int(model_->compute_type()))
                          .add(int(model_->arithmetic()))
                          .finish());
    std::vector<PrefixCache::Match> matches;
    std::int64_t width = 0;
    for (const Prompt& prompt : prompts) {
      matches.push_back(prefixes_->longest(prompt, image_id));
      width = std::max(width, matches.back().length);
      past.lengths_B.push_back(matches.back().length);
    }
    if (width == 0) return past;
    const auto gather = [&](std::vector<torch::Tensor> KeyValues::*part) {
      for (int i = 0; i < model_->config().num_layers; ++i) {
        torch::Tensor all;
        for (std::size_t b = 0; b < matches.size(); ++b) {
          if (matches[b].length == 0) continue;
          const auto& row = (matches[b].rows.get()->*part)[std::size_t(i)];
          if (!all.defined())
            all = torch::zeros({std::int64_t(matches.size()), row.size(1), width,
                                row.size(3)},
                               row.options());
          all[std::int64_t(b)]
              .narrow(1, 0, matches[b].length)
              .copy_(row[0].narrow(1, 0, matches[b].length));
        }
        (past.*part).push_back(all);
      }
    };
    gather(&KeyValues::keys);
    gather(&KeyValues::values);
    return past;
  }

  void decode(int step) {
    std::vector<std::int64_t> ids, positions;
    for (std::size_t b : active_)
      for (std::size_t g = 0; g < group_; ++g) {
        // A finished sample of an unfinished group repeats its last token unseen.
        ids.push_back(results_[b][g].ids.back());
        positions.push_back(next_positions_[b] + step - 1);
      }
    choose(model_->decode_step(index_tensor(ids), index_tensor(positions), prefix_,
                               prefix_mask_, &own_));
  }

  void choose(const torch::Tensor& logits_RT) {
    const auto logits = logits_RT.cpu().contiguous();
    const std::int64_t T = logits.size(1);
    // The same operation as in training, so equal logits give equal bits.
    const auto logprobs = torch::log_softmax(logits, 1);
    const float* row = logits.data_ptr<float>();
    const float* logprob = logprobs.data_ptr<float>();
    for (std::size_t b : active_)
      for (std::size_t g = 0; g < group_; ++g, row += T, logprob += T) {
        const std::size_t r = b * group_ + g;
        if (done_[r]) continue;
        Generated& sample = results_[b][g];
        std::vector<std::int64_t> penalized_ids;
        if (options_.repetition_penalty != 1.0) {
          penalized_ids = requests_[b].prompt.ids;
          penalized_ids.insert(penalized_ids.end(), sample.ids.begin(),
                               sample.ids.end());
        }
        const auto [id, drawn_logprob] = sample_token(
            {row, std::size_t(T)}, options_, penalized_ids, rngs_[r].uniform());
        sample.ids.push_back(id);
        sample.logprobs.push_back(logprob[id]);
        sample.sampling_logprobs.push_back(float(drawn_logprob));
        const auto& stops = options_.stop_ids;
        const bool stop = std::find(stops.begin(), stops.end(), id) != stops.end();
        sample.finish = stop ? FinishReason::kStop : FinishReason::kLength;
        done_[r] = stop;
      }
  }

  // Rows of the caches whose whole group has stopped are no longer computed.
  void drop_finished() {
    std::vector<std::int64_t> kept;
    std::vector<std::size_t> active;
    for (std::size_t i = 0; i < active_.size(); ++i) {
      const auto begin = done_.begin() + std::ptrdiff_t(active_[i] * group_);
      if (std::all_of(begin, begin + std::ptrdiff_t(group_), [](bool d) { return d; }))
        continue;
      kept.push_back(std::int64_t(i));
      active.push_back(active_[i]);
    }
    // Copying the caches costs something too: wait until it is worth it.
    if (!kept.empty() && kept.size() * 4 > active_.size() * 3) return;
    active_ = std::move(active);
    if (active_.empty()) return;
    const torch::Device device = prefix_mask_.device();
    const auto rows_B = index_tensor(kept, device);
    std::vector<std::int64_t> samples;
    for (std::int64_t b : kept)
      for (std::size_t g = 0; g < group_; ++g)
        samples.push_back(b * std::int64_t(group_) + std::int64_t(g));
    const auto rows_R = index_tensor(samples, device);
    const auto keep = [](std::vector<torch::Tensor>& tensors,
                         const torch::Tensor& rows) {
      for (torch::Tensor& tensor : tensors) tensor = tensor.index_select(0, rows);
    };
    keep(prefix_.keys, rows_B);
    keep(prefix_.values, rows_B);
    keep(own_.keys, rows_R);
    keep(own_.values, rows_R);
    prefix_mask_ = prefix_mask_.index_select(0, rows_B);
    std::vector<std::int64_t> lengths;
    for (std::int64_t b : kept) lengths.push_back(prefix_.lengths_B[std::size_t(b)]);
    prefix_.lengths_B = std::move(lengths);
  }

  Qwen25Vl model_;
  std::span<const GenerationRequest> requests_;
  const GenerationOptions& options_;
  PrefixCache* prefixes_;
  std::size_t group_ = 0;
  std::vector<std::vector<Generated>> results_;
  std::vector<Rng> rngs_;            // one per sample
  std::vector<bool> done_;           // one per sample
  std::vector<std::size_t> active_;  // prompts in the caches, in order
  std::vector<std::int64_t> next_positions_;
  KeyValues prefix_, own_;
  torch::Tensor prefix_mask_;
};

}  // namespace

std::vector<std::vector<Generated>> generate(
    Qwen25Vl model, const ImageProcessorConfig& images,
    std::span<const GenerationRequest> requests, const GenerationOptions& options,
    PrefixCache* prefixes) {
  if (requests.empty()) return {};
  torch::NoGradGuard no_grad;
  return Decoding(std::move(model), requests, options, prefixes).run(images);
}

}  // namespace paperphone::agent
