// An app's icon: a rounded square in its colour with its white sign.
#pragma once

#include "env/app/spec.h"
#include "env/layout/painter.h"

namespace paperphone::layout {

void paint_app_icon(Painter& painter, const app::AppSpec& app, Rect box, int radius);

}  // namespace paperphone::layout
