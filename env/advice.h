// What an expert says about the present state. Privileged: policies under test
// never see it; trainers, generators and the expert policy do.
#pragma once

#include <string>
#include <vector>

#include "env/types.h"

namespace paperphone {

// One acceptable next action. For clicks, long presses and swipes every point of
// `box` is as good as `action`'s own (a swipe: start in the box and end in the
// same main direction).
struct AcceptableAction {
  Action action;
  Rect box;             // pixels; empty for actions without a point
  std::string address;  // what is touched: "messenger.chats.people.person[2]"
};

struct Advice {
  std::vector<AcceptableAction> actions;  // best first; empty: no way to the goal
  std::string thought;   // Chinese: state, next action, purpose
  std::string sentence;  // Chinese: the action in one clause
  int distance = 0;      // actions still needed, terminate included; -1 unknown
};

// True if `action` is one of the acceptable ones in the sense of
// AcceptableAction. This is R_act of the action-level reward (Mobile-R1, section
// 1.4 stage 2, arXiv:2506.20332).
bool is_acceptable(const Advice& advice, const Action& action);

}  // namespace paperphone
