#include "env/phone/screen.h"

#include "env/app/calendar.h"
#include "env/base/check.h"

namespace paperphone {

using app::floor_div;
using app::kMsPerMinute;
using layout::Frame;
using sim::PhoneState;

bool look_alike(const PhoneState& a, const PhoneState& b, bool ticking) {
  if (a.world.now_ms != b.world.now_ms) {
    if (ticking || floor_div(a.world.now_ms, kMsPerMinute) !=
                       floor_div(b.world.now_ms, kMsPerMinute))
      return false;
  }
  if (a.world.genesis != b.world.genesis || a.world.apps.size() != b.world.apps.size())
    return false;
  for (std::size_t i = 0; i < a.world.apps.size(); ++i)
    if (a.world.apps[i].identity() != b.world.apps[i].identity()) return false;
  const auto toast = [](const PhoneState& s) {
    return s.world.now_ms < s.toast.until_ms;
  };
  return a.shell == b.shell && a.launcher_page == b.launcher_page &&
         a.shade == b.shade && a.lock == b.lock && a.navigation == b.navigation &&
         a.focus == b.focus && a.launcher == b.launcher && a.ime == b.ime &&
         a.selection == b.selection && a.tasks == b.tasks && a.dialogs == b.dialogs &&
         a.icon_order == b.icon_order && a.folders == b.folders &&
         a.grants == b.grants && a.clipboard == b.clipboard &&
         a.notifications == b.notifications &&
         (a.heads_up() != nullptr) == (b.heads_up() != nullptr) &&
         toast(a) == toast(b) && a.toast.text == b.toast.text;
}

void Screen::set_size(int width_px, int height_px) {
  if (!pieces_) return;
  if (renderer_ && renderer_->width() == width_px && renderer_->height() == height_px)
    return;
  const bool fits = memory_.size() == std::size_t(width_px) * height_px * 3;
  renderer_ = std::make_unique<render::Renderer>(pieces_, width_px, height_px,
                                         fits ? memory_ : std::span<std::uint8_t>());
  pixels_shown_ = false;
  picture_ = nullptr;
}

void Screen::keep_pixels_in(std::span<std::uint8_t> pixels_HWC) {
  memory_ = pixels_HWC;
  if (!renderer_) return;
  const int width = renderer_->width(), height = renderer_->height();
  renderer_ = nullptr;
  set_size(width, height);
}

const Frame& Screen::frame(const PhoneState& state) {
  if (frame_ && look_alike(shown_, state, frame_->ticking)) return *frame_;
  frame_ = std::make_shared<const Frame>(layout_->run(state));
  shown_ = state;
  pixels_shown_ = false;
  picture_ = nullptr;
  return *frame_;
}

ImageView Screen::pixels(const PhoneState& state) {
  CHECK_TRUE(renderer_ != nullptr);
  frame(state);
  if (pixels_shown_) return renderer_->shown();
  pixels_shown_ = true;
  return renderer_->draw(frame_);
}

std::shared_ptr<const ScreenFrame> Screen::picture(const PhoneState& state) {
  CHECK_TRUE(renderer_ != nullptr);
  frame(state);
  if (!picture_) picture_ = renderer_->frame(frame_);
  return picture_;
}

}  // namespace paperphone
