// An expert that works from any state: landmarks of the task plus a search over
// the machine itself for the way to them.
#pragma once

#include "env/advice.h"
#include "env/layout/layout.h"
#include "env/task/task.h"
#include "env/touch/scale.h"

namespace paperphone {

class Expert {
 public:
  // All must outlive the expert.
  Expert(const Machine& machine, const Layout& layout, Scale scale)
      : machine_(&machine), layout_(&layout), scale_(scale) {}
  Advice advise(const PhoneState& state, const TaskInstance& task) const;

 private:
  const Machine* machine_;
  const Layout* layout_;
  Scale scale_;
};

}  // namespace paperphone
