// Wrong turns that look like a user's: a touch on something that is on the screen, a
// scroll, a step back. They make demonstrations show how one recovers, and lead walks
// to screens that no expert visits.
#pragma once

#include <string>

#include "agent/policy.h"
#include "env/base/rng.h"
#include "env/layout/frame.h"
#include "env/space.h"
#include "env/thought_language.h"

namespace paperphone::rl {

struct WrongTurn {
  Action action;         // pixels of `screen`; ends no episode
  std::string sentence;  // as a history would tell it
};

// Any of the frame's touchable nodes (3 times in 4), a swipe, Back, Home.
WrongTurn wrong_turn(const layout::Frame& frame, const BoxSpace& screen, Rng& rng,
                     ThoughtLanguage language = ThoughtLanguage::kChinese);

// The same as a policy's decision, response included.
agent::PolicyOutput as_decision(const WrongTurn& turn,
                                ThoughtLanguage language = ThoughtLanguage::kChinese);

// An episode's own stream of wrong turns: before each decision it says whether one
// comes instead, with the probability `noise`.
class Exploration {
 public:
  explicit Exploration(std::uint64_t episode_seed = 0);
  bool strikes(double noise) { return noise >= 1 || (noise > 0 && rng_.chance(noise)); }
  WrongTurn turn(const layout::Frame& frame, const BoxSpace& screen,
                 ThoughtLanguage language = ThoughtLanguage::kChinese) {
    return wrong_turn(frame, screen, rng_, language);
  }

 private:
  Rng rng_;
};

}  // namespace paperphone::rl
