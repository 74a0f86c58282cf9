// Names of a widget's touchable parts <-> their indices, as transitions
// (Transition::part), expert landmarks and targets (Target::part) count them.
//
// The words of ComponentRule::parts in order; "*" stands for the ids of the
// widget's items there: `options` of radios, chips and tabs, else `items`, then
// `buttons` (action_bar). So bar.back is 0 and the first action of the app bar 1;
// action_bar's check comes last. The "*" of dates and calendar is a day: part n is
// `start` + n days, and has no name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "env/app/spec.h"

namespace paperphone::app {

std::vector<std::string> part_names(const Widget& widget);
std::string_view part_name(const Widget& widget, int part);  // empty: it has none
// The same, as the items that they stand for; nullptr where a part is a fixed word.
std::vector<const Item*> part_items(const Widget& widget);
int part_index(const Widget& widget, std::string_view name);  // -1: no such part
// The item a part stands for; nullptr if the part is a fixed word ("back").
const Item* part_item(const Widget& widget, int part);
// Whether a part is one of the buttons behind a row, its `actions`.
bool is_behind(const Widget& widget, int part);

}  // namespace paperphone::app
