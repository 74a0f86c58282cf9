#include "env/phone/twins.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "env/app/world/generator.h"
#include "env/base/check.h"
#include "env/phone/episode.h"
#include "env/phone/shared.h"
#include "env/task/evidence/known.h"
#include "env/task/evidence/look.h"

namespace paperphone {

using app::Cell;
using app::Value;
using app::World;
using task::TaskInstance;

namespace {

constexpr int kDraws = 3;  // of a twin's world, until one will do

// What can be drawn anew at once: a table, or an app's variables (table -1).
struct Part {
  int app, table;
};

// Of the apps that the task is about. What the phone's own app has is always in sight.
std::vector<Part> parts_of(const app::AppSet& apps, const app::TaskSpec& task) {
  std::set<int> about = {task.app};
  for (const app::Landmark& mark : task.expert) about.insert(mark.app);
  for (const app::ParamSpec& param : task.params) about.insert(param.type.app);
  std::vector<Part> parts;
  for (const int a : about) {
    if (a < 1) continue;
    parts.push_back({a, -1});
    for (int t = 0; t < int(apps.apps[a].tables.size()); ++t) parts.push_back({a, t});
  }
  return parts;
}

// The world with the cells of these parts drawn anew, but for those that are kept.
// nullopt as `only`: of all columns.
World redrawn(const app::AppSet& apps, const World& world, const World& other,
              std::span<const Part> parts, const std::set<Cell>& kept,
              const std::optional<Cell>& only = {}) {
  World out = world;
  const auto is_drawn = [&](const Cell& cell) {
    if (kept.contains(cell)) return false;
    return !only || (only->table == cell.table && only->column == cell.column);
  };
  for (const Part& part : parts) {
    const app::AppSpec& app = apps.apps[part.app];
    const app::AppData& theirs = *other.apps[part.app];
    if (part.table < 0) {
      for (int v = 0; v < int(app.vars.size()); ++v)
        if (!app.vars[v].is_view && is_drawn({.app = std::int16_t(part.app), .column = v}))
          out.apps[part.app].edit().vars[v] = theirs.vars[v];
      continue;
    }
    const auto& rows = theirs.tables[part.table]->rows;
    app::Table& table = out.apps[part.app].edit().tables[part.table].edit();
    for (auto& row : table.rows) {
      const auto found =
          std::find_if(rows.begin(), rows.end(),
                       [&](const auto& candidate) { return candidate->id == row->id; });
      if (found == rows.end()) continue;
      for (int c = 0; c < int(row->cells.size()); ++c)
        if (is_drawn({std::int16_t(part.app), std::int16_t(part.table), row->id, c}) &&
            !(row->cells[c] == (*found)->cells[c]))
          row.edit().cells[c] = (*found)->cells[c];
    }
  }
  return out;
}

std::string text_of(const Advice& advice) {
  return advice.actions.empty()
             ? "nothing"
             : fmt::format("{} {} {}", advice.sentence,
                           action_to_json(advice.actions.front().action), advice.thought);
}

PhoneEnvConfig config_of(ThoughtLanguage thoughts) {
  return {.pixels = false, .hashes = false, .distance = false, .thoughts = thoughts};
}

class Proof {
 public:
  Proof(const std::shared_ptr<const PhoneShared>& shared, const std::string& task_id,
        std::uint64_t seed, ThoughtLanguage thoughts)
      : shared_(shared), config_(config_of(thoughts)), env_(shared, config_) {
    env_.reset(seed, {.task_id = task_id});
    begun_ = episode(env_);
    // The instruction is a frame too.
    const std::vector<Cell> told = task::told_by(shared->apps, *begun_.task);
    kept_.insert(told.begin(), told.end());
    for (int i = 0; i < kDraws; ++i)
      others_.push_back(app::make_world(shared->apps, Rng(seed).fork("twin", i)));
  }

  TwinProof run() {
    while (true) {
      note_frame();
      const Advice advice = env_.advice();
      CHECK_TRUE(!advice.actions.empty());
      if (!advice.unknown.empty() && proof_.unknown.empty()) {
        proof_.blind_at = proof_.steps;
        proof_.unknown = advice.unknown;
      }
      ++proof_.steps;
      compare(advice);
      if (!proof_.findings.empty()) break;
      actions_.push_back(advice.actions.front().action);
      const StepResult result = env_.step(actions_.back());
      if (result.terminated || result.truncated) break;
    }
    return std::move(proof_);
  }

 private:
  static PhoneEpisode episode(const PhoneEnv& env) {
    return env.snapshot().get<PhoneSnapshot>()->episode;
  }

