#include "env/task/notice.h"

#include <algorithm>

namespace paperphone::task {

std::optional<sim::Notification> notice_of(const TaskInstance& task,
                                           const app::AppSet& apps,
                                           std::vector<app::Cell>* read) {
  if (!task.spec->notice) return std::nullopt;
  const app::NotifyEffect& notice = *task.spec->notice;
  const app::EvalContext context{
      .world = task.initial, .apps = apps, .params = task.values, .trace = read};
  sim::Notification out{.app = std::int16_t(notice.go.app),
                        .title = app::render(notice.title, context),
                        .text = app::render(notice.text, context),
                        .when_ms = task.initial.now_ms,
                        .screen = notice.go.screen};
  app::EvalContext quiet = context;
  quiet.trace = nullptr;
  for (const app::Expr& arg : notice.go.args) out.args.push_back(evaluate(arg, quiet));
  return out;
}

bool shows_notice(const sim::PhoneState& state, const sim::Notification& notice) {
  if (state.lock != sim::Lock::kOpen || !state.dialogs.empty()) return false;
  if (state.shade == sim::Shade::kNotices)
    return std::find(state.notifications.begin(), state.notifications.end(), notice) !=
           state.notifications.end();
  return state.heads_up() != nullptr && *state.heads_up() == notice;
}

}  // namespace paperphone::task
