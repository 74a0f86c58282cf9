// A run's folder, seen from outside: what its recipe means to do, what its metrics say,
// whether its process is there. Nothing is locked and nothing written.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rl/recipe/recipe.h"
#include "rl/run/metrics_reader.h"
#include "rl/run/warnings.h"

namespace paperphone::tools {

enum class RunState : std::uint8_t {
  kRunning,  // its process is there
  kStopped,  // it is not, and there is more to do
  kFinished,
};

struct WatchedStage {
  std::string name;
  rl::StageKind kind = rl::StageKind::kSft;
  std::int64_t steps = 0;    // updates that it is to have
  std::int64_t updates = 0;  // that it has
  bool evaluate = false;
  std::optional<double> success_rate;  // of its evaluation
  rl::MetricSeries series;
};

struct WatchedWarning {
  std::string stage;
  std::int64_t step = 0;  // with which it began
  rl::Warning warning;
};

class WatchedRun {
 public:
  // Throws DataError if there is no run.
  explicit WatchedRun(std::filesystem::path folder);

  // Reads what is new. Throws DataError.
  void refresh();

  const std::filesystem::path& folder() const { return folder_; }
  RunState state() const { return state_; }
  const std::string& weights_hash() const { return weights_hash_; }  // once finished
  const std::vector<WatchedStage>& stages() const { return stages_; }
  const WatchedStage* present() const;  // the last that has metrics; null: none has
  const std::vector<WatchedWarning>& warnings() const { return warnings_; }
  // When the last update ended, in seconds since 1970.
  std::optional<double> last_update() const { return last_update_; }

 private:
  void forget();
  void add(const rl::MetricRecord& record);
  void read_state();

  std::filesystem::path folder_;
  rl::Recipe recipe_;
  rl::MetricsReader reader_;
  RunState state_ = RunState::kStopped;
  std::string weights_hash_;
  std::vector<WatchedStage> stages_;
  std::vector<rl::EarlyWarnings> rules_;  // by stage
  std::vector<WatchedWarning> warnings_;
  std::optional<std::size_t> present_;
  std::optional<double> last_update_;
};

}  // namespace paperphone::tools
