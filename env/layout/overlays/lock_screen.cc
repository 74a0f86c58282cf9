#include "env/layout/overlays/lock_screen.h"

#include <algorithm>

#include "env/layout/chrome/clock.h"
#include "env/layout/chrome/status_bar.h"
#include "env/layout/chrome/wallpaper.h"
#include "env/layout/overlays/notification.h"
#include "env/sim/typing/words.h"

namespace paperphone::layout {

using sim::PhoneState;
using sim::Target;

namespace {

using Align = TextStyle::Align;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;
constexpr std::size_t kNotices = 4;

// A switch of 设置; phones without it show everything.
bool shows_notices(const app::AppSet& apps, const PhoneState& state) {
  const int settings = apps.find("settings");
  if (settings < 0) return true;
  const int var = apps.apps[std::size_t(settings)].var("notify_on_lock");
  return var < 0 ||
         state.world.apps[std::size_t(settings)]->vars[std::size_t(var)].as_bool();
}

}  // namespace

void paint_lock_screen(Painter& painter, const sim::Machine& machine,
                       const PhoneState& state) {
  const int width = painter.frame().width, height = painter.frame().height;
  const Rect screen{0, 0, width, height};
  if (state.lock == sim::Lock::kOff) {
    painter.rect(screen, 0xFF000000);
    painter.node(screen, Role::kScrim, {Target::Where::kScrim, -1, -1, {}},
                 "phone.lock.off", "");
    return;
  }
  const sim::Words words(state, machine.apps());
  paint_wallpaper(painter, machine.apps(), state,
                  painter.theme().dark ? 0x80000000 : 0x40000000);
  painter.node(screen, Role::kScrim, {Target::Where::kScrim, -1, -1, {}}, "phone.lock",
               "");
  paint_status_bar(painter, machine, state, kWhite);
  painter.text(date_text(state, machine.apps()), {0, 96, width, 0},
               {.size = 17, .color = kWhite, .align = Align::kCenter});
  painter.text(clock_text(state, machine.apps()), {0, 118, width, 0},
               {.size = 76, .color = kWhite, .align = Align::kCenter});
  painter.node({60, 96, width - 120, 130}, Role::kText, {}, "phone.lock.clock",
               clock_text(state, machine.apps()));
  const auto& all = state.notifications;
  const std::size_t shown =
      shows_notices(machine.apps(), state) ? std::min(all.size(), kNotices) : 0;
  for (std::size_t i = 0; i < shown; ++i) {
    const sim::Notification& notice = all[all.size() - 1 - i];
    const Rect card{12, 270 + int(i) * 84, width - 24, 76};
    paint_notification(painter, machine, state, notice, card);
    painter.node(card, Role::kText, {}, "", notice.title + "，" + notice.text);
  }
  painter.icon("lock", {width / 2 - 12, height - 110, 24, 24}, kWhite);
  painter.text(words("向上滑动解锁", "Swipe up to unlock"), {0, height - 76, width, 0},
               {.size = 15, .color = kWhite, .align = Align::kCenter});
  painter.node({60, height - 120, width - 120, 80}, Role::kText, {}, "phone.lock.hint",
               std::string(words("向上滑动解锁", "Swipe up to unlock")));
}

}  // namespace paperphone::layout
