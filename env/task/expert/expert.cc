#include "env/task/expert/expert.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "env/base/utf8.h"
#include "env/sim/system/controls.h"
#include "env/task/evidence/known.h"
#include "env/task/evidence/look.h"
#include "env/task/evidence/meaning.h"
#include "env/task/expert/aim.h"
#include "env/task/expert/gather.h"
#include "env/task/expert/lists.h"
#include "env/task/expert/obstacles.h"
#include "env/task/expert/search.h"
#include "env/task/expert/sentence.h"
#include "env/task/expert/speech.h"
#include "env/task/expert/thought.h"
#include "env/task/expert/typing.h"

namespace paperphone::task {

using app::LandmarkKind;
using app::EvalContext;
using app::evaluate;
using app::Format;
using app::format_value;
using app::holds;
using app::Kind;
using app::Landmark;
using app::Prop;
using app::read;
using app::Ref;
using app::Value;
using app::Widget;
using app::World;
using sim::Event;
using sim::Machine;
using sim::PhoneState;
using sim::Target;
namespace event = sim::event;

namespace {

constexpr int kMostNoted = 40;  // characters of Advice::facts

// One decision: works on one state and one task, then is thrown away.
class Decision {
 public:
  Decision(const Machine& machine, const layout::Layout& layout,
           const ScreenIndex& index, touch::Scale scale, const PhoneState& state,
           const TaskInstance& task, const Evidence& evidence,
           const layout::Frame* frame, const Phrases& phrases)
      : phrases_(phrases),
        machine_(machine),
        index_(index),
        state_(state),
        task_(task),
        evidence_(evidence),
        known_(machine.apps(), task, evidence),
        lists_(machine, task, known_, evidence),
        aim_(machine, state, task, lists_),
        speech_(machine, index, state, task, phrases),
        hand_(machine, layout, scale, state, frame),
        typist_(machine, state, task, aim_, hand_) {
    hand_.set_lookout([this](const Target& target) { return way_to(target); });
  }

  Advice make() {
    decide();
    speak();
    advice_.actions = std::move(hand_.actions());
    return std::move(advice_);
  }

  Hash128 situation() {
    Hasher hasher;
    hasher.add(sim::hash_situation(state_));
    for_unknown([&](const std::vector<app::Cell>& missing) {
      for (const app::Cell& cell : missing)
        hasher.add(cell.app).add(cell.table).add(cell.row_id).add(cell.column);
      hasher.add(missing.size());
    });
    if (const app::ScreenSpec* screen = top_screen(machine_, state_))
      for (const Widget* widget : screen->widgets)
        if (widget->table(Prop::kRows).app >= 0)
          if (const Listing* seen = evidence_.find(listing_of(machine_, state_, *widget).key))
            hasher.add_bytes(seen->seen);
    return hasher.finish();
  }

  bool concerns(Ref row, const PhoneState& after) {
    if (row.valid() && !is_of_task(row)) return false;
    const sim::ScreenEntry* here = state_.top();
    const sim::ScreenEntry* there = after.top();
    if (row.valid() || here == nullptr || there == nullptr ||
        state_.front_app() != after.front_app() ||
        state_.recents.back().stack.size() >= after.recents.back().stack.size())
      return true;
    // What a page says of its own things is no choice.
    const auto is_of_page = [&](const Value& thing) {
      return std::any_of(here->args.begin(), here->args.end(), [&](const Value& arg) {
        const app::Row* of = state_.world.find(arg.as_ref());
        return arg == thing || (of != nullptr && std::find(of->cells.begin(), of->cells.end(),
                                                           thing) != of->cells.end());
      });
    };
    return std::all_of(there->args.begin(), there->args.end(), [&](const Value& arg) {
      return !arg.as_ref().valid() || is_of_page(arg) || is_of_task(arg.as_ref());
    });
  }

 private:
  // Calls visit(cells) with what each thing that has to be known still lacks.
  template <class Visit>
  void for_unknown(Visit visit) {
    const auto add = [&](const Facts& facts) {
      known_.clear();
      facts.known(known_, state_.world);
      visit(known_.missing());
    };
    for (const Landmark& mark : task_.spec->expert) {
      if (!mark.needs.empty() && !is_about_progress(mark.needs)) add({{&mark.needs}});
      if (pending(mark)) add(facts_of(mark));
    }
    if (fact() != nullptr) add({{fact()}});
  }

