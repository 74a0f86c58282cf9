#include "env/layout/overlays/shade.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/layout/chrome/clock.h"
#include "env/layout/chrome/navigation.h"
#include "env/layout/chrome/status_bar.h"
#include "env/layout/overlays/notification.h"
#include "env/sim/system/controls.h"
#include "env/sim/typing/words.h"

namespace paperphone::layout {

using sim::Control;
using sim::Machine;
using sim::Notification;
using sim::PhoneState;
using sim::Target;
using sim::Words;

namespace {

using Align = TextStyle::Align;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;
constexpr std::uint32_t kOn = 0xFF2E7DFF;
constexpr std::uint32_t kTile = 0x30FFFFFF;
constexpr int kMargin = 16;

class ShadePainter {
 public:
  ShadePainter(Painter& painter, const Machine& machine, const PhoneState& state)
      : painter_(painter),
        machine_(machine),
        apps_(machine.apps()),
        state_(state),
        words_(state, machine.apps()),
        width_(painter.frame().width),
        height_(painter.frame().height) {}

  void paint() {
    const Rect screen{0, 0, width_, height_};
    painter_.gradient(screen, 0xFF3B4A66, 0xFF141923);
    painter_.node(screen, Role::kScrim, target(sim::kShadePanel), "phone.shade", "");
    paint_status_bar(painter_, machine_, state_, kWhite);
    const bool notices = state_.shade == sim::Shade::kNotices;
    head(notices);
    if (notices) {
      this->notices();
    } else {
      this->controls();
    }
    paint_navigation(painter_, state_, kWhite);
  }

 private:
  static Target target(int part) { return {Target::Where::kShade, -1, part, {}}; }

  void touch(Rect box, Role role, int part, std::string_view id,
             std::string_view label) {
    painter_.node(box, role, target(part), fmt::format("phone.shade.{}", id),
                  std::string(label));
  }

  void head(bool notices) {
    painter_.text(clock_text(state_, apps_), {kMargin + 4, 44, 160, 0},
                  {.size = 38, .color = kWhite});
    painter_.text(date_text(state_, apps_), {kMargin + 6, 100, 220, 0},
                  {.size = 13, .color = 0xFFC5CCDA});
    const Rect turn{width_ - kMargin - 92, 58, 44, 44},
        gear{width_ - kMargin - 44, 58, 44, 44};
    painter_.icon(notices ? "tune" : "bell", inset(turn, 10, 10), kWhite);
    touch(turn, Role::kButton, sim::kShadeTurn, "turn",
          notices ? words_("控制中心", "Control centre")
                  : words_("通知", "Notifications"));
    painter_.icon("cog", inset(gear, 10, 10), kWhite);
    touch(gear, Role::kButton, sim::kShadeSettings, "settings", words_("设置", "Settings"));
  }

  // ---- notifications ----------------------------------------------------------------

  void notices() {
    const auto& all = state_.notifications;
    if (all.empty()) {
      painter_.text(words_("没有通知", "No notifications"),
                    {0, height_ / 2 - 60, width_, 0},
                    {.size = 15, .color = 0xFFC5CCDA, .align = Align::kCenter});
      return;
    }
    constexpr int kStep = 84;
    const int end = height_ - 96 - navigation_height(state_);
    int y = 136;
    for (std::size_t i = all.size(); i-- > 0; y += kStep) {
      if (y + kStep > end) {
        painter_.text(
            fmt::format(fmt::runtime(words_("还有{}条通知", "{} more")), i + 1),
            {0, y + 4, width_, 0},
            {.size = 13, .color = 0xFFC5CCDA, .align = Align::kCenter});
        break;
      }
      const Rect card{kMargin - 4, y, width_ - 2 * kMargin + 8, kStep - 8};
      paint_notification(painter_, machine_, state_, all[i], card);
      touch(card, Role::kListItem, sim::kShadeNotice + int(i), fmt::format("notice[{}]", i),
            all[i].title + "，" + all[i].text);
    }
    const Rect clear{width_ / 2 - 62, height_ - navigation_height(state_) - 72, 124,
                     46};
    painter_.rect(clear, kTile, 23);
    painter_.label(words_("全部清除", "Clear all"), clear,
                   {.size = 15, .color = kWhite, .align = Align::kCenter});
    touch(clear, Role::kButton, sim::kShadeClearAll, "clear_all",
          words_("全部清除", "Clear all"));
  }

  // ---- control centre ---------------------------------------------------------------

  bool is_on(const Control& control) const {
    return state_.world.apps[0]->vars[std::size_t(apps_.phone.*control.var)].as_bool();
  }

