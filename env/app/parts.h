// Names of a widget's touchable parts <-> their indices, as transitions
// (Transition::part), expert landmarks and targets (Target::part) count them.
//
// The rules of Component::parts in order; a rule for the entries of a list stands for
// as many parts as the widget has entries there. So bar.back is 0 and the first action
// of the app bar 1; action_bar's check comes last. Days (dates, calendar) have no
// names: part n is `start` + n days.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "env/app/spec.h"

namespace paperphone::app {

// What a part is: its rule, and the entry of a list that it stands for.
struct Part {
  const PartRule* rule = nullptr;  // nullptr: the widget has no such part
  const Item* item = nullptr;      // nullptr: the part is a fixed word, or a day
};
// part: -1 is the widget as a whole.
Part part_at(const Widget& widget, int part);

std::vector<std::string> part_names(const Widget& widget);
std::string_view part_name(const Widget& widget, int part);  // empty: it has none
// The same, as the items that they stand for; nullptr where a part is a fixed word.
std::vector<const Item*> part_items(const Widget& widget);
int part_index(const Widget& widget, std::string_view name);  // -1: no such part
// The part that turns this wheel by `amount` entries; 0: the whole wheel.
int wheel_part(const Widget& picker, int wheel, int amount);
// The item a part stands for; nullptr if the part is a fixed word ("back").
const Item* part_item(const Widget& widget, int part);
// Whether a part is one of the buttons behind a row, its `actions`.
bool is_behind(const Widget& widget, int part);

}  // namespace paperphone::app
