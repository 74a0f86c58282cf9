#include "agent/generation/generation_options.h"

#include "agent/text/json_fields.h"
#include "env/base/json_text.h"

namespace paperphone::agent {

GenerationOptions parse_generation_options(std::string_view json,
                                           std::string_view name) {
  const JsonFields fields = JsonFields::parse(json, name);
  GenerationOptions options;
  if (fields.has("eos_token_id")) {
    if (fields.json().at("eos_token_id").is_array())
      options.stop_ids = fields.get<std::vector<std::int64_t>>("eos_token_id");
    else
      options.stop_ids = {fields.get<std::int64_t>("eos_token_id")};
  }
  options.temperature = fields.get("temperature", 1.0);
  options.top_p = fields.get("top_p", 1.0);
  options.top_k = fields.get("top_k", 0);
  options.repetition_penalty = fields.get("repetition_penalty", 1.0);
  if (!fields.get("do_sample", false)) options.temperature = 0;
  if (options.temperature < 0) fields.fail("temperature", "must not be negative");
  if (!(options.top_p > 0 && options.top_p <= 1))
    fields.fail("top_p", "must be above 0 and at most 1");
  if (options.top_k < 0) fields.fail("top_k", "must not be negative");
  if (!(options.repetition_penalty > 0))
    fields.fail("repetition_penalty", "must be positive");
  return options;
}

std::string generation_options_to_json(const GenerationOptions& options) {
  nlohmann::ordered_json json;
  if (!options.stop_ids.empty()) json["eos_token_id"] = options.stop_ids;
  json["do_sample"] = options.temperature > 0;
  if (options.temperature > 0) json["temperature"] = options.temperature;
  json["top_p"] = options.top_p;
  json["top_k"] = options.top_k;
  json["repetition_penalty"] = options.repetition_penalty;
  return json_text(json, 1) + "\n";
}

}  // namespace paperphone::agent