  void switch_node(Rect box, int index) {
    const Control& control = sim::controls()[std::size_t(index)];
    if (Node* node = painter_.node(box, Role::kSwitch, target(sim::kShadeControl + index),
                                   fmt::format("phone.shade.{}", control.id),
                                   std::string(words_(control.label, control.english))))
      node->checked = is_on(control);
  }

  void wide(Rect box, int index) {
    const Control& control = sim::controls()[std::size_t(index)];
    if (apps_.phone.*control.var < 0) return;
    const bool on = is_on(control);
    painter_.rect(box, on ? kOn : kTile, 22);
    painter_.icon(control.icon, {box.x + 16, box.y + box.height / 2 - 13, 26, 26},
                  kWhite);
    painter_.text(words_(control.label, control.english),
                  {box.x + 54, box.y + 14, box.width - 60, 0},
                  {.size = 15, .color = kWhite, .bold = true});
    painter_.text(on ? words_("已开启", "On") : words_("已关闭", "Off"),
                  {box.x + 54, box.y + 38, box.width - 60, 0},
                  {.size = 12, .color = 0xFFDCE3F0});
    switch_node(box, index);
  }

  void round(Rect cell, int index) {
    const Control& control = sim::controls()[std::size_t(index)];
    const Rect face{cell.x + cell.width / 2 - 26, cell.y, 52, 52};
    painter_.rect(face, is_on(control) ? kOn : kTile, 26);
    painter_.icon(control.icon, inset(face, 14, 14), kWhite);
    painter_.text(words_(control.label, control.english),
                  {cell.x - 2, cell.y + 57, cell.width + 4, 0},
                  {.size = 11, .color = kWhite, .align = Align::kCenter});
    switch_node(cell, index);
  }

  void slider(Rect box, int var, int part, std::string_view icon, std::string_view id,
              std::string_view label) {
    if (var < 0) return;
    const int level =
        std::clamp(int(state_.world.apps[0]->vars[std::size_t(var)].as_int()), 0, 100);
    painter_.rect(box, kTile, 22);
    // Filled from below: the whole track's shape, seen through its lower part.
    const int filled = box.height * level / 100;
    const Rect former = painter_.set_clip(intersect(
        painter_.clip(), {box.x, box.y + box.height - filled, box.width, filled}));
    painter_.rect(box, 0xFFF2F4F8, 22);
    painter_.set_clip(former);
    painter_.icon(icon, {box.x + box.width / 2 - 13, box.y + box.height - 42, 26, 26},
                  level > 22 ? 0xFF3B4A66 : kWhite);
    touch(box, Role::kSlider, part, id, fmt::format("{} {}%", label, level));
  }

  void controls() {
    const int gap = 12, half = (width_ - 2 * kMargin - gap) / 2;
    const int left = kMargin, right = kMargin + half + gap;
    int y = 136;
    wide({left, y, half, 70}, 0);
    wide({right, y, half, 70}, 1);
    y += 70 + gap;
    const int track = (half - gap) / 2;
    slider({right, y, track, 168}, apps_.phone.brightness, sim::kShadeBrightness,
           "brightness-6", "brightness", words_("亮度", "Brightness"));
    slider({right + track + gap, y, track, 168}, apps_.phone.media_volume, sim::kShadeVolume,
           "volume-high", "volume", words_("音量", "Volume"));
    std::vector<int> small;
    for (int i = 2; i < int(sim::controls().size()); ++i)
      if (apps_.phone.*sim::controls()[std::size_t(i)].var >= 0)
        small.push_back(i);
    // Four beside the sliders, the rest below in rows of four.
    const int cell = half / 2, column = (width_ - 2 * kMargin) / 4;
    for (std::size_t i = 0; i < small.size(); ++i) {
      const int k = int(i);
      const Rect place = k < 4 ? Rect{left + k % 2 * cell, y + 2 + k / 2 * 88, cell, 80}
                               : Rect{left + (k - 4) % 4 * column,
                                      y + 192 + (k - 4) / 4 * 92, column, 80};
      round(place, small[i]);
    }
  }

  Painter& painter_;
  const Machine& machine_;
  const app::AppSet& apps_;
  const PhoneState& state_;
  const Words words_;
  const int width_;
  const int height_;
};

}  // namespace

void paint_heads_up(Painter& painter, const Machine& machine, const PhoneState& state) {
  const Notification& notice = *state.heads_up();
  const Rect card{10, 38, painter.frame().width - 20, 72};
  painter.shadow(card, 20, 14, 0x40000000);
  paint_notification(painter, machine, state, notice, card);
  painter.node(card, Role::kListItem, {Target::Where::kHeadsUp, -1, -1, {}},
               "phone.heads_up", notice.title + "，" + notice.text);
}

void paint_shade(Painter& painter, const Machine& machine, const PhoneState& state) {
  ShadePainter(painter, machine, state).paint();
}

}  // namespace paperphone::layout
