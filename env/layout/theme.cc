#include "env/layout/theme.h"

namespace paperphone::layout {

Theme make_theme(bool dark) {
  Theme theme;
  if (!dark) return theme;
  theme.dark = true;
  theme.page = 0xFF0F0F11;
  theme.card = 0xFF1E1F22;
  theme.bar = 0xFF161719;
  theme.text = 0xFFEDEEF0;
  theme.text2 = 0xFF8F939C;
  theme.text3 = 0xFF62666F;
  theme.divider = 0xFF2C2D31;
  theme.fill = 0xFF2A2B2F;
  theme.key = 0xFF3A3C42;
  theme.keyboard = 0xFF1B1C1F;
  theme.key_function = 0xFF2B2D32;
  theme.mine = 0xFF3EB575;
  theme.mine_text = 0xFF06150C;
  theme.switch_off = 0xFF45474E;
  theme.price = 0xFFFF6A2B;
  return theme;
}

std::uint32_t mix(std::uint32_t a, std::uint32_t b, int percent) {
  std::uint32_t out = 0xFF000000;
  for (int shift = 0; shift < 24; shift += 8) {
    const int ca = int(a >> shift & 255), cb = int(b >> shift & 255);
    out |= std::uint32_t((ca * percent + cb * (100 - percent)) / 100) << shift;
  }
  return out;
}

}  // namespace paperphone::layout
