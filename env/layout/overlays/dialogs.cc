#include "env/layout/overlays/dialogs.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/layout/chrome/app_icon.h"
#include "env/layout/chrome/navigation.h"
#include "env/layout/chrome/status_bar.h"
#include "env/sim/typing/words.h"

namespace paperphone::layout {

using sim::DialogKind;
using sim::Machine;
using sim::PhoneState;
using sim::Target;

namespace {

using Align = TextStyle::Align;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;
constexpr std::uint32_t kBlue = 0xFF1677FF;

class DialogPainter {
 public:
  DialogPainter(Painter& painter, const Machine& machine, const PhoneState& state)
      : painter_(painter),
        machine_(machine),
        apps_(machine.apps()),
        state_(state),
        dialog_(state.dialogs.back()),
        theme_(painter.theme()),
        words_(state, machine.apps()),
        width_(painter.frame().width),
        height_(painter.frame().height) {}

  void paint() {
    switch (dialog_.kind) {
      case DialogKind::kPlain:
        return plain();
      case DialogKind::kPermission:
        return permission();
      case DialogKind::kSplashAd:
        return splash_ad();
      case DialogKind::kCoupon:
        return coupon();
      case DialogKind::kLoading:
        return loading();
      case DialogKind::kOffline:
        return offline();
      case DialogKind::kCall:
      case DialogKind::kInCall:
        return call();
      case DialogKind::kShare:
        return share();
    }
  }

 private:
  void swallow() {
    painter_.node({0, 0, width_, height_}, Role::kScrim,
                  {Target::Where::kScrim, -1, -1, {}}, "dialog.scrim", "");
  }
  void dim() {
    painter_.scrim({0, 0, width_, height_}, 0x80000000);
    swallow();
  }
  void panel(Rect box) {
    std::string words = dialog_.title;
    if (!dialog_.text.empty()) words += "，" + dialog_.text;
    painter_.node(box, Role::kText, {Target::Where::kIme, -1, -1, {}}, "dialog",
                  std::move(words));
  }
  void touch(Rect box, int button) {
    painter_.node(box, Role::kButton, {Target::Where::kDialogButton, -1, button, {}},
                  fmt::format("dialog.button.{}", button),
                  dialog_.buttons[std::size_t(button)]);
  }
  void button(Rect box, int index, std::uint32_t face, std::uint32_t ink) {
    painter_.rect(box, face, box.height / 2);
    painter_.label(dialog_.buttons[std::size_t(index)], box,
                   {.size = 16, .color = ink, .align = Align::kCenter});
    touch(box, index);
  }
  int measure(std::string_view text, int width, const TextStyle& style) {
    const bool was_dry = painter_.set_dry(true);
    const int used = painter_.text(text, {0, 0, width, 0}, style);
    painter_.set_dry(was_dry);
    return used;
  }

  void plain() {
    dim();
    const TextStyle body{
        .size = 15, .color = theme_.text2, .lines = 6, .align = Align::kCenter};
    const int inner = width_ - 2 * 36 - 40;
    const int text_height = measure(dialog_.text, inner, body);
    const int box_height = 24 + painter_.line_height(18) + 10 + text_height + 22 + 56;
    const Rect box{36, (height_ - box_height) / 2, width_ - 72, box_height};
    painter_.rect(box, theme_.card, 22);
    int y = box.y + 24;
    y += painter_.text(
        dialog_.title, {box.x + 20, y, inner, 0},
        {.size = 18, .color = theme_.text, .bold = true, .align = Align::kCenter});
    painter_.text(dialog_.text, {box.x + 20, y + 10, inner, 0}, body);
    panel(box);
    const int count = std::max<int>(1, int(dialog_.buttons.size()));
    const int button_width = (box.width - 40 - (count - 1) * 10) / count;
    for (int i = 0; i < int(dialog_.buttons.size()); ++i) {
      const bool primary = i + 1 == count;
      button({box.x + 20 + i * (button_width + 10), box.y + box.height - 60,
              button_width, 44},
             i, primary ? kBlue : theme_.fill, primary ? kWhite : theme_.text);
    }
  }

  void permission() {
    dim();
    const TextStyle title{.size = 18,
                          .color = theme_.text,
                          .bold = true,
                          .lines = 3,
                          .align = Align::kCenter};
    const int inner = width_ - 24 - 48;
    const int count = int(dialog_.buttons.size());
    const int box_height =
        84 + measure(dialog_.title, inner, title) + 20 + count * 56 + 10;
    const Rect box{12, height_ - box_height - navigation_height(state_) - 4,
                   width_ - 24, box_height};
    painter_.rect(box, theme_.card, 28);
    panel(box);
    painter_.rect({width_ / 2 - 24, box.y + 22, 48, 48}, mix(kBlue, theme_.card, 14),
                  24);
    painter_.icon(app::name_of(dialog_.permission).icon,
                  {width_ / 2 - 13, box.y + 33, 26, 26}, kBlue);
    if (dialog_.app >= 0)  // who asks, in the sign's corner
      paint_app_icon(painter_, apps_.apps[std::size_t(dialog_.app)],
                     {width_ / 2 + 8, box.y + 52, 22, 22}, 6);
    const int used =
        painter_.text(dialog_.title, {box.x + 24, box.y + 84, inner, 0}, title);
    for (int i = 0; i < count; ++i)
      button({box.x + 20, box.y + 84 + used + 20 + i * 56, box.width - 40, 46}, i,
             theme_.fill, i + 1 == count ? theme_.text : kBlue);
  }

