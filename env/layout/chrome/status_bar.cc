#include "env/layout/chrome/status_bar.h"

#include <algorithm>
#include <vector>

#include "env/layout/chrome/app_icon.h"
#include "env/layout/chrome/clock.h"

namespace paperphone::layout {

using app::AppSet;
using app::PhoneVars;
using sim::Machine;
using sim::PhoneState;

namespace {

bool phone_flag(const PhoneState& state, int var) {
  return var >= 0 && state.world.apps[0]->vars[std::size_t(var)].as_bool();
}

// -1: the phone has no such variable.
std::int64_t phone_level(const PhoneState& state, int var) {
  return var >= 0 ? state.world.apps[0]->vars[std::size_t(var)].as_int() : -1;
}

// The apps that have something to say, the latest first.
void paint_notice_icons(Painter& painter, const AppSet& apps, const PhoneState& state,
                        int x, int middle) {
  std::vector<int> shown;
  for (std::size_t i = state.notifications.size(); i-- > 0 && shown.size() < 3;) {
    const int app = state.notifications[i].app;
    if (app < 0 || std::find(shown.begin(), shown.end(), app) != shown.end()) continue;
    shown.push_back(app);
    paint_app_icon(painter, apps.apps[std::size_t(app)], {x, middle - 8, 15, 15}, 4);
    x += 19;
  }
}

}  // namespace

void paint_status_bar(Painter& painter, const Machine& machine, const PhoneState& state,
                      std::uint32_t ink) {
  const PhoneVars& vars = machine.apps().phone;
  const int width = painter.frame().width, middle = size::kStatusBar / 2 + 2;
  const std::string clock = clock_text(state, machine.apps());
  painter.text(clock, {24, middle - 9, 60, 0},
               {.size = 13, .color = ink, .bold = true});
  if (!state.notifications.empty())
    paint_notice_icons(painter, machine.apps(), state,
                       24 + painter.text_width(clock, 13, true) + 8, middle);
  int x = width - 22;
  const auto battery =
      vars.battery >= 0 ? state.world.apps[0]->vars[std::size_t(vars.battery)].as_int()
                        : 100;
  const Rect body{x - 24, middle - 6, 22, 11};
  painter.outline(body, ink, 3);
  painter.rect({body.x + body.width + 1, middle - 3, 2, 5}, ink, 1);
  painter.rect({body.x + 2, middle - 4,
                int(std::clamp<std::int64_t>(battery, 1, 100)) * 18 / 100, 7},
               battery <= 20 ? 0xFFE5433D : ink, 1);
  x -= 30;
  if (vars.battery_percent < 0 || phone_flag(state, vars.battery_percent)) {
    const std::string percent = std::to_string(battery);
    const int percent_width = painter.text_width(percent, 11, true);
    painter.text(percent, {x - percent_width, middle - 8, percent_width + 1, 0},
                 {.size = 11, .color = ink, .bold = true});
    x -= percent_width + 6;
  }
  const auto put = [&](std::string_view icon) {
    painter.icon(icon, {x - 15, middle - 8, 15, 15}, ink);
    x -= 19;
  };
  if (phone_flag(state, vars.airplane)) {
    put("airplane");
  } else {
    for (int bar = 3; bar >= 0; --bar) {  // four bars of rising height
      painter.rect({x - 4 - (3 - bar) * 4, middle + 5 - (3 + bar * 3), 3, 3 + bar * 3},
                   ink, 1);
    }
    x -= 20;
  }
  if (phone_flag(state, vars.wifi)) put("wifi");
  if (phone_flag(state, vars.bluetooth)) put("bluetooth");
  if (phone_flag(state, vars.do_not_disturb)) {
    put("sleep");
  } else if (phone_level(state, vars.ring_volume) == 0) {
    put("bell-off");
  }
}

}  // namespace paperphone::layout
