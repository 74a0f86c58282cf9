// Widgets and their items, checked against the component table.
#include "env/app/load/screens/widget_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "env/app/load/choices.h"
#include "env/app/load/compile.h"
#include "env/app/load/screens/item_loader.h"
#include "env/app/load/screens/transition_loader.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

Type kind_type(Kind kind) { return Type{.kind = kind}; }

// Of components, and of the templates that may stand as they do.
std::vector<std::string> widget_names(const Loading& loading, int app) {
  std::vector<std::string> names;
  for (const Component* component : components())
    if (!component->made_by_loader) names.emplace_back(component->name);
  for (const auto* shelf :
       {&loading.templates, &loading.drafts[std::size_t(app)].templates})
    for (const auto& [name, made] : *shelf) names.push_back(name);
  return names;
}

// Widgets that are there to be touched are useless without an address.
bool needs_id(const Widget& widget) {
  if (component(widget.kind).use == Use::kTouch) return true;
  for (const Prop prop :
       {Prop::kBind, Prop::kChecked, Prop::kLiked, Prop::kActions, Prop::kBindX})
    if (widget.has(prop)) return true;
  return false;
}

class WidgetLoader {
 public:
  WidgetLoader(Loading& loading, Scope scope)
      : loading_(loading), scope_(std::move(scope)) {}

  std::vector<Widget> list(const YamlNode& node, std::string_view what) {
    std::vector<Widget> out;
    if (!node.is_sequence()) {
      loading_.findings.add(
          node.pos(),
          fmt::format("{} must be a list of widgets, not {}", what, node.what()));
      return out;
    }
    for (const YamlNode& item : node.items)
      if (auto made = widget(item)) out.push_back(std::move(*made));
    return out;
  }

  std::optional<Widget> widget(const YamlNode& node) {
    static const YamlNode kNothing;
    const YamlNode* key = &node;  // `- divider`
    const YamlNode* body = &kNothing;
    if (node.is_map() && node.entries.size() == 1) {
      key = &node.entries[0].key;
      body = &node.entries[0].value;
    } else if (!node.is_scalar()) {
      loading_.findings.add(node.pos(),
                            "a widget is written `component: {...}`, one a "
                            "list entry");
      return std::nullopt;
    }
    const std::optional<WidgetKind> kind = find_component(key->text);
    if (!kind) {
      loading_.findings.add(
          key->pos(),
          fmt::format("unknown component '{}'{}", key->text,
                      did_you_mean(key->text, widget_names(loading_, scope_.app))));
      return std::nullopt;
    }
    YamlNode empty;  // `- divider:` is `- divider: {}`
    empty.kind = YamlNode::Kind::kMap;
    empty.byte = key->byte;
    empty.source = key->source;
    if (!component(*kind).only_in.empty() && !inside_list_) {
      find_stray(*key, component(*kind));
      return std::nullopt;
    }
    return fill(*kind, *key, body->is_null() ? empty : *body);
  }

 private:
  // Marks have their place on one component.
  void find_stray(const YamlNode& key, const Component& mark) {
    loading_.findings.add(
        key.pos(), fmt::format("a {} stands only in a {}", mark.name, mark.only_in));
  }

