// Widgets -> shapes and nodes. Every drawing function gets a place and a width and
// returns the height it used; in a dry run it only measures.
#pragma once

#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

// What lies under a widget: rows bring their own white strip on a page, none in a card.
enum class Surface : std::uint8_t { kPage, kCard };

class WidgetPainter {
 public:
  // state's top screen is the one painted. Without `touchable` no nodes are made
  // (pages below a sheet).
  WidgetPainter(const sim::Machine& machine, const sim::PhoneState& state, Painter& painter,
                bool touchable);

  const app::AppSpec& app() const { return app_; }
  const app::ScreenSpec& screen() const { return screen_; }
  std::uint32_t accent() const { return accent_; }

  bool is_shown(const app::Widget& widget, app::Ref row) const;
  int paint_all(const std::vector<app::Widget>& widgets, app::Ref row, int x, int y, int width,
                Surface surface);
  // Measured once per row and width; what is off the screen is not evaluated again.
  int paint(const app::Widget& widget, app::Ref row, int x, int y, int width, Surface surface);

  // App bar and tab bar, made by the loader.
  void paint_app_bar(Rect rect, bool has_back);
  void paint_tab_bar(Rect rect);

  // The letters at the right edge of a list with `rail`: a tap scrolls to the heading.
  // Headings are noted while the body is painted, from its top.
  void note_headings(int top) {
    headings_.clear();
    noting_ = top;
  }
  void stop_noting() { noting_ = kNotNoting; }
  void paint_rail(Rect view, int scroll_max);

  // Where the focused field was painted last; empty if it was not.
  Rect focused_field() const { return focused_; }

 private:
  struct Place4 {  // a widget's place while it is painted
    app::Ref row;
    int x = 0, y = 0, width = 0;
    Surface surface = Surface::kPage;
  };
  using W = const app::Widget&;
  using P = const Place4&;

  // Values of properties under the present row.
  std::string text(W w, app::Prop prop, app::Ref row) const;
  std::string item_text(const app::Template& t, app::Ref row) const;
  bool flag(W w, app::Prop prop, app::Ref row, bool fallback) const;
  std::int64_t number(W w, app::Prop prop, app::Ref row, std::int64_t fallback) const;
  std::uint64_t seed(W w, app::Ref row) const;
  app::Value bound(W w, app::Prop prop, app::Ref row) const;
  // What may be different for each row.
  std::string picture_kind(W w, app::Ref row, std::string_view fallback) const;
  std::string icon(W w, app::Ref row, std::string_view fallback = "") const;
  std::uint32_t color(W w, app::Prop prop, app::Ref row, std::uint32_t fallback) const;  // argb
  std::string item_icon(const app::Item& item, app::Ref row) const;
  std::uint32_t item_color(const app::Item& item, app::Ref row, std::uint32_t fallback) const;
  void avatar(W w, const std::string& name, Rect rect, int radius);
  std::vector<std::pair<int, const app::Item*>> shown_items(W w, app::Prop prop, app::Ref row) const;

  // A node for the widget or one of its parts.
  Node* touch(W w, app::Ref row, Rect rect, Role role, std::string label, int part = -1);
  std::string address(W w, app::Ref row, int part) const;
  // The strip behind a row on a page.
  void strip(P p, int height);
  // The line between a list's rows, from x to the row's right end; none below the last.
  void row_divider(W w, P p, int x, int height);
  int paint_kind(W w, P p);
  // A row with `actions`: itself and, if a swipe has moved it aside, its buttons.
  int paint_row(W w, P p);
  const std::vector<app::Ref>& rows_of(W list);

