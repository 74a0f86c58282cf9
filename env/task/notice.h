// The notification that a task begins with.
#pragma once

#include <optional>
#include <vector>

#include "env/task/task.h"

namespace paperphone::task {

// As it was posted at the start; nullopt: the task has none. read: gets the cells that
// its words were made from.
std::optional<sim::Notification> notice_of(const TaskInstance& task,
                                           const app::AppSet& apps,
                                           std::vector<app::Cell>* read = nullptr);

// The task's notification if the phone shows it now, at the top or in the shade.
bool shows_notice(const sim::PhoneState& state, const sim::Notification& notice);

}  // namespace paperphone::task
