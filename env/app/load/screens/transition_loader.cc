// `when:`: event, if, effects, go.
#include "env/app/load/screens/transition_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "env/app/load/compile.h"
#include "env/app/load/screens/screen_loader.h"
#include "env/app/load/screens/service_loader.h"
#include "env/app/parts.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

struct EventName {
  std::string_view key;
  Trigger trigger;
  std::string_view word;  // its value; empty: a widget or a number
};
constexpr std::array<EventName, 9> kEvents = {{{"tap", Trigger::kTap, ""},
                                               {"hold", Trigger::kHold, ""},
                                               {"submit", Trigger::kSubmit, ""},
                                               {"press", Trigger::kBack, "back"},
                                               {"enter", Trigger::kEnter, "first"},
                                               {"enter", Trigger::kArrive, "always"},
                                               {"after", Trigger::kAfter, ""},
                                               {"pull", Trigger::kPull, "down"},
                                               {"reach", Trigger::kReach, "end"}}};

// Of events with the same key the one that is written with this word.
const EventName* find_event(std::string_view key, std::string_view word = "") {
  const EventName* found = nullptr;
  for (const EventName& event : kEvents)
    if (event.key == key && (found == nullptr || event.word == word)) found = &event;
  return found;
}

// "`enter: first` or `enter: always`".
std::string spellings(std::string_view key) {
  std::string out;
  for (const EventName& event : kEvents)
    if (event.key == key)
      out += fmt::format("{}`{}: {}`", out.empty() ? "" : " or ", key, event.word);
  return out;
}

bool is_effect(std::string_view key) {
  constexpr std::array<std::string_view, 8> kEffects = {
      "set", "add", "delete", "each", "toast", "notify", "share", "do"};
  return std::find(kEffects.begin(), kEffects.end(), key) != kEffects.end();
}

class TransitionLoader {
 public:
  // scope: the screen's, or the app's for what all screens share.
  TransitionLoader(Loading& loading, const ScreenSpec& screen, Scope scope)
      : loading_(loading), screen_(screen), scope_(std::move(scope)) {}

  std::optional<Transition> load(const YamlNode& node) {
    if (!node.is_map()) {
      loading_.findings.add(
          node.pos(), fmt::format("a transition must be a map, not {}", node.what()));
      return std::nullopt;
    }
    Transition out;
    out.pos = node.pos();
    if (!read_event(node, out)) return std::nullopt;
    if (const YamlNode* condition = node.find("if"))
      out.condition = compile_condition(loading_, *condition, scope_, "'if'");
    if (const YamlNode* ask = node.find("ask"))
      out.ask = load_permission(loading_, *ask);
    for (const auto& [key, value] : node.entries)
      if (is_effect(key.text)) effect(key, value, out.effects);
    if (const YamlNode* go = node.find("go"))
      if (auto target = compile_go(loading_, *go, scope_, "'go'"))
        out.go = std::move(*target);
    check_order(node);
    return out;
  }

 private:
  bool read_event(const YamlNode& node, Transition& out) {
    const EventName* event = nullptr;
    for (const auto& [key, value] : node.entries) {
      const EventName* found = find_event(key.text, value.text);
      if (found == nullptr) continue;
      if (event != nullptr) {
        loading_.findings.add(key.pos(),
                              fmt::format("a transition has one event; this one "
                                          "has '{}' and '{}'",
                                          event->key, found->key));
        return false;
      }
      event = found;
    }
    if (event == nullptr) {
      unknown_keys(node);
      loading_.findings.add(node.pos(),
                            "a transition needs an event: tap, hold, submit, "
                            "press, enter, after, pull or reach");
      return false;
    }
    out.trigger = event->trigger;
    return read_event_value(*event, *node.find(event->key), out);
  }

