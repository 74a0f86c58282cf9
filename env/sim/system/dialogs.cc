#include "env/sim/system/dialogs.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/sim/navigation.h"
#include "env/sim/top_screen.h"
#include "env/sim/transitions.h"
#include "env/sim/typing/words.h"

namespace paperphone::sim {

using app::AppSet;
using app::Permission;
using app::ScreenSpec;

namespace {

constexpr std::int64_t kRetryMs = 1500;  // a page fetched again

// The app's answer so far; nullptr: it was never asked.
const PermissionGrant* find_grant(const PhoneState& state, int app,
                                  Permission permission) {
  for (const PermissionGrant& grant : state.grants)
    if (grant.app == app && grant.permission == permission) return &grant;
  return nullptr;
}

void remember(PhoneState& state, const PermissionGrant& answer) {
  std::erase_if(state.grants, [&](const PermissionGrant& g) {
    return g.app == answer.app && g.permission == answer.permission;
  });
  state.grants.push_back(answer);
}

// The transition that asked goes on, if the phone still shows its screen.
void answer_permission(Run& run, const SystemDialog& dialog, int button) {
  const Grant grant = Grant(button);
  remember(run.state, {dialog.app, dialog.permission, grant});
  const ScreenEntry* top = run.state.top();
  if (grant == Grant::kDenied || dialog.transition < 0 || top == nullptr ||
      run.state.front_app() != dialog.app || top->screen != dialog.screen)
    return;
  const ScreenSpec& screen = *top_screen(run.apps(), run.state);
  run_transition(run, screen.when[dialog.transition],
                 dialog.row);
}

// Apps that take what others share, in the order of the sheet's buttons.
std::vector<int> share_targets(const AppSet& apps) {
  std::vector<int> targets;
  for (std::size_t app = 0; app < apps.apps.size(); ++app)
    if (apps.apps[app].receives.screen >= 0) targets.push_back(int(app));
  return targets;
}

void share_with(Run& run, const SystemDialog& dialog, int button) {
  const auto targets = share_targets(run.apps());
  if (button < 0 || button >= int(targets.size())) return;  // cancelled
  const int app = targets[std::size_t(button)];
  go(run, run.apps().apps[app].receives,
     {app::Value::of_text(dialog.text)});
}

}  // namespace

ActionOutcome tap_dialog(Run& run, int button) {
  PhoneState& state = run.state;
  const SystemDialog dialog = std::move(state.dialogs.back());
  state.dialogs.pop_back();
  const Words words(state, run.apps());
  switch (dialog.kind) {
    case DialogKind::kPlain:
    case DialogKind::kLoading:
    case DialogKind::kInCall:
      break;
    case DialogKind::kPermission:
      answer_permission(run, dialog, button);
      break;
    case DialogKind::kSplashAd:
      if (button == 0) {  // the advertisement itself
        state.dialogs.push_back(
            {.title = std::string(words("即将离开应用", "Leave this app?")),
             .text = std::string(
                 words("要打开广告页面吗？", "Open the advertiser's page?")),
             .buttons = {std::string(words("打开", "Open")),
                         std::string(words("取消", "Cancel"))}});
      }
      break;
    case DialogKind::kCoupon:
      if (button == 0)
        state.toast = {.text = std::string(words("已放入卡包", "Saved")),
                       .until_ms = state.world.now_ms + kToastMs};
      break;
    case DialogKind::kOffline:
      state.dialogs.push_back({.title = dialog.title,
                               .kind = DialogKind::kLoading,
                               .until_ms = state.world.now_ms + kRetryMs,
                               .app = dialog.app});
      break;
    case DialogKind::kCall:
      if (button == 1)
        state.dialogs.push_back({.title = dialog.title,
                                 .text = dialog.text,
                                 .buttons = {std::string(words("挂断", "End call"))},
                                 .kind = DialogKind::kInCall});
      break;
    case DialogKind::kShare:
      share_with(run, dialog, button);
      break;
  }
  return ActionOutcome::kApplied;
}

ActionOutcome leave_dialog(Run& run) {
  const DialogKind kind = run.state.dialogs.back().kind;
  if (kind == DialogKind::kCall || kind == DialogKind::kInCall)
    return ActionOutcome::kNoTarget;  // it goes on ringing
  run.state.dialogs.pop_back();
  // These stand for the page itself.
  const bool is_page = kind == DialogKind::kLoading || kind == DialogKind::kOffline ||
                       kind == DialogKind::kSplashAd;
  if (is_page && run.state.top() != nullptr) leave_screen(run);
  return ActionOutcome::kApplied;
}

void close_expired(PhoneState& state) {
  std::erase_if(state.dialogs, [&](const SystemDialog& dialog) {
    return dialog.until_ms != 0 && state.world.now_ms >= dialog.until_ms;
  });
}

void drop_app_dialogs(PhoneState& state) {
  std::erase_if(state.dialogs,
                [](const SystemDialog& dialog) { return dialog.is_of_app(); });
}

SystemDialog ask_permission(const PhoneState& state, const AppSet& apps, int app,
                            Permission permission) {
  const Words words(state, apps);
  const app::PermissionName& name = app::name_of(permission);
  const std::string& title = apps.apps[app].title;
  return {.title = words.english() ? fmt::format("Allow {} to {}?", title, name.english)
                                   : fmt::format("是否允许“{}”{}？", title, name.label),
          .buttons = {std::string(words("始终允许", "Always allow")),
                      std::string(words("仅在使用中允许", "While using the app")),
                      std::string(words("拒绝", "Don't allow"))},
          .kind = DialogKind::kPermission,
          .way_out = int(Grant::kWhileUsing),
          .permission = permission,
          .app = std::int16_t(app)};
}

bool permitted(Run& run, const app::Transition& transition, app::Ref row) {
  if (!transition.ask) return true;
  PhoneState& state = run.state;
  const int app = state.front_app();
  const Words words(state, run.apps());
  if (const PermissionGrant* grant = find_grant(state, app, *transition.ask)) {
    if (grant->grant != Grant::kDenied) return true;
    state.toast = {
        .text = std::string(words("没有权限，请在设置中开启", "Not allowed")),
        .until_ms = state.world.now_ms + kToastMs};
    return false;
  }
  SystemDialog dialog = ask_permission(state, run.apps(), app, *transition.ask);
  const ScreenSpec& screen = *top_screen(run.apps(), state);
  dialog.screen = state.top()->screen;
  dialog.transition = std::int32_t(&transition - screen.when.data());
  dialog.row = row;
  state.dialogs.push_back(std::move(dialog));
  return false;
}

void offer_share(Run& run, std::string text) {
  const Words words(run.state, run.apps());
  SystemDialog sheet{.title = std::string(words("分享到", "Share with")),
                     .text = std::move(text),
                     .kind = DialogKind::kShare};
  for (const int app : share_targets(run.apps()))
    sheet.buttons.push_back(run.apps().apps[app].title);
  sheet.buttons.emplace_back(words("取消", "Cancel"));
  run.state.dialogs.push_back(std::move(sheet));
}

}  // namespace paperphone::sim
