#include "env/space.h"

#include <fmt/format.h>

#include <algorithm>

namespace paperphone {
namespace {

bool on_screen(Point p, const ActionSpace& space) {
  return p.x >= 0 && p.y >= 0 && p.x < space.width && p.y < space.height;
}

Point random_point(const ActionSpace& space, Rng& rng) {
  return {int(rng.below(std::uint64_t(space.width))),
          int(rng.below(std::uint64_t(space.height)))};
}

}  // namespace

bool BoxSpace::contains(const ImageView& image) const {
  return image.height == height && image.width == width &&
         image.pixels_HWC.size() == std::size_t(height) * width * channels;
}

std::string BoxSpace::describe() const {
  return fmt::format("Box(0, 255, ({}, {}, {}), uint8)", height, width, channels);
}

bool ActionSpace::contains(const Action& action) const {
  if (const auto* a = std::get_if<Click>(&action)) return on_screen(a->point, *this);
  if (const auto* a = std::get_if<LongPress>(&action)) return on_screen(a->point, *this);
  if (const auto* a = std::get_if<Swipe>(&action)) {
    return on_screen(a->from, *this) && on_screen(a->to, *this);
  }
  if (const auto* a = std::get_if<OpenApp>(&action)) {
    return std::find(apps.begin(), apps.end(), a->app) != apps.end();
  }
  return true;
}

Action ActionSpace::sample(Rng& rng) const {
  const auto roll = rng.below(100);
  if (roll < 64) return Click{random_point(*this, rng)};
  if (roll < 78) {
    const Point from = random_point(*this, rng);
    return Swipe{from, random_point(*this, rng)};
  }
  if (roll < 82) return LongPress{random_point(*this, rng), 1.0};
  if (roll < 88) return SystemButton{Button(rng.below(4))};
  if (roll < 93) {
    static constexpr std::string_view kWords[] = {"你好", "abc", "123", "谢谢", "88"};
    return TypeText{std::string(kWords[rng.below(std::size(kWords))])};
  }
  if (roll < 96 && !apps.empty()) return OpenApp{apps[rng.below(apps.size())]};
  if (roll < 97) return KeyPress{"clear"};
  if (roll < 98) return Wait{1.0};
  if (roll < 99) return Answer{fmt::format("{}", rng.below(100))};
  return Terminate{TerminateStatus(rng.below(2))};
}

std::string ActionSpace::describe() const {
  return fmt::format("MobileUse({}x{}, {} apps)", width, height, apps.size());
}

}  // namespace paperphone
