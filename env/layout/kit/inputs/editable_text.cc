#include "env/layout/kit/inputs/editable_text.h"

namespace paperphone::layout {

using app::EvalContext;
using app::Format;
using app::Kind;
using app::Place;
using app::Prop;
using app::Value;

void editable_text(const Paint& w, Rect area, int size, bool secure) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const bool focused = w.is_focused();
  std::string value;
  if (const Place* place = w.widget.place(Prop::kBind)) {
    const EvalContext context = w.context();
    const Value raw = app::read(*place, context);
    const bool zero_number = place->type.kind != Kind::kText && raw.as_int() == 0;
    if (!zero_number) {
      const bool money = place->type.kind == Kind::kMoney;
      value = app::format_value(raw, place->type,
                                money ? Format::kMoneyBare : Format::kPlain, context);
    }
  }
  if (secure) {
    std::string dots;
    for (const char c : value) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) dots += "●";
    }
    value = dots;
  }
  const std::string composing = focused ? w.state().ime.composing : "";
  int x = area.x;
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
    int width = painter.text_width(value + composing, size);
    const Rect former = painter.clip();
    if (width > area.width - 4) {
      painter.set_clip(intersect(former, area));
      x -= width - area.width + 4;
    }
    const int y = area.y + (area.height - painter.line_height(size)) / 2;
    x += painter.run(value, x, y, {.size = size, .color = theme.text});
    x += painter.run(composing, x, y, {.size = size, .color = w.accent()});
    painter.set_clip(former);
  }
  if (focused) {
    const int caret = painter.scaled(size) + 4;
    painter.rect({x + 1, area.y + (area.height - caret) / 2, 2, caret}, w.accent());
    if (!painter.dry()) w.kit.note_focused_field(area);
  }
}

}  // namespace paperphone::layout