  bool read_event_value(const EventName& event, const YamlNode& value,
                        Transition& out) {
    if (event.trigger == Trigger::kAfter) {
      const auto ms = read_integer(value, "'after'", loading_.findings);
      if (ms && (*ms < 0 || *ms > 86'400'000)) {
        loading_.findings.add(value.pos(),
                              "'after' must be 0 to 86400000 milliseconds");
        return false;
      }
      out.after_ms = ms.value_or(0);
      return ms.has_value();
    }
    if (!event.word.empty()) {
      if (value.is_scalar() && value.text == event.word) return true;
      loading_.findings.add(value.pos(), fmt::format("write {}", spellings(event.key)));
      return false;
    }
    const auto touch = find_touch(loading_, value, screen_);
    if (!touch) return false;
    out.widget = touch->widget;
    out.part = touch->part;
    scope_.row = touch->row;
    const Component& kind = component(screen_.widgets[std::size_t(out.widget)]->kind);
    if (out.part < 0 && kind.has_no_face) {
      loading_.findings.add(
          value.pos(), fmt::format("a {} itself cannot be touched; give what stands in "
                                   "it an id",
                                   kind.name));
      return false;
    }
    if (event.trigger != Trigger::kSubmit || kind.typing != Typing::kNo) return true;
    loading_.findings.add(
        value.pos(), fmt::format("{} cannot be submitted; field, search, input_bar "
                                 "and keypad can",
                                 kind.name));
    return false;
  }

  void unknown_keys(const YamlNode& node) {
    std::vector<std::string> known = {"if",     "ask",  "set",   "add",
                                      "delete", "each", "toast", "notify",
                                      "share",  "do",   "go"};
    for (const EventName& event : kEvents) known.emplace_back(event.key);
    for (const auto& [key, value] : node.entries)
      if (std::find(known.begin(), known.end(), key.text) == known.end())
        loading_.findings.add(key.pos(), unknown_key(key, value, "transition", known));
  }

  // event, if, effects, go: read aloud, a transition is a sentence.
  void check_order(const YamlNode& node) {
    unknown_keys(node);
    int last = 0;
    for (const auto& [key, value] : node.entries) {
      const int place = find_event(key.text) != nullptr ? 1
                        : key.text == "if"              ? 2
                        : key.text == "ask"             ? 2
                        : is_effect(key.text)           ? 3
                        : key.text == "go"              ? 4
                                                        : last;
      if (place < last)
        loading_.findings.add(key.pos(),
                              fmt::format("'{}' stands too late; the order is "
                                          "event, if, effects, go",
                                          key.text));
      last = std::max(last, place);
    }
  }

  // ---- effects -----------------------------------------------------------------

  void effect(const YamlNode& key, const YamlNode& value, std::vector<Effect>& out) {
    if (key.text == "set") {
      set(value, out);
    } else if (key.text == "add") {
      add(value, out);
    } else if (key.text == "delete") {
      remove(value, out);
    } else if (key.text == "each") {
      each(value, out);
    } else if (key.text == "toast") {
      out.push_back(
          {ToastEffect{compile_template(loading_, value, scope_, "'toast'")}});
    } else if (key.text == "notify") {
      notify(value, out);
    } else if (key.text == "share") {
      out.push_back(
          {ShareEffect{compile_template(loading_, value, scope_, "'share'")}});
    } else {
      several(value, out);
    }
  }

  void several(const YamlNode& value, std::vector<Effect>& out) {
    if (!value.is_sequence()) {
      loading_.findings.add(value.pos(), "'do' must be a list of effects");
      return;
    }
    for (const YamlNode& entry : value.items) {
      if (!entry.is_map()) {
        loading_.findings.add(entry.pos(),
                              "an effect is written `set: {...}`, "
                              "`add: {...}` and so on");
        continue;
      }
      for (const auto& [key, inner] : entry.entries) {
        if (is_effect(key.text) && key.text != "do") {
          effect(key, inner, out);
        } else {
          const std::vector<std::string> known = {"set",   "add",    "delete", "each",
                                                  "toast", "notify", "share"};
          loading_.findings.add(key.pos(),
                                fmt::format("unknown effect '{}'{}", key.text,
                                            did_you_mean(key.text, known)));
        }
      }
    }
  }

  void set(const YamlNode& value, std::vector<Effect>& out) {
    MapReader reader(value, "'set'", loading_.findings);
    for (const auto& [key, inner] : value.entries) {
      Scope writing = scope_;
      writing.used = nullptr;  // what is only written is of no use
      auto place = compile_place(loading_, key, writing, "a place");
      if (!place) continue;
      Expr made = compile_expr(loading_, inner, scope_, fmt::format("'{}'", key.text),
                               place->type);
      if (!made.empty()) out.push_back({SetEffect{std::move(*place), std::move(made)}});
    }
  }

