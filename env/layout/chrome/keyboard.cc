#include "env/layout/chrome/keyboard.h"

#include <fmt/format.h>

#include <algorithm>

namespace paperphone::layout {

using sim::ImeMode;
using sim::Machine;
using sim::PhoneState;
using sim::Target;

namespace {

using Align = TextStyle::Align;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;

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
      painter_.node(box, Role::kKey,
                    {Target::Where::kIme, -1, sim::kImeCandidate + i, {}},
                    fmt::format("ime.candidate.{}", i), words[std::size_t(i)]);
      x += width;
    }
    const Rect end{area_.x + area_.width - 44, area_.y, 44, kBar};
    const bool more = !words.empty();
    painter_.icon(more ? "chevron-right" : "chevron-down", inset(end, 11, 11),
                  theme.text2);
    painter_.node(
        end, Role::kKey,
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
            state_.ime.shift ? "arrow-up-bold" : "arrow-up", sim::kImeShift, "shift",
            true);
      }
      for (const char c : kRows[r]) {
        const char shown = state_.ime.shift ? char(c - 'a' + 'A') : c;
        key({x, y, unit, kRow}, std::string_view(&shown, 1), "", c,
            std::string_view(&c, 1), false);
        x += unit;
      }
      if (r == 2) {
        key({x, y, area_.x + area_.width - x, kRow}, "", "backspace",
            sim::kImeBackspace, "backspace", true);
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
      key(box, marks[std::size_t(i)], "", sim::kImeSymbol + i,
          fmt::format("symbol.{}", i), false);
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

}  // namespace paperphone::layout
