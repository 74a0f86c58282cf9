#include "env/layout/layout.h"

#include <algorithm>

#include "env/layout/chrome/keyboard.h"
#include "env/layout/chrome/launcher.h"
#include "env/layout/chrome/navigation.h"
#include "env/layout/chrome/recents.h"
#include "env/layout/chrome/status_bar.h"
#include "env/layout/chrome/toast.h"
#include "env/layout/kit/widget_painter.h"
#include "env/layout/overlays/dialogs.h"
#include "env/layout/overlays/lock_screen.h"
#include "env/layout/overlays/selection_menu.h"
#include "env/layout/overlays/shade.h"

namespace paperphone::layout {

using app::ScreenKind;
using app::ScreenSpec;
using app::Widget;
using sim::Machine;
using sim::PhoneState;
using sim::Shell;
using sim::Target;

namespace {

// Room for most screens.
constexpr std::size_t kUsualDraws = 96, kUsualNodes = 40;

constexpr std::uint32_t kBlack = 0xFF101010;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;

// One app: its pages, sheets and dialogs, from the topmost page upwards.
class AppScreen {
 public:
  AppScreen(const Machine& machine, Painter& painter, Frame& frame)
      : machine_(machine), painter_(painter), frame_(frame), fonts_(painter.fonts()) {}

  void paint(const PhoneState& state) {
    const auto& stack = state.recents.back().stack;
    const app::AppSpec& app = machine_.apps().apps[std::size_t(state.front_app())];
    std::size_t page = stack.size() - 1;
    while (page > 0 &&
           app.screens[std::size_t(stack[page].screen)].kind != ScreenKind::kPage) {
      --page;
    }
    for (std::size_t i = page; i < stack.size(); ++i) {
      const bool top = i + 1 == stack.size();
      // Expressions read the top screen's arguments, so lower ones get a copy of the
      // phone in which they are on top.
      PhoneState lower;
      if (!top) {
        lower = state;
        lower.recents.back().stack.resize(i + 1);
        lower.focus = {};
      }
      const PhoneState& here = top ? state : lower;
      const ScreenSpec& screen = app.screens[std::size_t(stack[i].screen)];
      if (i > page) {
        if (screen.kind == ScreenKind::kDropdown) {
          painter_.scrim({0, below_tabs_, frame_.width, frame_.height - below_tabs_},
                         0x73000000);
        } else if (screen.kind != ScreenKind::kMenu) {
          painter_.scrim({0, 0, frame_.width, frame_.height}, 0x73000000);
        }
        if (top) {
          painter_.node({0, 0, frame_.width, frame_.height}, Role::kScrim,
                        {Target::Where::kScrim, -1, -1, {}}, "scrim", "");
        }
      }
      switch (screen.kind) {
        case ScreenKind::kPage:
          paint_page(here, screen, top);
          break;
        case ScreenKind::kSheet:
        case ScreenKind::kDialog:
          paint_panel(here, screen, top);
          break;
        case ScreenKind::kMenu:
          paint_menu(here, screen, top);
          break;
        case ScreenKind::kDropdown:
          paint_dropdown(here, screen, top);
          break;
      }
    }
  }

 private:
  int keyboard_top(const PhoneState& state) const {
    return state.focus.widget >= 0 ? frame_.height - size::kKeyboard : frame_.height;
  }

  // The scrolling part: measures, clamps the offset, paints within `view`.
  // Shapes go on for `below` dp under the view, where nothing can be touched.
  void paint_body(WidgetPainter& widgets, const PhoneState& state,
                  const ScreenSpec& screen, Rect view, bool top, int padding,
                  int below) {
    Rect drawn = view;
    drawn.height += below;
    const Rect former = painter_.set_clip(intersect(painter_.clip(), drawn));
    painter_.set_touch_bottom(view.y + view.height);
    const Painter::Mark begun = painter_.mark();
    int most = 0;
    const auto paint_at = [&](int scroll) {
      painter_.take_back(begun);
      widgets.rail().begin(view.y - scroll);
      const int content = widgets.paint_all(screen.body, {}, view.x,
                                            view.y + padding - scroll, view.width,
                                            Surface::kPage);
      widgets.rail().end();
      most = std::max(0, content + 2 * padding - view.height);
    };
    // How tall the body is shows when it is painted: where it has been scrolled is
    // mostly where it can be.
    int offset = std::max<int>(state.top()->scroll, 0);
    paint_at(offset);
    if (offset > most) paint_at(offset = most);
    // The focused field must stay in view above the keyboard.
    const Rect field = widgets.focused_field();
    if (top && state.focus.widget >= 0 && !field.empty() &&
        (field.y < view.y || field.y + field.height > view.y + view.height)) {
      const int shift = field.y < view.y
                            ? field.y - view.y - 8
                            : field.y + field.height - view.y - view.height + 8;
      paint_at(offset = std::clamp(offset + shift, 0, most));
    }
    widgets.rail().paint(widgets, view, most);
    painter_.set_touch_bottom(frame_.height);
    painter_.set_clip(former);
    if (top) {
      frame_.scroll_area = view;
      frame_.scroll = offset;
      frame_.scroll_max = most;
    }
  }

