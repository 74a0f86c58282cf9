// A training run as data: what a recipe file says, with every default filled in.
// Reading is strict (rl/recipe/yaml_config.h). Units and defaults stand beside each field;
// the names of the keys are the names of the fields.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "env/base/named.h"
#include "rl/losses/advantage.h"
#include "rl/losses/aggregation.h"

namespace paperphone::rl {

enum class StageKind : std::uint8_t { kPerception, kSft, kGrpoAction, kGrpoTask };
std::string_view stage_kind_name(StageKind kind);

struct LoraRecipe {
  int rank = 0;  // 0: no adapters, the weights themselves learn
  double alpha = 32;
  std::vector<std::string> targets = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                      "gate_proj", "up_proj", "down_proj"};
};

struct ModelRecipe {
  std::string preset = "tiny";  // architecture when it starts from random weights
  // Checkpoint folder to start from, as seen from the recipe's folder; empty: random.
  std::string init_from;
  bool freeze_vision = false;   // the vision tower keeps its weights in stages 1..3
  int vision_cache_mb = 512;    // of image tokens kept while the tower stands still
  bool gradient_checkpointing = false;  // a third more work, a fraction of the memory
  LoraRecipe lora;
};

struct PromptRecipe {
  std::string thought = "fast";  // full: <think> first; fast: without
  // What demonstrations think and histories are told in: chinese, english; auto: the words of
  // the agent's prompt, English where its style is mobile_use, else Chinese.
  std::string language = "auto";
  int history_steps = 4;         // earlier turns told in words
  bool notes = true;             // all notes of the episode, and which turns changed nothing
  int earlier_screens = 0;       // screenshots before the present one
  int max_pixels = 0;            // of the resized screenshot; 0: the checkpoint's own
};

// Which phones.
struct PhoneRecipe {
  std::vector<std::string> apps;  // tasks of these only; empty: all
  int width = 360;                // screenshot, pixels
  int height = 800;
  bool dark = false;
  bool shuffle_icons = false;
  std::string suite = "clean";    // clean, everyday, hostile
};

struct OptimizerRecipe {
  std::string kind = "adamw";         // adamw; muon: for hidden matrices (rl/optimizer/muon.h)
  double lr = 1e-3;
  int warmup_steps = 0;               // linear from 0
  std::string schedule = "constant";  // constant, linear, cosine: after the warm-up
  double final_lr_fraction = 0.1;     // of lr, at the last step (linear, cosine)
  double weight_decay = 0.01;         // decoupled (AdamW)
  double momentum = 0.95;             // of Muon
  double beta1 = 0.9;
  double beta2 = 0.95;
  double eps = 1e-8;
  double grad_clip = 1.0;             // of the global norm; 0: off
};

struct PerceptionRecipe {
  int screens_per_step = 4;
  int questions_per_screen = 16;  // packed on one image prefix
  double tap_share = 0.0;         // of the questions: "tap this", answered by a response
  int screen_pool = 256;          // distinct screens kept, shown in shuffled order
  int pool_passes = 4;            // times each is shown before new ones come; 0: for ever
  double noise = 0.7;             // share of random steps in the walks that find screens
  double scrambled = 0.0;         // share of screens whose words mean nothing (scramble.h)
  double glyph_weight = 1.0;        // dense character loss on the stem's features; 0: off
  double token_glyph_weight = 0.0;  // image tokens name the characters they show
  double question_weight = 1.0;     // loss of the answers
};

struct SftRecipe {
  int batch_size = 16;       // screenshots per update
  int other_tasks = 0;       // further tasks asked on each of them (CollectOptions)
  double other_weight = 1.0; // of their turns in the loss; the episode's own have 1
  int demonstrations = 200;  // episodes by the expert, rendered once
  double noise = 0.15;       // probability of a wrong turn before each expert action
};

// Whose episodes the states of action-level GRPO are of.
enum class States : std::uint8_t { kExpert, kOwn, kMixed };
inline constexpr Named<States> kStates[] = {
    {"expert", States::kExpert}, {"own", States::kOwn}, {"mixed", States::kMixed}};

