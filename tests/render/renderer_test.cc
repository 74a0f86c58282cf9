#include "env/render/renderer.h"

#include <gtest/gtest.h>

#include <thread>

#include "env/base/error.h"
#include "env/base/rng.h"
#include "env/layout/font_metrics.h"

namespace paperphone::render {

using layout::Draw;
using layout::Frame;
using layout::Shape;

namespace {

constexpr Rect kScreen{0, 0, 360, 800};

Draw shape(Shape kind, Rect rect, std::uint32_t color = 0xFF000000) {
  Draw draw;
  draw.shape = kind;
  draw.rect = rect;
  draw.clip = kScreen;
  draw.color = color;
  return draw;
}

Draw text(Rect rect, int size, std::string content) {
  Draw draw = shape(Shape::kText, rect);
  draw.size = std::int16_t(size);
  draw.text = std::move(content);
  return draw;
}

// Where the store's history does not matter.
std::shared_ptr<PieceStore> shared_pieces() {
  static const std::shared_ptr<PieceStore> pieces = make_piece_store("apps");
  return pieces;
}

// Everything that can be drawn, in places of `seed`'s choice.
Frame busy_frame(std::uint64_t seed) {
  Rng rng(seed);
  Frame frame;
  frame.draws.push_back(shape(Shape::kRect, kScreen, 0xFFF4F5F7));
  constexpr const char* kTexts[] = {"你好，世界 Hello 123", "设置与隐私", "¥128.00",
                                    "The quick brown fox", "铁路行 12:30"};
  for (int i = 0; i < 80; ++i) {
    Draw draw = shape(Shape(i % 9),
                      {int(rng.between(-30, 340)), int(rng.between(-30, 780)),
                       int(rng.between(1, 160)), int(rng.between(1, 120))},
                      std::uint32_t(rng.next()));
    if (rng.chance(0.5)) draw.color |= 0xFF000000;
    if (rng.chance(0.3)) draw.color2 = std::uint32_t(rng.next());
    if (rng.chance(0.7) && draw.color2 != 0) draw.color2 |= 0xFF000000;
    if (rng.chance(0.3)) draw.clip = {20, 40, 200, 500};
    draw.radius = std::int16_t(rng.between(0, 24));
    draw.size = std::int16_t(rng.between(1, 24));
    draw.bold = rng.chance(0.5);
    draw.seed = rng.next();
    draw.text = draw.shape == Shape::kIcon      ? "home"
                : draw.shape == Shape::kPolygon ? "0,0 900,100 400,700;300,50 800,800 20,500"
                : draw.shape == Shape::kPicture ? picture_kinds()[rng.below(7)]
                                                : kTexts[rng.below(5)];
    frame.draws.push_back(draw);
  }
  return frame;
}

class Screen {
 public:
  Screen(std::shared_ptr<PieceStore> pieces, int width, int height)
      : renderer_(std::move(pieces), width, height),
        pixels_(std::size_t(width) * height * 3) {}
  const std::vector<std::uint8_t>& draw(const Frame& frame) {
    renderer_.draw(frame, pixels_);
    return pixels_;
  }
  int red(int x, int y) const {
    return pixels_[(std::size_t(y) * renderer_.width() + x) * 3];
  }
  // Smallest rectangle of everything darker than half.
  Rect ink() const {
    int left = renderer_.width(), top = renderer_.height(), right = -1, bottom = -1;
    for (int y = 0; y < renderer_.height(); ++y) {
      for (int x = 0; x < renderer_.width(); ++x) {
        if (red(x, y) >= 128) continue;
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
      }
    }
    return {left, top, right - left + 1, bottom - top + 1};
  }