  int measure(WidgetPainter& widgets, const std::vector<Widget>& list, int width) {
    const bool was_dry = painter_.set_dry(true);
    const int height = widgets.paint_all(list, {}, 0, 0, width, Surface::kCard);
    painter_.set_dry(was_dry);
    return height;
  }

  int measure(WidgetPainter& widgets, const Widget& widget, int width) {
    const bool was_dry = painter_.set_dry(true);
    const int height = widgets.paint(widget, {}, 0, 0, width, Surface::kPage);
    painter_.set_dry(was_dry);
    return height;
  }

  void paint_page(const PhoneState& state, const ScreenSpec& screen, bool top) {
    const Theme& theme = painter_.theme();
    WidgetPainter widgets(machine_, state, painter_, top);
    const int width = frame_.width;
    std::uint32_t background = theme.page;
    if (screen.background == "card") background = theme.card;
    const bool accent_bar = screen.has_bar && screen.bar_style == "accent";
    painter_.rect({0, 0, width, frame_.height}, background);
    if (screen.background == "accent") {
      painter_.gradient({0, 0, width, 260}, widgets.accent(), background);
    }
    int y = size::kStatusBar;
    below_tabs_ = y + (screen.has_bar ? size::kAppBar : 0);
    // A page that begins with a coloured header and no bar wears it up to the top.
    const Widget* first = nullptr;
    for (const Widget& widget : screen.body) {
      if (!first && widgets.is_shown(widget, {})) first = &widget;
    }
    if (first && component(first->kind).is_strip_of_choices) {
      below_tabs_ += 6 + measure(widgets, *first, width);
    }
    const bool accent_header = !screen.has_bar && first &&
                               component(first->kind).can_be_header &&
                               first->name(app::Prop::kStyle) == "accent";
    if (accent_header) painter_.rect({0, 0, width, y}, widgets.accent());
    if (screen.has_bar) {
      const bool clear =
          screen.bar_style == "transparent" || screen.background == "accent";
      if (!clear) {
        painter_.rect({0, 0, width, y + size::kAppBar},
                      accent_bar ? widgets.accent() : background);
      }
      widgets.paint(screen.bar_widget, {}, 0, y, width, Surface::kPage);
      y += size::kAppBar;
    }
    const int keys = keyboard_top(state);
    int bottom = std::min(keys, frame_.height - navigation_height(state));
    if (!screen.tab.empty() && keys == frame_.height) {
      bottom -= size::kTabBar;
      painter_.rect({0, bottom, width, frame_.height - bottom}, theme.bar);
      widgets.paint(screen.tab_widget, {}, 0, bottom, width, Surface::kPage);
    }
    const int footer = measure(widgets, screen.footer, width);
    if (footer > 0) {
      const bool above_tabs = !screen.tab.empty() && keys == frame_.height;
      bottom -= footer;
      painter_.rect({0, bottom, width, above_tabs ? footer : keys - bottom}, theme.bar);
    }
    const bool gestures = state.navigation == sim::Navigation::kGestures;
    const bool open_end = footer == 0 && screen.tab.empty() && keys == frame_.height;
    paint_body(widgets, state, screen, {0, y, width, std::max(0, bottom - y)}, top,
               accent_header ? 0 : 6, open_end && gestures ? size::kGesture : 0);
    if (footer > 0) {
      widgets.paint_all(screen.footer, {}, 0, bottom, width, Surface::kCard);
    }
    if (!screen.float_button.empty()) {
      widgets.paint_all(screen.float_button, {}, 0, bottom - 76, width, Surface::kCard);
    }
    const bool light_ink =
        theme.dark || accent_bar || accent_header || screen.background == "accent";
    paint_status_bar(painter_, machine_, state, light_ink ? kWhite : kBlack);
    if (keys == frame_.height)
      paint_navigation(painter_, state, theme.dark ? 0xFFC8CAD0 : 0xFF3A3B40);
  }

