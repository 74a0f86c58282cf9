#include "env/task/expert/sentence.h"

namespace paperphone::task {
namespace {

std::string_view swipe_of(const Swipe& swipe, const Phrases::Actions& words) {
  const bool sideways = swipe.to.y == swipe.from.y;
  if (sideways) return swipe.to.x < swipe.from.x ? words.swipe_left : words.swipe_right;
  return swipe.to.y < swipe.from.y ? words.swipe_up : words.swipe_down;
}

}  // namespace

std::string sentence_of(const Action& action, std::string_view label, const Phrases& phrases) {
  const Phrases::Actions& words = phrases.actions;
  const auto say = [&](std::string_view pattern, std::string_view name = {}) {
    return phrases.say(pattern, phrases.cited(name));
  };
  if (std::holds_alternative<Click>(action))
    return say(label.empty() ? words.tap_nameless : words.tap, label);
  if (std::holds_alternative<LongPress>(action))
    return say(label.empty() ? words.hold_nameless : words.hold, label);
  if (const auto* swipe = std::get_if<Swipe>(&action)) return say(swipe_of(*swipe, words));
  if (const auto* type = std::get_if<TypeText>(&action)) return say(words.type, type->utf8);
  if (const auto* button = std::get_if<SystemButton>(&action)) {
    const std::string_view names[] = {words.back, words.home, words.recents, words.enter};
    return say(names[std::size_t(button->button)]);
  }
  if (const auto* open = std::get_if<OpenApp>(&action)) return say(words.open, open->app);
  if (const auto* key = std::get_if<KeyPress>(&action))
    return say(key->name == "power" ? words.power : words.clear);
  if (const auto* answer = std::get_if<Answer>(&action)) return say(words.answer, answer->utf8);
  return say(words.wait);
}

}  // namespace paperphone::task
