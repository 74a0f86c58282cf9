// `expert:` of a task: landmarks, and when each is behind us.
#include "env/app/load/tasks/landmark_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/app/load/compile.h"
#include "env/app/load/screens/screen_loader.h"

namespace paperphone::app {
namespace {

// An expression of a screen, where its arguments and its row are the landmark's;
// nullopt: the landmark leaves one of them open.
std::optional<ExprNode> in_task(const ExprNode& node, const Landmark& mark) {
  const bool is_arg = node.op == Op::kArg;
  if (is_arg || node.op == Op::kRow) {
    const bool said = !is_arg || std::size_t(node.index) < mark.args.size();
    const Expr given = !said    ? Expr()
                       : is_arg ? mark.args[std::size_t(node.index)]
                                : mark.row;
    if (given.empty()) return std::nullopt;
    return given.root();
  }
  ExprNode out = node;
  for (ExprNode& child : out.children) {
    auto made = in_task(child, mark);
    if (!made) return std::nullopt;
    child = std::move(*made);
  }
  return out;
}

class LandmarkLoader {
 public:
  LandmarkLoader(Loading& loading, Scope scope, TaskSpec& task)
      : loading_(loading), scope_(std::move(scope)), task_(task) {}

  void load(const YamlNode& node) {
    if (!node.is_sequence()) {
      loading_.findings.add(
          node.pos(), fmt::format("'expert' must be a list, not {}", node.what()));
      return;
    }
    if (node.items.empty())
      loading_.findings.add(node.pos(), "'expert' is empty; it needs a landmark");
    for (const YamlNode& item : node.items)
      if (auto mark = landmark(item)) task_.expert.push_back(std::move(*mark));
    complete();
    const bool answers =
        std::any_of(task_.expert.begin(), task_.expert.end(),
                    [](const Landmark& m) { return m.kind == LandmarkKind::kAnswer; });
    if (!task_.answer.empty() && !answers)
      loading_.findings.add(node.pos(),
                            "the expert of a question must end with an "
                            "`answer` landmark");
  }

 private:
  // Where `until` is left out: the last landmark is behind us when the goal is reached,
  // one that types or chooses also when its value stands there.
  void complete() {
    bool is_last = true;
    for (auto mark = task_.expert.rbegin(); mark != task_.expert.rend(); ++mark) {
      if (mark->kind == LandmarkKind::kAnswer) continue;
      if (mark->until.empty() && is_last && !task_.already) mark->until = task_.goal;
      if (mark->until.empty()) mark->until = written_or_done(*mark);
      if (mark->until.empty())
        loading_.findings.add(mark->pos,
                              "a landmark needs 'until': when it is behind us");
      is_last = false;
    }
  }

  Expr written_or_done(const Landmark& mark) {
    const Expr own = written(mark);
    const bool ends_early = !task_.goal.empty() && !task_.already;
    return own.empty() || !ends_early ? own : joined(Op::kOr, own, task_.goal);
  }

  // "The field holds what was typed"; empty where that cannot be asked.
  Expr written(const Landmark& mark) {
    if (mark.widget < 0 || mark.text.empty()) return {};
    const Widget& widget = *loading_.apps.apps[std::size_t(mark.app)]
                                .screens[std::size_t(mark.screen)]
                                .widgets[std::size_t(mark.widget)];
    const Place* bind = widget.place(Prop::kBind);
    if (bind == nullptr || bind->type.kind != mark.text.type().kind) return {};
    const auto held = in_task(value_of(*bind).root(), mark);
    return held ? joined(Op::kEq, Expr(*held), mark.text) : Expr();
  }

  std::optional<Landmark> landmark(const YamlNode& node) {
    MapReader reader(node, "landmark", loading_.findings);
    Landmark mark;
    mark.pos = node.pos();
    if (const YamlNode* until = reader.take("until"))
      mark.until = compile_condition(loading_, *until, scope_, "'until'");
    if (const YamlNode* needs = reader.take("needs"))
      mark.needs = compile_condition(loading_, *needs, scope_, "'needs'");
    const YamlNode* at = reader.take("at");
    const bool at_good = at == nullptr || read_at(*at, mark);
    const YamlNode* into = reader.take("into");
    const YamlNode* of = reader.take("of");
    const YamlNode* row = reader.take("row");
    const YamlNode* day = reader.take("day");
    const YamlNode* time = reader.take("time");
    const YamlNode* widget = nullptr;
    const bool kind_good = read_kind(reader, node, into, of, mark, widget);
    reader.finish();
    if (!node.is_map() || !at_good || !kind_good) return std::nullopt;
    if (mark.screen < 0 && mark.kind != LandmarkKind::kAnswer) {
      loading_.findings.add(node.pos(), "a landmark needs 'at': the screen it is on");
      return std::nullopt;
    }
    Type list_row;
    if (widget != nullptr) {
      const ScreenSpec& screen =
          loading_.apps.apps[std::size_t(mark.app)].screens[std::size_t(mark.screen)];
      const auto touch = find_touch(loading_, *widget, screen);
      if (!touch) return std::nullopt;
      mark.widget = touch->widget;
      mark.part = touch->part;
      list_row = touch->row;
      if (mark.kind == LandmarkKind::kType)
        check_typed(*widget, *screen.widgets[std::size_t(mark.widget)], mark);
      if (const YamlNode* choose = node.find("choose"))
        read_choice(*choose, *widget, *screen.widgets[std::size_t(mark.widget)], mark);
    }
    read_row(node, row, list_row, mark);
    read_day(node, day, time, mark);
    return mark;
  }