  // A sheet at the bottom or a dialog in the middle.
  void paint_panel(const PhoneState& state, const ScreenSpec& screen, bool top) {
    const Theme& theme = painter_.theme();
    WidgetPainter widgets(machine_, state, painter_, top);
    const bool dialog = screen.kind == ScreenKind::kDialog;
    const int keys = keyboard_top(state);
    const int x = dialog ? 32 : 0, width = frame_.width - 2 * x;
    const std::string title = app::render(screen.title, machine_.context(state));
    const int head = title.empty() ? 18 : painter_.line_height(18) + 30;
    const bool was_dry = painter_.set_dry(true);
    const int body = widgets.paint_all(screen.body, {}, x, 0, width, Surface::kCard);
    painter_.set_dry(was_dry);
    const int footer = measure(widgets, screen.footer, width);
    const int below = keys == frame_.height && !dialog ? navigation_height(state)
                      : dialog                         ? 12
                                                       : 0;
    const int most = keys - size::kStatusBar - 40;
    const int height = std::min(most, head + body + footer + below);
    const int y =
        dialog ? std::max(size::kStatusBar + 8, (keys - height) / 2) : keys - height;
    const Rect panel{x, y, width, height};
    // Square at the screen's bottom edge, round on top.
    painter_.rect({panel.x, panel.y, panel.width, panel.height + (dialog ? 0 : 24)},
                  theme.card, 20);
    if (top) {
      painter_.node(panel, Role::kText, {Target::Where::kIme, -1, -1, {}}, "panel",
                    title);
    }
    painter_.text(title, {x + 20, y + 18, width - 40, 0},
                  {.size = 18,
                   .color = theme.text,
                   .bold = true,
                   .align = TextStyle::Align::kCenter});
    const Rect view{x, y + head, width, height - head - footer - below};
    const Rect former = painter_.set_clip(intersect(painter_.clip(), view));
    const int scroll_max = std::max(0, body - view.height);
    const int offset = std::clamp<int>(state.top()->scroll, 0, scroll_max);
    widgets.paint_all(screen.body, {}, x, view.y - offset, width, Surface::kCard);
    painter_.set_clip(former);
    if (footer > 0) {
      widgets.paint_all(screen.footer, {}, x, y + height - footer - below, width,
                        Surface::kCard);
    }
    if (top) {
      frame_.scroll_area = view;
      frame_.scroll = offset;
      frame_.scroll_max = scroll_max;
    }
    if (!dialog && keys == frame_.height) {
      paint_navigation(painter_, state, theme.dark ? 0xFFC8CAD0 : 0xFF3A3B40);
    }
  }

  // Dark, below the app bar's right end, with a tip that points at it.
  void paint_menu(const PhoneState& state, const ScreenSpec& screen, bool top) {
    Theme theme = make_theme(true);
    theme.card = 0xFF3F4147;
    theme.divider = 0xFF54565D;
    theme.text = 0xFFFFFFFF;
    Painter painter(frame_, fonts_, theme, painter_.font_percent());
    WidgetPainter widgets(machine_, state, painter, top);
    constexpr int kMargin = 8, kTip = 9;
    painter.set_dry(true);
    const int content = widgets.paint_all(screen.body, {}, 0, 0, kMenuWidth,
                                          Surface::kCard);
    painter.set_dry(false);
    const int y = size::kStatusBar + size::kAppBar + kTip - 4;
    const int height = std::min(content + 8, frame_.height - y - 80);
    const Rect panel{frame_.width - kMenuWidth - kMargin, y, kMenuWidth, height};
    painter.shadow(panel, 10, 14, 0x40000000);
    const int tip = frame_.width - 30;
    painter.polygon({tip - kTip, y - kTip + 1, 2 * kTip, kTip},
                    {{{0, kTip * kPolygonUnit},
                      {kTip * kPolygonUnit, 0},
                      {2 * kTip * kPolygonUnit, kTip * kPolygonUnit}}},
                    theme.card);
    painter.rect(panel, theme.card, 10);
    if (top) {
      painter.node(panel, Role::kText, {Target::Where::kIme, -1, -1, {}}, "panel", "");
    }
    paint_scrolling(painter, widgets, state, screen,
                    {panel.x, y + 4, panel.width, height - 8}, content, top);
  }