  void note_frame() {
    const sim::PhoneState& state = env_.state();
    const layout::Frame frame = shared_->layout.run(state);
    frames_.push_back(layout::hash_draws(frame));
    for (const Cell& cell : task::depends_on(shared_->machine, state, env_.task(), frame))
      kept_.insert(cell);
  }

  // The twin's episode after the same actions; nullopt: it is none.
  std::unique_ptr<PhoneEnv> twin_in(const World& world) {
    PhoneEpisode twin = begun_;
    twin.state.world = world;
    std::optional<TaskInstance> task =
        task::renew_task(*begun_.task, shared_->apps, world);
    if (!task || !task::parameters_hold(*task, shared_->apps, world) ||
        task->instruction != begun_.task->instruction)
      return nullptr;
    if (!task::makes_sense(*task, shared_->apps, world)) return nullptr;
    twin.task = std::make_shared<const TaskInstance>(std::move(*task));
    twin.sight = {};
    twin.sight.show(twin.state);
    auto env = std::make_unique<PhoneEnv>(shared_, config_);
    env->restore(Snapshot(std::make_shared<const PhoneSnapshot>(
        PhoneSnapshot{std::move(twin), {.running = true}, shared_})));
    for (std::size_t i = 0;; ++i) {
      if (layout::hash_draws(shared_->layout.run(env->state())) != frames_[i])
        return nullptr;
      if (i == actions_.size()) return env;
      const StepResult result = env->step(actions_[i]);
      if (result.terminated || result.truncated) return nullptr;
    }
  }

  // As many parts as make a twin, from those given.
  std::vector<Part> fitting(std::span<const Part> parts, const World& other) {
    if (parts.empty()) return {};
    if (twin_in(redrawn(shared_->apps, begun_.state.world, other, parts, kept_)))
      return {parts.begin(), parts.end()};
    if (parts.size() == 1) return {};
    std::vector<Part> out = fitting(parts.subspan(0, parts.size() / 2), other);
    const std::vector<Part> more = fitting(parts.subspan(parts.size() / 2), other);
    std::vector<Part> all = out;
    all.insert(all.end(), more.begin(), more.end());
    if (more.empty() ||
        !twin_in(redrawn(shared_->apps, begun_.state.world, other, all, kept_)))
      return out.size() >= more.size() ? out : more;
    return all;
  }

  void compare(const Advice& advice) {
    const std::vector<Part> parts = parts_of(shared_->apps, *begun_.task->spec);
    for (const World& other : others_) {
      const std::vector<Part> drawn = fitting(parts, other);
      if (drawn.empty()) continue;
      ++proof_.drawn;
      const World& world = begun_.state.world;
      const auto twin = twin_in(redrawn(shared_->apps, world, other, drawn, kept_));
      const Advice theirs = twin->advice();
      if (text_of(theirs) == text_of(advice)) return;
      TwinFinding finding{.step = int(actions_.size()),
                          .advice = text_of(advice),
                          .twin_advice = text_of(theirs)};
      name_cells(advice, drawn, other, finding);
      proof_.findings.push_back(std::move(finding));
      return;
    }
  }

  // Which columns alone make the difference.
  void name_cells(const Advice& advice, std::span<const Part> drawn, const World& other,
                  TwinFinding& finding) {
    for (const Part& part : drawn) {
      const app::AppSpec& app = shared_->apps.apps[part.app];
      const std::size_t count =
          part.table < 0 ? app.vars.size() : app.tables[part.table].columns.size();
      for (std::size_t c = 0; c < count; ++c) {
        const Cell cell{std::int16_t(part.app), std::int16_t(part.table), -1,
                        std::int32_t(c)};
        const auto twin =
            twin_in(redrawn(shared_->apps, begun_.state.world, other, {&part, 1}, kept_, cell));
        if (twin && text_of(twin->advice()) != text_of(advice))
          finding.cells.push_back(task::name_of(shared_->apps, cell));
      }
    }
  }

  std::shared_ptr<const PhoneShared> shared_;
  PhoneEnvConfig config_;
  PhoneEnv env_;
  PhoneEpisode begun_;
  std::vector<World> others_;
  std::set<Cell> kept_;              // what frames so far depended on
  std::vector<Hash128> frames_;      // so far
  std::vector<Action> actions_;      // between them
  TwinProof proof_;
};

}  // namespace

TwinProof prove_by_twins(const std::shared_ptr<const PhoneShared>& shared,
                         const std::string& task_id, std::uint64_t seed,
                         ThoughtLanguage thoughts) {
  return Proof(shared, task_id, seed, thoughts).run();
}

}  // namespace paperphone
