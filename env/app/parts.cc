#include "env/app/parts.h"

#include <algorithm>

namespace paperphone::app {
namespace {

// Calls visit(name, item or nullptr) for one part after the other, until it says false.
template <class Visit>
void for_parts(const Widget& widget, Visit visit) {
  std::string_view words = component_rule(widget.kind).parts;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (word != "*") {
      if (!visit(word, static_cast<const Item*>(nullptr))) return;
      continue;
    }
    for (const Prop list : {Prop::kOptions, Prop::kItems, Prop::kButtons, Prop::kActions})
      for (const Item& item : widget.items(list))
        if (!visit(std::string_view(item.id), &item)) return;
  }
}

}  // namespace

std::vector<std::string> part_names(const Widget& widget) {
  std::vector<std::string> names;
  for_parts(widget, [&](std::string_view name, const Item*) {
    names.emplace_back(name);
    return true;
  });
  return names;
}

std::string_view part_name(const Widget& widget, int part) {
  std::string_view found;
  if (part < 0) return found;
  for_parts(widget, [&](std::string_view name, const Item*) {
    if (part-- == 0) found = name;
    return part >= 0;
  });
  return found;
}

std::vector<const Item*> part_items(const Widget& widget) {
  std::vector<const Item*> items;
  for_parts(widget, [&](std::string_view, const Item* item) {
    items.push_back(item);
    return true;
  });
  return items;
}

int part_index(const Widget& widget, std::string_view name) {
  int index = -1, found = -1;
  for_parts(widget, [&](std::string_view part, const Item*) {
    ++index;
    if (!name.empty() && part == name) found = index;
    return found < 0;
  });
  return found;
}

const Item* part_item(const Widget& widget, int part) {
  const Item* found = nullptr;
  if (part < 0) return found;
  for_parts(widget, [&](std::string_view, const Item* item) {
    if (part-- == 0) found = item;
    return part >= 0;
  });
  return found;
}

bool is_behind(const Widget& widget, int part) {
  const Item* item = part_item(widget, part);
  const auto& actions = widget.items(Prop::kActions);
  return item != nullptr && !actions.empty() && item >= &actions.front() &&
         item <= &actions.back();
}

}  // namespace paperphone::app
