#include "env/app/parts.h"

namespace paperphone::app {
namespace {

// Calls visit(name, rule, item or nullptr) for one part after the other, until it says
// false. Days are left out.
template <class Visit>
void for_parts(const Widget& widget, Visit visit) {
  for (const PartRule& rule : component(widget.kind).parts) {
    if (rule.is_days()) return;
    if (!rule.list) {
      if (!visit(rule.name, rule, static_cast<const Item*>(nullptr))) return;
      continue;
    }
    for (const Item& item : widget.items(*rule.list))
      if (!visit(std::string_view(item.id), rule, &item)) return;
  }
}

}  // namespace

Part part_at(const Widget& widget, int part) {
  const Component& kind = component(widget.kind);
  if (part < 0) return {.rule = &kind.whole};
  auto left = std::size_t(part);
  for (const PartRule& rule : kind.parts) {
    if (rule.list) {
      const std::vector<Item>& items = widget.items(*rule.list);
      if (left < items.size()) return {.rule = &rule, .item = &items[left]};
      left -= items.size();
    } else if (rule.is_days() || left-- == 0) {
      return {.rule = &rule};
    }
  }
  return {};
}

std::vector<std::string> part_names(const Widget& widget) {
  std::vector<std::string> names;
  for_parts(widget, [&](std::string_view name, const PartRule&, const Item*) {
    names.emplace_back(name);
    return true;
  });
  return names;
}

std::string_view part_name(const Widget& widget, int part) {
  if (part < 0) return {};
  const Part found = part_at(widget, part);
  if (found.item != nullptr) return found.item->id;
  return found.rule == nullptr || found.rule->is_days() ? "" : found.rule->name;
}

std::vector<const Item*> part_items(const Widget& widget) {
  std::vector<const Item*> items;
  for_parts(widget, [&](std::string_view, const PartRule&, const Item* item) {
    items.push_back(item);
    return true;
  });
  return items;
}

int part_index(const Widget& widget, std::string_view name) {
  int index = -1, found = -1;
  for_parts(widget, [&](std::string_view part, const PartRule&, const Item*) {
    ++index;
    if (!name.empty() && part == name) found = index;
    return found < 0;
  });
  return found;
}

int wheel_part(const Widget& picker, int wheel, int amount) {
  int index = -1, found = -1;
  for_parts(picker, [&](std::string_view, const PartRule& rule, const Item*) {
    ++index;
    if (rule.wheel == wheel && rule.amount == amount) found = index;
    return found < 0;
  });
  return found;
}

const Item* part_item(const Widget& widget, int part) {
  return part_at(widget, part).item;
}

bool is_behind(const Widget& widget, int part) {
  const Part found = part_at(widget, part);
  return found.item != nullptr && found.rule->list == Prop::kActions;
}

}  // namespace paperphone::app
