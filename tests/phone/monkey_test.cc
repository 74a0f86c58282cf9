// A monkey at the phone: whatever is done to it, it stays a phone. By hand for longer:
// PAPERPHONE_MONKEY_STEPS=100000 build/release/bin/phone_env_test --gtest_filter='Monkey*'
#include <gtest/gtest.h>

#include <limits>

#include "env/phone/phone_env.h"
#include "env/phone/snapshot.h"
#include "env/sim/state/phone_state.h"
#include "env/task/task.h"
#include "tests/steps.h"

namespace paperphone {
namespace {

int num_steps() {
  return testing::asked_steps("PAPERPHONE_MONKEY_STEPS", 3000);
}

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, true);
  return loaded;
}

class Monkey {
  template <class List>
  auto pick(const List& list) {
    return list[rng_.below(std::size(list))];
  }

 public:
  explicit Monkey(std::uint64_t seed) : rng_(seed) {}

  Action act(const ActionSpace& space) {
    switch (rng_.below(12)) {
      case 0: return Click{absurd_point()};
      case 1: return LongPress{absurd_point(), absurd_seconds()};
      case 2: return Swipe{absurd_point(), absurd_point()};
      case 3: return TypeText{absurd_text()};
      case 4: return OpenApp{rng_.chance(0.7) ? pick(space.apps) : absurd_text()};
      case 5: return Wait{absurd_seconds()};
      case 6: return KeyPress{rng_.chance(0.5) ? "clear" : absurd_text()};
      case 7:
        return SystemButton{Button(rng_.below(4))};
      case 8:
        // Episodes should last, so ends are rare.
        if (rng_.chance(0.9)) return Click{point_on(space)};
        return rng_.chance(0.5) ? Action(Answer{absurd_text()})
                                : Action(Terminate{TerminateStatus(rng_.below(2))});
      default: return space.sample(rng_);
    }
  }

 private:
  static constexpr int kExtremes[] = {0,
                                      -1,
                                      1,
                                      359,
                                      360,
                                      799,
                                      800,
                                      -1000000,
                                      1000000,
                                      std::numeric_limits<int>::min(),
                                      std::numeric_limits<int>::max()};

  Point point_on(const ActionSpace& space) {
    return {int(rng_.below(space.width)), int(rng_.below(space.height))};
  }
  Point absurd_point() { return {pick(kExtremes), pick(kExtremes)}; }
  double absurd_seconds() {
    static constexpr double kSeconds[] = {0,    -1,    1e-300, 0.4,  5,
                                          1e18, -1e18, 1e308,  3600, -1e-9};
    return pick(kSeconds);
  }
  std::string absurd_text() {
    static const std::string kTexts[] = {
        "",      " ",        "\n\t",           std::string("\0\0", 2),
        "\xff",  "\xe4\xbd", "👩‍👩‍👧‍👦", "'; drop table",
        "-0",    "1e999",    "99999999999999", "١٢٣",
        "{{x}}", "a\u0301",  "\u202e倒",       std::string(2000, 'x')};
    std::string text = pick(kTexts);
    if (rng_.chance(0.3))
      for (int i = 0; i < 8; ++i) text.push_back(char(rng_.below(256)));
    return text;
  }

  Rng rng_;
};

void expect_sound(PhoneEnv& env, const StepResult& result) {
  const app::AppSet& apps = shared_apps(*shared());
  const sim::PhoneState& state = env.state();
  EXPECT_GE(result.reward, 0.0f);
  EXPECT_LE(result.reward, 1.0f);
  EXPECT_EQ(result.reward, result.info.reward_breakdown.total());
  EXPECT_GE(result.info.progress, 0.0f);
  EXPECT_LE(result.info.progress, 1.0f);
  EXPECT_FALSE(result.info.screen_id.empty());
  EXPECT_EQ(result.info.state_hash, hash_state(state));
  EXPECT_LE(result.observation.step, env.task().spec->max_steps);
  EXPECT_EQ(result.info.episode.has_value(), result.terminated || result.truncated);
  // What state_bytes checks of a state is what the machine keeps.
  EXPECT_EQ(state.shell == sim::Shell::kApp, state.top() != nullptr);
  EXPECT_EQ(state.world.apps.size(), apps.apps.size());
  for (const sim::RecentApp& task : state.recents) {
    EXPECT_FALSE(task.stack.empty());
    EXPECT_LE(task.stack.size(), 32u);
  }
  EXPECT_LE(state.notifications.size(), 50u);
  EXPECT_LE(state.dialogs.size(), 10u);
}

TEST(Monkey, FindsNothingThatBreaksThePhone) {
  PhoneEnv env(shared(), {.variation = {.suite = "hostile"}});
  PhoneEnv copy(shared(), {.pixels = false});
  Monkey monkey(1);
  env.reset(1);
  int episodes = 1;
  for (int i = 0; i < num_steps() && !::testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE("step " + std::to_string(i));
    const Action action = monkey.act(env.action_space());
    SCOPED_TRACE(action_to_json(action));
    const bool look = i % 8 == 0;  // drawing is what takes the time
    env.observe(look ? Modality::kPixels | Modality::kTree : Modality::kNothing);
    const StepResult result = env.step(action);
    expect_sound(env, result);
    EXPECT_EQ(env.observation_space().contains(result.observation.screen), look);
    if (i % 50 == 0) {
      // Every reachable state is one that the decoder accepts.
      const auto bytes = snapshot_to_bytes(env.snapshot());
      const auto restored = copy.restore(snapshot_from_bytes(bytes, shared()));
      EXPECT_EQ(restored.info.state_hash, result.info.state_hash);
      (void)sim::state_to_json(env.state(), shared_apps(*shared()));
    }
    if (i % 25 == 0 && env.running()) (void)env.advice();
    if (!env.running()) {
      env.reset();
      ++episodes;
    }
  }
  EXPECT_GT(episodes, num_steps() / 200);
}

}  // namespace
}  // namespace paperphone
