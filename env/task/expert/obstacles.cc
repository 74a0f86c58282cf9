#include "env/task/expert/obstacles.h"

namespace paperphone::task {

using sim::DialogKind;
using sim::Lock;
using sim::PhoneState;
using sim::Target;
namespace event = sim::event;

namespace {

void leave_dialog(const sim::SystemDialog& dialog, touch::Hand& hand) {
  if (const int button = dialog.exit_button(); button >= 0)
    hand.add_event(event::Tap{{Target::Where::kDialogButton, -1, button, {}}});
  if (dialog.kind == DialogKind::kPlain || dialog.kind == DialogKind::kCoupon)
    hand.add(SystemButton{Button::kBack});
  // It goes by itself.
  if (dialog.kind == DialogKind::kLoading || dialog.kind == DialogKind::kSplashAd)
    hand.add(Wait{1.0});
}

}  // namespace

std::string_view clear_the_way(const PhoneState& state, touch::Hand& hand,
                               const Phrases::Obstacles& words) {
  if (state.lock == Lock::kOff) {
    hand.add(KeyPress{"power"});
    return words.off;
  }
  if (state.lock == Lock::kLocked) {
    const layout::Frame& now = hand.frame();
    hand.add_swipe({now.width / 2, now.height * 8 / 10},
                   {now.width / 2, now.height * 3 / 10}, {0, 0, now.width, now.height});
    return words.locked;
  }
  // What to share with is chosen on the way.
  if (!state.dialogs.empty() && state.dialogs.back().kind != DialogKind::kShare) {
    leave_dialog(state.dialogs.back(), hand);
    return words.dialog;
  }
  if (state.selection.open()) {
    hand.add(SystemButton{Button::kBack});
    return words.selection;
  }
  return {};
}

}  // namespace paperphone::task
