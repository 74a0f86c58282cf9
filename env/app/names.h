// What people call the things on a screen, where those do not say so themselves.
#pragma once

#include <string_view>

#include "env/app/spec.h"

namespace paperphone::app {

// Of a widget, or of a part of it (-1: as a whole). Empty: its own words name it.
std::string_view name_of(const Widget& widget, int part);
// Could anybody name it, by its words or by what it is called?
bool has_name(const Widget& widget, int part);

}  // namespace paperphone::app