  // Rows and texts that the task speaks of or asks after.
  struct Subjects {
    std::set<Ref> rows;
    std::set<std::string, std::less<>> texts;
  };
  const Subjects& subjects() {
    if (subjects_) return *subjects_;
    Subjects& all = subjects_.emplace();
    for (std::size_t i = 0; i < task_.spec->params.size(); ++i)
      all.texts.emplace(task_.values[i].as_text());
    for (const Landmark& mark : task_.spec->expert)
      for (const Ref row : interesting_rows(mark)) all.rows.insert(row);
    for (const Ref ref : all.rows) {
      const app::Row* row = state_.world.find(ref);
      for (std::size_t c = 0; row != nullptr && c < row->cells.size(); ++c)
        if (known_.has({ref.app, ref.table, ref.row_id, std::int32_t(c)}, row->cells[c]))
          all.texts.emplace(row->cells[c].as_text());
    }
    all.texts.erase("");
    for_unknown([&](const std::vector<app::Cell>& missing) {
      for (const app::Cell& cell : missing)
        if (cell.table >= 0) all.rows.insert({cell.app, cell.table, cell.row_id});
    });
    return all;
  }
  // One of those, or it is known to refer to one or to be called like one.
  bool is_of_task(Ref ref) {
    const Subjects& all = subjects();
    if (all.rows.contains(ref)) return true;
    const app::Row* row = state_.world.find(ref);
    for (std::size_t c = 0; row != nullptr && c < row->cells.size(); ++c) {
      const Value& value = row->cells[c];
      if (all.texts.contains(value.as_text())) return true;
      if (value.as_ref().valid() && all.rows.contains(value.as_ref()) &&
          known_.has({ref.app, ref.table, ref.row_id, std::int32_t(c)}, value))
        return true;
    }
    return false;
  }

  void decide() {
    if (const std::string_view obstacle = clear_the_way(state_, hand_, phrases_.obstacles);
        !obstacle.empty()) {
      thought_.obstacle = obstacle;
      finish();
      return;
    }
    if (is_seen()) return end();
    for (const Landmark& mark : task_.spec->expert)
      if (pending(mark)) ahead_.push_back(&mark);
    if (const Landmark* answer = known_answer()) return carry_out(*answer);
    for (const Landmark& mark : task_.spec->expert) {
      if (looks_up_needs(mark)) return;
      if (pending(mark)) return pursue(mark);
    }
    if (!looks_up_end()) end();
  }

  // Whoever can answer need not go on looking. nullptr: not yet.
  const Landmark* known_answer() {
    if (task_.spec->answer.empty()) return nullptr;
    for (const Landmark* mark : ahead_)
      if (mark->kind == LandmarkKind::kAnswer && known_.knows(mark->text, state_.world) &&
          was_read(*mark))
        return mark;
    return nullptr;
  }

  // What the app reckons by numbers of its own, and says, is read and not reckoned again.
  bool was_read(const Landmark& mark) const {
    if (mark.text.empty() || mark.screen < 0) return true;
    const app::ExprNode& node = meant_by(mark.text, *task_.spec);
    if (!is_reckoned(node) || !index_.shows_reckoned(shape_of(node))) return true;
    return evidence_.has(said_by(node, context()), evaluate(node, context()));
  }

  // ---- the end --------------------------------------------------------------------

  // What has to be seen before the end; nullptr: nothing, or the answer is that.
  const app::Expr* fact() const {
    return task_.spec->answer.empty() ? fact_to_see(*task_.spec) : nullptr;
  }
  bool is_seen() {
    if (fact() == nullptr) return false;
    known_.clear();
    return known_.is_known(*fact(), state_.world) && holds(*fact(), context());
  }
  bool looks_up_end() {
    if (fact() == nullptr || is_seen()) return false;
    Landmark anywhere;
    anywhere.app = std::max(task_.spec->app, 0);
    const std::vector<app::Cell> missing = known_.missing();
    const Facts facts{{fact()}};
    const SearchResult way = way_to_facts(anywhere, facts);
    if (way.found) {
      follow(way, facts, missing);
    } else {
      end();
      name_unknown(missing);
    }
    return true;
  }
  void end() {
    const bool can = task_.spec->infeasible.empty();
    hand_.add(Terminate{can ? TerminateStatus::kSuccess : TerminateStatus::kFailure});
    thought_.end = can ? ThoughtParts::End::kDone : ThoughtParts::End::kInfeasible;
    thought_.action = can ? phrases_.actions.end : phrases_.actions.give_up;
  }