  // The only entry of {record: {...}}.
  const YamlEntry* one_record(const YamlNode& value, std::string_view what) {
    if (value.is_map() && value.entries.size() == 1) return &value.entries[0];
    loading_.findings.add(value.pos(), fmt::format("'{}' names one record; several go "
                                                   "through do: [...]",
                                                   what));
    return nullptr;
  }

  void add(const YamlNode& value, std::vector<Effect>& out) {
    const auto* entry = one_record(value, "add");
    if (entry == nullptr) return;
    Scope adding = scope_;
    adding.used = nullptr;  // likewise
    const auto name = compile_table(loading_, entry->key, adding, "a record");
    if (!name) return;
    const TableSpec& table =
        loading_.apps.apps[std::size_t(name->app)].tables[std::size_t(name->table)];
    AddEffect effect;
    effect.table = *name;
    YamlNode empty;
    empty.kind = YamlNode::Kind::kMap;
    empty.source = entry->key.source;
    empty.byte = entry->key.byte;
    const YamlNode& cells = entry->value.is_null() ? empty : entry->value;
    MapReader reader(cells, fmt::format("record '{}'", table.name), loading_.findings);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const ColumnSpec& column = table.columns[c];
      const YamlNode* node = reader.take(column.name);
      Expr made;
      if (node != nullptr) {
        made = compile_expr(loading_, *node, scope_, fmt::format("'{}'", column.name),
                            column.type);
      } else {
        // What is not said has its type's default.
        ExprNode constant;
        constant.type = column.type;
        constant.value = default_value(column.type, loading_.apps);
        made = Expr(std::move(constant));
      }
      effect.cells.emplace_back(int(c), std::move(made));
    }
    reader.finish();
    out.push_back({std::move(effect)});
    scope_.made = Type{.kind = Kind::kRef, .app = name->app, .table = name->table};
  }

  void remove(const YamlNode& value, std::vector<Effect>& out) {
    Expr row = compile_expr(loading_, value, scope_, "'delete'");
    if (row.empty()) return;
    if (row.type().kind != Kind::kRef) {
      loading_.findings.add(
          value.pos(), fmt::format("'delete' needs a reference to a row, this is {}",
                                   type_name(row.type(), loading_.apps)));
      return;
    }
    out.push_back({DeleteEffect{std::move(row)}});
  }

  void each(const YamlNode& value, std::vector<Effect>& out) {
    MapReader reader(value, "'each'", loading_.findings);
    const YamlNode* rows = reader.need("rows");
    const YamlNode* as = reader.take("as");
    const YamlNode* where = reader.take("where");
    for (const std::string_view key : {"set", "add", "delete", "toast", "notify", "do"})
      reader.take(key);
    reader.finish();
    if (rows == nullptr) return;
    const auto table = compile_table(loading_, *rows, scope_, "'rows'");
    if (!table) return;
    const Scope outer = scope_;
    scope_.it = Type{.kind = Kind::kRef, .app = table->app, .table = table->table};
    if (as != nullptr && check_name(loading_, *as, "row")) {
      const AppSpec& app = loading_.apps.apps[std::size_t(scope_.app)];
      const bool taken =
          app.var(as->text) >= 0 || app.table(as->text) >= 0 ||
          app.define(as->text) >= 0 ||
          std::any_of(scope_.args.begin(), scope_.args.end(),
                      [&](const ArgSpec& arg) { return arg.name == as->text; });
      if (taken)
        loading_.findings.add(as->pos(),
                              fmt::format("'{}' means something here already; "
                                          "call the row something else",
                                          as->text));
      scope_.first_it = {as->text, scope_.it};
    }
    EachEffect effect;
    effect.table = *table;
    if (where != nullptr)
      effect.where = compile_condition(loading_, *where, scope_, "'where'");
    for (const auto& [key, inner] : value.entries)
      if (is_effect(key.text) && key.text != "each")
        this->effect(key, inner, effect.body);
    scope_ = outer;
    if (effect.body.empty())
      loading_.findings.add(value.pos(),
                            "'each' does nothing: it has no set, add or "
                            "delete");
    out.push_back({std::move(effect)});
  }

  void notify(const YamlNode& value, std::vector<Effect>& out) {
    out.push_back({compile_notification(loading_, value, scope_, "'notify'", scope_.app)});
  }

  Loading& loading_;
  const ScreenSpec& screen_;
  Scope scope_;
};

}  // namespace

