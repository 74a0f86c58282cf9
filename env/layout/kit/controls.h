// Small controls that several components have.
#pragma once

#include <string>
#include <string_view>

#include "env/layout/kit/paint.h"

namespace paperphone::layout {

// "¥12.80": a small sign, large yuan, small fen. Returns the width used.
int price_tag(Painter& painter, std::string_view price, int x, int y, int size,
              std::uint32_t color);
// A number between - and +, the widget's parts "minus" and "plus", at the area's right.
void stepper_control(const Paint& w, Rect area, std::int64_t value);
// A heart or thumb with a number; returns the width used, to the left of `right`.
int like_mark(const Paint& w, int right, int middle, std::string_view on,
              std::string_view off);
void check_circle(const Paint& w, Point center, bool on);
// style: one of those of a button, or of an entry of `buttons`.
void button_plate(const Paint& w, Rect rect, const std::string& label,
                  std::string_view style, bool enabled, int part);

}  // namespace paperphone::layout
