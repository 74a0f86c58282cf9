// Stage 0: reading screens. Questions about rendered screens, packed on one image
// prefix, and two dense losses: one names the character at every glyph's centre from the
// convolutional stem's features; the other names, from an image token, all characters
// whose centres lie in it, with the decoder's own embeddings as the classes, so that a
// character looks to the decoder the same whether it is read or told. What belongs to
// the dense losses alone is dropped after the stage.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "agent/model/batch.h"
#include "agent/ops/fused.h"
#include "agent/ops/index_tensor.h"
#include "agent/text/prompt.h"
#include "env/base/error.h"
#include "env/base/host/progress.h"
#include "env/base/shuffle.h"
#include "env/base/utf8.h"
#include "env/render/renderer.h"
#include "rl/reading/questions.h"
#include "rl/reading/scramble.h"
#include "rl/rollout/decision_point.h"
#include "rl/rollout/rollout.h"
#include "rl/stages/demonstration.h"
#include "rl/stages/not_finite.h"
#include "rl/stages/stage.h"

namespace paperphone::rl {

using agent::PatchGrid;
using agent::TrainingRow;
using agent::index_tensor;

namespace {

struct LabelledScreen {
  agent::PicturePtr picture;
  ImageScale scale;
  ScreenLabels labels;
  std::string instruction;
  // Where the expert types or answers: its turn, asked beside the questions.
  std::optional<agent::Segment> turn;
};

constexpr int kWalkSteps = 16;
constexpr int kTurn = int(std::size(kQuestionKinds));  // the expert's own, beside them
constexpr int kWalksAtOnce = 16;
// Every other walk keeps to its task, and comes to where something is typed or answered.
constexpr double kQuietNoise = 0.1;

// The characters that the dense losses tell apart: all that the font can draw.
std::vector<char32_t> characters_of(const layout::FontMetrics& font) {
  std::vector<char32_t> out;
  for (char32_t c = 0x21; c < 0x10000; ++c)
    if (font.has_glyph(c)) out.push_back(c);
  return out;
}

// Linear classifier over characters; features come from places of a map.
struct GlyphHead {
  torch::Tensor weight_TC;  // T characters
  torch::Tensor bias_T;

  static GlyphHead make(std::int64_t classes, std::int64_t channels, Rng rng,
                        torch::Device device) {
    std::vector<float> values(std::size_t(classes * channels));
    for (float& value : values) value = float(0.02 * rng.normal());
    GlyphHead head;
    head.weight_TC =
        torch::tensor(values).view({classes, channels}).to(device).requires_grad_(true);
    head.bias_T = torch::zeros({classes}, device).requires_grad_(true);
    return head;
  }
  torch::Tensor logits(const torch::Tensor& features_KC) const {
    return torch::linear(features_KC.to(torch::kFloat32), weight_TC, bias_T);
  }
};

struct DenseLoss {
  torch::Tensor loss;  // in the CPU's memory; undefined if there is no glyph
  double accuracy = 0;
};

// Where a glyph's centre lies on a map of so many cells.
std::int64_t cell_of(const Glyph& glyph, const ImageScale& scale, double stride,
                     std::int64_t height, std::int64_t width) {
  const double x = double(glyph.x) * scale.image_width / scale.screen_width;
  const double y = double(glyph.y) * scale.image_height / scale.screen_height;
  const auto column = std::min(width - 1, std::int64_t(x / stride));
  const auto row = std::min(height - 1, std::int64_t(y / stride));
  return row * width + column;
}

class PerceptionStage : public Stage {
 public:
  explicit PerceptionStage(const StageContext& context)
      : context_(context),
        fonts_(context.phones->fonts()),
        builder_(context.agent->tokenizer, context.agent->images, context.agent->prompt),
        characters_(characters_of(fonts_.regular)) {
    const agent::ModelConfig& model = context.agent->model->config();
    const auto classes = std::int64_t(characters_.size());
    const Rng rng = stage_rng(context).fork("heads");
    if (stem_channels() > 0)
      stem_head_ = GlyphHead::make(classes, stem_channels(), rng.fork("stem"), device());
    token_norm_D_ = torch::ones({model.hidden_size}, device()).requires_grad_(true);
    find_character_ids();
  }

