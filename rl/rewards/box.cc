#include "rl/rewards/box.h"

#include <algorithm>
#include <cmath>

#include "env/base/check.h"

namespace paperphone::rl {
namespace {

double area(const Rect& box) { return double(box.width) * box.height; }

// Doubles: a predicted box may have any numbers.
double right(const Rect& box) { return double(box.x) + box.width; }
double bottom(const Rect& box) { return double(box.y) + box.height; }

double intersection(const Rect& a, const Rect& b) {
  const double width = std::min(right(a), right(b)) - std::max(a.x, b.x);
  const double height = std::min(bottom(a), bottom(b)) - std::max(a.y, b.y);
  return std::max(0.0, width) * std::max(0.0, height);
}

bool holds_center(const Rect& box, const Rect& of) {
  const double x = of.x + 0.5 * of.width, y = of.y + 0.5 * of.height;
  return x >= box.x && x < right(box) && y >= box.y && y < bottom(box);
}

double nearness(double predicted, double truth, int extent) {
  return 1 - std::abs(predicted - truth) / extent;
}

}  // namespace

BoxReward box_reward(const Rect& predicted, const Rect& truth, int width, int height,
                     const BoxRewardConfig& config) {
  CHECK_TRUE(!truth.empty() && width > 0 && height > 0);
  BoxReward reward;
  if (predicted.empty()) return reward;
  const double common = intersection(predicted, truth);
  reward.hit = holds_center(truth, predicted) ? 1.0f : 0.0f;
  reward.overlap = float(common / (area(predicted) + area(truth) - common));

  const double sides[] = {nearness(predicted.x, truth.x, width),
                          nearness(predicted.y, truth.y, height),
                          nearness(right(predicted), right(truth), width),
                          nearness(bottom(predicted), bottom(truth), height)};
  if (std::ranges::min(sides) > 0) {
    double inverse = 0;
    for (double side : sides) inverse += 1 / side;
    reward.size = float(4 / inverse);
  }
  reward.total = float(config.hit * reward.hit + config.overlap * reward.overlap +
                       config.size * reward.size);
  return reward;
}

}  // namespace paperphone::rl
