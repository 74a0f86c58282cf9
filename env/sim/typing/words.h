// The phone's own words in its owner's language. Apps speak Chinese only.
#pragma once

#include <string_view>

#include "env/sim/state/phone_state.h"

namespace paperphone::sim {

// phone.language is English.
inline bool speaks_english(const PhoneState& state, const app::AppSet& apps) {
  const int var = apps.phone.language;
  return var >= 0 &&
         state.world.apps[0]->vars[var].as_text() ==
             "English";
}

class Words {
 public:
  Words(const PhoneState& state, const app::AppSet& apps)
      : english_(speaks_english(state, apps)) {}
  std::string_view operator()(std::string_view chinese,
                              std::string_view english) const {
    return english_ ? english : chinese;
  }
  bool english() const { return english_; }

 private:
  bool english_;
};

}  // namespace paperphone::sim
