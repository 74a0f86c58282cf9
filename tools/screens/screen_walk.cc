#include "tools/screens/screen_walk.h"

#include <algorithm>
#include <deque>
#include <set>
#include <string_view>
#include <utility>

#include "env/base/hash.h"
#include "tools/screens/screen_moves.h"

namespace paperphone::tools {

using app::ScreenSpec;
using layout::Frame;
using layout::Layout;
using sim::Event;
using sim::Machine;
using sim::PhoneState;
namespace event = sim::event;

namespace {

constexpr int kLeaves = 16;        // a screen is left for others so often
constexpr int kLeavesWhenAll = 6;  // once every screen has been seen
constexpr int kLeavesForNew = 48;  // where a tap would lead to one that has not
constexpr std::int64_t kMostEvents = 60'000;
constexpr std::int64_t kPauseMs = 3000;

// ---- how good a picture is it? -----------------------------------------------------

struct Look {
  int flaws = 1 << 20;
  int filled = 0;  // widgets in sight
  // A little more in sight is no reason to go on looking.
  bool better_than(const Look& other) const {
    if (flaws != other.flaws) return flaws < other.flaws;
    return filled > other.filled + other.filled / 3;
  }
};

// Quotation marks around nothing, an amount of nothing.
bool says_nothing(std::string_view text) {
  if (text.find("“”") != text.npos || text.find("「」") != text.npos) return true;
  const std::size_t digit = text.find_first_of("0123456789");
  if (digit == text.npos || text[digit] != '0') return false;
  const std::size_t end = text.find_first_not_of("0.", digit);
  const std::string_view number =
      text.substr(digit, end == text.npos ? end : end - digit);
  return number.find('.') != number.npos &&
         (end == text.npos || text[end] < '0' || text[end] > '9');
}

Look look_of(const Frame& frame, const PhoneState& state, const ScreenSpec& screen) {
  constexpr int kBackArrow = 100, kNoArgument = 10, kNothing = 2, kInTheWay = 1;
  Look look{.flaws = 0};
  if (!screen.tab.empty() && state.recents.back().stack.size() > 1)
    look.flaws += kBackArrow;
  const sim::ScreenEntry& top = *state.top();
  for (std::size_t i = 0; i < screen.args.size(); ++i) {
    const bool is_text = screen.args[i].type.kind == app::Kind::kText;
    if (top.args[i].is_none() || (is_text && top.args[i].as_text().empty()))
      look.flaws += kNoArgument;
  }
  for (const layout::Node& node : frame.nodes)
    if (says_nothing(node.text) || says_nothing(node.value)) look.flaws += kNothing;
  // A price tag is drawn in three sizes.
  for (std::size_t i = 1; i < frame.draws.size(); ++i)
    if (frame.draws[i].text == "0" && frame.draws[i - 1].text == "¥")
      look.flaws += kNothing;
  const bool has_toast = state.toast.until_ms > state.world.now_ms;
  for (const bool in_the_way :
       {state.focus.there(), has_toast, state.heads_up() != nullptr,
        state.selection.open(), top.opened.there()})
    if (in_the_way) look.flaws += kInTheWay;
  for (const layout::Shown& shown : frame.shown)
    if (shown.visible > 0) ++look.filled;
  return look;
}

// ---- the walk ----------------------------------------------------------------------

class Walker {
 public:
  Walker(const Machine& machine, const Layout& layout, int app)
      : machine_(machine),
        layout_(layout),
        app_(app),
        screens_(machine.apps().apps[std::size_t(app)].screens) {
    walk_.shown.resize(screens_.size());
    looks_.resize(screens_.size());
    new_.resize(screens_.size());
    others_.resize(screens_.size());
    left_.resize(screens_.size(), 0);
  }