  bool read_at(const YamlNode& node, Landmark& mark) {
    if (!read_text(node, "'at'", loading_.findings)) return false;
    try {
      GoTo at = parse_at(node.text, scope_);
      mark.app = at.app;
      mark.screen = at.screen;
      mark.args = std::move(at.args);
      return true;
    } catch (const ExprError& error) {
      loading_.findings.add(node.pos_inside(error.offset), error.message);
      return false;
    }
  }

  bool read_kind(MapReader& reader, const YamlNode& node, const YamlNode* into,
                 const YamlNode* of, Landmark& mark, const YamlNode*& widget) {
    struct Name {
      std::string_view key;
      LandmarkKind kind;
    };
    constexpr std::array<Name, 7> kKinds = {{{"tap", LandmarkKind::kTap},
                                             {"hold", LandmarkKind::kHold},
                                             {"choose", LandmarkKind::kTap},
                                             {"type", LandmarkKind::kType},
                                             {"submit", LandmarkKind::kSubmit},
                                             {"visit", LandmarkKind::kVisit},
                                             {"answer", LandmarkKind::kAnswer}}};
    const YamlNode* value = nullptr;
    int kinds = 0;
    bool chooses = false;
    for (const Name& name : kKinds) {
      const YamlNode* found = reader.take(name.key);
      if (found == nullptr) continue;
      chooses = name.key == "choose";
      ++kinds;
      value = found;
      mark.kind = name.kind;
    }
    if (kinds != 1) {
      if (node.is_map())
        loading_.findings.add(node.pos(),
                              "a landmark needs exactly one of tap, hold, "
                              "choose, type, submit, visit, answer");
      return false;
    }
    if (into != nullptr && mark.kind != LandmarkKind::kType)
      loading_.findings.add(into->pos(), "'into' goes with 'type' only");
    if (of != nullptr && !chooses)
      loading_.findings.add(of->pos(), "'of' goes with 'choose' only");
    if (chooses) {
      if (of == nullptr)
        loading_.findings.add(node.pos(),
                              "'choose' needs 'of': the id of what has options");
      widget = of;
      return of != nullptr;
    }
    switch (mark.kind) {
      case LandmarkKind::kTap:
      case LandmarkKind::kHold:
      case LandmarkKind::kSubmit:
        widget = value;
        return true;
      case LandmarkKind::kVisit:
        if (value->text == "true") return true;
        loading_.findings.add(value->pos(), "write `visit: true`");
        return false;
      case LandmarkKind::kType:
        mark.text = compile_expr(loading_, *value, scope_, "'type'");
        if (into == nullptr) {
          loading_.findings.add(node.pos(), "'type' needs 'into': the field's id");
          return false;
        }
        widget = into;
        return true;
      case LandmarkKind::kAnswer:
        mark.text = compile_expr(loading_, *value, scope_, "'answer'");
        return true;
    }
    return false;
  }

  // Options have values like their widget's bind; other items go by their ids.
  void read_choice(const YamlNode& choose, const YamlNode& of, const Widget& widget,
                   Landmark& mark) {
    const Place* bind = widget.place(Prop::kBind);
    const bool has_options = !widget.items(Prop::kOptions).empty() && bind != nullptr;
    if (mark.part >= 0 || (!has_options && widget.items(Prop::kItems).empty())) {
      loading_.findings.add(of.pos(),
                            fmt::format("'{}' has no options to choose from", of.text));
      return;
    }
    const Type wanted = has_options ? bind->type : Type{.kind = Kind::kText};
    Expr value = is_word(choose, widget, wanted)
                     ? text_itself(loading_, choose, wanted)
                     : compile_expr(loading_, choose, scope_, "'choose'");
    const bool constant = !value.empty() && value.root().op == Op::kConst;
    if (constant && wanted.words >= 0 && value.type().kind == Kind::kText &&
        !has_word(wanted, value.root().value.as_text(), loading_.apps))
      loading_.findings.add(choose.pos(), not_one_of(value.root().value.as_text(),
                                                     wanted, loading_.apps));
    const bool text =
        wanted.kind == Kind::kText && value.type().kind == Kind::kText;  // of a param
    if (!value.empty() && !text && !fits(value.type(), wanted))
      loading_.findings.add(
          choose.pos(), fmt::format("the options of '{}' are {}, this is {}", widget.id,
                                    type_name(wanted, loading_.apps),
                                    type_name(value.type(), loading_.apps)));
    mark.text = std::move(value);
  }

