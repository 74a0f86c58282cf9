// app.yaml as a JSON Schema, made from the component table, so that an editor and the
// loader cannot disagree about names.
#include <nlohmann/json.hpp>
#include <sstream>

#include "env/app/loader.h"

namespace paperphone {
namespace {

using Json = nlohmann::ordered_json;

Json string_type() { return {{"type", "string"}}; }
// Expressions and templates may look like numbers and booleans to YAML.
Json scalar_type() { return {{"type", Json::array({"string", "number", "boolean"})}}; }
Json ref(std::string_view name) {
  return {{"$ref", "#/definitions/" + std::string(name)}};
}
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json map_of(Json values) {
  return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}
Json object(Json properties, std::vector<std::string> required = {}) {
  Json out = {{"type", "object"},
              {"properties", std::move(properties)},
              {"additionalProperties", false}};
  if (!required.empty()) out["required"] = required;
  return out;
}

Json words(std::string_view allowed) {
  Json list = Json::array();
  std::istringstream in{std::string(allowed)};
  for (std::string word; in >> word;) list.push_back(word);
  return {{"enum", std::move(list)}};
}

Json prop_schema(const PropRule& rule) {
  switch (rule.type) {
    case PropType::kName: return words(rule.allowed);
    case PropType::kInteger: return {{"type", "integer"}, {"minimum", 0}};
    case PropType::kIntegers: return list_of({{"type", "integer"}});
    case PropType::kColorName: return ref("color");
    case PropType::kIconName: case PropType::kTable: case PropType::kPlace:
      return string_type();
    case PropType::kWidgets: return list_of(ref("widget"));
    case PropType::kWidget: return ref("widget");
    case PropType::kItemList: return list_of(ref("item"));
    case PropType::kOptionList: return list_of(ref("option"));
    default: return scalar_type();
  }
}

Json widget_schema(const ComponentRule& rule) {
  Json properties = {{"id", ref("id")}, {"show", scalar_type()}};
  std::vector<std::string> required;
  for (const PropRule& prop : rule.props) {
    const std::string name(prop_name(prop.prop));
    properties[name] = prop_schema(prop);
    if (prop.required) required.push_back(name);
  }
  Json out = object(std::move(properties), required);
  out["description"] = rule.help;
  return out;
}

Json widgets_schema() {
  Json properties = Json::object();
  for (const ComponentRule& rule : component_rules()) {
    if (rule.kind == WidgetKind::kAppBar || rule.kind == WidgetKind::kTabBar) continue;
    properties[std::string(rule.name)] = widget_schema(rule);
  }
  Json out = object(std::move(properties));
  out["minProperties"] = 1;
  out["maxProperties"] = 1;
  return {{"anyOf", Json::array({std::move(out), Json{{"enum", {"divider", "gap"}}}})}};
}

Json item_schema(bool is_option) {
  Json properties = {{"id", ref("id")},       {"label", scalar_type()},
                     {"icon", string_type()}, {"color", ref("color")},
                     {"show", scalar_type()}, {"badge", scalar_type()},
                     {"style", words("primary secondary")}};
  if (is_option) properties["value"] = scalar_type();
  return object(std::move(properties),
                is_option ? std::vector<std::string>{"value"} : std::vector<std::string>());
}

Json effect_properties() {
  const Json cells = map_of(scalar_type());
  return {{"set", cells},
          {"add", map_of({{"type", Json::array({"object", "null"})}})},
          {"delete", string_type()},
          {"each", {{"type", "object"}, {"required", {"rows"}}}},
          {"toast", scalar_type()},
          {"notify", object({{"title", scalar_type()},
                             {"text", scalar_type()},
                             {"go", string_type()}},
                            {"title", "text"})},
          {"share", scalar_type()}};
}

Json transition_schema() {
  Json properties = {{"tap", string_type()},
                     {"hold", string_type()},
                     {"submit", string_type()},
                     {"press", {{"const", "back"}}},
                     {"enter", {{"const", "always"}}},
                     {"after", {{"type", "integer"}, {"minimum", 0}}},
                     {"pull", {{"const", "down"}}},
                     {"if", scalar_type()},
                     {"ask", string_type()}};
  const Json effects = effect_properties();
  for (const auto& [name, schema] : effects.items()) properties[name] = schema;
  properties["do"] = list_of(object(effects));
  properties["go"] = string_type();
  return object(std::move(properties));
}

Json screen_schema() {
  return object({{"kind", words("page sheet dialog")},
                 {"args", map_of(string_type())},
                 {"title", scalar_type()},
                 {"bar", {{"type", "boolean"}}},
                 {"bar_style", words("accent transparent")},
                 {"background", words("card accent")},
                 {"actions", list_of(ref("item"))},
                 {"tab", string_type()},
                 {"body", list_of(ref("widget"))},
                 {"footer", list_of(ref("widget"))},
                 {"float_button", {{"type", "object"}}},
                 {"start_at_end", {{"type", "boolean"}}},
                 {"when", list_of(ref("transition"))}});
}

Json record_schema() {
  return object({{"columns", map_of(string_type())},
                 {"file", string_type()},
                 {"rows", {{"type", "integer"}, {"minimum", 0}}},
                 {"generate", map_of(scalar_type())}},
                {"columns"});
}

Json tab_schema() {
  Json tab = item_schema(false);
  tab["properties"]["go"] = string_type();
  tab["required"] = {"id", "go"};
  return tab;
}

}  // namespace

std::string app_schema_json() {
  const Json variable =
      object({{"type", string_type()}, {"default", scalar_type()}}, {"type"});
  Json root = object({{"app", ref("id")},
                      {"title", string_type()},
                      {"icon", string_type()},
                      {"color", ref("color")},
                      {"accent", ref("color")},
                      {"hidden", {{"type", "boolean"}}},
                      {"state", map_of(variable)},
                      {"view", map_of(variable)},
                      {"records", map_of(record_schema())},
                      {"tabs", list_of(tab_schema())},
                      {"receives", string_type()},
                      {"screens", map_of(screen_schema())}});
  root["$schema"] = "http://json-schema.org/draft-07/schema#";
  root["title"] = "a paperphone app";
  root["definitions"] = {
      {"id", {{"type", "string"}, {"pattern", "^[a-z][a-z0-9_]*$"}}},
      {"color", {{"type", "string"}, {"pattern", "^#[0-9A-Fa-f]{6}$"}}},
      {"widget", widgets_schema()},
      {"item", item_schema(false)},
      {"option", item_schema(true)},
      {"transition", transition_schema()}};
  return root.dump(2) + "\n";
}

}  // namespace paperphone