 private:
  Renderer renderer_;
  std::vector<std::uint8_t> pixels_;
};

Frame white_frame(std::vector<Draw> draws) {
  Frame frame;
  frame.draws.push_back(shape(Shape::kRect, kScreen, 0xFFFFFFFF));
  for (Draw& draw : draws) frame.draws.push_back(std::move(draw));
  return frame;
}

TEST(Renderer, ThreadsThatShareAColdStoreDrawTheSameBytes) {
  std::vector<std::vector<std::uint8_t>> expected;
  {
    Screen screen(make_piece_store("apps"), 360, 800);
    for (std::uint64_t i = 0; i < 6; ++i)
      expected.push_back(screen.draw(busy_frame(i)));
  }
  const auto shared = make_piece_store("apps");
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Screen screen(shared, 360, 800);
      for (std::uint64_t i = 0; i < 18; ++i) {
        const std::uint64_t which = (i + std::uint64_t(t)) % 6;
        if (screen.draw(busy_frame(which)) != expected[which]) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Renderer, CachesChangeNoByte) {
  Screen cached(make_piece_store("apps"), 360, 800);
  Screen bare(make_piece_store("apps", {.picture_bytes = 0, .packed_bytes = 0, .frame_bytes = 0}), 360,
              800);
  for (int round = 0; round < 3; ++round) {
    for (std::uint64_t i = 0; i < 4; ++i) {
      EXPECT_EQ(cached.draw(busy_frame(i)), bare.draw(busy_frame(i)));
    }
  }
}

TEST(Renderer, WhatWasInTheBufferDoesNotShine) {
  const auto pieces = make_piece_store("apps", {.frame_bytes = 0});
  Renderer renderer(pieces, 360, 800);
  std::vector<std::uint8_t> a(360 * 800 * 3, 0), b(360 * 800 * 3, 200);
  Frame bare;  // no background
  bare.draws.push_back(shape(Shape::kRect, {10, 10, 20, 20}, 0x80FF0000));
  for (const Frame& frame : {busy_frame(1), bare, Frame{}}) {
    renderer.draw_naively(frame, a);
    renderer.draw_naively(frame, b);
    EXPECT_EQ(a, b);
    renderer.draw(frame, b);
    EXPECT_EQ(a, b);
  }
}

// Frames that share most of their shapes: moved, dropped, added, changed in place.
TEST(Renderer, DrawingWhatDiffersIsDrawingAll) {
  for (const int width : {360, 540, 1080}) {
    Renderer renderer(make_piece_store("apps", {.frame_bytes = 0}), width, width * 20 / 9);
    std::vector<std::uint8_t> expected(std::size_t(width) * (width * 20 / 9) * 3);
    Rng rng(5);
    Frame frame = busy_frame(1);
    for (int step = 0; step < 60; ++step) {
      auto& draws = frame.draws;
      const std::size_t at = 1 + rng.below(draws.size() - 1);
      const auto spot = draws.begin() + std::ptrdiff_t(at);
      switch (rng.below(6)) {
        case 0: draws.erase(spot); break;
        case 1: draws.insert(spot, busy_frame(rng.next()).draws[1 + rng.below(60)]); break;
        case 2: spot->rect.x += int(rng.between(-9, 9)); break;
        case 3: spot->color ^= 0x00FF00; break;
        case 4: std::swap(draws[at], draws[1 + rng.below(draws.size() - 1)]); break;
        default: spot->text = "改了"; break;
      }
      // A layout's texts are as wide as their boxes.
      for (Draw& draw : draws)
        if (draw.shape == Shape::kText) draw.rect.width = 330;
      if (step == 30) draws[0].color = 0xFF202124;  // everything below everything
      renderer.draw_naively(frame, expected);
      const ImageView drawn = renderer.draw(frame);
      ASSERT_TRUE(std::equal(expected.begin(), expected.end(), drawn.pixels_HWC.begin()))
          << "step " << step << ", " << width;
    }
  }
}

TEST(Renderer, EveryDeviceSizeDrawsTheSameScreen) {
  const auto pieces = shared_pieces();
  const Frame frame = white_frame({shape(Shape::kRect, {40, 80, 120, 60})});
  for (const auto& [width, height] :
       {std::pair{360, 800}, std::pair{540, 1200}, std::pair{1080, 2400}}) {
    Screen screen(pieces, width, height);
    screen.draw(frame);
    const Rect expected{40 * width / 360, 80 * width / 360, 120 * width / 360,
                        60 * width / 360};
    EXPECT_EQ(screen.ink(), expected) << width;
    screen.draw(busy_frame(3));
  }
}

TEST(Renderer, NeighboursTouchAtFractionalScales) {
  Frame frame = white_frame({});
  for (int y = 0; y < 800; ++y) {
    frame.draws.push_back(shape(Shape::kRect, {0, y, 180, 1}));
  }
  for (int x = 180; x < 360; ++x) {
    frame.draws.push_back(shape(Shape::kRect, {x, 0, 1, 800}, 0x80000000));
  }
  Screen screen(shared_pieces(), 540, 1200);
  screen.draw(frame);
  for (int y = 0; y < 1200; ++y) EXPECT_EQ(screen.red(100, y), 0) << y;
  for (int x = 270; x < 540; ++x) EXPECT_EQ(screen.red(x, 600), 127) << x;
}

TEST(Renderer, DrawingStaysInsideTheClip) {
  const auto pieces = shared_pieces();
  for (int kind = 0; kind < 8; ++kind) {
    Draw draw = shape(Shape(kind), {40, 40, 120, 120}, 0xFF202020);
    draw.clip = {60, 70, 50, 40};
    draw.radius = 10;
    draw.size = draw.shape == Shape::kText ? 60 : 40;
    draw.text = draw.shape == Shape::kPicture ? "food"
                : draw.shape == Shape::kIcon  ? "home"
                                              : "国国国国";
    Screen screen(pieces, 360, 800);
    screen.draw(white_frame({draw}));
    for (int y = 0; y < 800; ++y) {
      for (int x = 0; x < 360; ++x) {
        if (!draw.clip.contains({x, y})) {
          ASSERT_EQ(screen.red(x, y), 255) << kind;
        }
      }
    }
  }
}

TEST(Renderer, TextStandsOnItsBaseline) {
  const auto pieces = shared_pieces();
  for (const int scale : {1, 3}) {
    Screen screen(pieces, 360 * scale, 800 * scale);
    // A line of 24 dp with an em of 16: 4 dp above, the baseline 0.88 em below that.
    screen.draw(white_frame({text({20, 100, 200, 24}, 16, "HHH")}));
    const Rect ink = screen.ink();
    EXPECT_EQ(ink.y + ink.height, 104 * scale + (scale == 1 ? 14 : 42));
    EXPECT_NEAR(ink.height, 0.73 * 16 * scale, 1.01);
    EXPECT_NEAR(ink.x, (20 + 1.5) * scale, 1.01 * scale);
  }
}

TEST(Renderer, ChineseTextIsCentredInItsLine) {
  Screen screen(shared_pieces(), 1080, 2400);
  screen.draw(white_frame({text({20, 100, 200, 30}, 16, "国")}));
  const Rect ink = screen.ink();
  EXPECT_NEAR(ink.y + ink.height / 2.0, 115 * 3, 3);
}

TEST(Renderer, TextIsAsWideAsItsAdvances) {
  const layout::Fonts fonts = layout::load_fonts("apps");
  const auto pieces = shared_pieces();
  const std::string line = "The price is 128.00 元, 王芳";
  for (const int width : {360, 540, 1080}) {
    for (const bool bold : {false, true}) {
      Draw with_bar = text({10, 100, 340, 24}, 15, line + "|");
      with_bar.bold = bold;
      Draw bar = text({10, 200, 340, 24}, 15, "|");
      bar.bold = bold;
      Screen screen(pieces, width, width / 9 * 20);
      screen.draw(white_frame({with_bar}));
      const int right = screen.ink().x + screen.ink().width;
      screen.draw(white_frame({bar}));
      const int alone = screen.ink().x + screen.ink().width;
      const layout::FontMetrics& metrics = bold ? fonts.bold : fonts.regular;
      // The bar moved by what layout says, which rounds up to whole dp.
      const double moved = (right - alone) * 360.0 / width;
      EXPECT_LE(moved, metrics.width(line, 15) + 1.0);
      EXPECT_GE(moved, metrics.width(line, 15) - 2.0);
    }
  }
}

TEST(Renderer, IconsAreCentredInTheirRectangle) {
  Draw icon = shape(Shape::kIcon, {100, 200, 60, 40});
  icon.size = 24;
  icon.text = "check-circle";
  Screen screen(shared_pieces(), 1080, 2400);
  screen.draw(white_frame({icon}));
  const Rect ink = screen.ink();
  EXPECT_NEAR(ink.x + ink.width / 2.0, 130 * 3, 1);
  EXPECT_NEAR(ink.y + ink.height / 2.0, 220 * 3, 1);
  EXPECT_NEAR(ink.width, 60, 3);  // 20 of 24 units
}

TEST(Renderer, AScrimDarkensWhatIsBelow) {
  Screen screen(shared_pieces(), 360, 800);
  screen.draw(white_frame({shape(Shape::kScrim, kScreen, 0x99000000)}));
  EXPECT_EQ(screen.red(5, 5), 255 - 0x99);
}

TEST(Renderer, AVeilIsTheScrimThatWouldLieOverThePicture) {
  constexpr std::uint32_t kVeil = 0x59203040;
  Screen veiled(shared_pieces(), 360, 800), below(shared_pieces(), 360, 800);
  Draw picture = shape(Shape::kPicture, {10, 20, 300, 400});
  picture.text = "landscape";
  picture.seed = 4;
  const Frame scrim = white_frame({picture, shape(Shape::kScrim, picture.rect, kVeil)});
  const Frame bare = white_frame({picture});
  picture.color2 = kVeil;
  EXPECT_EQ(veiled.draw(white_frame({picture})), below.draw(scrim));
  EXPECT_NE(veiled.draw(white_frame({picture})), below.draw(bare));
}

// They are kept as tiles up to a size.
TEST(Renderer, AGradientIsTheSameLargeAndSmall) {
  Screen small(shared_pieces(), 360, 800), large(shared_pieces(), 360, 800);
  Draw plate = shape(Shape::kRect, {10, 20, 56, 56}, 0xFF3366CC);
  plate.color2 = 0xFFCC9922;
  plate.radius = 15;
  small.draw(white_frame({plate}));
  Draw wide = plate;  // its left part is the same, its right part is cut away
  wide.rect.width = 1000;
  wide.clip = {10, 20, 28, 56};
  Draw cut = plate;
  cut.clip = wide.clip;
  EXPECT_EQ(large.draw(white_frame({wide})), small.draw(white_frame({cut})));
}

TEST(Renderer, AvatarsOfDifferentPeopleDiffer) {
  const auto pieces = shared_pieces();
  std::vector<std::vector<std::uint8_t>> seen;
  for (const char* name :
       {"王芳", "李雷", "欧阳小明", "Lily", "客服", "", "🙂", "a b"}) {
    Draw avatar = shape(Shape::kAvatar, {10, 10, 42, 42});
    avatar.radius = 21;
    avatar.text = name;
    Screen screen(pieces, 360, 800);
    seen.push_back(screen.draw(white_frame({avatar})));
    for (std::size_t i = 0; i + 1 < seen.size(); ++i) EXPECT_NE(seen[i], seen.back());
  }
}

TEST(Renderer, LettersStandOnThePlateTheyAreGivenOrOnOneOfTheirName) {
  const auto pieces = shared_pieces();
  const auto drawn = [&](const char* name, bool letters, std::uint32_t plate) {
    Draw avatar = shape(Shape::kAvatar, {10, 10, 42, 42});
    avatar.text = name;
    avatar.bold = letters;
    avatar.color2 = plate;
    Screen screen(pieces, 360, 800);
    return screen.draw(white_frame({avatar}));
  };
  const std::uint32_t green = 0xFF2E7D32;
  EXPECT_NE(drawn("王芳", true, 0), drawn("王芳", false, 0));
  EXPECT_NE(drawn("王芳", true, green), drawn("王芳", true, 0));
  // The plate does not depend on the name, nor the letters on more than its end.
  EXPECT_EQ(drawn("街角便利店", true, green), drawn("巷口便利店", true, green));
}

TEST(Renderer, OddInputDrawsSomethingOrNothingButNeverFails) {
  Screen screen(shared_pieces(), 360, 800);
  for (const Rect rect :
       {Rect{0, 0, 0, 0}, Rect{-50, -50, 20, 20}, Rect{400, 900, 5, 5},
        Rect{10, 10, -5, 4}, Rect{10, 10, 1, 300}}) {
    for (int kind = 0; kind < 8; ++kind) {
      Draw draw = shape(Shape(kind), rect);
      draw.radius = 30;
      draw.size = kind % 2 ? 0 : 30;
      draw.text = draw.shape == Shape::kPicture ? "map" : "\xFF\xFE no such icon \n";
      screen.draw(white_frame({draw}));
    }
  }
}

TEST(Renderer, AMissingFontFolderIsNamed) {
  try {
    make_piece_store("/no/such/apps");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find("/no/such/apps/_common/fonts"),
              std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace paperphone::render
