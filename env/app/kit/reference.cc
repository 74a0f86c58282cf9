#include "env/app/kit/reference.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/base/check.h"

namespace paperphone::app {
namespace {

// "**bind** (bool)", "style (plain/danger)", "caption".
std::string said(const PropRule& rule) {
  const std::string_view name = prop_name(rule.prop);
  const std::string shown =
      rule.need == Need::kMust ? fmt::format("**{}**", name) : std::string(name);
  std::string words(rule.allowed);
  switch (rule.type) {
    case PropType::kTemplate:
      return shown;
    case PropType::kName:
    case PropType::kWord:
      std::ranges::replace(words, ' ', '/');
      return fmt::format("{} ({})", shown, words);
    case PropType::kPlace:
      std::ranges::replace(words, ' ', '/');
      return fmt::format("{} ({})", shown, words.empty() ? "place" : words);
    default:
      if (name == type_word(rule.type)) return shown;
      return fmt::format("{} ({})", shown, type_word(rule.type));
  }
}

// Without the signs that Markdown would take for its own.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<' || c == '*') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string_view type_word(PropType type) {
  switch (type) {
    case PropType::kTemplate:
      return "text";
    case PropType::kBool:
      return "bool";
    case PropType::kNumberExpr:
      return "int";
    case PropType::kDateExpr:
      return "date";
    case PropType::kInstantExpr:
      return "instant";
    case PropType::kAmountExpr:
      return "int or money";
    case PropType::kAnyExpr:
      return "any";
    case PropType::kSeedExpr:
      return "seed";
    case PropType::kPlace:
      return "place";
    case PropType::kTable:
      return "record";
    case PropType::kInteger:
      return "integer";
    case PropType::kIntegers:
      return "[integer]";
    case PropType::kName:
      return "word";
    case PropType::kWord:
      return "word or text";
    case PropType::kIconName:
      return "icon";
    case PropType::kColorName:
      return "color";
    case PropType::kWidgets:
      return "widgets";
    case PropType::kWidget:
      return "widget";
    case PropType::kItemList:
    case PropType::kLabelList:
      return "items";
    case PropType::kOptionList:
      return "options";
    case PropType::kFlagList:
      return "flags";
  }
  PAPERPHONE_CHECK_FAIL("no such type of property");
}

std::string part_words(const Component& component) {
  std::string words;
  for (const PartRule& part : component.parts) {
    if (part.name == "*" && words.ends_with("*")) continue;
    words += fmt::format("{}{}", words.empty() ? "" : " ", part.name);
  }
  return words;
}

std::string component_reference() {
  std::string out =
      "| component | it is | it says (**needed**) | parts |\n"
      "|---|---|---|---|\n";
  for (const Component* component : components()) {
    if (component->made_by_loader) continue;
    std::string props;
    for (const PropRule& rule : component->props)
      props += fmt::format("{}{}", props.empty() ? "" : ", ", said(rule));
    out += fmt::format("| `{}` | {} | {} | {} |\n", component->name,
                       escaped(component->help), props, escaped(part_words(*component)));
  }
  return out;
}

}  // namespace paperphone::app
