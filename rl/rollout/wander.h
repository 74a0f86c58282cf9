// Wrong turns that look like a user's: a touch on something that is on the screen,
// a scroll, a step back.
#pragma once

#include <string>

#include "env/base/rng.h"
#include "env/phone/phone_env.h"

namespace paperphone::rl {

struct Wander {
  Action action;
  std::string sentence;  // Chinese, as a history would tell it
};

// Any of the present screen's touchable nodes (most often), a swipe, Back, Home.
Wander wander(PhoneEnv& phone, Rng& rng);

}  // namespace paperphone::rl