  // "Not done yet": it reads what the task changes, or how things are looked at.
  bool is_about_progress(const app::Expr& needs) const {
    std::vector<app::Cell> cells;
    EvalContext here = context();
    here.trace = &cells;
    evaluate(needs, here);
    const app::TaskSpec& spec = *task_.spec;
    return std::any_of(cells.begin(), cells.end(), [&](const app::Cell& cell) {
      if (cell.table < 0 && machine_.apps().apps[cell.app].vars[cell.column].is_view) return true;
      const app::TableRef table{cell.app, cell.table};
      for (const auto* tables : {&spec.may_add, &spec.may_delete})
        if (std::find(tables->begin(), tables->end(), table) != tables->end()) return true;
      return std::any_of(
          spec.only_changes.begin(), spec.only_changes.end(), [&](const app::Place& place) {
            if (place.var >= 0)
              return cell.table < 0 && place.app == cell.app && place.var == cell.column;
            const Ref row = evaluate(place.target, context()).as_ref();
            return row == Ref{cell.app, cell.table, cell.row_id} && place.column == cell.column;
          });
    });
  }

  // Whether a landmark concerns us may have to be looked up first.
  bool looks_up_needs(const Landmark& mark) {
    if (mark.needs.empty() || is_about_progress(mark.needs)) return false;
    known_.clear();
    if (known_.is_known(mark.needs, state_.world)) return false;
    const Facts facts{{&mark.needs}};
    const std::vector<app::Cell> missing = known_.missing();
    const SearchResult way = way_to_facts(mark, facts);
    if (!way.found) return false;
    follow(way, facts, missing);
    return true;
  }

  EvalContext context() const {
    return {.world = state_.world, .apps = machine_.apps(), .params = task_.values};
  }

  bool pending(const Landmark& mark) const {
    if (!holds(mark.needs, context())) return false;
    return mark.until.empty() || !holds(mark.until, context());
  }

  // As far as it is known which they are.
  std::vector<Ref> interesting_rows(const Landmark& mark) {
    std::vector<Ref> rows;
    const auto add_ref = [&](const Value& value) {
      const Ref ref = value.as_ref();
      if (ref.valid() && std::find(rows.begin(), rows.end(), ref) == rows.end()) {
        rows.push_back(ref);
      }
    };
    for (const app::Expr& arg : mark.args) {
      if (!arg.empty() && known_.knows(arg, state_.world)) add_ref(evaluate(arg, context()));
    }
    if (!mark.row.empty() && known_.knows(mark.row, state_.world))
      add_ref(evaluate(mark.row, context()));
    const std::size_t params = task_.spec->params.size();
    for (std::size_t i = 0; i < task_.values.size(); ++i)
      if (i < params || known_.knows(task_.spec->lets[i - params].value, task_.initial))
        add_ref(task_.values[i]);
    const std::size_t direct = rows.size();
    for (std::size_t i = 0; i < direct; ++i) {  // and what these refer to
      const app::Row* row = state_.world.find(rows[i]);
      for (std::size_t c = 0; row != nullptr && c < row->cells.size(); ++c) {
        const app::Cell cell{rows[i].app, rows[i].table, rows[i].row_id, std::int32_t(c)};
        if (row->cells[c].tag() == Value::Tag::kRef && known_.has(cell, row->cells[c]))
          add_ref(row->cells[c]);
      }
    }
    return rows;
  }