  // widgets_containers.cc
  int card(W w, P p);
  int columns(W w, P p);
  int list(W w, P p);
  int grid(W w, P p);
  int section(W w, P p);
  int plain_text(W w, P p);
  int info(W w, P p);
  int picture(W w, P p);
  int banner(W w, P p);
  int empty(W w, P p);
  int profile(W w, P p);
  int progress(W w, P p);
  int steps(W w, P p);
  int tags(W w, P p);
  int group_heading(const std::string& heading, int x, int y, int width,
                    Surface surface);
  void note_heading(W list, const std::string& heading, int y);
  // What stands in place of rows while there are none to show; 0: there are.
  int instead_of_rows(W w, P p);
  // widgets_rows.cc
  int cell(W w, P p);
  int message_row(W w, P p);
  int product_card(W w, P p);
  int product_row(W w, P p);
  int bubble(W w, P p);
  int ticket(W w, P p);
  void stepper_control(W w, app::Ref row, Rect area, std::int64_t value);
  // Returns the width used.
  int price_tag(std::string_view price, int x, int y, int size, std::uint32_t color);
  // widgets_media.cc
  int carousel(W w, P p);
  int avatars(W w, P p);
  int feed_card(W w, P p);
  int video_card(W w, P p);
  int post(W w, P p);
  int post_pictures(W w, P p, int x, int y, int width);
  int comment(W w, P p);
  int face(W w, P p);
  int lyric(W w, P p);
  int player(W w, P p);
  int player_bar(W w, P p);
  // A heart or thumb with a number; returns the width used, to the left of `right`.
  int like(W w, app::Ref row, int right, int middle, std::string_view on,
           std::string_view off);
  // widgets_charts.cc
  struct Datum {  // what a point of a chart says
    app::Ref row;
    std::string label;
    std::string amount;  // for people
    std::int64_t value = 0;
    std::uint32_t color = 0;  // 0: the chart's own
    bool selected = false;
  };
  // Values below `least` count as that.
  std::vector<Datum> data_of(
      W w, std::int64_t least = std::numeric_limits<std::int64_t>::min());
  int chart(W w, P p);
  void bars(W w, P p, Rect plot);
  void line_chart(W w, P p, Rect plot);
  void pie(W w, P p, Rect area);
  int pie_height(W w);
  // widgets_data.cc
  int map(W w, P p);
  int progress_ring(W w, P p);
  int price(W w, P p);
  int rating(W w, P p);
  int countdown(W w, P p);
  int notice(W w, P p);
  int skeleton(W w, P p);
  int skeleton_lines(P p, std::string_view style, int lines);
  int coupon(W w, P p);
  int qr_code(W w, P p);
  // widgets_choices.cc
  int expander(W w, P p);
  int filters(W w, P p);
  int segments(W w, P p);
  int date_picker(W w, P p);
  int time_picker(W w, P p);
  void wheel(W w, P p, int number, Rect column, const std::string (&entries)[5]);
  int amount_pad(W w, P p);
  // widgets_inputs.cc
  int search(W w, P p);
  int field(W w, P p);
  int toggle(W w, P p);
  int check(W w, P p);
  int radio(W w, P p);
  int chips(W w, P p);
  int top_tabs(W w, P p);
  int stepper(W w, P p);
  int slider(W w, P p);
  int dates(W w, P p);
  int calendar(W w, P p);
  int keypad(W w, P p);
  bool is_focused(W w, app::Ref row) const;
  // Text (with half-typed pinyin and caret) or the hint.
  void editable(W w, app::Ref row, Rect area, int size, bool secure);
  void switch_control(Rect area, bool on, bool enabled);
  void check_circle(Point center, bool on);
  // widgets_actions.cc
  int button(W w, P p);
  int icons(W w, P p);
  int route(W w, P p);
  int action_bar(W w, P p);
  int input_bar(W w, P p);
  int float_button(W w, P p);
  void paint_button(W w, app::Ref row, Rect rect, const std::string& label,
                    std::string_view style, bool enabled, int part);

  const sim::Machine& machine_;
  const sim::PhoneState& state_;
  Painter& painter_;
  const bool touchable_;
  const app::AppSpec& app_;
  const app::ScreenSpec& screen_;
  const std::uint32_t accent_;
  Rect focused_;
  const app::Widget* divided_ =
      nullptr;  // the list item being painted, unless it is the last

  struct HeightKey {
    const app::Widget* widget;
    app::Ref row;
    int width;
    Surface surface;
    bool operator==(const HeightKey&) const = default;
  };
  struct HeightHash {
    std::size_t operator()(const HeightKey& key) const;
  };
  std::unordered_map<HeightKey, int, HeightHash> heights_;
  std::map<int, std::vector<app::Ref>> rows_;  // of lists and grids, by widget index

  struct Heading {
    const app::Widget* list;
    std::string text;
    int y;  // dp below the top of the body
  };
  static constexpr int kNotNoting = -1 << 24;
  std::vector<Heading> headings_;
  int noting_ = kNotNoting;  // the body's top while headings are noted
};

}  // namespace paperphone::layout
