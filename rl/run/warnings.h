// Early warnings: signs in a stage's metrics that its training goes wrong, long before
// success says so. Rules look at the metrics and nothing else: whoever reads
// metrics.jsonl comes to the same warnings. They are words, and stop nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rl/recipe/recipe.h"
#include "rl/run/metric_record.h"

namespace paperphone::rl {

// The finite values of each metric in one stage, oldest first. An update that lacks one
// leaves no gap.
using MetricSeries = std::map<std::string, std::vector<double>>;

struct Warning {
  std::string rule;  // "entropy_collapse"
  std::string text;  // what was seen, and what may mend it
};

// All names of rules, in the order of their warnings.
std::vector<std::string_view> warning_rules();
// What holds after the last values.
std::vector<Warning> warnings_of(const MetricSeries& series, StageKind kind);

// The warnings of one stage, update by update.
class EarlyWarnings {
 public:
  explicit EarlyWarnings(StageKind kind) : kind_(kind) {}

  // Those that begin with this update. One that comes and goes begins again when it was
  // away for 20 updates.
  std::vector<Warning> add(const Metrics& metrics);
  // How many hold now.
  int num_active() const { return num_active_; }

 private:
  StageKind kind_;
  MetricSeries series_;
  std::int64_t updates_ = 0;
  std::map<std::string, std::int64_t> last_held_;  // rule -> update
  int num_active_ = 0;
};

}  // namespace paperphone::rl
