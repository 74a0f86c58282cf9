#include "tools/watch/watched_run.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <nlohmann/json.hpp>

#include "env/base/error.h"
#include "env/base/host/file.h"

namespace paperphone::tools {

namespace fs = std::filesystem;

namespace {

rl::Recipe recipe_in(const fs::path& folder) {
  std::error_code error;
  constexpr const char* kRemedy =
      "name the folder that `paperphone train --out` was given";
  if (!fs::is_directory(folder, error))
    throw DataError(fmt::format("{}: no such folder; {}", folder.string(), kRemedy));
  if (!fs::exists(folder / "recipe.yaml", error))
    throw DataError(fmt::format("{}: holds no run, recipe.yaml is missing; {}",
                                folder.string(), kRemedy));
  return rl::load_recipe(folder / "recipe.yaml");
}

bool is_process(std::int64_t id) {
  return id > 0 && (::kill(pid_t(id), 0) == 0 || errno == EPERM);
}

}  // namespace

WatchedRun::WatchedRun(fs::path folder)
    : folder_(std::move(folder)),
      recipe_(recipe_in(folder_)),
      reader_(folder_ / "metrics.jsonl") {
  forget();
  refresh();
}

void WatchedRun::forget() {
  stages_.clear();
  rules_.clear();
  warnings_.clear();
  present_.reset();
  last_update_.reset();
  for (const rl::StageRecipe& stage : recipe_.stages) {
    stages_.push_back(
        {.name = stage.name,
         .kind = stage.kind,
         .steps = stage.steps,
         .evaluate = stage.evaluate && stage.kind != rl::StageKind::kPerception});
    rules_.emplace_back(stage.kind);
  }
}

void WatchedRun::refresh() {
  // The state first: of a run that is finished all metrics are there.
  read_state();
  const rl::MetricsReader::News news = reader_.read();
  if (news.is_anew) forget();
  for (const rl::MetricRecord& record : news.records) add(record);
}

void WatchedRun::read_state() {
  const auto state =
      nlohmann::json::parse(read_file(folder_ / "run.json"), nullptr, false);
  const auto value = [&](const char* key, const auto& otherwise) {
    using T = std::decay_t<decltype(otherwise)>;
    const bool fits = state.is_object() && state.contains(key) &&
                      nlohmann::json(otherwise).type() == state[key].type();
    return fits ? state[key].template get<T>() : otherwise;
  };
  weights_hash_ = value("weights_hash", std::string());
  if (value("finished", false))
    state_ = RunState::kFinished;
  else
    state_ = is_process(value("process_id", std::uint64_t(0))) ? RunState::kRunning
                                                               : RunState::kStopped;
}

void WatchedRun::add(const rl::MetricRecord& record) {
  const auto stage =
      std::find_if(stages_.begin(), stages_.end(),
                   [&](const WatchedStage& one) { return one.name == record.stage; });
  if (stage == stages_.end()) return;
  present_ = std::size_t(stage - stages_.begin());
  if (const auto time = record.metrics.find(rl::kUnixTime);
      time != record.metrics.end() && std::isfinite(time->second))
    last_update_ = time->second;
  if (const auto rate = record.metrics.find("eval_success_rate");
      rate != record.metrics.end()) {
    stage->success_rate = rate->second;
    return;
  }
  stage->updates = std::max(stage->updates, record.step + 1);
  for (const auto& [name, value] : record.metrics)
    if (std::isfinite(value)) stage->series[name].push_back(value);
  for (rl::Warning& warning : rules_[*present_].add(record.metrics))
    warnings_.push_back({stage->name, record.step, std::move(warning)});
}

const WatchedStage* WatchedRun::present() const {
  return present_ ? &stages_[*present_] : nullptr;
}

}  // namespace paperphone::tools