  // What one would type into a search box: names of these rows that are known, and words
  // of the instruction.
  std::vector<std::string> names_of(const std::vector<Ref>& rows) const {
    constexpr std::size_t kMostNames = 5;
    std::vector<std::string> names;
    const auto add = [&](std::string_view name) {
      if (!name.empty() && names.size() < kMostNames &&
          std::find(names.begin(), names.end(), name) == names.end())
        names.emplace_back(name);
    };
    for (std::size_t i = 0; i < task_.spec->params.size(); ++i)
      if (task_.spec->params[i].type.kind == Kind::kText) add(task_.values[i].as_text());
    for (const Ref row : rows) {
      const int named_by = machine_.apps().apps[row.app].tables[row.table].display_column;
      if (named_by < 0) continue;
      const app::Cell cell{row.app, row.table, row.row_id, named_by};
      const Value name = value_at(state_.world, cell);
      if (known_.has(cell, name)) add(name.as_text());
    }
    return names;
  }

  // ---- what has to be known ----------------------------------------------------

  Facts facts_of(const Landmark& mark) const {
    Facts facts;
    facts.exprs = {&mark.row, &mark.text};
    for (const app::Expr& arg : mark.args)
      if (arg.type().kind == Kind::kRef || arg.type().kind == Kind::kText)
        facts.exprs.push_back(&arg);  // numbers of pages are nobody's to know
    return facts;
  }

  // Where a row of a list has to be looked for: 0 where it was in sight before.
  int way_to(const Target& target) {
    const sim::ScreenEntry* top = state_.top();
    if (target.where != Target::Where::kWidget || !target.row.valid() || !top) return 0;
    const auto& widgets =
        machine_.apps().apps[state_.front_app()].screens[top->screen].widgets;
    const Widget& list = *widgets[widgets[target.widget]->list];
    const Listing* seen = evidence_.find(listing_of(machine_, state_, list).key);
    if (seen == nullptr) return 1;
    const int place = seen->place_of(target.row.row_id);
    return place < 0 || seen->seen[place] != 0 ? 0 : way_through(list, *seen);
  }

  // Down as long as rows below those in sight were not seen, then up.
  int way_through(const Widget& list, const Listing& seen) {
    int last = -1;
    for (const layout::Shown& shown : hand_.frame().shown) {
      const Widget& widget =
          *machine_.apps().apps[state_.front_app()].screens[state_.top()->screen]
               .widgets[shown.widget];
      const int place = widget.list == list.index ? seen.place_of(shown.row.row_id) : -1;
      if (place >= 0 && seen.seen[place] != 0) last = std::max(last, place);
    }
    for (int i = last + 1; i < int(seen.rows.size()); ++i)
      if (seen.seen[i] == 0) return 1;
    return -1;
  }

  void gather(const Landmark& mark, const Facts& facts) {
    const std::vector<app::Cell> missing = known_.missing();
    const SearchResult way = way_to_facts(mark, facts);
    if (!way.found) return go_blindly(mark);
    follow(way, facts, missing);
  }

  // Variables of the phone itself show in other apps.
  int app_that_shows(const app::Cell& cell, int otherwise) const {
    if (!machine_.apps().apps[cell.app].hidden) return cell.app;
    const app::Cell column{cell.app, cell.table, -1, cell.column};
    const auto screens = index_.that_may_show({&column, 1});
    return screens.empty() ? otherwise : screens.front().app;
  }

  SearchResult way_to_facts(const Landmark& mark, const Facts& facts) {
    const std::vector<app::Cell> missing = known_.missing();
    SearchProblem problem = problem_of(mark);
    if (!missing.empty()) problem.target_app = app_that_shows(missing.front(), mark.app);
    for (const app::Cell& cell : missing) {
      const Ref row{cell.app, cell.table, cell.row_id};
      if (cell.table >= 0 && std::find(problem.interesting.begin(), problem.interesting.end(),
                                       row) == problem.interesting.end())
        problem.interesting.push_back(row);
    }
    return search_facts(machine_, index_, state_, known_, evidence_, facts, missing, problem);
  }

  void follow(const SearchResult& way, const Facts& facts,
              const std::vector<app::Cell>& missing) {
    thought_.purpose = speech_.to_learn(facts.exprs, missing, known_);
    if (way.length == 0 && way.there > 0) {
      read_on(missing);
      finish();
      return;
    }
    take(way);
  }

