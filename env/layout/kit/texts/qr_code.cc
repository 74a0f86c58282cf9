#include "env/base/rng.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

constexpr int units(int dp) { return dp * kPolygonUnit; }

}  // namespace

// Three eyes, a clock line each way, and the rest by the value's hash: it looks like a
// code and is one for nobody.
int paint_qr_code(const Paint& w) {
  Painter& painter = w.painter();
  constexpr int kModules = 29;
  constexpr int kEye = 7;
  const std::string value = w.text(Prop::kValue);
  const std::string caption = w.text(Prop::kCaption);
  const int side = int(w.integer(Prop::kSize, 200));
  const Rect paper{w.x + (w.width - side) / 2, w.y + 12, side, side};
  const int height = side + 24 + (caption.empty() ? 0 : painter.line_height(13) + 4);
  if (painter.hidden({w.x, w.y, w.width, height})) return height;
  painter.rect(paper, 0xFFFFFFFF, 10);
  const Rect code = inset(paper, 12, 12);
  const auto in_eye = [&](int x, int y) {  // with its white border
    const int far = kModules - kEye - 1;
    return (x <= kEye && y <= kEye) || (x >= far && y <= kEye) ||
           (x <= kEye && y >= far);
  };
  const Rng rng = Rng(hash_bytes(value).low).fork("qr_code");
  const int logo = kModules / 2;
  const auto is_dark = [&](int x, int y) {
    if (in_eye(x, y)) return false;
    if (std::abs(x - logo) <= 3 && std::abs(y - logo) <= 3) return false;
    if (x == kEye - 1 || y == kEye - 1) return (x + y) % 2 == 0;
    return (Rng::mix(rng.key() + std::uint64_t(y) * kModules + std::uint64_t(x)) & 1) !=
           0;
  };
  const auto at = [&](int module) { return units(code.width) * module / kModules; };
  std::vector<Contour> dark;
  const auto add = [&](int x, int y, int width, int tall) {
    dark.push_back({{at(x), at(y)},
                    {at(x + width), at(y)},
                    {at(x + width), at(y + tall)},
                    {at(x), at(y + tall)}});
  };
  for (int y = 0; y < kModules; ++y) {
    for (int x = 0; x < kModules;) {
      const int from = x;
      while (x < kModules && is_dark(x, y)) ++x;
      if (x > from)
        add(from, y, x - from, 1);
      else
        ++x;
    }
  }
  const int far = kModules - kEye;
  for (const Point eye : {Point{0, 0}, Point{far, 0}, Point{0, far}}) {
    add(eye.x, eye.y, kEye, 1);
    add(eye.x, eye.y + kEye - 1, kEye, 1);
    add(eye.x, eye.y, 1, kEye);
    add(eye.x + kEye - 1, eye.y, 1, kEye);
    add(eye.x + 2, eye.y + 2, 3, 3);
  }
  painter.polygon(code, dark, 0xFF16181D);
  const int face = code.width * 5 / kModules;
  const Rect middle{code.x + (code.width - face) / 2, code.y + (code.height - face) / 2,
                    face, face};
  painter.rect(middle, 0xFF000000 | w.kit.app().color, face / 4);
  painter.icon(w.kit.app().icon, inset(middle, face / 5, face / 5), 0xFFFFFFFF);
  painter.text(caption, {w.x + kPad, paper.y + side + 8, w.width - 2 * kPad, 0},
               {.size = 13, .color = painter.theme().text2, .align = Align::kCenter});
  w.touch(paper, "二维码");
  return height;
}

}  // namespace paperphone::layout
