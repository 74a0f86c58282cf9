#include "env/task/expert/thought.h"

#include "env/base/rng.h"

namespace paperphone::task {
namespace {

class Voice {
 public:
  Voice(const Phrases& phrases, std::uint64_t seed) : phrases_(phrases), rng_(seed) {}
  std::string say(Phrases::Choice words, std::string_view a = {}, std::string_view b = {}) {
    return phrases_.say(words[rng_.below(words.size())], a, b);
  }
  bool chance(int percent) { return int(rng_.below(100)) < percent; }

 private:
  const Phrases& phrases_;
  Rng rng_;
};

}  // namespace

std::string thought_of(const ThoughtParts& parts, const Phrases& phrases) {
  using End = ThoughtParts::End;
  Voice voice(phrases, parts.voice);
  const auto begun = [&](const std::string& clause) { return phrases.begun(clause); };
  const bool blocked = !parts.obstacle.empty();
  const std::string place = blocked ? voice.say(phrases.in_the_way, parts.page, parts.obstacle)
                                    : voice.say(phrases.places, parts.page);
  std::string known;
  if (!parts.read.empty()) known = voice.say(phrases.reads, parts.read);
  if (known.empty() && !parts.kept.empty()) known = voice.say(phrases.keeps, parts.kept);
  if (parts.end != End::kNone) {
    const Phrases::Choice why = parts.end == End::kDone     ? phrases.done
                                : parts.end == End::kAnswer ? phrases.found
                                                            : phrases.cannot;
    const Phrases::Choice ends = parts.end == End::kAnswer ? phrases.answers : phrases.ends;
    const std::string reason = voice.say(why);
    const std::string end = begun(voice.say(ends, {}, parts.action));
    const std::string_view form = phrases.forms.ending;
    if (!known.empty()) return phrases.say(form, begun(place), begun(known), end);
    return voice.chance(50) ? phrases.say(form, begun(place), begun(reason), end)
                            : phrases.say(form, begun(reason), begun(place), end);
  }
  const Phrases::Choice plans = blocked           ? phrases.clearings
                                : parts.goes_back ? phrases.retreats
                                                  : phrases.plans;
  const std::string plan = begun(voice.say(plans, parts.purpose, parts.action));
  if (!known.empty()) return phrases.say(phrases.forms.knowing, begun(place), begun(known), plan);
  if (blocked || voice.chance(60)) return phrases.say(phrases.forms.usual, begun(place), plan);
  return phrases.say(phrases.forms.aside, place, plan);
}

}  // namespace paperphone::task