  Optimizer::NamedParameters extra_parameters() override {
    Optimizer::NamedParameters out = {{"heads.tokens.norm", token_norm_D_}};
    if (stem_channels() > 0) {
      out.emplace_back("heads.stem.weight", stem_head_.weight_TC);
      out.emplace_back("heads.stem.bias", stem_head_.bias_T);
    }
    return out;
  }

  Metrics update(int step, Optimizer& optimizer, double lr) override;

 private:
  const PerceptionRecipe& settings() const { return context_.stage->perception; }
  torch::Device device() const { return context_.agent->model->device(); }
  int stem_channels() const {
    return context_.agent->model->config().vision.stem_channels;
  }
  int character_index(char32_t c) const {
    const auto found = std::lower_bound(characters_.begin(), characters_.end(), c);
    return found != characters_.end() && *found == c ? int(found - characters_.begin())
                                                     : -1;
  }
  const LabelledScreen& screen_of_visit(std::int64_t visit);
  std::vector<LabelledScreen> make_pool(std::int64_t block);
  // The screens of kWalksAtOnce walks, walk by walk.
  std::vector<std::vector<LabelledScreen>> walk(RolloutRunner& runner,
                                                std::uint64_t first_walk, double noise);
  void scramble(const EpisodeView& view, Rng& rng, LabelledScreen& screen) const;
  static bool says_something(const Advice& advice);
  agent::Segment turn_of(const EpisodeView& view, const agent::Picture& picture) const;
  void find_character_ids();
  DenseLoss stem_loss(const std::vector<torch::Tensor>& maps_HWC,
                      std::span<const LabelledScreen* const> screens) const;
  DenseLoss token_loss(const torch::Tensor& content_GD,
                       std::span<const PatchGrid> grids,
                       std::span<const LabelledScreen* const> screens) const;

