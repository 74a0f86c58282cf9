#include "env/app/kit/component.h"

#include <algorithm>

#include "env/app/kit/define.h"

namespace paperphone::app {

#define PAPERPHONE_ADDRESS(enumerator, name) &kit::name,
constinit const Component* const kComponents[] = {
    PAPERPHONE_COMPONENTS(PAPERPHONE_ADDRESS)};
#undef PAPERPHONE_ADDRESS

std::span<const Component* const> components() { return kComponents; }

std::optional<WidgetKind> find_component(std::string_view name) {
  for (std::size_t kind = 0; kind < std::size(kComponents); ++kind)
    if (kComponents[kind]->name == name && !kComponents[kind]->made_by_loader)
      return WidgetKind(kind);
  return std::nullopt;
}

std::string_view prop_name(Prop prop) {
#define PAPERPHONE_NAME(enumerator, name) #name,
  static constexpr std::string_view kNames[] = {PAPERPHONE_PROPS(PAPERPHONE_NAME)};
#undef PAPERPHONE_NAME
  return kNames[std::size_t(prop)];
}

const PropRule* prop_rule(const Component& component, Prop prop) {
  const auto found = std::ranges::find(component.props, prop, &PropRule::prop);
  return found == component.props.end() ? nullptr : &*found;
}

std::string_view entry_keys(WidgetKind kind) {
  return prop_rule(component(kind), Prop::kItems)->allowed;
}

bool is_word_of(std::string_view list, std::string_view word) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (list.substr(at, end - at) == word) return !word.empty();
    at = end + 1;
  }
  return false;
}

}  // namespace paperphone::app
