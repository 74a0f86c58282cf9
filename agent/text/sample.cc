#include "agent/text/sample.h"

#include "agent/vlm_policy.h"
#include "env/base/check.h"

namespace paperphone::agent {

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

PolicyOutput output_of_response(std::string_view text, ThoughtStyle thought,
                                const PointMap& map) {
  const Response response = parse_response(text, thought);
  PolicyOutput output;
  output.response = std::string(text);
  output.sentence = response.sentence;
  output.note = response.note;
  output.well_formed = response.well_formed;
  if (response.action) {
    output.action = map.to_screen(*response.action);
    output.in_bounds = map.is_on_screen(*output.action);
  }
  return output;
}

}  // namespace paperphone::agent
