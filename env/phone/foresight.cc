#include "env/phone/foresight.h"

#include <algorithm>

#include "env/layout/layout.h"
#include "env/phone/act.h"
#include "env/phone/judge.h"
#include "env/sim/machine.h"
#include "env/task/evidence/known.h"
#include "env/task/evidence/look.h"
#include "env/touch/everything.h"

namespace paperphone {

using task::Evidence;

namespace {

constexpr int kMostActions = 80;  // longer ways are none

// The same screen on top, whatever it was opened from.
bool is_same_place(const sim::PhoneState& a, const sim::PhoneState& b) {
  const sim::ScreenEntry* top_a = a.top();
  const sim::ScreenEntry* top_b = b.top();
  if (top_a == nullptr || top_b == nullptr) return top_a == top_b;
  return a.front_app() == b.front_app() && top_a->screen == top_b->screen &&
         top_a->args == top_b->args;
}

// Changes more of what the task does not allow.
bool spoils(const app::AppSet& apps, const PhoneEpisode& before, const PhoneEpisode& after) {
  const auto effects = [&](const PhoneEpisode& episode) {
    return task::side_effects(*episode.task, apps, episode.state.world).size();
  };
  return effects(after) > effects(before);
}

}  // namespace

// An answer that nothing has told, be it right.
bool Foresight::is_guess(const PhoneEpisode& episode, const Evidence& evidence,
                         const Action& action) const {
  if (!std::holds_alternative<Answer>(action)) return false;
  task::Known known(shared_->apps, *episode.task, evidence);
  const app::World& world = episode.state.world;
  const app::TaskSpec& spec = *episode.task->spec;
  return !known.is_known(spec.answer, world) &&
         std::none_of(spec.expert.begin(), spec.expert.end(), [&](const app::Landmark& mark) {
           return mark.kind == app::LandmarkKind::kAnswer && known.is_known(mark.text, world);
         });
}

bool ends_well(const PhoneShared& shared, const PhoneEpisode& episode,
               const Evidence& evidence, const Action& action) {
  const app::Expr* fact = task::fact_to_see(*episode.task->spec);
  const bool earned =
      fact == nullptr || task::Known(shared.apps, *episode.task, evidence)
                             .is_known(*fact, episode.state.world);
  PhoneEpisode end = episode;
  StepResult result;
  judge(end, shared.apps, action, /*last=*/true, earned, 0.0f, result);
  return result.info.end_reason == EndReason::kGoalReached;
}

Foresight::Foresight(const PhoneShared& shared)
    : shared_(&shared), screen_(shared.layout, nullptr) {}

task::Expert Foresight::expert(const PhoneEpisode& episode) const {
  return {shared_->machine, shared_->layout, shared_->screen_index, episode.scale()};
}

Advice Foresight::advise(const PhoneEpisode& episode, const Evidence& evidence) {
  return expert(episode).advise(episode.state, *episode.task, evidence,
                                &screen_.frame(episode.state));
}

Foresight::Step Foresight::step(const PhoneEpisode& episode, const Evidence& evidence) {
  Step step{.situation = task::situation_of(episode.state, evidence),
            .advice = advise(episode, evidence),
            .after = episode};
  if (!step.advice.actions.empty())
    act(*shared_, screen_, step.after, step.advice.actions.front().action);
  return step;
}

const Foresight::Step& Foresight::own_step(const PhoneEpisode& episode,
                                          const Evidence& evidence) {
  if (!step_ || step_->situation != task::situation_of(episode.state, evidence))
    step_ = step(episode, evidence);
  return *step_;
}

bool Foresight::is_other_way(const PhoneEpisode& before, const Step& now,
                             const PhoneEpisode& after, const Evidence& known) {
  const Step next = step(after, known);
  const auto& ways = next.advice.actions;
  const bool goes_on = std::any_of(ways.begin(), ways.end(), [&](const auto& way) {
    return !is_acceptable(now.advice, way.action);
  });
  const bool leaves = std::any_of(ways.begin(), ways.end(), [](const auto& way) {
    return std::holds_alternative<SystemButton>(way.action);
  });
  return goes_on && !leaves && !is_same_place(next.after.state, now.after.state) &&
         sim::hash_situation(next.after.state) != sim::hash_situation(before.state);
}

bool Foresight::is_by_chance(const PhoneEpisode& episode, const Evidence& evidence,
                             const Action& action, const PhoneEpisode& after) {
  const Click* click = std::get_if<Click>(&action);
  const LongPress* press = std::get_if<LongPress>(&action);
  if (click == nullptr && press == nullptr) return false;
  const Point at = click != nullptr ? click->point : press->point;
  const touch::Scale scale = episode.scale();
  const layout::Node* node =
      screen_.frame(episode.state).hit({scale.to_dp(at.x), scale.to_dp(at.y)});
  if (node == nullptr || node->target.where != sim::Target::Where::kWidget ||
      expert(episode).concerns(episode.state, *episode.task, evidence, node->target.row,
                               after.state))
    return false;
  // Where the expert itself knows nothing better, it is looking around.
  Advice own = own_step(episode, evidence).advice;
  own.actions.resize(std::min<std::size_t>(own.actions.size(), 1));
  return !paperphone::is_acceptable(own, action);
}

ActionOutcome Foresight::go_on(PhoneEpisode& episode, Evidence& evidence,
                               const Action& action) {
  const ActionOutcome outcome = act(*shared_, screen_, episode, action);
  shared_->machine.apply(episode.state, sim::event::Tick{duration_ms(action)});
  task::look(shared_->machine, episode.state, *episode.task, screen_.frame(episode.state), evidence);
  return outcome;
}

Foresight::Way Foresight::way(const PhoneEpisode& from, const Evidence& seen) {
  PhoneEpisode episode = from;
  Evidence evidence(&seen);
  const task::Expert expert = this->expert(episode);
  struct Station {
    Hash128 situation;
    bool is_blind;
  };
  std::vector<Station> stations;
  Way left;  // from the last station on
  while (int(stations.size()) <= kMostActions) {
    const Hash128 situation = expert.situation(episode.state, *episode.task, evidence);
    if (const auto known = known_.find(situation); known != known_.end()) {
      left = known->second;
      break;
    }
    const bool goes_in_circles =
        std::any_of(stations.begin(), stations.end(),
                    [&](const Station& station) { return station.situation == situation; });
    if (goes_in_circles) break;
    const Advice advice = advise(episode, evidence);
    stations.push_back({situation, !advice.unknown.empty()});
    if (advice.actions.empty()) break;
    const Action& action = advice.actions.front().action;
    if (ends_episode(action)) {
      if (ends_well(*shared_, episode, evidence, action)) left.length = 0;
      break;
    }
    go_on(episode, evidence, action);
  }
  for (auto station = stations.rbegin(); station != stations.rend(); ++station) {
    if (left.length >= 0) ++left.length;
    left.is_blind = left.is_blind || station->is_blind;
    known_[station->situation] = left;
  }
  return left;
}

Verdict Foresight::verdict(const PhoneEpisode& episode, const Evidence& evidence,
                           const Action& action) {
  Verdict verdict;
  const Way before = way(episode, evidence);
  if (ends_episode(action)) {
    verdict.has_way = verdict.is_new = ends_well(*shared_, episode, evidence, action) &&
                                       (before.is_blind || !is_guess(episode, evidence, action));
    verdict.cost = 1 - before.length;  // nothing is left to do after it
    return verdict;
  }
  PhoneEpisode after = episode;
  Evidence known(&evidence);
  if (go_on(after, known, action) == ActionOutcome::kOutOfBounds) return verdict;
  // Who goes on from what was spoilt looks long for a way that there is not.
  if (spoils(shared_->apps, episode, after) &&
      !is_acceptable(own_step(episode, evidence).advice, action))
    return verdict;
  const Way left = way(after, known);
  // To guess is no way for who need not.
  verdict.has_way = left.length >= 0 && before.length >= 0 && (before.is_blind || !left.is_blind);
  verdict.cost = left.length + 1 - before.length;
  if (verdict.has_way && verdict.cost > 0 && verdict.cost <= Verdict::kMostCost) {
    const Step& own = own_step(episode, evidence);
    // Home may come before any app that is opened.
    const auto& ways = own.advice.actions;
    const bool opens = !ways.empty() && std::holds_alternative<OpenApp>(ways.front().action);
    const bool goes_home = after.state.shell == sim::Shell::kLauncher &&
                           episode.state.shell != sim::Shell::kLauncher;
    verdict.is_other_way = (opens && goes_home) || is_other_way(episode, own, after, known);
  }
  verdict.is_new = !episode.sight.has_met(task::situation_of(after.state, known));
  verdict.is_chance =
      verdict.is_acceptable() && is_by_chance(episode, evidence, action, after);
  return verdict;
}

std::vector<AcceptableAction> Foresight::acceptable(const PhoneEpisode& episode,
                                                    const Evidence& evidence,
                                                    const Advice& advice) {
  struct Choice {
    AcceptableAction action;
    int cost;
  };
  std::vector<Choice> choices;
  const auto consider = [&](AcceptableAction candidate) {
    const bool is_there =
        std::any_of(choices.begin(), choices.end(), [&](const Choice& choice) {
          return choice.action.action == candidate.action;
        });
    if (is_there) return;
    const Verdict verdict = this->verdict(episode, evidence, candidate.action);
    if (verdict.is_acceptable()) choices.push_back({std::move(candidate), verdict.cost});
  };
  for (const AcceptableAction& action : advice.actions) consider(action);
  for (AcceptableAction& action :
       touch::everything(shared_->machine, screen_.frame(episode.state), episode.state,
                         episode.scale()))
    consider(std::move(action));
  std::stable_sort(choices.begin(), choices.end(),
                   [](const Choice& a, const Choice& b) { return a.cost < b.cost; });
  std::vector<AcceptableAction> out;
  for (Choice& choice : choices) out.push_back(std::move(choice.action));
  return out;
}

}  // namespace paperphone
