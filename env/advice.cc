#include "env/advice.h"

#include <cstdlib>

namespace paperphone {
namespace {

// 0 right, 1 left, 2 down, 3 up; -1: no movement.
int main_direction(const Swipe& swipe) {
  const int dx = swipe.to.x - swipe.from.x;
  const int dy = swipe.to.y - swipe.from.y;
  if (dx == 0 && dy == 0) return -1;
  if (std::abs(dx) > std::abs(dy)) return dx > 0 ? 0 : 1;
  return dy > 0 ? 2 : 3;
}

bool matches(const AcceptableAction& wanted, const Action& action) {
  if (wanted.action.index() != action.index()) return false;
  if (const auto* click = std::get_if<Click>(&action)) {
    return wanted.box.contains(click->point);
  }
  if (const auto* press = std::get_if<LongPress>(&action)) {
    return wanted.box.contains(press->point);
  }
  if (const auto* swipe = std::get_if<Swipe>(&action)) {
    return wanted.box.contains(swipe->from) &&
           main_direction(*swipe) == main_direction(std::get<Swipe>(wanted.action));
  }
  if (std::holds_alternative<Wait>(action)) return true;  // any time is a wait
  return wanted.action == action;
}

}  // namespace

bool is_acceptable(const Advice& advice, const Action& action) {
  for (const auto& wanted : advice.actions) {
    if (matches(wanted, action)) return true;
  }
  return false;
}

}  // namespace paperphone
