// What the expert thinks and speaks in. Names on the screen stay as the screen writes them.
#pragma once

#include <cstdint>

#include "env/base/named.h"

namespace paperphone {

enum class ThoughtLanguage : std::uint8_t {
  kChinese,
  kEnglish,  // what stands on the screen in “quotes”
};
inline constexpr Named<ThoughtLanguage> kThoughtLanguages[] = {
    {"chinese", ThoughtLanguage::kChinese},
    {"english", ThoughtLanguage::kEnglish},
};

}  // namespace paperphone
