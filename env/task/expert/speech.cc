#include "env/task/expert/speech.h"

#include <algorithm>
#include <tuple>

#include "env/app/names.h"
#include "env/app/parts.h"
#include "env/task/evidence/meaning.h"
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

std::string Speech::name_in(const ExprNode& node, const Known& known) const {
  const bool is_param = node.op == app::Op::kParam &&
                        std::size_t(node.index) < task_.spec->params.size();
  if (is_param) return name_of_row(task_.values[std::size_t(node.index)].as_ref(), known);
  if (app::has_own_it(node)) return {};
  for (const ExprNode& child : node.children)
    if (std::string name = name_in(child, known); !name.empty()) return name;
  return {};
}

std::string Speech::to_learn(std::span<const app::Expr* const> asked,
                             std::span<const Cell> cells, Known& known) const {
  const Phrases::Purposes& words = phrases_.purposes;
  const auto say = [&](std::string_view label, const std::string& name) {
    if (label.empty()) return phrases_.say(words.learn_of, phrases_.cited(name));
    if (name.empty()) return phrases_.say(words.learn_one, phrases_.cited(label));
    return phrases_.say(words.learn_both, phrases_.cited(name), phrases_.cited(label));
  };
  for (const app::Expr* expr : asked) {
    if (expr->empty() || known.knows(*expr, state_.world)) continue;
    const ExprNode* node = &meant_by(*expr, *task_.spec);
    if (const auto label = index_.label_of(shape_of(*node)); !label.empty())
      if (const std::string name = name_in(*node, known); !name.empty()) return say(label, name);
    // What a superlative compares.
    while (node->op == app::Op::kField) node = &node->children[0];
    if (node->op == app::Op::kParam) continue;
    if (app::is_aggregate(node->op) && node->op >= app::Op::kSum)
      if (const auto label = index_.label_of(shape_of(node->children[0])); !label.empty())
        return phrases_.say(words.learn_label, phrases_.cited(label));
  }
  if (cells.empty()) return phrases_.say(words.learn);
  const Cell& first = cells.front();
  const bool of_one_row = std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) {
    return std::tuple(cell.app, cell.table, cell.row_id) ==
           std::tuple(first.app, first.table, first.row_id);
  });
  const bool of_one_column = std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) {
    return shape_of(cell) == shape_of(first);
  });
  const std::string name = of_one_row && first.table >= 0
                               ? name_of_row({first.app, first.table, first.row_id}, known)
                               : std::string();
  const std::string_view label =
      of_one_column ? index_.label_of(shape_of(first)) : std::string_view();
  if (label.empty() && name.empty()) return phrases_.say(words.learn);
  if (!of_one_row) return phrases_.say(words.learn_label, phrases_.cited(label));
  return say(label, name);
}

std::string Speech::to_reach(const Landmark& mark, const Known& known) const {
  std::vector<Ref> rows;
  if (!mark.row.empty()) rows.push_back(evaluate(mark.row, context()).as_ref());
  for (const app::Expr& arg : mark.args)
    if (!arg.empty()) rows.push_back(evaluate(arg, context()).as_ref());
  const sim::ScreenEntry* top = state_.top();
  const auto is_open = [&](Ref row) {
    return top != nullptr &&
           std::any_of(top->args.begin(), top->args.end(),
                       [&](const Value& arg) { return row.valid() && arg.as_ref() == row; });
  };
  const bool is_there = std::any_of(rows.begin(), rows.end(), is_open);
  if (is_there && mark.widget >= 0) return to_do(mark, {}, known);
  for (const Ref row : rows)
    if (const std::string name = name_of_row(row, known); !name.empty() && !is_open(row))
      return phrases_.say(phrases_.purposes.find, phrases_.cited(name));
  if (mark.screen < 0) return phrases_.say(phrases_.purposes.learn);
  return phrases_.say(phrases_.purposes.enter, cited_screen(mark.app, mark.screen));
}

std::string Speech::choice_of(const Landmark& mark, const Known& known) const {
  if (mark.kind != LandmarkKind::kTap) return {};
  const auto said = [&](const ExprNode& node) -> std::string {
    const bool is_told = node.op == app::Op::kConst ||
                         (node.op == app::Op::kParam &&
                          std::size_t(node.index) < task_.spec->params.size());
    if (!is_told || node.type.kind == app::Kind::kBool) return {};
    const Value value = evaluate(node, context());
    if (node.type.kind == app::Kind::kRef) return name_of_row(value.as_ref(), known);
    if (node.op == app::Op::kConst && node.type.kind != app::Kind::kText) return {};
    return touch::shorten(
        app::format_value(value, node.type, app::Format::kPlain, context()));
  };
  const auto chosen = [&](const auto& self, const ExprNode& until) -> std::string {
    if (until.op == app::Op::kAnd) {
      for (const ExprNode& part : until.children)
        if (std::string name = self(self, part); !name.empty()) return name;
      return {};
    }
    if (until.op != app::Op::kEq || evaluate(until, context()).as_bool()) return {};
    const bool sets = until.children[0].op == app::Op::kVar ||
                      until.children[0].op == app::Op::kField;
    return sets ? said(until.children[1]) : std::string();
  };
  if (!mark.text.empty())
    if (std::string day = said(mark.text.root()); !day.empty()) return day;
  if (!mark.until.empty())
    if (std::string name = chosen(chosen, mark.until.root()); !name.empty()) return name;
  return mark.row.empty() ? std::string()
                          : name_of_row(evaluate(mark.row, context()).as_ref(), known);
}

std::string Speech::to_do(const Landmark& mark, std::string_view touched,
                          const Known& known) const {
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
  if (!name.empty()) return phrases_.say(words.step_of, phrases_.cited(name));
  if (const std::string choice = choice_of(mark, known); !choice.empty())
    return phrases_.say(words.choose, phrases_.cited(choice));
  if (!touched.empty()) return phrases_.say(words.step_of, phrases_.cited(touched));
  return phrases_.say(words.step_on, cited_screen(mark.app, mark.screen));
}

std::string Speech::label_read(const ExprNode& node, const Known& known) const {
  const Cell said = said_by(node, context());
  for (const std::string& label : index_.labels_of(shape_of(node)))
    if (known.has(said, Value::of_text(label))) return label;
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
    const std::string label = label_read(meant_by(mark->text, *task_.spec), known);
    const bool is_shown =
        std::any_of(frame.nodes.begin(), frame.nodes.end(), [&](const layout::Node& node) {
          return node.text.find(value) != std::string::npos ||
                 node.value.find(value) != std::string::npos;
        });
    const Phrases::Facts& words = phrases_.facts;
    out.push_back({label.empty()
                       ? phrases_.say(words.bare, phrases_.cited(value))
                       : phrases_.say(words.form, phrases_.cited(label), phrases_.cited(value)),
                   is_shown});
  }
  return out;
}

}  // namespace paperphone::task
