#include "env/layout/chrome/chrome.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/calendar.h"
#include "env/sim/system/words.h"

namespace paperphone::layout {

using app::AppSet;
using app::floor_div;
using app::kMinutesPerDay;
using app::kMsPerMinute;
using sim::ImeMode;
using sim::Machine;
using sim::Navigation;
using sim::PhoneState;
using sim::Target;

namespace {

using Align = TextStyle::Align;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;

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

std::string clock_text(const PhoneState& state, const AppSet& apps) {
  const auto minute =
      app::floor_mod(floor_div(state.world.now_ms, kMsPerMinute), kMinutesPerDay);
  const auto hour = minute / 60;
  if (apps.phone.hour24 < 0 || phone_flag(state, apps.phone.hour24))
    return fmt::format("{:02}:{:02}", hour, minute % 60);
  return fmt::format("{}:{:02}", hour % 12 == 0 ? 12 : hour % 12, minute % 60);
}

std::string date_text(const PhoneState& state, const AppSet& apps) {
  const auto days = floor_div(state.world.now_ms, kMsPerMinute * kMinutesPerDay);
  const app::CivilDate date = app::civil_from_days(days);
  const auto day = std::size_t(app::weekday(days));
  if (sim::speaks_english(state, apps)) {
    constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed",
                                          "Thu", "Fri", "Sat"};
    constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {} {}", kDays[day], kMonths[std::size_t(date.month - 1)],
                       date.day);
  }
  constexpr std::string_view kDays[] = {"日", "一", "二", "三", "四", "五", "六"};
  return fmt::format("{}月{}日 星期{}", date.month, date.day, kDays[day]);
}

void paint_app_icon(Painter& painter, const app::AppSpec& app, Rect box, int radius) {
  const std::uint32_t color = 0xFF000000 | app.color;
  painter.gradient(box, mix(color, kWhite, 76), color, radius);
  const int pad = box.width / 5;
  painter.icon(app.icon, inset(box, pad, pad), kWhite);
}

