// What an action is worth: how far from the end the phone is, by the expert's own way, and
// how far it will be. Private to env/phone.
#pragma once

#include <map>
#include <optional>

#include "env/advice.h"
#include "env/phone/episode.h"
#include "env/phone/screen.h"
#include "env/phone/shared.h"
#include "env/task/evidence/evidence.h"
#include "env/task/expert/expert.h"

namespace paperphone {

// Would this action end the episode well?
bool ends_well(const PhoneShared& shared, const PhoneEpisode& episode,
               const task::Evidence& evidence, const Action& action);

// Plays on in copies; time passes there without disturbances. What it has found out it
// remembers until forget(), so that nothing is played twice. Not thread-safe.
class Foresight {
 public:
  // shared outlives it.
  explicit Foresight(const PhoneShared& shared);

  // Of one episode with one task. Must be called when there is another.
  void forget() {
    known_.clear();
    step_.reset();
  }

  // Actions that the expert takes from here to the end, that included; -1: it finds none.
  // evidence: what was seen so far.
  int distance(const PhoneEpisode& episode, const task::Evidence& evidence) {
    return way(episode, evidence).length;
  }
  // The episode's frames have been read.
  Verdict verdict(const PhoneEpisode& episode, const task::Evidence& evidence,
                  const Action& action);
  // Every kind of thing that can be done here and that would be acceptable, best first.
  std::vector<AcceptableAction> acceptable(const PhoneEpisode& episode,
                                           const task::Evidence& evidence,
                                           const Advice& advice);

 private:
  // The expert's, to the end.
  struct Way {
    int length = -1;        // actions; -1: there is none
    bool is_blind = false;  // on it the expert acts on what no screen told it
  };
  Way way(const PhoneEpisode& episode, const task::Evidence& evidence);
  task::Expert expert(const PhoneEpisode& episode) const;
  Advice advise(const PhoneEpisode& episode, const task::Evidence& evidence);
  // What the expert would do in a situation, and where that would lead.
  struct Step {
    Hash128 situation;
    Advice advice;
    PhoneEpisode after;
  };
  Step step(const PhoneEpisode& episode, const task::Evidence& evidence);
  // The same, kept for the next question about this situation.
  const Step& own_step(const PhoneEpisode& episode, const task::Evidence& evidence);
  bool is_guess(const PhoneEpisode& episode, const task::Evidence& evidence,
                const Action& action) const;
  // Does it choose what the task has nothing to do with?
  bool is_by_chance(const PhoneEpisode& episode, const task::Evidence& evidence,
                    const Action& action, const PhoneEpisode& after);
  // Does the way after an action go on with what is no part of the way before, and does not
  // take it back?
  bool is_other_way(const PhoneEpisode& before, const Step& step, const PhoneEpisode& after,
                    const task::Evidence& known);
  // Carries it out, and looks at what comes of it.
  ActionOutcome go_on(PhoneEpisode& episode, task::Evidence& evidence, const Action& action);

  const PhoneShared* shared_;
  Screen screen_;                  // of the copies
  std::map<Hash128, Way> known_;   // by situation
  std::optional<Step> step_;       // of the situation that was asked for last
};

}  // namespace paperphone
