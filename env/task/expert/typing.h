// Texts and numbers, as fingers enter them.
#pragma once

#include "env/task/expert/aim.h"
#include "env/touch/hand.h"

namespace paperphone::task {

// Works on one state; everything given outlives it.
class Typist {
 public:
  Typist(const sim::Machine& machine, const sim::PhoneState& state,
         const TaskInstance& task, const Aim& aim, touch::Hand& hand)
      : machine_(machine), state_(state), task_(task), aim_(aim), hand_(hand) {}

  bool focused(const app::Landmark& mark) const;
  // Adds the next action: the field, what is wrong away, the text, Enter.
  void type(const app::Landmark& mark);

 private:
  // The next key of a keypad: a wrong one is taken back, at the end comes its button.
  void press_keys(const app::Landmark& mark, const app::Widget& keypad,
                  const std::string& wanted);
  app::EvalContext context() const {
    return {.world = state_.world, .apps = machine_.apps(), .params = task_.values};
  }

  const sim::Machine& machine_;
  const sim::PhoneState& state_;
  const TaskInstance& task_;
  const Aim& aim_;
  touch::Hand& hand_;
};

}  // namespace paperphone::task
