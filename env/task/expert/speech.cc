#include "env/task/expert/speech.h"

#include <algorithm>

#include "env/app/names.h"
#include "env/app/parts.h"
#include "env/touch/hand.h"

namespace paperphone::task {

using app::Cell;
using app::EvalContext;
using app::ExprNode;
using app::Landmark;
using app::LandmarkKind;
using app::Ref;
using app::Value;

Speech::Speech(const sim::Machine& machine, const ScreenIndex& index,
               const sim::PhoneState& state, const TaskInstance& task, const Phrases& phrases)
    : machine_(machine), index_(index), state_(state), task_(task), phrases_(phrases) {}

EvalContext Speech::context() const {
  return {.world = state_.world, .apps = machine_.apps(), .params = task_.values};
}

std::string Speech::name_of_screen(int app, int screen) const {
  const app::AppSpec& spec = machine_.apps().apps[app];
  const app::ScreenSpec& of = spec.screens[screen];
  if (!of.called.empty()) return of.called;
  if (!of.title.empty() && of.title.constant())
    return touch::shorten(of.title.pieces()[0].literal);
  return {};
}

std::string Speech::cited_screen(int app, int screen) const {
  const std::string name = name_of_screen(app, screen);
  if (!name.empty()) return phrases_.cited(name);
  return phrases_.say(phrases_.pages.nameless, phrases_.cited(machine_.apps().apps[app].title));
}

std::string Speech::page() const {
  const Phrases::Pages& words = phrases_.pages;
  const auto word = [](std::string_view text) { return std::string(text); };
  if (state_.lock != sim::Lock::kOpen) return word(words.lock);
  if (state_.shade == sim::Shade::kNotices) return word(words.notices);
  if (state_.shade == sim::Shade::kControls) return word(words.controls);
  const sim::ScreenEntry* top = state_.top();
  if (top == nullptr)
    return word(state_.shell == sim::Shell::kRecents ? words.recents : words.home);
  const std::string name = name_of_screen(state_.front_app(), top->screen);
  const std::string& title = machine_.apps().apps[state_.front_app()].title;
  const std::string page = cited_screen(state_.front_app(), top->screen);
  return name.empty() || name.starts_with(title)
             ? page
             : phrases_.say(words.of_app, phrases_.cited(title), page);
}

std::string Speech::name_of_row(Ref row, const Known& known) const {
  if (!row.valid()) return {};
  const int named_by = machine_.apps().apps[row.app].tables[row.table].display_column;
  if (named_by < 0) return {};
  const Cell cell{row.app, row.table, row.row_id, named_by};
  const Value name = value_at(state_.world, cell);
  return known.has(cell, name) ? touch::shorten(name.as_text()) : std::string();
}

std::string Speech::to_learn(std::span<const Cell> cells, const Known& known) const {
  std::string label, name;
  for (const Cell& cell : cells) {
    if (label.empty()) label = index_.label_of(cell);
    if (name.empty() && cell.table >= 0)
      name = name_of_row({cell.app, cell.table, cell.row_id}, known);
  }
  const Phrases::Purposes& words = phrases_.purposes;
  if (label.empty() && name.empty()) return phrases_.say(words.learn);
  if (label.empty()) return phrases_.say(words.learn_of, phrases_.cited(name));
  if (name.empty()) return phrases_.say(words.learn_label, phrases_.cited(label));
  return phrases_.say(words.learn_both, phrases_.cited(name), phrases_.cited(label));
}

std::string Speech::to_reach(const Landmark& mark, const Known& known) const {
  std::vector<Ref> rows;
  if (!mark.row.empty()) rows.push_back(evaluate(mark.row, context()).as_ref());
  for (const app::Expr& arg : mark.args)
    if (!arg.empty()) rows.push_back(evaluate(arg, context()).as_ref());
  for (const Ref row : rows)
    if (const std::string name = name_of_row(row, known); !name.empty())
      return phrases_.say(phrases_.purposes.find, phrases_.cited(name));
  if (mark.screen < 0) return phrases_.say(phrases_.purposes.learn);
  return phrases_.say(phrases_.purposes.enter, cited_screen(mark.app, mark.screen));
}

std::string Speech::to_do(const Landmark& mark) const {
  const Phrases::Purposes& words = phrases_.purposes;
  if (mark.widget < 0) return phrases_.say(words.read_page);
  const app::Widget& widget =
      *machine_.apps().apps[mark.app].screens[mark.screen].widgets[mark.widget];
  std::string name(app::name_of(widget, mark.part));
  const app::Template* label = widget.text(app::Prop::kLabel);
  if (label == nullptr) label = widget.text(app::Prop::kTitle);
  if (const app::Item* item = mark.part < 0 ? nullptr : app::part_item(widget, mark.part))
    label = &item->label;
  if (name.empty() && label != nullptr && !label->empty() && label->constant())
    name = touch::shorten(label->pieces()[0].literal);
  switch (mark.kind) {
    case LandmarkKind::kType:
      return phrases_.say(name.empty() ? words.fill : words.fill_in, phrases_.cited(name));
    case LandmarkKind::kSubmit: return phrases_.say(words.submit);
    case LandmarkKind::kHold: return phrases_.say(words.hold);
    case LandmarkKind::kVisit: return phrases_.say(words.read_page);
    default: break;
  }
  return phrases_.say(name.empty() ? words.step : words.step_of, phrases_.cited(name));
}

std::string Speech::label_in(const ExprNode& node) const {
  if (node.op == app::Op::kParam) {
    const std::size_t let = std::size_t(node.index) - task_.spec->params.size();
    const bool is_let = std::size_t(node.index) >= task_.spec->params.size() &&
                        let < task_.spec->lets.size();
    return is_let ? label_in(task_.spec->lets[let].value.root()) : std::string();
  }
  Cell cell{.app = std::int16_t(node.app), .column = node.index};
  if (node.op == app::Op::kField) {
    const app::Type of = node.children[0].type;
    cell = {std::int16_t(of.app), std::int16_t(of.table), -1, node.index};
  }
  if (node.op == app::Op::kField || node.op == app::Op::kVar)
    if (const std::string_view label = index_.label_of(cell); !label.empty())
      return std::string(label);
  for (const ExprNode& child : node.children)
    if (std::string label = label_in(child); !label.empty()) return label;
  return {};
}

std::vector<Speech::Fact> Speech::facts(std::span<const Landmark* const> ahead, Known& known,
                                        const layout::Frame& frame) const {
  std::vector<Fact> out;
  const Evidence nothing;
  Known told(machine_.apps(), task_, nothing);
  for (const Landmark* mark : ahead) {
    const bool says = mark->kind == LandmarkKind::kType || mark->kind == LandmarkKind::kAnswer;
    if (!says || mark->text.empty() || mark->text.root().op == app::Op::kConst) continue;
    known.clear();
    if (told.is_known(mark->text, state_.world) || !known.is_known(mark->text, state_.world))
      continue;
    const std::string value =
        app::format_value(evaluate(mark->text, context()), mark->text.type(),
                          app::Format::kPlain, context());
    if (value.empty()) continue;
    const std::string label = label_in(mark->text.root());
    const bool is_shown =
        std::any_of(frame.nodes.begin(), frame.nodes.end(), [&](const layout::Node& node) {
          return node.text.find(value) != std::string::npos ||
                 node.value.find(value) != std::string::npos;
        });
    const Phrases::Facts& words = phrases_.facts;
    out.push_back({phrases_.say(words.form,
                                label.empty() ? std::string(words.result) : phrases_.cited(label),
                                phrases_.cited(value)),
                   is_shown});
  }
  return out;
}

}  // namespace paperphone::task
