// An expert that works from any state: landmarks of the task plus a search over
// the machine itself for the way to them.
#pragma once

#include "env/advice.h"
#include "env/layout/layout.h"
#include "env/task/task.h"
#include "env/touch/scale.h"

namespace paperphone::task {

class Expert {
 public:
  // All must outlive the expert.
  Expert(const sim::Machine& machine, const layout::Layout& layout, touch::Scale scale)
      : machine_(&machine), layout_(&layout), scale_(scale) {}
  Advice advise(const sim::PhoneState& state, const TaskInstance& task) const;

 private:
  const sim::Machine* machine_;
  const layout::Layout* layout_;
  touch::Scale scale_;
};

}  // namespace paperphone::task