namespace {

// The id that an event is about; nullptr: none, or not written as one.
const YamlNode* touched(const YamlNode& transition) {
  for (const std::string_view key : {"tap", "hold", "submit"})
    if (const YamlNode* id = transition.find(key); id != nullptr && id->is_scalar())
      return id;
  return nullptr;
}

bool has_touch(const ScreenSpec& screen, const std::string& id) {
  const std::size_t dot = id.find('.');
  const Widget* widget = screen.find(id.substr(0, dot));
  return widget != nullptr &&
         (dot == std::string::npos || part_index(*widget, id.substr(dot + 1)) >= 0);
}

// Behind an own transition of the same event that always happens, another never does.
bool is_settled(const std::vector<Transition>& own, const Transition& other) {
  return std::any_of(own.begin(), own.end(), [&](const Transition& t) {
    return t.condition.empty() && t.trigger == other.trigger &&
           t.widget == other.widget && t.part == other.part &&
           t.after_ms == other.after_ms;
  });
}

// The app's `when`, behind each screen's own: what is about a widget that a screen
// lacks does not concern it.
void share_transitions(Loading& loading, int app) {
  const YamlNode* when = loading.drafts[std::size_t(app)].when;
  if (when == nullptr) return;
  if (!when->is_sequence()) {
    loading.findings.add(when->pos(),
                         fmt::format("'when' must be a list, not {}", when->what()));
    return;
  }
  AppSpec& target = loading.apps.apps[std::size_t(app)];
  std::set<const YamlNode*> placed;
  for (ScreenSpec& screen : target.screens) {
    std::vector<Transition> shared;
    for (const YamlNode& entry : when->items) {
      const YamlNode* id = touched(entry);
      if (id != nullptr && !has_touch(screen, id->text)) continue;
      placed.insert(&entry);
      auto made =
          TransitionLoader(loading, screen, app_scope(loading, app)).load(entry);
      if (made && !is_settled(screen.when, *made)) shared.push_back(std::move(*made));
    }
    std::move(shared.begin(), shared.end(), std::back_inserter(screen.when));
  }
  for (const YamlNode& entry : when->items) {
    const YamlNode* id = touched(entry);
    if (id == nullptr || placed.contains(&entry)) continue;
    std::vector<std::string> ids;
    for (const ScreenSpec& screen : target.screens)
      for (const Widget* widget : screen.widgets)
        if (!widget->id.empty()) ids.push_back(widget->id);
    loading.findings.add(id->pos(), fmt::format("no screen has a widget '{}'{}",
                                                id->text, did_you_mean(id->text, ids)));
  }
}

}  // namespace

std::span<const std::string_view> tap_keys() {
  static constexpr std::array<std::string_view, 10> kKinds = {
      "ask", "set", "add", "delete", "each", "toast", "notify", "share", "do", "go"};
  return kKinds;
}

bool is_tap_key(std::string_view key) {
  const auto keys = tap_keys();
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void load_transitions(Loading& loading, int app) {
  AppSpec& target = loading.apps.apps[std::size_t(app)];
  for (std::size_t i = 0; i < target.screens.size(); ++i) {
    ScreenSpec& screen = target.screens[i];
    const YamlNode& node = *loading.drafts[std::size_t(app)].screen_nodes[i];
    const YamlNode* when = node.find("when");
    if (when == nullptr) continue;
    if (!when->is_sequence()) {
      loading.findings.add(when->pos(),
                           fmt::format("'when' must be a list, not {}", when->what()));
      continue;
    }
    for (const YamlNode& entry : when->items) {
      auto made = TransitionLoader(loading, screen, screen_scope(loading, app, screen))
                      .load(entry);
      if (made) screen.when.push_back(std::move(*made));
    }
  }
  share_transitions(loading, app);
}

}  // namespace paperphone::app
