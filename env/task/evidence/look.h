// Reads evidence off a screen.
#pragma once

#include <set>
#include <span>
#include <vector>

#include "env/layout/frame.h"
#include "env/task/evidence/evidence.h"
#include "env/task/evidence/screen_index.h"
#include "env/task/task.h"

namespace paperphone::task {

// A list of the top screen with all its rows, none of them seen. REQUIRES: `list` has rows.
Listing listing_of(const sim::Machine& machine, const sim::PhoneState& state,
                   const app::Widget& list);

// What this frame of the state shows. Half of a widget is enough, or some lines of a tall
// one. task: whose notification may be in sight.
void look(const sim::Machine& machine, const sim::PhoneState& state,
          const TaskInstance& task, const layout::Frame& frame, Evidence& evidence);

// The cells that the frame depends on: what it shows, and what decides which rows its
// lists have and in which order.
std::vector<app::Cell> depends_on(const sim::Machine& machine,
                                  const sim::PhoneState& state, const TaskInstance& task,
                                  const layout::Frame& frame);

// What is looked for.
struct About {
  explicit About(std::span<const app::Cell> cells);

  std::vector<app::Cell> cells;
  std::vector<app::Cell> columns;  // theirs, each once, without a row
  std::set<app::Ref> rows;         // theirs
};

// What whoever scrolls through the top screen will see of it, of each list so many `rows`
// that were not in sight yet at the most.
void look_through(const sim::Machine& machine, const ScreenIndex& index,
                  const sim::PhoneState& state, int rows, const About& about,
                  Evidence& evidence);

}  // namespace paperphone::task
