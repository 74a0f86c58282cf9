#include "env/layout/kit/inputs/editable_text.h"

#include <iterator>
#include <string_view>
#include <vector>

#include "env/base/utf8.h"
#include "env/sim/typing/typing.h"

namespace paperphone::layout {

using app::EvalContext;
using app::Format;
using app::Kind;
using app::Place;
using app::Prop;
using app::Value;

namespace {

constexpr std::ptrdiff_t kMostLines = 4;  // of a field for several

// What one is writing is at the end.
std::vector<std::string_view> last_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t start = 0;;) {
    const std::size_t end = text.find('\n', start);
    lines.push_back(text.substr(start, end - start));
    if (end == text.npos) break;
    start = end + 1;
  }
  if (std::ssize(lines) > kMostLines)
    lines.erase(lines.begin(), lines.end() - kMostLines);
  return lines;
}

// As many as the text has characters.
std::string dots(std::string_view text) {
  std::string out;
  for (int i = count_code_points(text); i > 0; --i) out += "●";
  return out;
}

}  // namespace

std::string editable_text(const Paint& w, Rect area, int size, bool secure) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const bool focused = w.is_focused();
  std::string value, composing = focused ? w.state().ime.composing : "";
  if (const Place* place = w.widget.place(Prop::kBind)) {
    const EvalContext context = w.context();
    const Value raw = app::read(*place, context);
    const bool zero_number = place->type.kind != Kind::kText && raw.as_int() == 0;
    if (!zero_number) {
      const bool money = place->type.kind == Kind::kMoney;
      value = app::format_value(raw, place->type,
                                money ? Format::kMoneyBare : Format::kPlain, context);
    }
    // Of a number that is the part from the point on, which its value has too.
    if (place->type.kind != Kind::kText && !composing.empty()) {
      value = sim::field_text(w.machine(), w.state());
      composing.clear();
    }
  }
  if (secure) value = dots(value);
  const int line_height = painter.line_height(size);
  int x = area.x, below = 0;  // the first line
  if (value.empty() && composing.empty()) {
    const int aside = focused ? 5 : 0;  // of the caret
    const std::string hint = w.text(Prop::kHint);
    int hint_size = size;  // a long hint rather has small letters than no end
    while (hint_size > 11 && painter.text_width(hint, hint_size) > area.width - aside)
      --hint_size;
    painter.label(hint, {area.x + aside, area.y, area.width - aside, area.height},
                  {.size = hint_size, .color = theme.text3});
  } else {
    // The end of a long text is what one is writing.
    std::vector<std::string_view> lines{value};
    if (w.flag(Prop::kMultiline, false)) lines = last_lines(value);
    const std::string last(lines.back());
    const Rect former = painter.clip();
    int y = area.y + (area.height - line_height) / 2;
    below = int(lines.size() - 1) * line_height;
    const Rect all{area.x, area.y, area.width, area.height + below};
    if (lines.size() > 1) painter.set_clip(intersect(former, all));
    for (std::size_t i = 0; i + 1 < lines.size(); ++i, y += line_height)
      painter.run(lines[i], x, y, {.size = size, .color = theme.text});
    const int width = painter.text_width(last + composing, size);
    if (width > area.width - 4) {
      painter.set_clip(intersect(former, all));
      x -= width - area.width + 4;
    }
    x += painter.run(last, x, y, {.size = size, .color = theme.text});
    x += painter.run(composing, x, y, {.size = size, .color = w.accent()});
    painter.set_clip(former);
  }
  if (focused) {
    const int caret = painter.scaled(size) + 4;
    painter.rect({x + 1, area.y + below + (area.height - caret) / 2, 2, caret},
                 w.accent());
    if (!painter.dry()) w.kit.note_focused_field(area);
  }
  return value + (secure ? dots(composing) : composing);
}

}  // namespace paperphone::layout
