#include "tools/bench/bench_frames.h"

#include <algorithm>
#include <cstring>

#include "env/phone/screen.h"
#include "env/render/renderer.h"
#include "tools/bench/bench_clock.h"

namespace paperphone::tools {

using layout::Frame;
using layout::Layout;
using layout::Shape;
using render::Renderer;
using sim::PhoneState;

namespace {

using Json = nlohmann::ordered_json;

int height_of(int width) { return width * 20 / 9; }

// Of a copy whose frame is in the cache and whose place in a large batch is not.
double seconds_into_a_batch(const std::vector<std::uint8_t>& frame, double seconds) {
  constexpr std::size_t kBatchBytes = std::size_t(256) << 20;
  const std::size_t rows = kBatchBytes / frame.size() + 1;
  std::vector<std::uint8_t> batch(rows * frame.size());
  std::size_t row = 0;
  return time_of(seconds, [&] {
    std::memcpy(batch.data() + row * frame.size(), frame.data(), frame.size());
    row = (row + 1) % rows;
  });
}

// The states that show something else than the one before them.
std::vector<PhoneState> changes_of(const Layout& layout,
                                   const std::vector<PhoneState>& walk) {
  std::vector<PhoneState> changes;
  Hash128 last;
  for (const PhoneState& state : walk) {
    const Hash128 look = layout::hash_draws(layout.run(state));
    if (look != last) changes.push_back(state);
    last = look;
  }
  return changes;
}

std::vector<PhoneState> shuffled(std::vector<PhoneState> states) {
  Rng rng(1);
  for (std::size_t i = states.size(); i > 1; --i)
    std::swap(states[i - 1], states[rng.below(i)]);
  return states;
}

}  // namespace

Action walk_action(const ActionSpace& space, Rng& rng) {
  if (rng.chance(0.15)) return OpenApp{space.apps[rng.below(space.apps.size())]};
  return space.sample(rng);
}

std::vector<PhoneState> walk_states(const std::shared_ptr<const PhoneShared>& shared,
                                    int count, std::uint64_t seed) {
  PhoneEnv env(shared, {.pixels = false, .hashes = false});
  Rng rng(seed);
  std::vector<PhoneState> states;
  bool over = true;
  while (states.size() < std::size_t(count)) {
    if (over) env.reset(rng.next());
    over = false;
    const Action action = walk_action(env.action_space(), rng);
    if (std::holds_alternative<Terminate>(action) ||
        std::holds_alternative<Answer>(action))
      continue;
    const StepResult result = env.step(action);
    over = result.terminated || result.truncated;
    states.push_back(env.state());
  }
  return states;
}

Json frame_rates(const PhoneShared& shared, const std::vector<PhoneState>& walk,
                 int width, double seconds, bool baseline) {
  const Layout& layout = shared_layout(shared);
  const std::size_t bytes = std::size_t(width) * height_of(width) * 3;
  std::vector<std::uint8_t> pixels(bytes), source(bytes);
  const double copy = time_of(seconds, [&] {
    source[0] ^= 1;
    std::memcpy(pixels.data(), source.data(), bytes);
  });
  Screen screen(layout, shared_pieces(shared));
  screen.set_size(width, height_of(width));
  const auto observe = [&](const PhoneState& state) {
    const ImageView view = screen.pixels(state);
    std::memcpy(pixels.data(), view.pixels_HWC.data(), bytes);
  };
  const auto per_state = [&](const std::vector<PhoneState>& states, const auto& work) {
    return time_of(seconds, [&] { for (const auto& state : states) work(state); }) /
           double(states.size());
  };
  const auto changes = changes_of(layout, walk);
  const double fresh = per_state(changes, observe);
  const double all = per_state(walk, observe);
  const double jumps = per_state(shuffled(changes), observe);
  // Two states in turn that look alike: the second one's clock is a little later.
  PhoneState now = changes.front();
  now.world.now_ms -= now.world.now_ms % 60'000;
  PhoneState later = now;
  later.world.now_ms += 20;
  const std::vector<PhoneState> alike{now, later};
  const double cached = per_state(alike, observe);
  const double handle =
      per_state(alike, [&](const PhoneState& state) { (void)screen.picture(state); });
  Json rates = {{"memcpy", 1 / copy},
                {"memcpy_to_batch", 1 / seconds_into_a_batch(source, seconds)},
                {"fresh", 1 / fresh},
                {"walk", 1 / all},
                {"jumps", 1 / jumps},
                {"cached", 1 / cached},
                {"handles", 1 / handle}};
  if (baseline) {
    const Renderer naive(shared_pieces(shared), width, height_of(width));
    rates["naive"] = 1 / per_state(changes, [&](const PhoneState& state) {
                       naive.draw_naively(layout.run(state), pixels);
                     });
  }
  rates["fresh_in_copies"] = fresh / copy;
  rates["cached_in_copies"] = cached / copy;
  return rates;
}

Json time_shares(const PhoneShared& shared, const std::vector<PhoneState>& walk,
                 int width, double seconds) {
  const Layout& layout = shared_layout(shared);
  const auto changes = changes_of(layout, walk);
  using Frames = std::vector<std::shared_ptr<const Frame>>;
  Frames frames;
  for (const PhoneState& state : changes)
    frames.push_back(std::make_shared<const Frame>(layout.run(state)));
  const double count = double(changes.size());
  const auto us = [&](const auto& work) { return time_of(seconds, work) / count * 1e6; };
  const double layout_us =
      us([&] { for (const PhoneState& state : changes) (void)layout.run(state); });
  const auto drawn = [&](const Frames& list) {
    Renderer renderer(shared_pieces(shared), width, height_of(width));
    return us([&] { for (const auto& frame : list) renderer.draw(frame); });
  };
  const auto without = [&](const auto& leave_out) {
    Frames thinned;
    for (const auto& frame : frames) {
      Frame thin = *frame;
      std::erase_if(thin.draws, [&](const layout::Draw& d) { return leave_out(d.shape); });
      thinned.push_back(std::make_shared<const Frame>(std::move(thin)));
    }
    return drawn(thinned);
  };
  const auto is_text = [](Shape s) { return s == Shape::kText || s == Shape::kIcon; };
  const auto is_picture = [](Shape s) {
    return s == Shape::kPicture || s == Shape::kAvatar || s == Shape::kPolygon;
  };
  const double all = drawn(frames);
  const double text = std::max(0.0, all - without(is_text));
  const double pictures = std::max(0.0, all - without(is_picture));
  const double fills = std::max(
      0.0, all - without([&](Shape s) { return !is_text(s) && !is_picture(s); }));
  std::vector<std::uint8_t> pixels(std::size_t(width) * height_of(width) * 3);
  Renderer renderer(shared_pieces(shared), width, height_of(width));
  const double copied = us([&] {
    for (const auto& frame : frames) {
      const ImageView view = renderer.draw(frame);
      std::memcpy(pixels.data(), view.pixels_HWC.data(), pixels.size());
    }
  });
  return {{"layout_us", layout_us}, {"draw_us", all},    {"of_it_text_us", text},
          {"of_it_pictures_us", pictures}, {"of_it_fills_us", fills},
          {"copy_us", std::max(0.0, copied - all)}};
}

}  // namespace paperphone::tools
