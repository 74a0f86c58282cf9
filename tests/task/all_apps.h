// What tests over every template of every app have in common: the bundled apps, loaded
// once, and names for cases.
#pragma once

#include <cctype>
#include <cstdlib>
#include <memory>
#include <string>

#include "env/phone/phone_env.h"

namespace paperphone::task {

inline const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, false);
  return loaded;
}

inline const app::AppSet& apps() { return shared_apps(*shared()); }

// How many worlds: as the environment's variable says, else the usual number.
inline int seeds_of(const char* variable, int usual) {
  const char* text = std::getenv(variable);
  return text ? std::atoi(text) : usual;
}

// "settings/dark_mode" as a case may be called.
inline std::string case_name(std::string id) {
  for (char& c : id) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return id;
}

}  // namespace paperphone::task
