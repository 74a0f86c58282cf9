#include "env/app/names.h"

#include <algorithm>

#include "env/app/parts.h"

namespace paperphone::app {
namespace {

bool has_words(const Widget& widget) {
  constexpr Prop kWords[] = {Prop::kTitle, Prop::kLabel, Prop::kValue};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](Prop prop) {
    const Template* text = widget.text(prop);
    return text != nullptr && !text->empty();
  });
}

}  // namespace

std::string_view name_of(const Widget& widget, int part) {
  const Part of = part_at(widget, part);
  if (of.item != nullptr) return of.item->called;
  if (part >= 0) return of.rule == nullptr ? std::string_view() : of.rule->called;
  if (!widget.called.empty()) return widget.called;
  return has_words(widget) ? std::string_view() : component(widget.kind).whole.called;
}

bool has_name(const Widget& widget, int part) {
  if (!name_of(widget, part).empty()) return true;
  const Part of = part_at(widget, part);
  if (of.item != nullptr) return !of.item->label.empty();
  return part >= 0 || has_words(widget);
}

}  // namespace paperphone::app
