#include "env/app/parts.h"

#include <algorithm>

namespace paperphone {
namespace {

struct Part {
  std::string name;
  const Item* item = nullptr;
};

std::vector<Part> parts_of(const Widget& widget) {
  std::vector<Part> parts;
  std::string_view words = component_rule(widget.kind).parts;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (word != "*") {
      parts.push_back({std::string(word), nullptr});
      continue;
    }
    for (const Prop list : {Prop::kOptions, Prop::kItems, Prop::kButtons, Prop::kActions})
      for (const Item& item : widget.items(list)) parts.push_back({item.id, &item});
  }
  return parts;
}

}  // namespace

std::vector<std::string> part_names(const Widget& widget) {
  std::vector<std::string> names;
  for (Part& part : parts_of(widget)) names.push_back(std::move(part.name));
  return names;
}

int part_index(const Widget& widget, std::string_view name) {
  const auto parts = parts_of(widget);
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (!name.empty() && parts[i].name == name) return static_cast<int>(i);
  return -1;
}

const Item* part_item(const Widget& widget, int part) {
  const auto parts = parts_of(widget);
  if (part < 0 || part >= static_cast<int>(parts.size())) return nullptr;
  return parts[static_cast<std::size_t>(part)].item;
}

}  // namespace paperphone
