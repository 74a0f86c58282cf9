// An expert that works from any state: landmarks of the task plus a search over
// the machine itself for the way to them.
#pragma once

#include "env/advice.h"
#include "env/layout/layout.h"
#include "env/task/evidence/screen_index.h"
#include "env/task/evidence/evidence.h"
#include "env/task/task.h"
#include "env/thought_language.h"
#include "env/touch/scale.h"

namespace paperphone::task {

class Expert {
 public:
  // All must outlive the expert.
  Expert(const sim::Machine& machine, const layout::Layout& layout,
         const ScreenIndex& index, touch::Scale scale,
         ThoughtLanguage language = ThoughtLanguage::kChinese)
      : machine_(&machine),
        layout_(&layout),
        index_(&index),
        scale_(scale),
        language_(language) {}
  // evidence: of all frames of the episode, the present one included. frame: the present
  // one, if somebody has it. Advice::distance is left to who looks ahead.
  Advice advise(const sim::PhoneState& state, const TaskInstance& task,
                const Evidence& evidence, const layout::Frame* frame = nullptr) const;
  // Equal where it would go on in the same way: the phone but for its time, and what it
  // needs to know and does not.
  Hash128 situation(const sim::PhoneState& state, const TaskInstance& task,
                    const Evidence& evidence) const;
  // Whoever chooses this row, or by another step a page, comes to `after`: has the task to do
  // with what is chosen? It has with the rows that it speaks of or asks after, with what is
  // known to refer to one of them, and with what is called like one.
  bool concerns(const sim::PhoneState& state, const TaskInstance& task, const Evidence& evidence,
                app::Ref row, const sim::PhoneState& after) const;

 private:
  const sim::Machine* machine_;
  const layout::Layout* layout_;
  const ScreenIndex* index_;
  touch::Scale scale_;
  ThoughtLanguage language_;
};

}  // namespace paperphone::task
