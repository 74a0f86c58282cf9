#include "rl/run/metric_record.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "env/base/json_text.h"

namespace paperphone::rl {

std::string line_of(const MetricRecord& record) {
  nlohmann::ordered_json line = {{"stage", record.stage}, {"step", record.step}};
  for (const auto& [name, value] : record.metrics)
    line[name] = std::isfinite(value) ? nlohmann::ordered_json(value)
                                      : nlohmann::ordered_json(nullptr);
  return json_text(line) + "\n";
}

std::optional<MetricRecord> record_of(std::string_view line) {
  const auto json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("stage") || !json["stage"].is_string() ||
      !json.contains("step") || !json["step"].is_number_integer())
    return std::nullopt;
  MetricRecord record{json["stage"], json["step"], {}};
  for (const auto& [name, value] : json.items())
    if (name != "stage" && name != "step")
      record.metrics[name] = value.is_number() ? value.get<double>() : std::nan("");
  return record;
}

}  // namespace paperphone::rl