  ScreenWalk run(const PhoneState& start) {
    PhoneState state = start;
    machine_.apply(state, event::Open{app_});
    arrive(std::move(state));
    for (int at = next(); at >= 0 && walk_.events < kMostEvents; at = next()) {
      const Place from = take(at);
      for (const Move& move : from.moves) try_move(from.state, move);
    }
    return std::move(walk_);
  }

 private:
  struct Place {
    PhoneState state;
    std::vector<Move> moves;
  };

  Place take(int screen) {
    const auto at = std::size_t(screen);
    ++left_[at];
    std::deque<Place>& from = new_[at].empty() ? others_[at] : new_[at];
    Place place = std::move(from.front());
    from.pop_front();
    return place;
  }

  // The screen to go on from: of those left least often the first; -1: enough.
  int next() const {
    const bool all = std::all_of(walk_.shown.begin(), walk_.shown.end(),
                                 [](const auto& shown) { return shown.has_value(); });
    int best = -1;
    for (int i = 0; i < int(screens_.size()); ++i) {
      const bool waits =
          !new_[std::size_t(i)].empty() || !others_[std::size_t(i)].empty();
      const int most = all ? kLeavesWhenAll : leads_to_new(i) ? kLeavesForNew : kLeaves;
      if (!waits || left_[std::size_t(i)] >= most) continue;
      if (best < 0 || left_[std::size_t(i)] < left_[std::size_t(best)]) best = i;
    }
    return best;
  }

  bool leads_to_new(int screen) const {
    const auto& when = screens_[std::size_t(screen)].when;
    return std::any_of(when.begin(), when.end(), [&](const app::Transition& t) {
      return t.go.app == app_ && t.go.screen >= 0 &&
             !walk_.shown[std::size_t(t.go.screen)];
    });
  }

  void try_move(const PhoneState& from, const Move& move) {
    PhoneState state = from;
    bool moved = false;
    for (const Event& event : move) {
      ++walk_.events;
      moved = machine_.apply(state, event) == ActionOutcome::kApplied || moved;
    }
    if (moved) arrive(std::move(state));
  }

  void arrive(PhoneState state) {
    if (state.front_app() != app_ || state.top() == nullptr) return;
    if (!seen_.insert(sim::hash_situation(state)).second) return;
    const auto at = std::size_t(state.top()->screen);
    if (!state.covered()) keep_if_better(at, state);
    Moves moves = moves_on(machine_, state);
    const bool is_new = offers_.insert({at, moves.offer}).second;
    std::deque<Place>& queue = is_new ? new_[at] : others_[at];
    if (int(queue.size()) < kLeavesForNew)
      queue.push_back({std::move(state), std::move(moves.all)});
  }

  void keep_if_better(std::size_t at, PhoneState state) {
    const int screen = state.top()->screen;
    if (state.toast.until_ms > state.world.now_ms || state.heads_up() != nullptr) {
      PhoneState later = state;
      machine_.apply(later, event::Tick{kPauseMs});
      if (later.front_app() == app_ && later.top()->screen == screen &&
          !later.covered())
        state = std::move(later);
    }
    const Look look = look_of(layout_.run(state), state, screens_[at]);
    if (walk_.shown[at] && !look.better_than(looks_[at])) return;
    looks_[at] = look;
    walk_.shown[at] = std::move(state);
  }

  const Machine& machine_;
  const Layout& layout_;
  int app_;
  const std::vector<ScreenSpec>& screens_;
  ScreenWalk walk_;
  std::vector<Look> looks_;  // of walk_.shown
  // By the screen on top: where something is offered that was not before, which comes
  // first, and the others.
  std::vector<std::deque<Place>> new_, others_;
  std::set<std::pair<std::size_t, Hash128>> offers_;
  std::vector<int> left_;  // so often, by screen
  std::set<Hash128> seen_;
};

}  // namespace

ScreenWalk walk_screens(const Machine& machine, const Layout& layout,
                        const PhoneState& start, int app) {
  return Walker(machine, layout, app).run(start);
}

}  // namespace paperphone::tools
