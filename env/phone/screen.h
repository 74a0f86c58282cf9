// What one phone shows, brought up to date with as little work as possible.
#pragma once

#include <memory>
#include <span>

#include "env/layout/layout.h"
#include "env/render/renderer.h"

namespace paperphone {

// Lays out when something that can be seen may have changed, draws what has. Frames and
// pixels depend on the state alone (tests compare them with Layout::run and
// Renderer::draw_naively over long walks). Not thread-safe; one for each phone.
class Screen {
 public:
  // layout must outlive it. Without pieces there are no pixels.
  Screen(const layout::Layout& layout, std::shared_ptr<render::PieceStore> pieces)
      : layout_(&layout), pieces_(std::move(pieces)) {}

  // Pixels of another size from now on.
  void set_size(int width_px, int height_px);

  // The pixels lie there from now on, if they fit (Env::keep_pixels_in).
  void keep_pixels_in(std::span<std::uint8_t> pixels_HWC);
  bool keeps_pixels() const { return !memory_.empty(); }

  // Valid until the next call with another state.
  const layout::Frame& frame(const sim::PhoneState& state);
  // Valid until the next call. REQUIRES: pieces, set_size().
  ImageView pixels(const sim::PhoneState& state);
  // The same as an immutable picture that equal screens share.
  std::shared_ptr<const ScreenFrame> picture(const sim::PhoneState& state);

 private:
  const layout::Layout* layout_;
  std::shared_ptr<render::PieceStore> pieces_;  // shared by all screens of a process
  std::unique_ptr<render::Renderer> renderer_;
  std::span<std::uint8_t> memory_;  // the caller's; empty: the renderer's own
  std::shared_ptr<const layout::Frame> frame_;  // the renderer holds it as well
  sim::PhoneState shown_;           // what frame_ is of
  bool pixels_shown_ = false;  // the renderer's pixels are frame_'s
  std::shared_ptr<const ScreenFrame> picture_;  // frame_'s, if it was asked for
};

// Surely the same frame: whatever a layout reads is equal, up to the second of the
// clock, which only frames that are `ticking` show.
bool look_alike(const sim::PhoneState& a, const sim::PhoneState& b, bool ticking);

}  // namespace paperphone