  StageContext context_;
  const layout::Fonts& fonts_;
  agent::PromptBuilder builder_;
  std::vector<char32_t> characters_;
  GlyphHead stem_head_;
  torch::Tensor token_norm_D_;  // scales the image tokens before they name characters
  // Characters that are one token: their ids, and which of them a character is.
  std::vector<std::int64_t> character_ids_;
  std::map<char32_t, std::int64_t> character_class_;
  std::vector<char32_t> readable_;  // of them, the Chinese ones: what texts are scrambled with
  std::vector<LabelledScreen> pool_;
  std::int64_t pool_block_ = -1;
};

std::vector<std::vector<LabelledScreen>> PerceptionStage::walk(RolloutRunner& runner,
                                                               std::uint64_t first_walk,
                                                               double noise) {
  std::vector<std::vector<LabelledScreen>> walks(kWalksAtOnce);
  const auto label = [&](const EpisodeView& view) {
    if (view.over) return;
    LabelledScreen& screen = walks[view.episode].emplace_back();
    Rng rng = Rng(view.trajectory.seed).fork("scramble", view.trajectory.steps.size());
    if (!readable_.empty() && rng.chance(settings().scrambled)) {
      scramble(view, rng, screen);
      return;
    }
    screen.picture = make_picture(view.screen, builder_.images());
    screen.scale = {view.screen.width, view.screen.height, screen.picture->width,
                    screen.picture->height};
    screen.labels = label_screen(view.phone.frame(), fonts_, view.screen.width);
    screen.instruction = view.trajectory.instruction;
    if (view.advice != nullptr && says_something(*view.advice))
      screen.turn = turn_of(view, *screen.picture);
  };
  const auto expert = agent::make_expert_policy();
  runner.run(stream_jobs({.split = "train",
                          .seed = context_.recipe->seed,
                          .name = context_.stage->name,
                          .max_turns = kWalkSteps},
                         first_walk, kWalksAtOnce),
             *expert, {.noise = noise, .observe = label}, [](Rollout&&) {});
  return walks;
}

// Half of the texts, so that the others may still be recognised beside them; of the
// instruction all of it.
void PerceptionStage::scramble(const EpisodeView& view, Rng& rng,
                               LabelledScreen& screen) const {
  constexpr double kShare = 0.5;
  const layout::Frame frame =
      scrambled(view.phone.frame(), kShare, readable_, rng);
  render::Renderer renderer(context_.phones->pieces(), view.screen.width,
                            view.screen.height);
  const ImageView image = renderer.draw(frame);
  screen.picture = make_picture(image, builder_.images());
  screen.scale = {image.width, image.height, screen.picture->width,
                  screen.picture->height};
  screen.labels = label_screen(frame, fonts_, image.width);
  screen.instruction = scrambled(view.trajectory.instruction, readable_, rng);
}

bool PerceptionStage::says_something(const Advice& advice) {
  if (advice.actions.empty()) return false;
  const Action& action = advice.actions[0].action;
  return std::holds_alternative<TypeText>(action) ||
         std::holds_alternative<Answer>(action);
}

agent::Segment PerceptionStage::turn_of(const EpisodeView& view,
                                        const agent::Picture& picture) const {
  DecisionPoint point;
  point.history.assign(view.history.begin(), view.history.end());
  point.advice = *view.advice;
  const agent::PointMap map =
      builder_.point_map(view.screen.width, view.screen.height, picture);
  return builder_.turn(view.trajectory.instruction, point.history,
                       expert_response(point, map, builder_.options().thought));
}

std::vector<LabelledScreen> PerceptionStage::make_pool(std::int64_t block) {
  const auto wanted = std::size_t(settings().screen_pool);
  RolloutRunner runner(*context_.phones, {.num_rows = kWalksAtOnce,
                                          .num_threads = context_.recipe->threads});
  std::vector<LabelledScreen> pool;
  std::set<Hash128> seen;
  Progress progress(context_.stage->name + ": screens", settings().screen_pool, "screens");
  // A phone with hardly any screens must not keep us here for ever.
  const int rounds = settings().screen_pool / 4 + 4;
  for (int round = 0; round < rounds && pool.size() < wanted; ++round) {
    const auto first_walk = std::uint64_t((block * rounds + round) * kWalksAtOnce);
    const double noise = round % 2 == 0 ? settings().noise : kQuietNoise;
    for (auto& screens : walk(runner, first_walk, noise))
      for (LabelledScreen& screen : screens)
        if (pool.size() < wanted && !screen.labels.labels.empty() &&
            seen.insert(screen.picture->hash).second)
          pool.push_back(std::move(screen));
    progress.update(std::int64_t(pool.size()));
  }
  if (pool.empty())
    throw ConfigError(
        fmt::format("{}: no screens to look at, are there tasks in the split?",
                    context_.stage->name));
  return pool;
}

const LabelledScreen& PerceptionStage::screen_of_visit(std::int64_t visit) {
  // Block b of the pool serves screen_pool * pool_passes visits, then is replaced.
  const std::int64_t block_visits =
      std::int64_t(settings().screen_pool) * settings().pool_passes;
  const std::int64_t block = block_visits > 0 ? visit / block_visits : 0;
  if (block != pool_block_) {
    pool_ = make_pool(block);
    pool_block_ = block;
  }
  const std::int64_t inside = block_visits > 0 ? visit % block_visits : visit;
  return pool_[shuffled_index(stage_rng(context_).fork("block", std::uint64_t(block)),
                              pool_.size(), inside)];
}

void PerceptionStage::find_character_ids() {
  for (char32_t c : characters_) {
    std::string bytes;
    append_utf8(bytes, c);
    const auto ids = builder_.tokenizer().encode(bytes, agent::AddedTokens::kNone);
    if (ids.size() != 1) continue;
    if (c >= U'\u4e00' && c <= U'\u9fff') readable_.push_back(c);
    character_class_[c] = std::int64_t(character_ids_.size());
    character_ids_.push_back(ids[0]);
  }
}

DenseLoss PerceptionStage::token_loss(
    const torch::Tensor& content_GD, std::span<const PatchGrid> grids,
    std::span<const LabelledScreen* const> screens) const {
  std::vector<std::int64_t> tokens;             // that show a character, each once
  std::vector<std::int64_t> places, classes;    // of every character: index into tokens
  std::int64_t first = 0;
  const int merge = builder_.images().merge_size;
  for (std::size_t i = 0; i < screens.size(); ++i) {
    const std::int64_t height = grids[i].h / merge, width = grids[i].w / merge;
    std::map<std::int64_t, std::int64_t> known;  // cell -> index into tokens
    for (const Glyph& glyph : screens[i]->labels.glyphs) {
      const auto found = character_class_.find(glyph.code_point);
      if (found == character_class_.end()) continue;
      const std::int64_t cell =
          cell_of(glyph, screens[i]->scale, builder_.images().factor(), height, width);
      const auto [at, is_new] = known.try_emplace(cell, std::int64_t(tokens.size()));
      if (is_new) tokens.push_back(first + cell);
      places.push_back(at->second);
      classes.push_back(found->second);
    }
    first += height * width;
  }
  DenseLoss out;
  if (classes.empty()) return out;
  const auto index = [this](const std::vector<std::int64_t>& values) {
    return index_tensor(values, device());
  };
  const torch::Tensor seen_UD =
      agent::rms_norm(content_GD.index_select(0, index(tokens)).to(torch::kFloat32),
               token_norm_D_, 1e-6);
  const torch::Tensor names_CD = context_.agent->model->model->embed_tokens->weight
                                     .index_select(0, index(character_ids_));
  const torch::Tensor logits_UC = torch::mm(seen_UD, names_CD.t());
  const torch::Tensor places_K = index(places), classes_K = index(classes);
  const torch::Tensor logprobs_UC = torch::log_softmax(logits_UC, 1);
  const std::int64_t C = logits_UC.size(1);
  out.loss = -logprobs_UC.flatten().index_select(0, places_K * C + classes_K).mean().cpu();
  const torch::NoGradGuard no_grad;
  const torch::Tensor likely_U8 = std::get<1>(logits_UC.topk(std::min<std::int64_t>(8, C), 1));
  out.accuracy = (likely_U8.index_select(0, places_K) == classes_K.unsqueeze(1))
                     .any(1)
                     .to(torch::kFloat32)
                     .mean()
                     .item<double>();
  return out;
}

DenseLoss PerceptionStage::stem_loss(
    const std::vector<torch::Tensor>& maps_HWC,
    std::span<const LabelledScreen* const> screens) const {
  constexpr double stride = 4.0;
  std::vector<torch::Tensor> features;
  std::vector<std::int64_t> classes;
  for (std::size_t i = 0; i < screens.size(); ++i) {
    const LabelledScreen& screen = *screens[i];
    const std::int64_t height = maps_HWC[i].size(0);
    const std::int64_t width = maps_HWC[i].size(1);
    std::vector<std::int64_t> places;
    for (const Glyph& glyph : screen.labels.glyphs) {
      const int index = character_index(glyph.code_point);
      if (index < 0) continue;
      places.push_back(cell_of(glyph, screen.scale, stride, height, width));
      classes.push_back(index);
    }
    if (places.empty()) continue;
    features.push_back(
        maps_HWC[i].flatten(0, 1).index_select(0, index_tensor(places, device())));
  }
  DenseLoss out;
  if (classes.empty()) return out;
  const torch::Tensor logits_KT = stem_head_.logits(torch::cat(features));
  const torch::Tensor classes_K = index_tensor(classes, device());
  out.loss = torch::cross_entropy_loss(logits_KT, classes_K).cpu();
  out.accuracy = (logits_KT.argmax(1) == classes_K).to(torch::kFloat32).mean().item<double>();
  return out;
}

Metrics PerceptionStage::update(int step, Optimizer& optimizer, double lr) {
  const int count = settings().screens_per_step;
  const Rng rng = stage_rng(context_).fork("step", std::uint64_t(step));
  std::vector<LabelledScreen> kept;  // the pool may be replaced in between
  std::set<Hash128> seen;            // equal pictures would be embedded once only
  for (int i = 0; i < count; ++i) {
    const LabelledScreen& screen = screen_of_visit(std::int64_t(step) * count + i);
    if (seen.insert(screen.picture->hash).second) kept.push_back(screen);
  }
  std::vector<TrainingRow> rows;
  std::vector<int> kinds;  // QuestionKind, or kTurn
  std::vector<const LabelledScreen*> screens;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    screens.push_back(&kept[i]);
    TrainingRow row;
    row.prefix = builder_.image_prefix(kept[i].picture);
    for (const Question& question : ask_about(kept[i].labels, kept[i].instruction,
                                              kept[i].scale,
                                              {.count = settings().questions_per_screen,
                                               .tap_share = settings().tap_share,
                                               .style = builder_.options().thought},
                                              rng.fork(i))) {
      row.segments.push_back(builder_.question(question.question, question.answer));
      kinds.push_back(int(question.kind));
    }
    if (kept[i].turn) {
      row.segments.push_back(*kept[i].turn);
      kinds.push_back(kTurn);
    }
    rows.push_back(std::move(row));
  }