  // One of the words or ids to choose from, and no parameter's name.
  bool is_word(const YamlNode& choose, const Widget& of, Type wanted) const {
    if (!choose.is_scalar()) return false;
    const auto& params = scope_.params;
    if (std::any_of(params.begin(), params.end(),
                    [&](const NamedType& param) { return param.name == choose.text; }))
      return false;
    if (wanted.words >= 0) return has_word(wanted, choose.text, loading_.apps);
    const auto& items = of.items(Prop::kItems);
    return std::any_of(items.begin(), items.end(),
                       [&](const Item& item) { return item.id == choose.text; });
  }

  // Can that widget take this text or number?
  void check_typed(const YamlNode& into, const Widget& widget, const Landmark& mark) {
    const Typing typing = component(widget.kind).typing;
    const Place* bind = widget.place(Prop::kBind);
    if (typing == Typing::kNo || bind == nullptr) {
      loading_.findings.add(
          into.pos(), fmt::format("nothing can be typed into '{}'; a field, search, "
                                  "input_bar or keypad with `bind` takes it",
                                  widget.id));
      return;
    }
    const Kind typed = mark.text.type().kind;
    const Kind kind = bind->type.kind;
    const bool number = typed == Kind::kInt || typed == Kind::kMoney;
    if (mark.text.empty() || typed == Kind::kText || typed == Kind::kNone) return;
    if (kind == Kind::kInt
            ? typed == Kind::kInt
            : number || (kind == Kind::kText && typed != Kind::kRef &&
                         typed != Kind::kBool && typing != Typing::kKeypad))
      return;
    loading_.findings.add(
        into.pos(), fmt::format("'{}' holds {}; {} cannot be typed into it", widget.id,
                                type_name(bind->type, loading_.apps),
                                type_name(mark.text.type(), loading_.apps)));
  }

  void read_row(const YamlNode& node, const YamlNode* row, Type list_row,
                Landmark& mark) {
    if (row == nullptr) {
      if (list_row.kind != Kind::kNone)
        loading_.findings.add(node.pos(),
                              "the widget stands in a list: say which 'row'");
      return;
    }
    if (list_row.kind == Kind::kNone) {
      loading_.findings.add(row->pos(),
                            "'row' is for widgets in lists; this one is not");
      return;
    }
    mark.row = compile_expr(loading_, *row, scope_, "'row'", list_row);
  }

  // Days and times have no names: what is tapped is said by an expression.
  void read_day(const YamlNode& node, const YamlNode* day, const YamlNode* time,
                Landmark& mark) {
    Picks picks = Picks::kNothing;
    if (mark.widget >= 0 && mark.kind == LandmarkKind::kTap)
      picks = component(loading_.apps.apps[std::size_t(mark.app)]
                            .screens[std::size_t(mark.screen)]
                            .widgets[std::size_t(mark.widget)]
                            ->kind)
                  .picks;
    const bool has_days = picks == Picks::kDay;
    const bool has_times = picks == Picks::kTime;
    if (day != nullptr && !has_days)
      loading_.findings.add(day->pos(),
                            "'day' is for taps on dates, calendars and date pickers");
    if (time != nullptr && !has_times)
      loading_.findings.add(time->pos(), "'time' is for taps on time pickers");
    if (day == nullptr && has_days)
      loading_.findings.add(node.pos(), "which day? say `day: <date>`");
    if (time == nullptr && has_times)
      loading_.findings.add(node.pos(), "what time? say `time: <time>`");
    if (day != nullptr && has_days)
      mark.text =
          compile_expr(loading_, *day, scope_, "'day'", Type{.kind = Kind::kDate});
    if (time != nullptr && has_times)
      mark.text =
          compile_expr(loading_, *time, scope_, "'time'", Type{.kind = Kind::kTime});
  }

  Loading& loading_;
  Scope scope_;
  TaskSpec& task_;
};

}  // namespace

void load_expert(Loading& loading, const YamlNode& node, const Scope& scope,
                 TaskSpec& task) {
  LandmarkLoader(loading, scope, task).load(node);
}

}  // namespace paperphone::app
