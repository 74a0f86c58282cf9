// What is right by itself but of no use.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

void lint_reachability(Loading& loading);
void lint_dead_transitions(Loading& loading);
void lint_unused_state(Loading& loading);
void lint_unused_records(Loading& loading);
void lint_unused_defines(Loading& loading);
void lint_unused_lexicons(Loading& loading);
void lint_dead_widgets(Loading& loading);
void lint_lost_taps(Loading& loading);
void lint_glyphs(Loading& loading, const LintOptions& options);

}  // namespace paperphone::app
