#include "env/layout/chrome/recents.h"

#include <algorithm>

#include "env/layout/chrome/app_icon.h"
#include "env/layout/chrome/navigation.h"
#include "env/layout/chrome/status_bar.h"
#include "env/sim/typing/words.h"

namespace paperphone::layout {

using sim::Target;

namespace {
using Align = TextStyle::Align;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;
constexpr int kRadius = 14;
}  // namespace

void paint_recents(Painter& painter, const sim::Machine& machine, const sim::PhoneState& state,
                   const std::vector<Frame>& screens) {
  const int width = painter.frame().width, height = painter.frame().height;
  const sim::Words words(state, machine.apps());
  painter.gradient({0, 0, width, height}, 0xFF4A5468, 0xFF232833);
  paint_status_bar(painter, machine, state, kWhite);
  if (screens.empty()) {
    painter.text(words("最近没有使用的应用", "No recent apps"),
                 {0, height / 2 - 20, width, 0},
                 {.size = 15, .color = kWhite, .align = Align::kCenter});
  }
  // Two columns of cards, the latest first; higher while there are few.
  const int lines = std::max(1, (int(screens.size()) + 1) / 2);
  const int card_width = (width - 56) / 2;
  const int least_top = 52, room = height - least_top - 104;
  const int card_height = std::min(card_width * height / width + 30, room / lines - 14);
  const int top = least_top + (room - lines * (card_height + 14)) / 2;
  for (int i = 0; i < int(screens.size()); ++i) {
    const int index = int(state.recents.size()) - 1 - i;
    const app::AppSpec& app =
        machine.apps().apps[std::size_t(state.recents[std::size_t(index)].app)];
    const Rect box{20 + i % 2 * (card_width + 16), top + i / 2 * (card_height + 14),
                   card_width, card_height};
    paint_app_icon(painter, app, {box.x + 2, box.y, 22, 22}, 6);
    painter.label(app.title, {box.x + 30, box.y, card_width - 30, 22},
                  {.size = 13, .color = kWhite});
    const Rect face{box.x, box.y + 30, box.width, box.height - 30};
    painter.shadow(face, kRadius, 10, 0x50000000);
    painter.rect(face, painter.theme().page, kRadius);
    painter.miniature(screens[std::size_t(i)], face, kRadius);
    painter.node(box, Role::kButton, {Target::Where::kRecentsCard, -1, index, {}},
                 "recents." + app.id, app.title);
  }
  const Rect clear{width / 2 - 60, height - 84, 120, 44};
  painter.rect(clear, 0x40FFFFFF, 22);
  painter.label(words("全部清除", "Clear all"), clear,
                {.size = 14, .color = kWhite, .align = Align::kCenter});
  painter.node(clear, Role::kButton, {Target::Where::kRecentsClear, -1, -1, {}},
               "recents.clear", std::string(words("全部清除", "Clear all")));
  paint_navigation(painter, state, kWhite);
}

}  // namespace paperphone::layout
