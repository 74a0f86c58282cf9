// Spec + state -> Frame. A pure function; allocates its result, nothing else.
#pragma once

#include "env/layout/font_metrics.h"
#include "env/layout/frame.h"

namespace paperphone::layout {

struct Theme;  // env/layout/theme.h: colours and sizes, light or dark

class Layout {
 public:
  // All must outlive the layout. height_dp: 800 for 360x800, 540x1200, 1080x2400.
  Layout(const sim::Machine& machine, const Fonts& fonts, int height_dp = 800);

  // The whole screen: app, sheets and dialogs, keyboard, toast, status bar,
  // gesture bar; or launcher, recents.
  Frame run(const sim::PhoneState& state) const;

 private:
  const sim::Machine* machine_;
  const Fonts* fonts_;
  int height_dp_;
};

}  // namespace paperphone::layout