  void splash_ad() {
    const Rect screen{0, 0, width_, height_};
    const int foot = 116;
    painter_.rect(screen, theme_.card);
    std::uint64_t seed = 0;
    for (const char c : dialog_.title) seed = seed * 131 + std::uint8_t(c);
    painter_.picture("poster", seed, {0, 0, width_, height_ - foot}, 0);
    swallow();
    const Rect band{0, height_ - foot - 178, width_, 78};
    painter_.rect(band, 0x99101318);
    painter_.label(
        dialog_.title, band,
        {.size = 26, .color = kWhite, .bold = true, .align = Align::kCenter});
    painter_.tick();
    const auto left = std::max<std::int64_t>(
        1, (dialog_.until_ms - state_.world.now_ms + 999) / 1000);
    const Rect skip{width_ - 96, 44, 80, 34};
    painter_.rect(skip, 0x99101318, 17);
    painter_.label(fmt::format("{} {}", dialog_.buttons[1], left), skip,
                   {.size = 14, .color = kWhite, .align = Align::kCenter});
    const Rect more{60, height_ - foot - 76, width_ - 120, 48};
    painter_.rect(more, 0xE61B1D22, 24);
    painter_.label(dialog_.buttons[0], more,
                   {.size = 16, .color = kWhite, .align = Align::kCenter});
    touch(more, 0);
    touch(inset(skip, -4, -4), 1);
    painter_.label(dialog_.text, {14, height_ - foot - 24, 60, 20},
                   {.size = 10, .color = 0xFFD0D3DA});
    if (dialog_.app >= 0) {
      const app::AppSpec& app = apps_.apps[std::size_t(dialog_.app)];
      paint_app_icon(painter_, app, {width_ / 2 - 62, height_ - foot + 26, 44, 44}, 12);
      painter_.label(app.title, {width_ / 2 - 8, height_ - foot + 26, 140, 44},
                     {.size = 20, .color = theme_.text, .bold = true});
    }
  }

  void coupon() {
    dim();
    const Rect card{48, height_ / 2 - 190, width_ - 96, 300};
    painter_.gradient(card, 0xFFFF7A45, 0xFFE5303A, 24);
    panel(card);
    painter_.label(dialog_.text, {card.x, card.y + 26, card.width, 28},
                   {.size = 16, .color = 0xFFFFF1D6, .align = Align::kCenter});
    const Rect face{card.x + 22, card.y + 68, card.width - 44, 132};
    painter_.rect(face, 0xFFFFF6E5, 16);
    painter_.label(
        dialog_.title, {face.x, face.y + 14, face.width, 74},
        {.size = 46, .color = 0xFFE5303A, .bold = true, .align = Align::kCenter});
    painter_.label("全场通用", {face.x, face.y + 90, face.width, 24},
                   {.size = 13, .color = 0xFFB5743A, .align = Align::kCenter});
    button({card.x + 40, card.y + 226, card.width - 80, 48}, 0, 0xFFFFE08A, 0xFFC02A1C);
    const Rect cross{width_ / 2 - 22, card.y + card.height + 26, 44, 44};
    painter_.outline(inset(cross, 4, 4), kWhite, 18, 2);
    painter_.icon("close", inset(cross, 12, 12), kWhite);
    touch(cross, 1);
  }

  // Below the app bar, which stays.
  Rect page() {
    const int top = size::kStatusBar + size::kAppBar;
    const Rect box{0, top, width_, height_ - top};
    painter_.rect(box, theme_.page);
    swallow();
    return box;
  }

  void loading() {
    const Rect box = page();
    painter_.node(box, Role::kText, {}, "dialog", dialog_.title);
    for (int y = box.y + 12; y + 96 < height_ - size::kGesture; y += 108) {
      const Rect card{12, y, width_ - 24, 96};
      painter_.rect(card, theme_.card, size::kRadius);
      painter_.rect({card.x + 14, y + 16, 64, 64}, theme_.fill, 12);
      painter_.rect({card.x + 92, y + 20, 190, 14}, theme_.fill, 7);
      painter_.rect({card.x + 92, y + 42, 150, 12}, theme_.fill, 6);
      painter_.rect({card.x + 92, y + 64, 84, 12}, theme_.fill, 6);
    }
    navigation();
  }

