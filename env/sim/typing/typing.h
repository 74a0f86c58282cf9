// The field that has the focus, and text going into it.
#pragma once

#include <string>
#include <string_view>

#include "env/sim/run.h"

namespace paperphone::sim {

bool is_text_input(const app::Widget& widget);  // has a bind that can be typed into
void focus_on(Run& run, const app::Widget& widget, app::Ref row);
// The focused field, or nullptr.
const app::Widget* focused_widget(const Machine& machine, const PhoneState& state);
// Of a text, not of a number.
bool focus_takes_pinyin(const Machine& machine, const PhoneState& state);
// What the focused field says, as shown; empty without one.
std::string field_text(const Machine& machine, const PhoneState& state);
inline std::string field_text(const Run& run) {
  return field_text(run.machine, run.state);
}
void set_field_text(Run& run, std::string text);
// Is there something to type into: a field, or the launcher's search?
bool takes_text(const Machine& machine, const PhoneState& state);
ActionOutcome type_text(Run& run, std::string_view utf8);
ActionOutcome erase_last(Run& run);
ActionOutcome clear_field(Run& run);
void empty_place(Run& run, const app::Place& place, app::Ref row);
ActionOutcome submit(Run& run);
bool nothing_to_send(const Machine& machine, const PhoneState& state,
                     const app::Widget& input_bar, app::Ref row);

}  // namespace paperphone::sim
