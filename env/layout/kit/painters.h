// The painters of all components, each in a file of its own.
#pragma once

#include "env/app/kit/list.h"
#include "env/layout/kit/paint.h"

namespace paperphone::layout {

#define PAPERPHONE_DECLARE(enumerator, name) int paint_##name(const Paint& w);
PAPERPHONE_COMPONENTS(PAPERPHONE_DECLARE)
#undef PAPERPHONE_DECLARE

// By the widget's kind.
int paint_widget(const Paint& w);

}  // namespace paperphone::layout
