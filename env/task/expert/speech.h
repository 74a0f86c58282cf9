// What the expert's thoughts are about, in the words of the screens: the page, what was
// read, what an action is for.
#pragma once

#include <span>
#include <string>

#include "env/layout/frame.h"
#include "env/task/evidence/known.h"
#include "env/task/evidence/screen_index.h"
#include "env/task/expert/phrases/phrases.h"

namespace paperphone::task {

class Speech {
 public:
  // All outlive it.
  Speech(const sim::Machine& machine, const ScreenIndex& index, const sim::PhoneState& state,
         const TaskInstance& task, const Phrases& phrases);

  std::string page() const;
  // To know what is asked, or these of its cells; to come to where a landmark is, or to what
  // it does where its row is open already; to do what it says there. touched: what stands on
  // the thing that is touched, if that is in sight.
  std::string to_learn(std::span<const app::Expr* const> asked,
                       std::span<const app::Cell> cells, Known& known) const;
  std::string to_reach(const app::Landmark& mark, const Known& known) const;
  std::string to_do(const app::Landmark& mark, std::string_view touched,
                    const Known& known) const;

  // A fact that a landmark types or answers, as far as screens told it: "价格是¥12.80", by the
  // words that stood beside it; where none did, the value alone.
  struct Fact {
    std::string text;
    bool is_shown = false;  // by this frame
  };
  // Of those still ahead, the present one first; what the instruction says is none.
  std::vector<Fact> facts(std::span<const app::Landmark* const> ahead, Known& known,
                          const layout::Frame& frame) const;

 private:
  app::EvalContext context() const;
  std::string name_of_row(app::Ref row, const Known& known) const;  // empty: not known
  std::string name_of_screen(int app, int screen) const;  // empty: nothing calls it anything
  std::string cited_screen(int app, int screen) const;
  // Of the row that a parameter in it names; empty: there is none.
  std::string name_in(const app::ExprNode& node, const Known& known) const;
  // What stood beside it where it was read.
  std::string label_read(const app::ExprNode& node, const Known& known) const;
  // What the landmark chooses, as the instruction has it; empty: nothing that it says.
  std::string choice_of(const app::Landmark& mark, const Known& known) const;

  const sim::Machine& machine_;
  const ScreenIndex& index_;
  const sim::PhoneState& state_;
  const TaskInstance& task_;
  const Phrases& phrases_;
};

}  // namespace paperphone::task