  Widget fill(WidgetKind kind, const YamlNode& key, const YamlNode& body) {
    const Component& rule = component(kind);
    Widget out;
    out.kind = kind;
    bound_ = {};
    out.pos = key.pos();
    MapReader reader(body, std::string(rule.name), loading_.findings);
    const YamlNode* id = reader.take("id");
    if (id != nullptr && read_text(*id, "'id'", loading_.findings) &&
        check_id(loading_, *id))
      out.id = id->text;
    if (const YamlNode* show = reader.take("show"))
      out.show = compile_condition(loading_, *show, scope_, "'show'");
    if (const YamlNode* called = reader.take("called"))
      out.called = compile_called(loading_, *called);
    for (const PropRule& prop : rule.props) {
      const std::string_view name = prop_name(prop.prop);
      const YamlNode* given = reader.take(name);
      if (given == nullptr && prop.type == PropType::kOptionList && bound_.words >= 0) {
        out.props.emplace_back(prop.prop, all_words());
        continue;
      }
      const YamlNode* node = prop.need == Need::kMust ? reader.need(name) : given;
      if (node == nullptr) continue;
      if (auto value = read_prop(out, prop, *node))
        out.props.emplace_back(prop.prop, std::move(*value));
    }
    for (const std::string_view key : tap_keys()) reader.take(key);  // to be suggested
    reader.finish();
    std::sort(out.props.begin(), out.props.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    if (rule.folds) fold(out);
    if (body.is_map()) check_company(out, key);
    if (const YamlNode* color = body.find("avatar_color");
        color != nullptr && !out.text(Prop::kAvatarStyle) &&
        !is_word_of("brand letters", out.name(Prop::kAvatarStyle)))
      loading_.findings.add(color->pos(),
                            "a face has no colour: 'avatar_color' goes with "
                            "`avatar_style: letters` or `brand`");
    if (id == nullptr && body.is_map() && needs_id(out))
      loading_.findings.add(
          key.pos(),
          fmt::format("{} needs 'id': it is there to be touched", rule.name));
    return out;
  }

  // Properties that need one another, or one another's absence.
  void check_company(const Widget& widget, const YamlNode& key) {
    const Component& rule = component(widget.kind);
    const auto check = [&](Need need, std::string_view joint, std::string_view fault,
                           auto is_right) {
      std::string names;
      int said = 0, all = 0;
      for (const PropRule& prop : rule.props) {
        if (prop.need != need) continue;
        names += fmt::format("{}'{}'", names.empty() ? "" : joint, prop_name(prop.prop));
        said += widget.has(prop.prop) ? 1 : 0;
        ++all;
      }
      if (all > 0 && !is_right(said, all))
        loading_.findings.add(
            key.pos(), fmt::format("{} {} {}", rule.name, fault, names));
    };
    check(Need::kEither, " or ", "needs either",
          [](int said, int) { return said == 1; });
    check(Need::kSome, " or ", "needs at least one of",
          [](int said, int) { return said > 0; });
    check(Need::kAll, ", ", "needs all or none of",
          [](int said, int all) { return said == 0 || said == all; });
  }

  // What an expander holds is shown while its bind says so.
  static void fold(Widget& expander) {
    const Place* bind = expander.place(Prop::kBind);
    if (bind == nullptr) return;
    const Expr open = value_of(*bind);
    for (auto& [prop, value] : expander.props)
      if (auto* body = std::get_if<std::vector<Widget>>(&value))
        for (Widget& child : *body)
          child.show = child.show.empty() ? open : joined(Op::kAnd, open, child.show);
  }

  std::optional<PropValue> read_prop(const Widget& widget, const PropRule& rule,
                                     const YamlNode& node) {
    const std::string what = fmt::format("'{}'", prop_name(rule.prop));
    switch (rule.type) {
      case PropType::kTemplate:
        return compile_template(loading_, node, scope_of(rule), what);
      case PropType::kBool:
        return expr(rule, node, what, kind_type(Kind::kBool));
      case PropType::kNumberExpr:
        return expr(rule, node, what, kind_type(Kind::kInt));
      case PropType::kDateExpr:
        return expr(rule, node, what, kind_type(Kind::kDate));
      case PropType::kInstantExpr:
        return expr(rule, node, what, kind_type(Kind::kInstant));
      case PropType::kAmountExpr:
        return amount(node, what);
      case PropType::kAnyExpr:
        return expr(rule, node, what, {});
      case PropType::kSeedExpr:
        return seed(node, what);
      case PropType::kPlace:
        return place(rule, node, what);
      case PropType::kTable:
        return table(node, what);
      case PropType::kInteger: {
        const auto value = read_integer(node, what, loading_.findings);
        if (!value) return std::nullopt;
        if (*value >= 0 && *value <= 10'000) return *value;
        loading_.findings.add(
            node.pos(), fmt::format("{} must be 0 to 10000, not {}", what, *value));
        return std::nullopt;
      }
      case PropType::kIntegers:
        return integers(node, what);
      case PropType::kName:
        return name(rule, node, what);
      case PropType::kWord:
        if (!has_holes(node)) return name(rule, node, what);
        return choice(rule, node, what, Choice::kWord);
      case PropType::kIconName:
        if (!has_holes(node)) return compile_icon(loading_, node);
        return choice(rule, node, what, Choice::kIcon);
      case PropType::kColorName:
        if (has_holes(node)) return choice(rule, node, what, Choice::kColor);
        if (const auto color = read_color(node, what, loading_.findings))
          return std::int64_t(*color);
        return std::nullopt;
      case PropType::kWidgets:
        return list(node, what);
      case PropType::kWidget:
        return item(widget.kind, node);
      case PropType::kItemList:
      case PropType::kFlagList:
        return load_items(loading_, node, scope_, what, ItemIds::kNeeded, rule.allowed);
      case PropType::kLabelList:
        return load_items(loading_, node, scope_, what, ItemIds::kOptional,
                          rule.allowed);
      case PropType::kOptionList:
        return options(rule, node, what);
    }
    return std::nullopt;
  }

  std::optional<PropValue> choice(const PropRule& rule, const YamlNode& node,
                                  std::string_view what, Choice choice) {
    Template made =
        compile_choice(loading_, node, scope_of(rule), what, choice, rule.allowed);
    if (made.empty()) return std::nullopt;
    return made;
  }

  // Some see the row of the list they belong to, others the day of a calendar.
  Scope scope_of(const PropRule& rule) const {
    Scope scope = scope_;
    for (const Prop prop : {Prop::kWhere, Prop::kOrderBy, Prop::kGroupBy})
      if (rule.prop == prop) scope.row = list_row_;
    if (rule.of_day) scope.params = {{"day", kind_type(Kind::kDate)}};
    return scope;
  }

  std::optional<PropValue> expr(const PropRule& rule, const YamlNode& node,
                                std::string_view what, Type wanted) {
    const Scope scope = scope_of(rule);
    Expr made = wanted.kind == Kind::kNone
                    ? compile_expr(loading_, node, scope, what)
                    : compile_expr(loading_, node, scope, what, wanted);
    if (made.empty()) return std::nullopt;
    return made;
  }

  std::optional<PropValue> seed(const YamlNode& node, std::string_view what) {
    Expr made = compile_expr(loading_, node, scope_, what);
    const Kind kind = made.type().kind;
    if (made.empty()) return std::nullopt;
    if (kind == Kind::kSeed || kind == Kind::kInt || kind == Kind::kText) return made;
    loading_.findings.add(node.pos(),
                          fmt::format("{} must be seed, int or text, this is {}", what,
                                      type_name(made.type(), loading_.apps)));
    return std::nullopt;
  }

  std::optional<PropValue> amount(const YamlNode& node, std::string_view what) {
    Expr made = compile_expr(loading_, node, scope_, what);
    const Kind kind = made.type().kind;
    if (made.empty()) return std::nullopt;
    if (kind == Kind::kInt || kind == Kind::kMoney) return made;
    loading_.findings.add(node.pos(),
                          fmt::format("{} must be int or money, this is {}", what,
                                      type_name(made.type(), loading_.apps)));
    return std::nullopt;
  }

  std::optional<PropValue> place(const PropRule& rule, const YamlNode& node,
                                 std::string_view what) {
    auto made = compile_place(loading_, node, scope_, what);
    if (!made) return std::nullopt;
    if (rule.prop == Prop::kBind) bound_ = made->type;
    const bool words = made->type.words >= 0;  // whatever is typed is no such word
    if (rule.allowed.empty() ||
        (!words && is_word_of(rule.allowed, kind_name(made->type.kind))))
      return std::move(*made);
    std::string names;
    for (const char c : rule.allowed) names += c == ' ' ? " or " : std::string(1, c);
    loading_.findings.add(node.pos(),
                          fmt::format("{} must be {}, this is {}", what, names,
                                      type_name(made->type, loading_.apps)));
    return std::nullopt;
  }

  std::optional<PropValue> table(const YamlNode& node, std::string_view what) {
    list_row_ = {};
    const auto table = compile_table(loading_, node, scope_, what);
    if (!table) return std::nullopt;
    list_row_ = Type{.kind = Kind::kRef, .app = table->app, .table = table->table};
    return *table;
  }

  std::optional<PropValue> integers(const YamlNode& node, std::string_view what) {
    std::string joined;
    if (!node.is_sequence() || node.items.empty()) {
      loading_.findings.add(node.pos(),
                            fmt::format("{} must be a list like [1, 2]", what));
      return std::nullopt;
    }
    for (const YamlNode& item : node.items) {
      const auto value = read_integer(item, what, loading_.findings);
      if (!value) return std::nullopt;
      joined += fmt::format("{}{}", joined.empty() ? "" : ",", *value);
    }
    return joined;
  }

  std::optional<PropValue> name(const PropRule& rule, const YamlNode& node,
                                std::string_view what) {
    const auto value = read_text(node, what, loading_.findings);
    if (!value) return std::nullopt;
    std::vector<std::string> words;
    std::istringstream in{std::string(rule.allowed)};
    for (std::string word; in >> word;) words.push_back(word);
    if (std::find(words.begin(), words.end(), *value) != words.end()) return *value;
    loading_.findings.add(
        node.pos(), fmt::format("{} must be one of: {}; not '{}'{}", what, rule.allowed,
                                *value, did_you_mean(*value, words)));
    return std::nullopt;
  }

  std::optional<PropValue> item(WidgetKind list, const YamlNode& node) {
    const Type row = list_row_;
    if (row.kind == Kind::kNone) return std::nullopt;  // `rows` has its own finding
    if (inside_list_) {
      loading_.findings.add(node.pos(),
                            "a list cannot stand inside another list's item");
      return std::nullopt;
    }
    WidgetLoader inner(loading_, scope_);
    inner.scope_.row = row;
    inner.inside_list_ = true;
    auto made = inner.widget(node);
    if (!made) return std::nullopt;
    const Component& around = component(list);
    const Component& inside = component(made->kind);
    if (!around.item.empty() && inside.name != around.item) {
      loading_.findings.add(made->pos,
                            fmt::format("the item of a {} is a {}, not {}", around.name,
                                        around.item, inside.name));
      return std::nullopt;
    }
    if (around.item.empty() && !inside.only_in.empty()) {
      loading_.findings.add(made->pos, fmt::format("a {} stands only in a {}",
                                                   inside.name, inside.only_in));
      return std::nullopt;
    }
    std::vector<Widget> one;
    one.push_back(std::move(*made));
    return one;
  }

  std::optional<PropValue> options(const PropRule& rule, const YamlNode& node,
                                   std::string_view what) {
    const YamlNode listed = node.is_map() ? option_list(node) : node;
    auto items = load_items(loading_, listed, scope_, what, ItemIds::kOptional,
                            rule.allowed, bound_);
    for (std::size_t i = 0; i < items.size() && listed.is_sequence(); ++i) {
      Item& item = items[i];
      const YamlNode& entry = listed.items[i];
      if (item.value.empty() && (entry.is_scalar() || entry.find("value") == nullptr))
        item.value = label_as_value(entry);
      if (item.value.empty()) continue;
      if (!fits(item.value.type(), bound_) && bound_.kind != Kind::kNone)
        loading_.findings.add(option_value(entry).pos(),
                              fmt::format("'value' must be {} like 'bind', this is {}",
                                          type_name(bound_, loading_.apps),
                                          type_name(item.value.type(), loading_.apps)));
      if (!item.id.empty() || item.value.root().op != Op::kConst) continue;
      // An option is addressed by its value if it has no id of its own.
      const Value& value = item.value.root().value;
      item.id = item.value.type().kind == Kind::kText
                    ? std::string(value.as_text())
                    : fmt::format("{}", value.as_int());
    }
    return items;
  }

  // {cheap: 便宜} is {label: 便宜, value: cheap}.
  static YamlNode option_list(const YamlNode& by_value) {
    YamlNode list = by_value;
    list.kind = YamlNode::Kind::kSequence;
    list.entries.clear();
    for (const auto& [value, label] : by_value.entries) {
      YamlNode entry = by_value;
      entry.byte = value.byte;
      YamlNode label_key = value, value_key = value;
      label_key.text = "label";
      value_key.text = "value";
      entry.entries = {{label_key, label}, {value_key, value}};
      list.items.push_back(std::move(entry));
    }
    return list;
  }

  // Where texts are chosen, what is shown is what is meant.
  Expr label_as_value(const YamlNode& entry) {
    const YamlNode* label = entry.is_map() ? entry.find("label") : &entry;
    if (bound_.kind != Kind::kText || label == nullptr || has_holes(*label)) {
      loading_.findings.add(entry.pos(), "an option needs 'value'");
      return {};
    }
    return text_itself(loading_, *label, bound_);
  }

  static const YamlNode& option_value(const YamlNode& entry) {
    const YamlNode* value = entry.is_map() ? entry.find("value") : nullptr;
    return value == nullptr ? entry : *value;
  }

  // All that the bind can be.
  std::vector<Item> all_words() const {
    std::vector<Item> items;
    for (const std::string& word : loading_.apps.word_sets[std::size_t(bound_.words)]) {
      Item& item = items.emplace_back();
      item.id = word;
      item.label = Template({{.literal = word}});
      item.value = Expr(
          ExprNode{.op = Op::kConst, .type = bound_, .value = Value::of_text(word)});
    }
    return items;
  }

  Loading& loading_;
  Scope scope_;
  Type list_row_;  // of the `rows` just read
  Type bound_;     // of the `bind` just read
  bool inside_list_ = false;
};

}  // namespace

std::vector<Widget> load_widgets(Loading& loading, const YamlNode& node,
                                 const Scope& scope, std::string_view what) {
  return WidgetLoader(loading, scope).list(node, what);
}

}  // namespace paperphone::app