  agent::Qwen25Vl model = context_.agent->model;
  const agent::Batch batch = agent::make_batch(rows, model->config(), context_.agent->images);
  const agent::VisionFeatures vision = model->embed_images(batch.vision);
  Metrics metrics;
  std::vector<torch::Tensor> terms;

  if (stem_channels() > 0 && settings().glyph_weight > 0) {
    const DenseLoss dense = stem_loss(vision.stem_HWC, screens);
    if (dense.loss.defined()) {
      terms.push_back(settings().glyph_weight * dense.loss);
      metrics["glyph_loss"] = dense.loss.item<double>();
      metrics["glyph_accuracy"] = dense.accuracy;
    }
  }
  if (settings().token_glyph_weight > 0) {
    const DenseLoss dense = token_loss(vision.content_GD, batch.vision.grids, screens);
    if (dense.loss.defined()) {
      terms.push_back(settings().token_glyph_weight * dense.loss);
      metrics["token_glyph_loss"] = dense.loss.item<double>();
      metrics["token_glyph_recall"] = dense.accuracy;
    }
  }
  if (settings().question_weight > 0 && !kinds.empty()) {
    const torch::Tensor logits_LT = model->logits(
        model->hidden_states_at(batch.target_index_L, batch, vision.tokens_GD));
    const torch::Tensor loss = -agent::target_logprobs(logits_LT, batch.target_ids_L).mean();
    terms.push_back(settings().question_weight * loss);
    metrics["question_loss"] = loss.item<double>();
    const torch::Tensor right_L =
        agent::argmax_is_target(logits_LT, batch.target_ids_L);
    double right[kTurn + 1] = {}, asked[kTurn + 1] = {};
    std::int64_t at = 0;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const int length = batch.segment_targets[i];
      asked[kinds[i]] += 1;
      right[kinds[i]] += right_L.slice(0, at, at + length).all().item<bool>();
      at += length;
    }
    for (const auto& [name, kind] : kQuestionKinds)
      if (asked[int(kind)] > 0)
        metrics[fmt::format("{}_accuracy", name)] = right[int(kind)] / asked[int(kind)];
    if (asked[kTurn] > 0) metrics["turn_accuracy"] = right[kTurn] / asked[kTurn];
  }
  metrics["screens"] = double(kept.size());
  if (terms.empty()) return metrics;
  torch::Tensor loss = terms[0];
  for (std::size_t i = 1; i < terms.size(); ++i) loss = loss + terms[i];
  metrics["loss"] = loss.item<double>();
  require_finite("the loss", metrics["loss"], {&batch});
  loss.backward();
  metrics["grad_norm"] = optimizer.step(lr);
  require_finite("the gradient", metrics["grad_norm"], {&batch});
  require_finite_weights(model, {&batch});
  metrics["tokens"] = double(batch.num_tokens());
  return metrics;
}

}  // namespace

std::unique_ptr<Stage> make_perception_stage(const StageContext& context) {
  return std::make_unique<PerceptionStage>(context);
}

}  // namespace paperphone::rl
