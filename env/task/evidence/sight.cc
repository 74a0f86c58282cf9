#include "env/task/evidence/sight.h"

#include "env/task/evidence/look.h"

namespace paperphone::task {

Hash128 situation_of(const sim::PhoneState& state, const Evidence& evidence) {
  return Hasher().add(sim::hash_situation(state)).add(evidence.digest()).finish();
}

void Sight::show(const sim::PhoneState& state) {
  unread_.push_back(std::make_shared<const sim::PhoneState>(state));
}

const Evidence& Sight::evidence(const sim::Machine& machine,
                                const layout::Layout& layout,
                                const TaskInstance& task) {
  if (!unread_.empty()) {
    Evidence& evidence = evidence_.edit();
    for (const auto& state : unread_) {
      look(machine, *state, task, layout.run(*state), evidence);
      add_met(situation_of(*state, evidence));
    }
    unread_.clear();
  }
  return *evidence_;
}

}  // namespace paperphone::task
