#include "env/phone/screen.h"

#include <algorithm>

#include "env/app/calendar.h"
#include "env/base/check.h"
#include "env/sim/state/state_fields.h"

namespace paperphone {

using app::floor_div;
using app::kMsPerMinute;
using layout::Frame;
using sim::PhoneState;

namespace {

bool seen_alike(const app::World& a, const app::World& b) {
  return a.generator == b.generator &&
         std::equal(
             a.apps.begin(), a.apps.end(), b.apps.begin(), b.apps.end(),
             [](const auto& x, const auto& y) { return x.identity() == y.identity(); });
}

template <class T>
bool seen_alike(const T& a, const T& b) {
  if constexpr (sim::Described<T>) {
    return sim::all_fields<T>([&](const auto& field) {
      return field.is_unseen || seen_alike(a.*field.member, b.*field.member);
    });
  } else {
    return a == b;
  }
}

bool same_moment(std::int64_t a_ms, std::int64_t b_ms, bool ticking) {
  return ticking ? a_ms == b_ms
                 : floor_div(a_ms, kMsPerMinute) == floor_div(b_ms, kMsPerMinute);
}

bool shows_toast(const PhoneState& state) {
  return state.world.now_ms < state.toast.until_ms;
}

}  // namespace

bool look_alike(const PhoneState& a, const PhoneState& b, bool ticking) {
  return same_moment(a.world.now_ms, b.world.now_ms, ticking) &&
         shows_toast(a) == shows_toast(b) &&
         (a.heads_up() != nullptr) == (b.heads_up() != nullptr) && seen_alike(a, b);
}

void Screen::set_size(int width_px, int height_px) {
  if (!pieces_) return;
  if (renderer_ && renderer_->width() == width_px && renderer_->height() == height_px)
    return;
  const bool fits = memory_.size() == std::size_t(width_px) * height_px * 3;
  renderer_ = std::make_unique<render::Renderer>(
      pieces_, width_px, height_px, fits ? memory_ : std::span<std::uint8_t>());
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
