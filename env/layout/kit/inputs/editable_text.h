// What is typed into: search, field, input_bar.
#pragma once

#include "env/layout/kit/paint.h"

namespace paperphone::layout {

// The bind's text (with half-typed pinyin and caret), or the hint. Returns the text as
// it is shown: "" if the hint is.
std::string editable_text(const Paint& w, Rect area, int size, bool secure);

}  // namespace paperphone::layout