  // Scrolls to what was not in sight yet.
  void read_on(const std::vector<app::Cell>& missing) {
    const auto& widgets =
        machine_.apps().apps[state_.front_app()].screens[state_.top()->screen].widgets;
    for (const Widget* list : widgets) {
      const app::TableRef table = list->table(Prop::kRows);
      const bool wanted = table.app >= 0 && std::any_of(
          missing.begin(), missing.end(), [&](const app::Cell& cell) {
            return cell.app == table.app && cell.table == table.table;
          });
      if (!wanted || !holds(list->show, machine_.context(state_))) continue;
      const Listing whole = listing_of(machine_, state_, *list);
      const Listing* seen = evidence_.find(whole.key);
      if (seen != nullptr && seen->whole()) continue;
      if (component(list->kind).swipes == app::Swipes::kPages) {
        hand_.add_event(event::Swipe{{Target::Where::kWidget, list->index, -1, {}}, 1});
        return;
      }
      hand_.add_search(seen == nullptr || way_through(*list, *seen) > 0);
      return;
    }
    const layout::Frame& now = hand_.frame();
    hand_.add_search(now.scroll < now.scroll_max);
  }

  // ---- the way ------------------------------------------------------------------

  void pursue(const Landmark& mark) {
    known_.clear();
    const Facts facts = facts_of(mark);
    if (!facts.known(known_, state_.world)) return gather(mark, facts);
    if (mark.kind == LandmarkKind::kAnswer && was_read(mark)) return carry_out(mark);
    for (const app::Expr* expr : facts.exprs) lists_.grant(*expr, context());
    go(mark);
  }

  // Nothing tells where the facts are: to where the landmark is, as if they were known.
  void go_blindly(const Landmark& mark) {
    const std::vector<app::Cell> missing = known_.missing();
    go(mark);
    name_unknown(missing);
  }

  void name_unknown(const std::vector<app::Cell>& missing) {
    for (const app::Cell& cell : missing) {
      const std::string name = name_of(machine_.apps(), cell);
      if (advice_.unknown.find(name) == std::string::npos)
        advice_.unknown += (advice_.unknown.empty() ? "" : ", ") + name;
    }
  }

  SearchProblem problem_of(const Landmark& mark) {
    SearchProblem problem;
    problem.target_app = mark.app;
    problem.interesting = interesting_rows(mark);
    problem.names = names_of(problem.interesting);
    problem.pages = [this](const PhoneState& s, const Widget& list, Ref row) {
      return lists_.pages_to(s, list, row);
    };
    if (!is_careless_)
      problem.has_row = [this](const PhoneState& state, const Widget& list, Ref row) {
        return lists_.has_row(state, list, row);
      };
    problem.tolerates = [&](const World& before, const World& after) {
      return side_effects(task_, machine_.apps(), after).size() <=
                 side_effects(task_, machine_.apps(), before).size() &&
             !adds_or_deletes(before, after);
    };
    return problem;
  }

  void go(const Landmark& mark) {
    thought_.purpose = speech_.to_reach(mark, known_);
    if (aim_.at(mark, state_, is_careless_)) {
      if (!drops_what_would_go_along(mark)) carry_out(mark);
      return;
    }
    SearchProblem problem = problem_of(mark);
    problem.tries_controls = aim_.control_of(mark) >= 0;
    problem.reached = [&](const PhoneState& s) -> std::optional<int> {
      if (!aim_.at(mark, s, is_careless_)) return std::nullopt;
      return aim_.pages_to(mark, s);
    };
    const ScreenGraph::Screen there{mark.app, mark.screen};
    problem.hope = index_.graph().to({&there, 1});
    const SearchResult way = search_way(machine_, state_, problem);
    if (!way.found && !is_careless_) {
      is_careless_ = true;  // by way of lists that may not have what it looks for
      go(mark);
      if (advice_.unknown.empty()) advice_.unknown = "which list has its rows";
      return;
    }
    if (!way.found) {
      // No way from here: leave the app and come in again by its front door.
      if (state_.front_app() >= 0) {
        hand_.add_event(event::Back{});
      } else {
        hand_.add_event(event::Open{mark.app});
      }
      thought_.goes_back = true;
      finish();
      return;
    }
    take(way);
  }