void paint_status_bar(Painter& painter, const Machine& machine, const PhoneState& state,
                      std::uint32_t ink) {
  const app::PhoneVars& vars = machine.apps().phone;
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

void paint_wallpaper(Painter& painter, const AppSet& apps, const PhoneState& state,
                     std::uint32_t veil) {
  const int var = apps.phone.wallpaper;
  std::uint64_t seed = 20251120;  // of the one it comes with
  if (var >= 0 && !(state.world.apps[0]->vars[std::size_t(var)] ==
                    apps.apps[0].vars[std::size_t(var)].initial))
    seed = hash_bytes(state.world.apps[0]->vars[std::size_t(var)].as_text()).low;
  painter.picture("landscape", seed,
                  {0, 0, painter.frame().width, painter.frame().height}, 0, veil);
}

int navigation_height(const PhoneState& state) {
  return state.navigation == Navigation::kButtons ? size::kNavBar : size::kGesture;
}

void paint_navigation(Painter& painter, const PhoneState& state, std::uint32_t ink) {
  const int width = painter.frame().width, height = painter.frame().height;
  if (state.navigation == Navigation::kGestures) {
    painter.rect({width / 2 - 58, height - 11, 116, 4}, ink, 2);
    return;
  }
  struct Key {
    std::string_view name, label;
  };
  constexpr Key kKeys[] = {
      {"recents", "最近任务"}, {"home", "主屏幕"}, {"back", "返回"}};
  for (int i = 0; i < 3; ++i) {
    const Rect key{i * width / 3, height - size::kNavBar, width / 3, size::kNavBar};
    const Point middle = key.center();
    if (i == sim::kNavRecents) {
      painter.outline({middle.x - 8, middle.y - 8, 16, 16}, ink, 4, 2);
    } else if (i == sim::kNavHome) {
      painter.outline({middle.x - 9, middle.y - 9, 18, 18}, ink, 9, 2);
    } else {
      painter.icon("chevron-left", {middle.x - 13, middle.y - 13, 26, 26}, ink);
    }
    painter.node(key, Role::kButton, {Target::Where::kNavButton, -1, i, {}},
                 fmt::format("phone.nav.{}", kKeys[i].name),
                 std::string(kKeys[i].label));
  }
}

// ---- keyboard ---------------------------------------------------------------------

namespace {

class Keyboard {
 public:
  Keyboard(Painter& painter, const Machine& machine, const PhoneState& state, Rect area)
      : painter_(painter), machine_(machine), state_(state), area_(area) {}

  void paint() {
    const Theme& theme = painter_.theme();
    painter_.rect(area_, theme.keyboard);
    // The panel swallows touches between the keys.
    painter_.node(area_, Role::kKey, {Target::Where::kIme, -1, -1, {}}, "ime", "");
    candidates();
    if (state_.ime.mode == ImeMode::kDigits) {
      digits();
    } else if (state_.ime.mode == ImeMode::kSymbols) {
      symbols();
    } else {
      letters();
    }
  }

 private:
  static constexpr int kBar = 44;  // candidate row
  static constexpr int kRow = 51;

  void key(Rect box, std::string_view label, std::string_view icon, int code,
           std::string_view name, bool function) {
    const Theme& theme = painter_.theme();
    const Rect face = inset(box, 3, 4);
    const bool go = code == sim::kImeEnter;
    painter_.rect(face, go ? 0xFF1677FF : function ? theme.key_function : theme.key, 6);
    if (!icon.empty()) {
      painter_.icon(
          icon, {face.x + face.width / 2 - 11, face.y + face.height / 2 - 11, 22, 22},
          go ? kWhite : theme.text);
    } else {
      painter_.label(label, face,
                     {.size = function ? 15 : 20,
                      .color = go ? kWhite : theme.text,
                      .align = Align::kCenter});
    }
    painter_.node(box, Role::kKey, {Target::Where::kIme, -1, code, {}},
                  fmt::format("ime.key.{}", name), std::string(label));
  }

  void candidates() {
    const Theme& theme = painter_.theme();
    const auto words = machine_.ime_candidates(state_);
    int x = area_.x + 6;
    for (int i = 0; i < int(words.size()); ++i) {
      const int width =
          std::max(40, painter_.text_width(words[std::size_t(i)], 18) + 20);
      if (x + width > area_.x + area_.width - 44) break;
      const Rect box{x, area_.y, width, kBar};
      painter_.label(words[std::size_t(i)], box,
                     {.size = 18,
                      .color = i == 0 ? 0xFF1677FF : theme.text,
                      .align = Align::kCenter});
      painter_.node(box, Role::kKey, {Target::Where::kIme, -1, sim::kImeCandidate + i, {}},
                    fmt::format("ime.candidate.{}", i), words[std::size_t(i)]);
      x += width;
    }
    const Rect end{area_.x + area_.width - 44, area_.y, 44, kBar};
    const bool more = !words.empty();
    painter_.icon(more ? "chevron-right" : "chevron-down", inset(end, 11, 11),
                  theme.text2);
    painter_.node(end, Role::kKey,
                  {Target::Where::kIme, -1, more ? sim::kImeNextPage : sim::kImeHide, {}},
                  more ? "ime.key.next" : "ime.key.hide", more ? "更多" : "收起键盘");
    if (words.empty()) {
      painter_.label(state_.ime.mode == ImeMode::kPinyin    ? "拼音"
                     : state_.ime.mode == ImeMode::kEnglish ? "English"
                     : state_.ime.mode == ImeMode::kDigits  ? "数字"
                                                            : "符号",
                     {area_.x + 16, area_.y, 100, kBar},
                     {.size = 13, .color = theme.text2});
    }
  }

  void letters() {
    constexpr std::string_view kRows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    const int unit = area_.width / 10;
    int y = area_.y + kBar;
    for (int r = 0; r < 3; ++r) {
      const int used = int(kRows[r].size()) * unit;
      int x = area_.x + (area_.width - used) / 2;
      if (r == 2) {
        key({area_.x, y, x - area_.x, kRow}, "",
            state_.ime.shift ? "arrow-up-bold" : "arrow-up", sim::kImeShift, "shift", true);
      }
      for (const char c : kRows[r]) {
        const char shown = state_.ime.shift ? char(c - 'a' + 'A') : c;
        key({x, y, unit, kRow}, std::string_view(&shown, 1), "", c,
            std::string_view(&c, 1), false);
        x += unit;
      }
      if (r == 2) {
        key({x, y, area_.x + area_.width - x, kRow}, "", "backspace", sim::kImeBackspace,
            "backspace", true);
      }
      y += kRow;
    }
    const bool pinyin = state_.ime.mode == ImeMode::kPinyin;
    const int widths[] = {50, 36, 130, 36, 46, 62};
    const Rect row{area_.x, y, area_.width, kRow};
    int x = row.x;
    const auto next = [&](int i) {
      const Rect box{x, y, widths[i] * row.width / 360, kRow};
      x += box.width;
      return box;
    };
    key(next(0), "123", "", sim::kImeToDigits, "digits", true);
    key(next(1), pinyin ? "，" : ",", "", ',', "comma", false);
    key(next(2), pinyin ? "空格" : "space", "", ' ', "space", false);
    key(next(3), pinyin ? "。" : ".", "", '.', "period", false);
    key(next(4), pinyin ? "中" : "英", "", sim::kImeToggleLanguage, "language", true);
    key(next(5), "确定", "", sim::kImeEnter, "enter", true);
  }

  void digits() {
    constexpr std::string_view kKeys = "123456789.0";
    const int unit = area_.width / 4;
    for (int i = 0; i < 11; ++i) {
      const Rect box{area_.x + i % 3 * unit, area_.y + kBar + i / 3 * kRow, unit, kRow};
      const std::string_view label = kKeys.substr(std::size_t(i), 1);
      key(box, label, "", label[0], label, false);
    }
    const auto side = [&](int row, int column) {
      return Rect{area_.x + column * unit, area_.y + kBar + row * kRow, unit, kRow};
    };
    key(side(3, 2), "", "backspace", sim::kImeBackspace, "backspace", true);
    key(side(0, 3), "拼音", "", sim::kImeToLetters, "letters", true);
    key(side(1, 3), "空格", "", ' ', "space", true);
    key(side(2, 3), "符号", "", sim::kImeToSymbols, "symbols", true);
    key(side(3, 3), "确定", "", sim::kImeEnter, "enter", true);
  }

  void symbols() {
    const auto marks = sim::ime_symbols();
    const int unit = area_.width / 8;
    for (int i = 0; i < int(marks.size()); ++i) {
      const Rect box{area_.x + i % 8 * unit, area_.y + kBar + i / 8 * kRow, unit, kRow};
      key(box, marks[std::size_t(i)], "", sim::kImeSymbol + i, fmt::format("symbol.{}", i),
          false);
    }
    const int y = area_.y + kBar + 3 * kRow;
    int x = area_.x;
    const auto next = [&](int share) {
      const Rect box{x, y, share * area_.width / 8, kRow};
      x += box.width;
      return box;
    };
    key(next(2), "拼音", "", sim::kImeToLetters, "letters", true);
    key(next(1), "123", "", sim::kImeToDigits, "digits", true);
    key(next(2), "空格", "", ' ', "space", false);
    key(next(1), "", "backspace", sim::kImeBackspace, "backspace", true);
    key(next(2), "确定", "", sim::kImeEnter, "enter", true);
  }

  Painter& painter_;
  const Machine& machine_;
  const PhoneState& state_;
  const Rect area_;
};

}  // namespace

void paint_keyboard(Painter& painter, const Machine& machine, const PhoneState& state,
                    Rect area) {
  Keyboard(painter, machine, state, area).paint();
}

// ---- above everything -----------------------------------------------------------

void paint_toast(Painter& painter, const PhoneState& state) {
  if (state.toast.text.empty() || state.world.now_ms >= state.toast.until_ms) return;
  const int width = painter.frame().width;
  const int text_width =
      std::min(width - 96, painter.text_width(state.toast.text, 14) + 1);
  const Rect pill{(width - text_width) / 2 - 20, painter.frame().height - 150,
                  text_width + 40, painter.line_height(14) + 22};
  painter.rect(pill, 0xF0303236, pill.height / 2);
  painter.label(state.toast.text, inset(pill, 20, 0),
                {.size = 14, .color = kWhite, .align = Align::kCenter});
  painter.node(pill, Role::kText, {}, "toast", state.toast.text);
}

}  // namespace paperphone::layout
