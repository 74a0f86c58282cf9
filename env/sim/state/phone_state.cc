#include "env/sim/state/phone_state.h"

#include <algorithm>

namespace paperphone::sim {

using app::Value;

namespace {

void add_ref(Hasher& hasher, app::Ref ref) {
  hasher.add(ref.app).add(ref.table).add(ref.row_id);
}

void add_entry(Hasher& hasher, const ScreenEntry& entry) {
  hasher.add(entry.screen).add(entry.args.size());
  for (const Value& arg : entry.args) arg.add_to(hasher);
  hasher.add(entry.scroll).add(entry.entered_ms).add(entry.afters_fired);
  if (entry.opened.widget >= 0) {
    hasher.add(entry.opened.widget);
    add_ref(hasher, entry.opened.row);
  }
}

void add_tasks(Hasher& hasher, const std::vector<RecentTask>& tasks) {
  hasher.add(tasks.size());
  for (const RecentTask& task : tasks) {
    hasher.add(task.app).add(task.stack.size());
    for (const ScreenEntry& entry : task.stack) add_entry(hasher, entry);
  }
}

void add_notices(Hasher& hasher, const PhoneState& state) {
  hasher.add(state.toast.text).add(state.toast.until_ms);
  hasher.add(state.notifications.size());
  for (const Notification& n : state.notifications) {
    hasher.add(n.app).add(n.title).add(n.text).add(n.when_ms).add(n.screen);
    hasher.add(n.args.size());
    for (const Value& arg : n.args) arg.add_to(hasher);
  }
  hasher.add(state.heads_up_until_ms).add(state.dialogs.size());
  for (const SystemDialog& dialog : state.dialogs) {
    hasher.add(dialog.title).add(dialog.text).add(dialog.buttons.size());
    for (const std::string& button : dialog.buttons) hasher.add(button);
    hasher.add(dialog.kind).add(dialog.until_ms).add(dialog.way_out);
    hasher.add(dialog.permission).add(dialog.app).add(dialog.screen);
    hasher.add(dialog.transition);
    add_ref(hasher, dialog.row);
  }
}

void add_layers(Hasher& hasher, const PhoneState& state) {
  hasher.add(std::uint64_t(state.shade) | std::uint64_t(state.lock) << 8 |
             std::uint64_t(state.navigation) << 16 |
             std::uint64_t(state.launcher.searching) << 24 |
             std::uint64_t(std::uint32_t(state.launcher.folder)) << 32);
  hasher.add(std::uint64_t(state.grants.size()) | std::uint64_t(state.folders.size())
                                                      << 32);
  for (const PermissionGrant& g : state.grants)
    hasher.add(g.app).add(g.permission).add(g.grant);
  for (const Folder& folder : state.folders) {
    hasher.add(folder.name).add(folder.apps.size());
    for (const std::int16_t app : folder.apps) hasher.add(app);
  }
  if (state.launcher.searching) hasher.add(state.launcher.query);
  const Selection& selection = state.selection;
  hasher.add(selection.from).add(selection.text);
  hasher.add(std::int32_t(selection.x) << 16 | std::uint16_t(selection.y));
}

}  // namespace

const ScreenEntry* PhoneState::top() const {
  if (shell != Shell::kApp || tasks.empty()) return nullptr;
  return &tasks.back().stack.back();
}

int PhoneState::front_app() const {
  return shell == Shell::kApp && !tasks.empty() ? tasks.back().app : -1;
}

int PhoneState::launcher_pages() const {
  const int icons = std::max(0, static_cast<int>(icon_order.size()) - kDockIcons);
  return std::max(1, (icons + kLauncherPageIcons - 1) / kLauncherPageIcons);
}

const Notification* PhoneState::heads_up() const {
  const bool shown = world.now_ms < heads_up_until_ms && !notifications.empty() &&
                     shade == Shade::kClosed && lock == Lock::kOpen;
  return shown ? &notifications.back() : nullptr;
}

Hash128 hash_state(const PhoneState& state) {
  Hasher hasher;
  state.world.add_to(hasher);
  hasher.add(state.shell).add(state.launcher_page).add(state.icon_order.size());
  for (const std::int16_t app : state.icon_order) hasher.add(app);
  add_tasks(hasher, state.tasks);
  hasher.add(state.focus.widget);
  add_ref(hasher, state.focus.row);
  hasher.add(state.ime.mode).add(state.ime.composing);
  hasher.add(state.ime.page).add(state.ime.shift);
  add_notices(hasher, state);
  add_layers(hasher, state);
  hasher.add(state.clipboard);
  hasher.add(state.nuisance_key).add(state.nuisance_draws).add(state.nuisance_level);
  hasher.add(state.nuisance_count);
  return hasher.finish();
}

}  // namespace paperphone::sim
