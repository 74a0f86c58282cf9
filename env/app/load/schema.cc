// app.yaml, screens_*.yaml, tasks.yaml and templates.yaml as one JSON Schema, made from the
// component table, so that an editor and the loader cannot disagree about names.
#include <nlohmann/json.hpp>
#include <sstream>

#include "env/app/loader.h"
#include "env/base/json_text.h"

namespace paperphone::app {
namespace {

using Json = nlohmann::ordered_json;

Json string_type() { return {{"type", "string"}}; }
// Expressions and templates may look like numbers and booleans to YAML.
Json scalar_type() { return {{"type", Json::array({"string", "number", "boolean"})}}; }
Json link(std::string_view name) {
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

// What a tap does, on a widget or an entry itself; each by reference, for they are many.
Json tap_properties() {
  Json properties = {{"ask", string_type()}};
  const Json effects = effect_properties();
  for (const auto& [name, schema] : effects.items())
    properties[name] = link("effect/properties/" + name);
  properties["do"] = link("effects");
  properties["go"] = string_type();
  return properties;
}

// What an entry of items, options, ... may say.
Json item_schema(std::string_view keys, std::vector<std::string> required) {
  Json properties = tap_properties();
  std::istringstream in{std::string(keys)};
  for (std::string key; in >> key;)
    properties[key] = key == "id"                      ? link("id")
                      : key == "color"                 ? link("color")
                      : key == "style"                 ? words("primary secondary danger")
                      : key == "icon" || key == "bind" ? string_type()
                                                       : scalar_type();
  properties["called"] = string_type();
  return object(std::move(properties), std::move(required));
}

// [甲, 乙], {a: 甲, b: 乙}, or entries in full.
Json option_schema(std::string_view keys) {
  Json entry = {{"anyOf", Json::array({scalar_type(), item_schema(keys, {})})}};
  return {{"anyOf", Json::array({list_of(std::move(entry)), map_of(scalar_type())})}};
}

Json prop_schema(const PropRule& rule) {
  switch (rule.type) {
    case PropType::kName: return words(rule.allowed);
    case PropType::kWord:
      return {{"anyOf", Json::array({words(rule.allowed), link("holes")})}};
    case PropType::kInteger: return {{"type", "integer"}, {"minimum", 0}};
    case PropType::kIntegers: return list_of({{"type", "integer"}});
    case PropType::kColorName: return link("color");
    case PropType::kIconName: case PropType::kTable: case PropType::kPlace:
      return string_type();
    case PropType::kWidgets: return list_of(link("widget"));
    case PropType::kWidget: return link("widget");
    case PropType::kItemList: return list_of(item_schema(rule.allowed, {}));
    case PropType::kLabelList: case PropType::kOptionList:
      return option_schema(rule.allowed);
    case PropType::kFlagList: return list_of(item_schema(rule.allowed, {"bind"}));
    default: return scalar_type();
  }
}

// A list entry that stands for a template's: one key that no component has.
Json use_schema() {
  Json known = Json::array();
  for (const Component* component : components())
    if (!component->made_by_loader) known.push_back(std::string(component->name));
  return {{"anyOf", Json::array({Json{{"type", "string"}},
                                 Json{{"type", "object"},
                                      {"minProperties", 1},
                                      {"maxProperties", 1},
                                      {"propertyNames", {{"not", {{"enum", known}}}}},
                                      {"additionalProperties",
                                       {{"type", Json::array({"object", "null"})}}}}})}};
}

Json with_use(Json schema) {
  return {{"anyOf", Json::array({std::move(schema), link("use")})}};
}

Json widget_schema(const Component& rule) {
  Json properties = tap_properties();
  properties["id"] = link("id");
  properties["show"] = scalar_type();
  properties["called"] = string_type();
  std::vector<std::string> required;
  for (const PropRule& prop : rule.props) {
    const std::string name(prop_name(prop.prop));
    properties[name] = prop_schema(prop);
    if (prop.need == Need::kMust && prop.type != PropType::kOptionList)
      required.push_back(name);
  }
  Json out = object(std::move(properties), required);
  out["description"] = rule.help;
  if (prop_rule(rule, Prop::kBody) == nullptr) return out;
  return {{"anyOf", Json::array({list_of(link("widget")), std::move(out)})}};
}

Json widgets_schema() {
  Json properties = Json::object();
  for (const Component* component : components()) {
    if (component->made_by_loader) continue;
    properties[std::string(component->name)] = widget_schema(*component);
  }
  Json out = object(std::move(properties));
  out["minProperties"] = 1;
  out["maxProperties"] = 1;
  return {{"anyOf", Json::array({std::move(out), link("use"),
                                 Json{{"enum", {"divider", "gap"}}}})}};
}

Json transition_schema() {
  Json properties = {{"tap", string_type()},
                     {"hold", string_type()},
                     {"submit", string_type()},
                     {"press", {{"const", "back"}}},
                     {"enter", words("first always")},
                     {"after", {{"type", "integer"}, {"minimum", 0}}},
                     {"pull", {{"const", "down"}}},
                     {"reach", {{"const", "end"}}},
                     {"if", scalar_type()}};
  const Json tap = tap_properties();
  for (const auto& [name, schema] : tap.items()) properties[name] = schema;
  return object(std::move(properties));
}

// A type: its name, or the words that the value is one of.
Json type_schema() {
  Json words = object({{"one_of", list_of(scalar_type())}}, {"one_of"});
  return {{"anyOf", Json::array({string_type(), std::move(words)})}};
}

// `int`, `int = 3`, {one_of: [a, b], default: b}.
Json declaration_schema() {
  Json of_words = object({{"one_of", list_of(scalar_type())}, {"default", scalar_type()}},
                         {"one_of"});
  return {{"anyOf", Json::array({string_type(), std::move(of_words)})}};
}

Json screen_schema() {
  return object(
      {{"kind", words("page sheet dialog menu dropdown")},
       {"args", map_of(type_schema())},
       {"view", map_of(declaration_schema())},
       {"title", scalar_type()},
       {"called", string_type()},
       {"bar", {{"type", "boolean"}}},
       {"bar_style", words("accent transparent")},
       {"background", words("card accent")},
       {"actions", list_of(item_schema(entry_keys(WidgetKind::kAppBar), {}))},
       {"tab", string_type()},
       {"body", list_of(link("widget"))},
       {"footer", {{"anyOf", Json::array({list_of(link("widget")),
                                          Json{{"const", false}}})}}},
       {"float_button", {{"type", "object"}}},
       {"start_at_end", {{"type", "boolean"}}},
       {"when", list_of(with_use(link("transition")))}});
}

Json record_schema() {
  return object({{"columns", map_of(declaration_schema())},
                 {"file", string_type()},
                 {"rows", {{"type", "integer"}, {"minimum", 0}}},
                 {"unique_names", {{"type", "boolean"}}}},
                {"columns"});
}

Json tab_schema() { return item_schema(entry_keys(WidgetKind::kTabBar), {"id", "go"}); }

Json define_schema() {
  return {{"anyOf", Json::array({scalar_type(), object({{"args", map_of(type_schema())},
                                                        {"is", scalar_type()}},
                                                       {"is"})})}};
}

Json template_schema() {
  return object({{"help", string_type()},
                 {"params", list_of(link("id"))},
                 {"defaults", {{"type", "object"}}},
                 {"body", {{"type", "array"}}},
                 {"when", {{"type", "array"}}},
                 {"screen", {{"type", "object"}}}});
}

Json texts() {
  return {{"anyOf", Json::array({scalar_type(), list_of(scalar_type())})}};
}

Json task_schema() {
  const Json param = object({{"from", scalar_type()},
                             {"where", scalar_type()},
                             {"choices", list_of(scalar_type())}});
  const Json landmark = object({{"until", scalar_type()},
                                {"needs", scalar_type()},
                                {"at", string_type()},
                                {"tap", string_type()},
                                {"hold", string_type()},
                                {"submit", string_type()},
                                {"type", scalar_type()},
                                {"into", string_type()},
                                {"choose", scalar_type()},
                                {"of", string_type()},
                                {"visit", {{"type", "boolean"}}},
                                {"answer", scalar_type()},
                                {"row", scalar_type()},
                                {"day", scalar_type()},
                                {"time", scalar_type()}});
  return object({{"instruction", texts()},
                 {"english", string_type()},
                 {"params", map_of(param)},
                 {"let", map_of(scalar_type())},
                 {"goal", scalar_type()},
                 {"answer", scalar_type()},
                 {"infeasible", scalar_type()},
                 {"already", {{"type", "boolean"}}},
                 {"notice", object({{"title", string_type()},
                                    {"text", string_type()},
                                    {"go", scalar_type()}},
                                   {"title", "text", "go"})},
                 {"progress", list_of(scalar_type())},
                 {"only_changes", list_of(string_type())},
                 {"may_add", list_of(string_type())},
                 {"may_delete", list_of(string_type())},
                 {"forbid", list_of(scalar_type())},
                 {"max_steps", {{"type", "integer"}, {"minimum", 1}}},
                 {"split", words("train unseen")},
                 {"expert", list_of(landmark)}},
                {"instruction", "english"});
}

}  // namespace

std::string app_schema_json() {
  const Json variable = declaration_schema();
  Json root = object({{"app", link("id")},
                      {"title", string_type()},
                      {"icon", string_type()},
                      {"color", link("color")},
                      {"accent", link("color")},
                      {"hidden", {{"type", "boolean"}}},
                      {"state", map_of(variable)},
                      {"view", map_of(variable)},
                      {"records", map_of(record_schema())},
                      {"define", map_of(define_schema())},
                      {"check", map_of(scalar_type())},
                      {"start", string_type()},
                      {"tabs", list_of(tab_schema())},
                      {"receives", string_type()},
                      {"screens", map_of(with_use(screen_schema()))},
                      {"tasks", map_of(task_schema())},
                      {"templates", map_of(template_schema())},
                      {"template", link("id")},
                      {"help", string_type()},
                      {"params", list_of(link("id"))},
                      {"defaults", {{"type", "object"}}},
                      {"body", {{"type", "array"}}},
                      {"footer", list_of(link("widget"))},
                      {"when", list_of(with_use(link("transition")))},
                      {"screen", {{"type", "object"}}}});
  root["$schema"] = "http://json-schema.org/draft-07/schema#";
  root["title"] = "a paperphone app";
  root["definitions"] = {
      {"id", {{"type", "string"}, {"pattern", "^[a-z][a-z0-9_]*$"}}},
      {"color", {{"type", "string"}, {"pattern", "^#[0-9A-Fa-f]{6}$|[{]"}}},
      {"holes", {{"type", "string"}, {"pattern", "[{]"}}},
      {"widget", widgets_schema()},
      {"effect", object(effect_properties())},
      {"effects", list_of(link("effect"))},
      {"transition", transition_schema()},
      {"use", use_schema()}};
  return json_text(root, 2) + "\n";
}

}  // namespace paperphone::app