  void offline() {
    const Rect box = page();
    painter_.node(box, Role::kText, {}, "dialog", dialog_.title + "，" + dialog_.text);
    const int y = box.y + 150;
    painter_.icon("wifi-off", {width_ / 2 - 40, y, 80, 80}, theme_.text3);
    painter_.text(dialog_.title, {0, y + 96, width_, 0},
                  {.size = 17, .color = theme_.text, .align = Align::kCenter});
    painter_.text(dialog_.text, {0, y + 128, width_, 0},
                  {.size = 14, .color = theme_.text2, .align = Align::kCenter});
    button({width_ / 2 - 76, y + 172, 152, 44}, 0, kBlue, kWhite);
    navigation();
  }

  void navigation() {
    paint_navigation(painter_, state_, theme_.dark ? 0xFFC8CAD0 : 0xFF3A3B40);
  }

  void call() {
    painter_.gradient({0, 0, width_, height_}, 0xFF35507A, 0xFF10141D);
    swallow();
    paint_status_bar(painter_, machine_, state_, kWhite);
    painter_.node({0, 120, width_, 240}, Role::kText, {}, "dialog",
                  dialog_.title + "，" + dialog_.text);
    painter_.avatar(dialog_.title, {width_ / 2 - 52, 130, 104, 104}, 52);
    painter_.text(dialog_.title, {0, 256, width_, 0},
                  {.size = 30, .color = kWhite, .align = Align::kCenter});
    painter_.text(dialog_.text, {0, 306, width_, 0},
                  {.size = 16, .color = 0xFFB9C3D6, .align = Align::kCenter});
    const bool ringing = dialog_.kind == DialogKind::kCall;
    painter_.text(
        ringing ? words_("来电", "Incoming call") : words_("通话中", "On a call"),
        {0, 334, width_, 0},
        {.size = 15, .color = 0xFFB9C3D6, .align = Align::kCenter});
    const int count = int(dialog_.buttons.size());
    for (int i = 0; i < count; ++i) {
      const int middle = count == 1 ? width_ / 2 : width_ / 4 + i * width_ / 2;
      const bool accept = i == 1;
      const Rect round{middle - 36, height_ - 210, 72, 72};
      painter_.rect(round, accept ? 0xFF1FB75A : 0xFFE5433D, 36);
      painter_.icon(accept ? "phone" : "phone-hangup", inset(round, 19, 19), kWhite);
      painter_.text(dialog_.buttons[std::size_t(i)],
                    {middle - 60, height_ - 130, 120, 0},
                    {.size = 14, .color = kWhite, .align = Align::kCenter});
      touch({round.x, round.y, 72, 104}, i);
    }
  }

  void share() {
    dim();
    const int count = int(dialog_.buttons.size()) - 1;
    const int box_height = 60 + 62 + (count > 0 ? 110 : 0) + 66;
    const int below = navigation_height(state_);
    const Rect box{0, height_ - box_height - below, width_, box_height + below};
    painter_.rect({box.x, box.y, box.width, box.height + 24}, theme_.card, 24);
    panel(box);
    painter_.text(
        dialog_.title, {0, box.y + 18, width_, 0},
        {.size = 18, .color = theme_.text, .bold = true, .align = Align::kCenter});
    const Rect preview{20, box.y + 56, width_ - 40, 50};
    painter_.rect(preview, theme_.fill, 12);
    painter_.label(dialog_.text, inset(preview, 14, 0),
                   {.size = 14, .color = theme_.text});
    const int cell = (width_ - 24) / std::max(4, count);
    for (int i = 0; i < count; ++i) {
      const Rect place{12 + i * cell, box.y + 122, cell, 96};
      const int app = apps_.find(dialog_.buttons[std::size_t(i)]);
      if (app >= 0)
        paint_app_icon(painter_, apps_.apps[std::size_t(app)],
                       {place.x + cell / 2 - 26, place.y + 6, 52, 52}, 14);
      painter_.text(dialog_.buttons[std::size_t(i)], {place.x, place.y + 66, cell, 0},
                    {.size = 12, .color = theme_.text, .align = Align::kCenter});
      touch(place, i);
    }
    button({20, height_ - below - 58, width_ - 40, 46}, count, theme_.fill,
           theme_.text);
  }

  Painter& painter_;
  const Machine& machine_;
  const app::AppSet& apps_;
  const PhoneState& state_;
  const sim::SystemDialog& dialog_;
  const Theme& theme_;
  const sim::Words words_;
  const int width_;
  const int height_;
};

}  // namespace

void paint_system_dialog(Painter& painter, const Machine& machine,
                         const PhoneState& state) {
  DialogPainter(painter, machine, state).paint();
}

}  // namespace paperphone::layout
