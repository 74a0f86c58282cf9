#include "env/sim/typing/selection.h"

#include <algorithm>

#include "env/base/utf8.h"
#include "env/sim/top_screen.h"
#include "env/sim/typing/typing.h"
#include "env/sim/typing/words.h"

namespace paperphone::sim {
namespace {

constexpr std::size_t kMaxClipboard = 2000;  // code points

bool ends_word(char32_t c) {
  return c <= U' ' || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
         c == U'，' || c == U'。' || c == U'！' || c == U'？' || c == U'：' ||
         c == U'；' || c == U',' || c == U'.' || c == U'!' || c == U'?' || c == U':' ||
         c == U';';
}

// Where the last word begins, in code points: the caret stands at a field's end.
int last_word(std::u32string_view text) {
  std::size_t at = text.size();
  while (at > 0 && ends_word(text[at - 1])) --at;
  while (at > 0 && !ends_word(text[at - 1])) --at;
  return int(at);
}

std::u32string tail(const std::string& text, int from) {
  const std::u32string points = to_utf32(text);
  const auto at = std::min(points.size(), std::size_t(std::max(from, 0)));
  return points.substr(at);
}

}  // namespace

ActionOutcome select(Run& run, const event::Hold& hold) {
  PhoneState& state = run.state;
  const auto place = [&](Selection& selection) {
    selection.x = std::int16_t(hold.at.x);
    selection.y = std::int16_t(hold.at.y);
  };
  const app::Widget* widget =
      hold.target.where == Target::Where::kWidget
          ? live_widget(run.machine, state, hold.target.widget, hold.target.row)
          : nullptr;
  if (widget != nullptr && is_text_input(*widget)) {
    focus_on(run, *widget, hold.target.row);
    const std::string text = field_text(run);
    if (text.empty() && state.clipboard.empty()) return ActionOutcome::kApplied;
    state.selection = {.text = {}, .from = last_word(to_utf32(text))};
    place(state.selection);
    return ActionOutcome::kApplied;
  }
  const bool readable = hold.target.where == Target::Where::kNone ||
                        (widget != nullptr && component(widget->kind).can_be_selected);
  if (!readable || hold.text.empty()) return ActionOutcome::kNoTarget;
  state.selection = {.text = hold.text};
  place(state.selection);
  return ActionOutcome::kApplied;
}

bool selection_answers(const Machine& machine, const PhoneState& state, int part) {
  const Selection& selection = state.selection;
  if (!selection.open()) return false;
  if (!selection.in_field()) return part == kCopy;
  const int length = count_code_points(field_text(machine, state));
  switch (part) {
    case kCut:
    case kCopy:
      return selection.from < length;
    case kPaste:
      return !state.clipboard.empty();
    case kSelectAll:
      return selection.from > 0 && length > 0;
    default:
      return false;
  }
}

ActionOutcome tap_selection(Run& run, int part) {
  PhoneState& state = run.state;
  const Words words(state, run.apps());
  if (part == kSelectAll) {
    state.selection.from = 0;
    return ActionOutcome::kApplied;
  }
  if (part == kPaste) {
    erase_selected(run);
    return type_text(run, state.clipboard);
  }
  std::u32string chosen = state.selection.in_field()
                              ? tail(field_text(run), state.selection.from)
                              : to_utf32(state.selection.text);
  if (chosen.size() > kMaxClipboard) chosen.resize(kMaxClipboard);
  state.clipboard = to_utf8(chosen);
  if (part == kCut) {
    erase_selected(run);
  } else {
    state.toast = {.text = std::string(words("已复制", "Copied")),
                   .until_ms = state.world.now_ms + kToastMs};
  }
  state.selection = {};
  return ActionOutcome::kApplied;
}

void erase_selected(Run& run) {
  const Selection selection = run.state.selection;
  run.state.selection = {};
  if (!selection.in_field()) return;
  std::u32string points = to_utf32(field_text(run));
  points.resize(std::min(points.size(), std::size_t(selection.from)));
  set_field_text(run, to_utf8(points));
}

}  // namespace paperphone::sim
