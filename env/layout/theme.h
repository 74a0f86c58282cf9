// Colours and sizes, light and dark. All sizes in dp, all colours 0xAARRGGBB.
#pragma once

#include <cstdint>

namespace paperphone::layout {

struct Theme {
  bool dark = false;
  std::uint32_t page = 0xFFF5F5F7;
  std::uint32_t card = 0xFFFFFFFF;
  std::uint32_t bar = 0xFFFFFFFF;
  std::uint32_t text = 0xFF1A1A1A;
  std::uint32_t text2 = 0xFF8A8F99;  // captions
  std::uint32_t text3 = 0xFFB8BCC4;  // hints, disabled
  std::uint32_t divider = 0xFFECEDF0;
  std::uint32_t fill = 0xFFF0F1F4;  // search pills, chips, keys at rest
  std::uint32_t key = 0xFFFFFFFF;
  std::uint32_t keyboard = 0xFFDFE2E8;
  std::uint32_t key_function = 0xFFC4C9D3;
  std::uint32_t danger = 0xFFE5433D;
  std::uint32_t badge = 0xFFFA3E3E;
  std::uint32_t mine = 0xFF95EC69;
  std::uint32_t mine_text = 0xFF12240A;
  std::uint32_t switch_off = 0xFFDADCE2;
  std::uint32_t price = 0xFFFF5000;
};

Theme make_theme(bool dark);

// a over b by `percent` of a; alpha is kept opaque.
std::uint32_t mix(std::uint32_t a, std::uint32_t b, int percent);

namespace size {
inline constexpr int kStatusBar = 32;
inline constexpr int kGesture = 20;  // the pill at the bottom
inline constexpr int kNavBar = 44;   // or three buttons
inline constexpr int kAppBar = 48;
inline constexpr int kTabBar = 54;
inline constexpr int kKeyboard = 268;  // candidate row included
inline constexpr int kMargin = 12;     // page edge to card
inline constexpr int kPadding = 16;    // card edge to text
inline constexpr int kRadius = 14;
}  // namespace size

}  // namespace paperphone::layout
