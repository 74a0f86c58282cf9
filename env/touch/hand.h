// The expert's hand: actions on the present screen that bring an event about. The way
// back, from fingers to events, is gestures.h.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "env/advice.h"
#include "env/layout/layout.h"
#include "env/touch/scale.h"

namespace paperphone::touch {

// Words of a screen, for a sentence about them: up to the first comma or line end, at
// most 12 code points.
std::string shorten(std::string_view text);

// Works on one state; everything given outlives it.
class Hand {
 public:
  Hand(const sim::Machine& machine, const layout::Layout& layout, Scale scale,
       const sim::PhoneState& state, const layout::Frame* frame = nullptr)
      : machine_(machine), layout_(layout), scale_(scale), state_(state), given_(frame) {}

  // What can be done, in the order in which it was added, best first.
  std::vector<AcceptableAction>& actions() { return actions_; }
  // The words on what is touched first, shortened; empty: none.
  const std::string& label() const { return label_; }
  const layout::Frame& frame();  // of the state, laid out once

  void add(Action action, Rect box = {}, std::string address = "");
  // Whatever touches the target, or brings it where it can be touched: scrolls, puts
  // away the keyboard or a notification, lays the buttons behind a row bare.
  void add_event(const sim::Event& event);
  void add_swipe(Point from, Point to, Rect box);  // all in dp
  // Scrolls by less than what is in sight, so that nothing is missed.
  void add_search(bool down_the_page);
  // Where a target stands that is not in sight, in the page's order: 0 is known, so that
  // it is scrolled to at once; 1 it has to be looked for further down, -1 further up.
  void set_lookout(std::function<int(const sim::Target&)> lookout) {
    lookout_ = std::move(lookout);
  }

  enum class Touch : std::uint8_t { kTap, kSideways };  // what a node has to answer to

 private:
  std::string words_on(const sim::Target& target, const layout::Node& node) const;
  Point scaled_center(Rect dp) const;
  void add_open(int app);
  void add_touch(sim::Target target, bool hold);
  // Across a carousel: steps > 0 to the left.
  void add_turn(const sim::Target& target, int steps);
  // To the left.
  void add_opening_swipe(const layout::Node& row);
  // To a pin that its map does not show: draws the map aside, or comes nearer where
  // others lie on it. False: it is no such pin.
  bool add_way_to_pin(const sim::Target& target);
  void add_push_heads_up();
  void add_pull_shade(sim::Shade to);
  // Towards the offset, and not past the target.
  void add_scroll(int offset, const sim::Target& target, Touch touch = Touch::kTap);
  void add_drag(int way, bool down_the_page);
  bool is_behind_a_closed_row(const sim::Target& target) const;
  // The scroll offset nearest to the present one at which the target can be touched;
  // -1: there is none, or it is this one.
  int offset_that_shows(const sim::Target& target, Touch touch = Touch::kTap);
  bool shows(const sim::Target& target, int offset, Touch touch) const;

  const sim::Machine& machine_;
  const layout::Layout& layout_;
  const Scale scale_;
  const sim::PhoneState& state_;
  std::function<int(const sim::Target&)> lookout_;
  const layout::Frame* given_;  // the state's, if somebody has it
  std::optional<layout::Frame> frame_;
  std::string label_;
  std::vector<AcceptableAction> actions_;
};

}  // namespace paperphone::touch