  // A list of choices that hangs from the page's tabs.
  void paint_dropdown(const PhoneState& state, const ScreenSpec& screen, bool top) {
    const Theme& theme = painter_.theme();
    WidgetPainter widgets(machine_, state, painter_, top);
    const int width = frame_.width;
    const int content = measure(widgets, screen.body, width);
    const int footer = measure(widgets, screen.footer, width);
    const int most = (frame_.height - below_tabs_) * 3 / 4;
    const int height = std::min(content + 8, most - footer);
    const Rect panel{0, below_tabs_, width, height + footer + 8};
    // Round below, square where it hangs.
    const Rect former = painter_.set_clip(intersect(painter_.clip(), panel));
    painter_.rect({0, panel.y - 24, width, panel.height + 24}, theme.card, 16);
    painter_.set_clip(former);
    if (top) {
      painter_.node(panel, Role::kText, {Target::Where::kIme, -1, -1, {}}, "panel", "");
    }
    paint_scrolling(painter_, widgets, state, screen, {0, panel.y + 4, width, height - 4},
                    content, top);
    if (footer > 0) {
      widgets.paint_all(screen.footer, {}, 0, panel.y + height, width, Surface::kCard);
    }
  }

  // A panel's body, as far as it is scrolled.
  void paint_scrolling(Painter& painter, WidgetPainter& widgets, const PhoneState& state,
                       const ScreenSpec& screen, Rect view, int content, bool top) {
    const int scroll_max = std::max(0, content - view.height);
    const int offset = std::clamp<int>(state.top()->scroll, 0, scroll_max);
    const Rect former = painter.set_clip(intersect(painter.clip(), view));
    widgets.paint_all(screen.body, {}, view.x, view.y - offset, view.width,
                      Surface::kCard);
    painter.set_clip(former);
    if (!top) return;
    frame_.scroll_area = view;
    frame_.scroll = offset;
    frame_.scroll_max = scroll_max;
  }

  static constexpr int kMenuWidth = 168;

  const Machine& machine_;
  Painter& painter_;
  Frame& frame_;
  const Fonts& fonts_;
  int below_tabs_ = 0;  // dp: where a dropdown hangs on the page just painted
};

// What each of the latest apps shows, for the cards of recents.
std::vector<Frame> recent_screens(const Machine& machine, const Fonts& fonts,
                                  const Theme& theme, int font_percent,
                                  const PhoneState& state, int height) {
  std::vector<Frame> screens;
  for (std::size_t i = state.recents.size(); i-- > 0 && screens.size() < kRecentsCards;) {
    PhoneState alone = state;
    alone.shell = Shell::kApp;
    alone.recents = {state.recents[i]};
    alone.focus = {};
    Frame& screen = screens.emplace_back();
    screen.height = height;
    Painter painter(screen, fonts, theme, font_percent);
    AppScreen(machine, painter, screen).paint(alone);
  }
  return screens;
}

}  // namespace

Layout::Layout(const Machine& machine, const Fonts& fonts, int height_dp)
    : machine_(&machine), fonts_(&fonts), height_dp_(height_dp) {}

Frame Layout::run(const PhoneState& state) const {
  Frame frame;
  frame.height = height_dp_;
  frame.draws.reserve(kUsualDraws);
  frame.nodes.reserve(kUsualNodes);
  const app::PhoneVars& vars = machine_->apps().phone;
  const auto& phone = state.world.apps[0]->vars;
  const Theme theme = make_theme(phone[std::size_t(vars.dark_mode)].as_bool());
  const int percent =
      std::clamp(int(phone[std::size_t(vars.font_percent)].as_int()), 85, 130);
  Painter painter(frame, *fonts_, theme, percent);
  switch (state.shell) {
    case Shell::kLauncher:
      paint_launcher(painter, *machine_, state);
      break;
    case Shell::kRecents:
      paint_recents(
          painter, *machine_, state,
          recent_screens(*machine_, *fonts_, theme, percent, state, height_dp_));
      break;
    case Shell::kApp: {
      AppScreen(*machine_, painter, frame).paint(state);
      if (state.focus.widget >= 0) {
        paint_keyboard(
            painter, *machine_, state,
            {0, frame.height - size::kKeyboard, frame.width, size::kKeyboard});
      }
      break;
    }
  }
  if (state.selection.open()) paint_selection(painter, *machine_, state);
  paint_toast(painter, state);
  if (state.heads_up() != nullptr) paint_heads_up(painter, *machine_, state);
  if (state.shade != sim::Shade::kClosed) paint_shade(painter, *machine_, state);
  if (!state.dialogs.empty()) paint_system_dialog(painter, *machine_, state);
  if (state.lock != sim::Lock::kOpen) paint_lock_screen(painter, *machine_, state);
  return frame;
}

}  // namespace paperphone::layout