  bool concerns(const Event& event) {
    const auto* tap = std::get_if<event::Tap>(&event);
    if (tap == nullptr) return true;
    PhoneState after = state_;
    machine_.apply(after, event);
    return concerns(tap->target.row, after);
  }

  void take(const SearchResult& way) {
    const Event* first = way.first_events.empty() ? nullptr : &way.first_events.front();
    if (const auto* pull = first == nullptr ? nullptr : std::get_if<event::PullShade>(first))
      thought_.purpose = pull->to == sim::Shade::kControls ? phrases_.purposes.look_at_controls
                                                           : phrases_.purposes.look_at_notices;
    // open() first: it works from anywhere; then Back, which undoes and chooses nothing; then
    // taps in reading order.
    std::vector<Event> events = way.first_events;
    // Not by what happens to have a way on, where there is another.
    if (events.size() > 1) {
      const auto is_chance = [&](const Event& e) { return !concerns(e); };
      if (!std::all_of(events.begin(), events.end(), is_chance)) std::erase_if(events, is_chance);
    }
    const auto is_open = [](const Event& e) { return std::holds_alternative<event::Open>(e); };
    const auto is_back = [](const Event& e) { return std::holds_alternative<event::Back>(e); };
    const auto others = std::stable_partition(events.begin(), events.end(), is_open);
    std::stable_partition(others, events.end(), is_back);
    thought_.goes_back = !events.empty() && is_back(events.front());
    for (const Event& event : events) hand_.add_event(event);
    finish();
  }

  bool adds_or_deletes(const World& before, const World& after) const {
    for (std::size_t app = 0; app < before.apps.size(); ++app) {
      if (before.apps[app].identity() == after.apps[app].identity()) continue;
      const auto& old_tables = before.apps[app]->tables;
      const auto& new_tables = after.apps[app]->tables;
      for (std::size_t t = 0; t < old_tables.size(); ++t) {
        if (old_tables[t].identity() != new_tables[t].identity() &&
            old_tables[t]->rows.size() != new_tables[t]->rows.size()) {
          return true;
        }
      }
    }
    return false;
  }

  // What is sent would take something along that the task does not speak of, as a quote that
  // stands above the box: it takes it off.
  bool drops_what_would_go_along(const Landmark& mark) {
    if (mark.widget < 0) return false;
    const app::ScreenSpec& screen = machine_.apps().apps[mark.app].screens[mark.screen];
    if (!component(screen.widgets[mark.widget]->kind).keeps_keyboard) return false;
    for (const app::Transition& t : screen.when) {
      if (t.trigger != app::Trigger::kSubmit || t.widget != mark.widget) continue;
      for (const app::Effect& effect : t.effects) {
        const auto* add = std::get_if<app::AddEffect>(&effect.what);
        for (std::size_t i = 0; add != nullptr && i < add->cells.size(); ++i) {
          const app::ExprNode& along = add->cells[i].second.root();
          if (along.op != app::Op::kVar || along.type.kind != Kind::kRef) continue;
          const Ref ref = evaluate(along, context()).as_ref();
          if (ref.valid() && !subjects().rows.contains(ref) && drops(screen, along)) return true;
        }
      }
    }
    return false;
  }
  // A tap on this screen empties the variable.
  bool drops(const app::ScreenSpec& screen, const app::ExprNode& variable) {
    for (const Widget* widget : screen.widgets) {
      const Event tap = event::Tap{{Target::Where::kWidget, widget->index, -1, {}}};
      if (widget->list >= 0 || !offers(machine_, state_, std::get<event::Tap>(tap).target) ||
          !machine_.answers_tap(state_, std::get<event::Tap>(tap).target))
        continue;
      PhoneState after = state_;
      machine_.apply(after, tap);
      const EvalContext then{.world = after.world, .apps = machine_.apps(), .params = task_.values};
      if (after.front_app() != state_.front_app() || evaluate(variable, then).as_ref().valid())
        continue;
      hand_.add_event(tap);
      finish();
      return true;
    }
    return false;
  }

  // ---- doing it ---------------------------------------------------------------

