// What only shows when apps are run: screens laid out at every font size, tasks drawn
// in several worlds.
#pragma once

#include <filesystem>
#include <vector>

#include "env/app/loader.h"
#include "env/layout/font_metrics.h"

namespace paperphone::tools {

// Targets too small for a finger, targets that others cover, words of the app's own that
// are cut short: on every screen, at 85, 100 and 130 % font size. (Layout is in dp, so
// the three screen sizes are one.) Rows may cut what they show: their words are data.
std::vector<app::Finding> lint_screens(const app::AppSet& apps, const layout::Fonts& fonts);

// Tasks that cannot be drawn in some of the worlds: parameters that never name one thing,
// goals that hold from the start.
std::vector<app::Finding> lint_tasks(const app::AppSet& apps);

// Tasks whose expert does not come to a good end in the first world where they can be
// drawn: it changes what the task does not allow, or never reaches the goal. The folder
// has fonts and no faults that keep it from running.
std::vector<app::Finding> lint_experts(const std::filesystem::path& apps_dir);

// Experts that act on what no frame has shown, in the first `worlds` worlds of each task
// (env/phone/twins.h); and those that find no screen that shows what they need to know.
std::vector<app::Finding> lint_evidence(const std::filesystem::path& apps_dir, int worlds);

// Conditions of `check:` that some of many worlds break, be it at once or after a while of
// doing anything.
std::vector<app::Finding> lint_checks(const std::filesystem::path& apps_dir);

// Records with `unique_names` in which, in some of many worlds, two rows have the same
// name or one has none.
std::vector<app::Finding> lint_names(const app::AppSet& apps);

}  // namespace paperphone::tools
