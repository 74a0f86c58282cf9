#include "env/layout/overlays/notification.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/layout/chrome/app_icon.h"
#include "env/sim/typing/words.h"

namespace paperphone::layout {

using sim::Machine;
using sim::Notification;
using sim::PhoneState;
using sim::Words;

namespace {

std::string age_text(const PhoneState& state, const Words& words,
                     std::int64_t when_ms) {
  const auto minutes = (state.world.now_ms - when_ms) / 60'000;
  if (minutes < 1) return std::string(words("刚刚", "now"));
  if (minutes < 60) return fmt::format(fmt::runtime(words("{}分钟前", "{}m")), minutes);
  if (minutes < 60 * 24)
    return fmt::format(fmt::runtime(words("{}小时前", "{}h")), minutes / 60);
  return fmt::format(fmt::runtime(words("{}天前", "{}d")), minutes / (60 * 24));
}

}  // namespace

void paint_notification(Painter& painter, const Machine& machine,
                        const PhoneState& state, const Notification& notice,
                        Rect card) {
  const Theme& theme = painter.theme();
  const Words words(state, machine.apps());
  painter.rect(card, theme.card, 20);
  const Rect icon{card.x + 14, card.y + card.height / 2 - 19, 38, 38};
  if (notice.app >= 0)
    paint_app_icon(painter, machine.apps().apps[std::size_t(notice.app)], icon, 11);
  painter.tick();  // its minutes are counted from its own second
  const std::string age = age_text(state, words, notice.when_ms);
  const int age_width = painter.text_width(age, 11);
  const int x = icon.x + 50, room = card.x + card.width - 16 - x;
  const int title_y = card.y + card.height / 2 - painter.line_height(15) - 1;
  painter.text(notice.title, {x, title_y, room - age_width - 8, 0},
               {.size = 15, .color = theme.text, .bold = true});
  painter.text(age, {x + room - age_width, title_y + 3, age_width + 1, 0},
               {.size = 11, .color = theme.text3});
  painter.text(notice.text, {x, card.y + card.height / 2 + 2, room, 0},
               {.size = 13, .color = theme.text2});
}

}  // namespace paperphone::layout
