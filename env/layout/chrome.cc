#include "env/layout/chrome.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/calendar.h"

namespace paperphone {
namespace {

using Align = TextStyle::Align;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;

bool phone_flag(const PhoneState& state, int var) {
  return var >= 0 && state.world.apps[0]->vars[std::size_t(var)].as_bool();
}

std::string clock_text(const PhoneState& state) {
  const auto minute =
      floor_mod(floor_div(state.world.now_ms, kMsPerMinute), kMinutesPerDay);
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

}  // namespace

void paint_app_icon(Painter& painter, const AppSpec& app, Rect box, int radius) {
  const std::uint32_t color = 0xFF000000 | app.color;
  painter.gradient(box, mix(color, kWhite, 76), color, radius);
  const int pad = box.width / 5;
  painter.icon(app.icon, inset(box, pad, pad), kWhite);
}

void paint_status_bar(Painter& painter, const Machine& machine, const PhoneState& state,
                      std::uint32_t ink) {
  const PhoneVars& vars = machine.apps().phone;
  const int width = painter.frame().width, middle = size::kStatusBar / 2 + 2;
  painter.text(clock_text(state), {24, middle - 9, 60, 0},
               {.size = 13, .color = ink, .bold = true});
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
  const std::string percent = std::to_string(battery);
  const int percent_width = painter.text_width(percent, 11, true);
  painter.text(percent, {x - percent_width, middle - 8, percent_width + 1, 0},
               {.size = 11, .color = ink, .bold = true});
  x -= percent_width + 6;
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
}

void paint_gesture_bar(Painter& painter, std::uint32_t ink) {
  const int width = painter.frame().width, height = painter.frame().height;
  painter.rect({width / 2 - 58, height - 11, 116, 4}, ink, 2);
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
    const bool go = code == kImeEnter;
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
      painter_.node(box, Role::kKey, {Target::Where::kIme, -1, kImeCandidate + i, {}},
                    fmt::format("ime.candidate.{}", i), words[std::size_t(i)]);
      x += width;
    }
    const Rect end{area_.x + area_.width - 44, area_.y, 44, kBar};
    const bool more = !words.empty();
    painter_.icon(more ? "chevron-right" : "chevron-down", inset(end, 11, 11),
                  theme.text2);
    painter_.node(end, Role::kKey,
                  {Target::Where::kIme, -1, more ? kImeNextPage : kImeHide, {}},
                  more ? "ime.key.next" : "ime.key.hide", more ? "更多" : "收起键盘");
    if (words.empty()) {
      painter_.label(state_.ime.mode == ImeMode::kPinyin    ? "拼音"
                     : state_.ime.mode == ImeMode::kEnglish ? "English"
                                                            : "数字",
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
            state_.ime.shift ? "arrow-up-bold" : "arrow-up", kImeShift, "shift", true);
      }
      for (const char c : kRows[r]) {
        const char shown = state_.ime.shift ? char(c - 'a' + 'A') : c;
        key({x, y, unit, kRow}, std::string_view(&shown, 1), "", c,
            std::string_view(&c, 1), false);
        x += unit;
      }
      if (r == 2) {
        key({x, y, area_.x + area_.width - x, kRow}, "", "backspace", kImeBackspace,
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
    key(next(0), "123", "", kImeToDigits, "digits", true);
    key(next(1), pinyin ? "，" : ",", "", ',', "comma", false);
    key(next(2), pinyin ? "空格" : "space", "", ' ', "space", false);
    key(next(3), pinyin ? "。" : ".", "", '.', "period", false);
    key(next(4), pinyin ? "中" : "英", "", kImeToggleLanguage, "language", true);
    key(next(5), "确定", "", kImeEnter, "enter", true);
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
    key(side(3, 2), "", "backspace", kImeBackspace, "backspace", true);
    key(side(0, 3), "拼音", "", kImeToLetters, "letters", true);
    key(side(1, 3), "空格", "", ' ', "space", true);
    Rect enter = side(2, 3);
    enter.height = 2 * kRow;
    key(enter, "确定", "", kImeEnter, "enter", true);
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

// ---- launcher -----------------------------------------------------------------------

void paint_launcher(Painter& painter, const Machine& machine, const PhoneState& state) {
  const int width = painter.frame().width, height = painter.frame().height;
  painter.picture("landscape", 20251120, {0, 0, width, height}, 0);
  painter.scrim({0, 0, width, height}, painter.theme().dark ? 0x70000000 : 0x26000000);
  paint_status_bar(painter, machine, state, kWhite);
  painter.text(clock_text(state), {24, 58, 200, 0}, {.size = 56, .color = kWhite});
  const auto days = floor_div(state.world.now_ms, kMsPerMinute * kMinutesPerDay);
  const CivilDate date = civil_from_days(days);
  constexpr std::string_view kDays[] = {"日", "一", "二", "三", "四", "五", "六"};
  const std::string day = fmt::format("{}月{}日 星期{}", date.month, date.day,
                                      kDays[std::size_t(weekday(days))]);
  painter.text(day, {28, 138, 200, 0}, {.size = 14, .color = kWhite});
  painter.node({24, 58, 200, 100}, Role::kText, {}, "launcher.clock", day);

  const auto& order = state.icon_order;
  const int dock = std::min<int>(kDockIcons, int(order.size()));
  const int on_pages = int(order.size()) - dock;
  const int cell = (width - 24) / 4, row_height = 96;
  const auto paint_icon = [&](int app_index, int x, int y, bool with_label) {
    const AppSpec& app = machine.apps().apps[std::size_t(app_index)];
    paint_app_icon(painter, app, {x + cell / 2 - 28, y, 56, 56}, 15);
    if (with_label) {
      painter.text(app.title, {x, y + 61, cell, 0},
                   {.size = 12, .color = kWhite, .align = Align::kCenter});
    }
    painter.node({x + cell / 2 - 34, y - 4, 68, with_label ? 86 : 64}, Role::kButton,
                 {Target::Where::kLauncherIcon, -1, app_index, {}},
                 "launcher.icon." + app.id, app.title);
  };
  const int first = state.launcher_page * kLauncherPageIcons;
  for (int i = first; i < std::min(on_pages, first + kLauncherPageIcons); ++i) {
    const int slot = i - first;
    paint_icon(order[std::size_t(i)], 12 + slot % 4 * cell, 196 + slot / 4 * row_height,
               true);
  }
  const int pages = state.launcher_pages();
  for (int page = 0; page < pages && pages > 1; ++page) {
    const int x = width / 2 - pages * 8 + page * 16;
    painter.rect({x + 5, height - 138, 6, 6},
                 page == state.launcher_page ? kWhite : 0xFFB8C0CC, 3);
    // The outer dots take the empty space beside them: a finger is no needle.
    const int before = page == 0 ? 24 : 0, after = page + 1 == pages ? 24 : 0;
    painter.node({x - before, height - 152, 16 + before + after, 34}, Role::kButton,
                 {Target::Where::kLauncherPage, -1, page, {}},
                 fmt::format("launcher.page.{}", page),
                 fmt::format("第{}页", page + 1));
  }
  painter.rect({12, height - 112, width - 24, 84}, 0x38FFFFFF, 26);
  for (int i = 0; i < dock; ++i) {
    const int x = 12 + (width - 24 - dock * cell) / 2 + i * cell;
    paint_icon(order[std::size_t(on_pages + i)], x, height - 98, false);
  }
  paint_gesture_bar(painter, kWhite);
}

// ---- above everything
// -----------------------------------------------------------------

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

void paint_system_dialog(Painter& painter, const PhoneState& state) {
  if (state.dialogs.empty()) return;
  const SystemDialog& dialog = state.dialogs.back();
  const Theme& theme = painter.theme();
  const int width = painter.frame().width, height = painter.frame().height;
  painter.scrim({0, 0, width, height}, 0x80000000);
  painter.node({0, 0, width, height}, Role::kScrim, {Target::Where::kScrim, -1, -1, {}},
               "dialog.scrim", "");
  const TextStyle body{
      .size = 15, .color = theme.text2, .lines = 6, .align = Align::kCenter};
  const int inner = width - 2 * 36 - 40;
  const bool was_dry = painter.set_dry(true);
  const int text_height = painter.text(dialog.text, {0, 0, inner, 0}, body);
  painter.set_dry(was_dry);
  const int box_height = 24 + painter.line_height(18) + 10 + text_height + 22 + 56;
  const Rect box{36, (height - box_height) / 2, width - 72, box_height};
  painter.rect(box, theme.card, 22);
  int y = box.y + 24;
  y += painter.text(
      dialog.title, {box.x + 20, y, inner, 0},
      {.size = 18, .color = theme.text, .bold = true, .align = Align::kCenter});
  painter.text(dialog.text, {box.x + 20, y + 10, inner, 0}, body);
  painter.node(box, Role::kText, {Target::Where::kIme, -1, -1, {}}, "dialog",
               dialog.title + "，" + dialog.text);
  const int count = std::max<int>(1, int(dialog.buttons.size()));
  const int button_width = (box.width - 40 - (count - 1) * 10) / count;
  for (int i = 0; i < int(dialog.buttons.size()); ++i) {
    const Rect button{box.x + 20 + i * (button_width + 10), box.y + box.height - 60,
                      button_width, 44};
    const bool primary = i + 1 == count;
    painter.rect(button, primary ? 0xFF1677FF : theme.fill, 22);
    painter.label(
        dialog.buttons[std::size_t(i)], button,
        {.size = 16, .color = primary ? kWhite : theme.text, .align = Align::kCenter});
    painter.node(button, Role::kButton, {Target::Where::kDialogButton, -1, i, {}},
                 fmt::format("dialog.button.{}", i), dialog.buttons[std::size_t(i)]);
  }
}

}  // namespace paperphone
