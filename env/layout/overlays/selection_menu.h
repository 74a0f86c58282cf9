// 剪切 复制 粘贴 全选, above the text that a long press has picked.
#pragma once

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

void paint_selection(Painter& painter, const sim::Machine& machine,
                     const sim::PhoneState& state);

}  // namespace paperphone::layout
