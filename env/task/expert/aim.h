// Where a landmark wants to be, and what it touches there.
#pragma once

#include "env/task/expert/lists.h"

namespace paperphone::task {

class Aim {
 public:
  // All outlive it.
  Aim(const sim::Machine& machine, const sim::PhoneState& state,
      const TaskInstance& task, const Lists& lists)
      : machine_(machine), state_(state), task_(task), lists_(lists) {}

  // state: shows the landmark's screen (the start of a calendar may depend on it).
  sim::Target target_of(const app::Landmark& mark, const sim::PhoneState& state) const;
  sim::Target target_of(const app::Landmark& mark) const {
    return target_of(mark, state_);
  }

  // The control centre's switch of what a landmark's tap switches; -1: it has none.
  int control_of(const app::Landmark& mark) const;
  bool at_control(const app::Landmark& mark, const sim::PhoneState& state) const;

  // Can it be done there? is_careless: by a list that may only happen to have the row.
  bool at(const app::Landmark& mark, const sim::PhoneState& state,
          bool is_careless) const;
  // How many pages one expects to scroll there.
  int pages_to(const app::Landmark& mark, const sim::PhoneState& state) const;

 private:
  app::EvalContext context() const {
    return {.world = state_.world, .apps = machine_.apps(), .params = task_.values};
  }

  const sim::Machine& machine_;
  const sim::PhoneState& state_;  // the present one
  const TaskInstance& task_;
  const Lists& lists_;
};

}  // namespace paperphone::task
