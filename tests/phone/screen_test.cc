// What Screen leaves out changes nothing: over long walks its frames are those of a
// fresh layout, its pixels those of drawing every shape.
#include "env/phone/screen.h"

#include <gtest/gtest.h>

#include "env/phone/phone_env.h"
#include "tests/sim/each_field.h"
#include "tests/steps.h"

namespace paperphone {

using layout::Frame;
using layout::Node;
using sim::PhoneState;

namespace {

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, true);
  return loaded;
}

bool same_nodes(const Frame& a, const Frame& b) {
  return std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
                    [](const Node& x, const Node& y) {
                      return x.rect == y.rect && x.role == y.role &&
                             x.target == y.target && x.address == y.address &&
                             x.text == y.text && x.enabled == y.enabled &&
                             x.checked == y.checked && x.focused == y.focused &&
                             x.partly_hidden == y.partly_hidden &&
                             x.swiping == y.swiping && x.scroll_to == y.scroll_to;
                    });
}

struct Way {
  const char* suite;
  int width;
  bool dark;
  std::uint64_t seed;
};

class ScreenWalk : public ::testing::TestWithParam<Way> {};

TEST_P(ScreenWalk, ShowsWhatLayingOutAndDrawingAllOfItShows) {
  const Way& way = GetParam();
  const int height = way.width * 20 / 9;
  PhoneEnv env(shared(), {.variation = {.width = way.width,
                                        .height = height,
                                        .dark = way.dark,
                                        .suite = way.suite},
                          .pixels = false,
                          .hashes = false});
  const layout::Layout& layout = shared_layout(*shared());
  Screen screen(layout, shared_pieces(*shared()));
  screen.set_size(way.width, height);
  const render::Renderer naive(shared_pieces(*shared()), way.width, height);
  std::vector<std::uint8_t> expected(std::size_t(way.width) * height * 3);
  Rng rng(way.seed);
  bool over = true;
  int kept = 0;
  const Frame* last = nullptr;
  const int steps = testing::scaled(way.width == 360 ? 700 : 120);
  for (int step = 0; step < steps; ++step) {
    if (over) env.reset(rng.next());
    const ActionSpace& space = env.action_space();
    // Short waits, too: they move nothing but the clock.
    const Action action =
        rng.chance(0.15)  ? Action(OpenApp{space.apps[rng.below(space.apps.size())]})
        : rng.chance(0.1) ? Action(Wait{0.5})
                          : space.sample(rng);
    const StepResult result = env.step(action);
    over = result.terminated || result.truncated;
    const Frame fresh = layout.run(env.state());
    const Frame& frame = screen.frame(env.state());
    kept += &frame == last;
    last = &frame;
    ASSERT_EQ(hash_draws(frame), hash_draws(fresh)) << "step " << step;
    ASSERT_TRUE(same_nodes(frame, fresh)) << "step " << step;
    ASSERT_EQ(frame.scroll_max, fresh.scroll_max);
    naive.draw_naively(fresh, expected);
    const ImageView drawn = screen.pixels(env.state());
    ASSERT_TRUE(std::equal(expected.begin(), expected.end(), drawn.pixels_HWC.begin()))
        << "step " << step;
    if (step % 7 == 0) {
      ASSERT_EQ(screen.picture(env.state())->pixels_HWC, expected) << "step " << step;
    }
  }
  EXPECT_GT(kept, steps / 10);  // else nothing was saved
}

INSTANTIATE_TEST_SUITE_P(Walks, ScreenWalk,
                         ::testing::Values(Way{"clean", 360, false, 1},
                                           Way{"hostile", 360, false, 2},
                                           Way{"hostile", 360, true, 3},
                                           Way{"everyday", 540, false, 4},
                                           Way{"clean", 1080, true, 5}));

// A countdown moves by the second, a status bar by the minute.
TEST(LookAlike, TheSecondMattersOnlyToFramesThatShowIt) {
  PhoneEnv env(shared(), {.pixels = false});
  env.reset(3);
  const PhoneState& before = env.state();
  PhoneState after = before;
  after.world.now_ms = before.world.now_ms / 60'000 * 60'000 + 59'999;
  PhoneState later = after;
  later.world.now_ms += 1;
  EXPECT_TRUE(look_alike(before, after, false));
  EXPECT_EQ(look_alike(before, after, true), before.world.now_ms == after.world.now_ms);
  EXPECT_FALSE(look_alike(after, later, false));
}

TEST(LookAlike, EveryFieldThatALayoutMayReadMatters) {
  PhoneEnv env(shared(), {.pixels = false});
  env.reset(3);
  env.step(OpenApp{"设置"});
  const auto app = std::int16_t(env.state().front_app());
  PhoneState state = sim::testing::with_something_everywhere(env.state(), {app, 0, 0});
  const PhoneState before = state;
  EXPECT_TRUE(look_alike(before, state, true));
  sim::testing::EachField each([&](const std::string& address, bool seen) {
    EXPECT_EQ(look_alike(before, state, true), !seen) << address;
  });
  each.change(state);
}

}  // namespace
}  // namespace paperphone
