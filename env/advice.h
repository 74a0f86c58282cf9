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
  std::string thought;   // state, next action, purpose; in PhoneEnvConfig::thoughts
  std::string sentence;  // the action in one clause; in the same language
  // What this and earlier screens told and later steps need, one fact each
  // ("版本号是3.0.12"): at most 40 characters together.
  std::vector<std::string> facts;
  int distance = -1;     // actions that the expert still takes, the last included; -1: unknown
  // What it needs to know and no screen seems to show ("shop.product.price"): it acts as if
  // that were known. Empty: it acts on what was shown.
  std::string unknown;
};

// What one action would be worth, played out on a copy.
struct Verdict {
  // Distance after it + 1 - distance before: 0 on a shortest way, 1 for what neither helps
  // nor harms, 2 for what has to be undone. Meaningless where there is no way.
  int cost = 0;
  bool has_way = false;  // the expert gets from there to a good end: nothing is spoilt
  bool is_new = false;  // it leads to what the episode has not met: another state of the
                        // phone, its time aside, or more to be known of it
  bool is_other_way = false;  // the beginning of a way that is a little longer, no detour
  bool is_chance = false;  // it chooses what the task has nothing to do with, and happens to
                           // have a way on from there
  // What comes nearer is, be it back to where one was: nearer and nearer is no circle.
  bool is_acceptable() const {
    return has_way && !is_chance && (cost <= 0 || (is_new && is_other_way && cost <= kMostCost));
  }
  static constexpr int kMostCost = 1;
};

// True if `action` is one of the acceptable ones in the sense of
// AcceptableAction. This is R_act of the action-level reward (Mobile-R1, section
// 1.4 stage 2, arXiv:2506.20332).
bool is_acceptable(const Advice& advice, const Action& action);

}  // namespace paperphone
