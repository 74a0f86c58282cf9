// How long the long walks are.
#pragma once

#include <cstdlib>

namespace paperphone::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

// As usual; a fifth of it under a sanitizer, where each step takes so much longer.
constexpr int scaled(int steps) { return kSanitized ? steps / 5 : steps; }

// What the environment variable says, else as usual.
inline int asked_steps(const char* variable, int usual) {
  const char* asked = std::getenv(variable);
  return asked == nullptr ? scaled(usual) : std::atoi(asked);
}

}  // namespace paperphone::testing
