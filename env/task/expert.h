// An expert that works from any state: landmarks of the task plus a search over
// the machine itself for the way to them.
#pragma once

#include "env/advice.h"
#include "env/layout/layout.h"
#include "env/task/task.h"

namespace paperphone {

// scale: pixels per dp, as a ratio (3/2 for 540x1200).
struct Scale {
  int numerator = 1;
  int denominator = 1;
  int to_px(int dp) const { return dp * numerator / denominator; }
  int to_dp(int px) const { return px * denominator / numerator; }
};

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
