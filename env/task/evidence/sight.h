// The frames of an episode, read when somebody asks what they showed. A value: forks of an
// episode share what was seen before.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "env/app/world/cow.h"
#include "env/layout/layout.h"
#include "env/task/evidence/evidence.h"
#include "env/task/task.h"

namespace paperphone::task {

// A state without its time, and what is known in it.
Hash128 situation_of(const sim::PhoneState& state, const Evidence& evidence);

class Sight {
 public:
  Sight() = default;
  explicit Sight(Evidence evidence) : evidence_(std::move(evidence)) {}

  // A frame of this state is there to be seen. Nearly free.
  void show(const sim::PhoneState& state);
  bool is_behind() const { return unread_.size() >= kMostUnread; }
  // What all frames showed. Lays out those that were not read yet.
  const Evidence& evidence(const sim::Machine& machine, const layout::Layout& layout,
                           const TaskInstance& task);
  // What was read so far.
  const Evidence& read_so_far() const { return *evidence_; }
  // Was the phone like this before, with nothing more to be known? Of what was read so far.
  bool has_met(const Hash128& situation) const { return met_->contains(situation); }
  const std::set<Hash128>& met() const { return *met_; }
  void add_met(const Hash128& situation) { met_.edit().insert(situation); }

 private:
  static constexpr std::size_t kMostUnread = 256;

  app::Cow<Evidence> evidence_;
  app::Cow<std::set<Hash128>> met_;
  std::vector<std::shared_ptr<const sim::PhoneState>> unread_;  // immutable, so shared
};

}  // namespace paperphone::task
