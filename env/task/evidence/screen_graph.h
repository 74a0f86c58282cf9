// How many transitions lie between screens, at least: what a search for a way may hope
// for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "env/sim/state/phone_state.h"

namespace paperphone::task {

class ScreenGraph {
 public:
  explicit ScreenGraph(const app::AppSet& apps);

  struct Screen {
    int app, screen;
  };
  static constexpr int kFar = 6;  // what no known way leads to
  // From every screen to the nearest of these.
  class Distances {
   public:
    // Of the screens that the phone has open, by Back, by opening `app` or by a notification;
    // at most kFar.
    int from(const sim::PhoneState& state, int app) const;

   private:
    friend class ScreenGraph;
    int of_stack(std::span<const sim::ScreenEntry> stack, int app) const;
    const ScreenGraph* graph_ = nullptr;
    std::vector<std::uint8_t> events_;  // by number
  };
  Distances to(std::span<const Screen> targets) const;

 private:
  int number(int app, int screen) const { return first_[app] + screen; }

  std::vector<int> first_;                // number of an app's first screen
  std::vector<int> starts_;               // number of the screen that an app starts with
  std::vector<std::vector<int>> before_;  // by number: screens that lead there
};

}  // namespace paperphone::task
