#include "agent/sample.h"

#include "env/check.h"

namespace paperphone {

TrainingRow row_of_group(std::span<const Sample> group) {
  CHECK_TRUE(!group.empty());
  TrainingRow row;
  row.prefix = group[0].prompt;
  for (const Sample& sample : group) {
    CHECK_TRUE(sample.prompt.ids == row.prefix.ids);
    row.segments.push_back({sample.response_ids, 0});
  }
  return row;
}

}  // namespace paperphone
