// Procedural pictures: what stands in for photographs. Painted once with Qt from a
// kind and a variant; the same variant at another size is the same motif.
#pragma once

#include <cstdint>
#include <string_view>

#include "env/render/canvas.h"

namespace paperphone::render {

enum class PictureKind : std::uint8_t {
  kGoods,
  kLandscape,
  kPortrait,
  kFood,
  kPoster,
  kMap,
  kPattern,
};

// Seeds are folded to so many variants, so that pictures soon come from the cache.
inline constexpr std::uint64_t kPictureVariants = 120;

// REQUIRES: one of picture_kinds().
PictureKind picture_kind(std::string_view name);

// REQUIRES: width, height >= 1. Needs no application object.
Tile paint_picture(PictureKind kind, std::uint64_t variant, int width, int height);

}  // namespace paperphone::render