enum class FormatReward : std::uint8_t {
  kSum,   // R_act + R_fmt, as in Mobile-R1
  kGate,  // R_act of a response that is well-formed, else -0.5
};
inline constexpr Named<FormatReward> kFormatRewards[] = {{"sum", FormatReward::kSum},
                                                         {"gate", FormatReward::kGate}};

// What the turns of a trajectory are learned by (rl/advantages).
enum class TurnAdvantage : std::uint8_t {
  kTrajectory,  // its own, all turns alike
  kVerdicts,    // and whether the turn was sensible, where the group differed at that page
  kGigpo,       // and what came of it, where the group differed at that page
};
inline constexpr Named<TurnAdvantage> kTurnAdvantages[] = {
    {"trajectory", TurnAdvantage::kTrajectory},
    {"verdicts", TurnAdvantage::kVerdicts},
    {"gigpo", TurnAdvantage::kGigpo}};

struct GrpoRecipe {
  int group_size = 8;
  AdvantageKind advantage = AdvantageKind::kGrpo;
  Aggregation aggregation = Aggregation::kTokenMean;
  double clip_low = 0.2;
  double clip_high = 0.28;
  double kl_coef = 0.0;                      // to the weights at the stage's start (k3)
  double temperature = 1.0;
  int max_new_tokens = 96;
  int updates_per_batch = 1;                 // passes over each batch of samples
  int train_batch = 32;                      // responses per forward; sums are exact
  bool skip_equal_groups = true;             // no forward for groups without a signal
  double label_weight = 0.0;                 // of the expert's responses beside the samples
  // action level
  int states_per_step = 8;                   // phones of the pool, each shows one state
  States states = States::kExpert;
  double expert_share = 0.5;                 // mixed: of the episodes, the expert's
  double noise = 0.2;                        // wrong turns in the expert's episodes
  FormatReward format_reward = FormatReward::kSum;  // of both levels
  // task level
  int tasks_per_step = 2;
  int max_turns = 12;
  double progress_weight = 0.0;              // shaping: share of milestones reached
  double length_weight = 0.0;                // shaping: steps saved, successes only
  double distance_weight = 0.0;  // shaping: share of the expert's distance that was covered
  double side_effect_penalty = 0.0;       // taken off where something else changed, too
  double false_completion_penalty = 0.0;  // ... where the end was declared and is not so
  TurnAdvantage turn_advantage = TurnAdvantage::kTrajectory;
  double turn_weight = 1.0;  // of what turns differ by, beside their trajectory's
  double discount = 0.95;    // gigpo: of a turn's return, a turn
};

struct StageRecipe {
  std::string name;   // folder of its checkpoint: stage0
  StageKind kind = StageKind::kSft;
  int steps = 100;    // updates
  int checkpoint_every = 50;  // steps; the end of a stage always writes one
  bool evaluate = true;       // at the stage's end, as the recipe's eval says
  OptimizerRecipe optimizer;
  PerceptionRecipe perception;  // of kind perception
  SftRecipe sft;                // of kind sft
  GrpoRecipe grpo;              // of kinds grpo_action, grpo_task
};

struct EvalRecipe {
  std::string split = "validation";
  int episodes = 50;
  int num_envs = 16;          // episodes run side by side
  int max_turns = 0;          // 0: each task's own limit
  double temperature = 0.0;   // 0: greedy
  int max_new_tokens = 96;
  std::uint64_t seed = 1;
};

struct Recipe {
  std::uint64_t seed = 1;
  int threads = 0;                // 0: all cores
  std::string dtype = "float32";  // of the matrix products: float32, bfloat16
  bool exact = false;             // rollouts and training agree to the bit (agent/ops/exact.h)
  std::string device = "cpu";     // where the model is: cpu, cuda, cuda:N
  ModelRecipe model;
  PromptRecipe prompt;
  PhoneRecipe phone;
  EvalRecipe eval;
  std::vector<StageRecipe> stages;
};

// Throws ConfigError for anything wrong, naming file, line and column.
Recipe load_recipe(const std::filesystem::path& path);
Recipe parse_recipe(std::string_view yaml, std::string_view name);
// The whole recipe with its defaults; parse_recipe() of it gives the same recipe.
std::string recipe_to_yaml(const Recipe& recipe);

}  // namespace paperphone::rl