  void carry_out(const Landmark& mark) {
    switch (mark.kind) {
      case LandmarkKind::kTap:
        if (aim_.at_control(mark, state_)) {
          hand_.add_event(event::Tap{{Target::Where::kShade, -1,
                                      sim::kShadeControl + aim_.control_of(mark), {}}});
          break;
        }
        hand_.add_event(event::Tap{aim_.target_of(mark)});
        break;
      case LandmarkKind::kHold:
        hand_.add_event(event::Hold{aim_.target_of(mark)});
        break;
      case LandmarkKind::kSubmit:
        if (typist_.focused(mark)) {
          hand_.add(SystemButton{Button::kEnter});
        } else {
          hand_.add_event(event::Tap{aim_.target_of(mark)});
        }
        break;
      case LandmarkKind::kType:
        typist_.type(mark);
        break;
      case LandmarkKind::kVisit:
        hand_.add(Wait{1.0});
        break;
      case LandmarkKind::kAnswer: {
        const Value value = evaluate(mark.text, context());
        thought_.end = ThoughtParts::End::kAnswer;
        hand_.add(Answer{format_value(value, mark.text.type(), Format::kPlain, context())});
        break;
      }
    }
    thought_.purpose = speech_.to_do(mark, hand_.label(), known_);
    finish();
  }

  // ---- words ----------------------------------------------------------------------

  // What the first action is, and the thought about it.
  void speak() {
    std::vector<const Landmark*> ahead;
    for (const Landmark* mark : ahead_)
      if (was_read(*mark)) ahead.push_back(mark);
    const std::vector<Speech::Fact> facts = speech_.facts(ahead, known_, hand_.frame());
    int characters = 0;
    for (const Speech::Fact& fact : facts) {
      std::string& of = fact.is_shown ? thought_.read : thought_.kept;
      if (of.empty()) of = fact.text;
      characters += count_code_points(fact.text);
      if (characters <= kMostNoted) advice_.facts.push_back(fact.text);
    }
    thought_.page = speech_.page();
    advice_.sentence = phrases_.begun(thought_.action);
    if (thought_.purpose.empty()) thought_.purpose = phrases_.purposes.go_on;
    // Of what is seen and said alone.
    thought_.voice = Hasher()
                         .add(task_.instruction)
                         .add(thought_.page)
                         .add(thought_.action)
                         .add(layout::hash_draws(hand_.frame()))
                         .finish()
                         .low;
    advice_.thought = thought_of(thought_, phrases_);
  }

  void finish() {
    if (hand_.actions().empty()) {
      hand_.add(SystemButton{Button::kBack});
    }
    thought_.action = sentence_of(hand_.actions().front().action, hand_.label(), phrases_);
  }

  const Phrases& phrases_;
  const Machine& machine_;
  const ScreenIndex& index_;
  const PhoneState& state_;
  const TaskInstance& task_;
  const Evidence& evidence_;
  Known known_;
  Lists lists_;
  const Aim aim_;
  Speech speech_;
  ThoughtParts thought_;
  std::optional<Subjects> subjects_;    // once somebody asked
  std::vector<const Landmark*> ahead_;  // landmarks that are not behind us
  bool is_careless_ = false;  // takes lists to have the rows that they happen to have
  touch::Hand hand_;
  Typist typist_;
  Advice advice_;
};

}  // namespace

Advice Expert::advise(const PhoneState& state, const TaskInstance& task,
                      const Evidence& evidence, const layout::Frame* frame) const {
  return Decision(*machine_, *layout_, *index_, scale_, state, task, evidence, frame,
                  phrases_of(language_))
      .make();
}

Hash128 Expert::situation(const PhoneState& state, const TaskInstance& task,
                          const Evidence& evidence) const {
  return Decision(*machine_, *layout_, *index_, scale_, state, task, evidence, nullptr,
                  phrases_of(language_))
      .situation();
}

bool Expert::concerns(const PhoneState& state, const TaskInstance& task,
                      const Evidence& evidence, Ref row, const PhoneState& after) const {
  return Decision(*machine_, *layout_, *index_, scale_, state, task, evidence, nullptr,
                  phrases_of(language_))
      .concerns(row, after);
}

}  // namespace paperphone::task
