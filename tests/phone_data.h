// The bundled apps, loaded once for all tests of a file.
#pragma once

#include "env/phone/phone_env.h"

namespace paperphone::testing {

inline std::shared_ptr<const PhoneShared> with_pixels() {
  static const auto shared = load_phone_shared({}, /*pixels=*/true);
  return shared;
}

inline std::shared_ptr<const PhoneShared> without_pixels() {
  static const auto shared = load_phone_shared({}, /*pixels=*/false);
  return shared;
}

}  // namespace paperphone::testing
