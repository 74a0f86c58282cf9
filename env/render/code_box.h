// What stands for a character that the fonts lack: a box with its code point in hex,
// two rows of two or three digits. Different characters never look alike, and what is
// kept of them is sixteen digits a size, whatever a text holds.
#pragma once

#include <cstdint>
#include <vector>

#include "env/render/canvas.h"

namespace paperphone::render {

// 0 to 15: that digit.
using CodePiece = std::uint8_t;
inline constexpr CodePiece kCodeFrame = 16;

// Its corner is the pen.
Mask code_piece_mask(CodePiece piece, int size);

struct PlacedCodePiece {
  CodePiece piece = 0;
  int x = 0, y = 0;  // pixels from the em box's corner
};
// In an em box of `size` pixels. Below 13 there is no room for the frame; below 11 the
// digits are grey.
std::vector<PlacedCodePiece> code_box(char32_t c, int size);

}  // namespace paperphone::render
