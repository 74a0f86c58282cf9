// Anything that chooses actions: expert, random, a model, a recorded script.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "env/advice.h"
#include "env/env.h"
#include "env/types.h"

namespace paperphone::agent {

struct HistoryStep {        // one earlier turn of the episode
  std::string sentence;     // the action in words
  Action action;            // screen pixels
  ActionOutcome outcome = ActionOutcome::kApplied;
  std::string note = {};    // what the policy wrote down; empty: nothing
  bool changed = true;      // something on the screen, the status bar aside; true: or unknown
};

struct PolicyInput {
  std::string_view instruction;
  ImageView screen;               // empty for policies that do not look
  std::span<const HistoryStep> history;
  // The screens before `screen`, oldest first: as many as the policy wants, and there were.
  std::span<const ImageView> earlier = {};
  const Advice* advice = nullptr;  // privileged; only if wants_advice()
  std::uint64_t seed = 0;          // of this very decision
  // Which of the episodes that are played together: for policies that remember.
  std::size_t episode = 0;
};

struct PolicyOutput {
  std::optional<Action> action;  // nullopt: unparsable; the turn is lost
  std::string response;          // full text, as a model would write it
  std::string sentence;          // for the history
  std::string note;              // for all later turns; empty: none
  bool well_formed = true;       // format reward
  bool in_bounds = true;         // no point of the action is off the screen
};

// Not thread-safe. Batched, because models want batches.
class Policy {
 public:
  virtual ~Policy() = default;
  virtual std::string name() const = 0;
  virtual bool wants_advice() const { return false; }
  virtual bool wants_pixels() const { return false; }
  virtual int earlier_screens() const { return 0; }  // PolicyInput::earlier, at the most
  // One output per input, in order.
  std::vector<PolicyOutput> act(std::span<const PolicyInput> inputs);

 private:
  virtual std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) = 0;
};

// What the expert's response at this moment writes down: the facts that no earlier note of
// the episode holds, "; " between them. Empty: nothing new.
std::string new_note(std::span<const std::string> facts,
                     std::span<const HistoryStep> history);

std::unique_ptr<Policy> make_random_policy(const ActionSpace& space);
std::unique_ptr<Policy> make_expert_policy();
std::unique_ptr<Policy> make_noop_policy();  // wait, for ever

}  // namespace paperphone::agent
