#include "env/app/spec.h"

#include <fmt/format.h>

#include <algorithm>

namespace paperphone::app {
namespace {

template <class T, class Name>
int index_of(const std::vector<T>& things, std::string_view wanted, Name name) {
  for (std::size_t i = 0; i < things.size(); ++i)
    if (things[i].*name == wanted) return int(i);
  return -1;
}

const PropValue* find_prop(const Widget& widget, Prop prop) {
  const auto it = std::lower_bound(
      widget.props.begin(), widget.props.end(), prop,
      [](const auto& entry, Prop wanted) { return entry.first < wanted; });
  return it != widget.props.end() && it->first == prop ? &it->second : nullptr;
}

template <class T>
const T* get_prop(const Widget& widget, Prop prop) {
  const PropValue* value = find_prop(widget, prop);
  return value == nullptr ? nullptr : std::get_if<T>(value);
}

}  // namespace

std::string SourcePos::str() const { return fmt::format("{}:{}:{}", file, line, column); }

int TableSpec::column(std::string_view column_name) const {
  return index_of(columns, column_name, &ColumnSpec::name);
}

bool TableSpec::counts_rows(int index) const {
  const ColumnSpec& of = columns[std::size_t(index)];
  return !of.generate.empty() && of.generate.root().op == Op::kSeq &&
         (!of.in_file || fixture_rows.empty());
}

const Template* Widget::text(Prop prop) const { return get_prop<Template>(*this, prop); }
const Expr* Widget::expr(Prop prop) const { return get_prop<Expr>(*this, prop); }
const Place* Widget::place(Prop prop) const { return get_prop<Place>(*this, prop); }

TableRef Widget::table(Prop prop) const {
  const auto* value = get_prop<TableRef>(*this, prop);
  return value == nullptr ? TableRef{} : *value;
}

std::int64_t Widget::number(Prop prop, std::int64_t fallback) const {
  const auto* value = get_prop<std::int64_t>(*this, prop);
  return value == nullptr ? fallback : *value;
}

std::string_view Widget::name(Prop prop, std::string_view fallback) const {
  const auto* value = get_prop<std::string>(*this, prop);
  return value == nullptr ? fallback : std::string_view(*value);
}

std::uint32_t Widget::color(Prop prop, std::uint32_t fallback) const {
  return std::uint32_t(number(prop, fallback));
}

const std::vector<Widget>& Widget::widgets(Prop prop) const {
  static const std::vector<Widget> kNoWidgets;
  const auto* value = get_prop<std::vector<Widget>>(*this, prop);
  return value == nullptr ? kNoWidgets : *value;
}

const std::vector<Item>& Widget::items(Prop prop) const {
  static const std::vector<Item> kNoItems;
  const auto* value = get_prop<std::vector<Item>>(*this, prop);
  return value == nullptr ? kNoItems : *value;
}

bool Widget::has(Prop prop) const { return find_prop(*this, prop) != nullptr; }

const Widget* ScreenSpec::find(std::string_view widget_id) const {
  if (widget_id.empty()) return nullptr;
  for (const Widget* widget : widgets)
    if (widget->id == widget_id) return widget;
  return nullptr;
}

int AppSpec::var(std::string_view name) const {
  return index_of(vars, name, &VarSpec::name);
}
int AppSpec::table(std::string_view name) const {
  return index_of(tables, name, &TableSpec::name);
}
int AppSpec::screen(std::string_view screen_id) const {
  return index_of(screens, screen_id, &ScreenSpec::id);
}

int AppSpec::define(std::string_view define_name) const {
  return index_of(defines, define_name, &DefineSpec::name);
}

int AppSet::find(std::string_view id_or_title) const {
  const int by_id = index_of(apps, id_or_title, &AppSpec::id);
  return by_id >= 0 ? by_id : index_of(apps, id_or_title, &AppSpec::title);
}

Value default_value(Type type, const AppSet& apps) {
  switch (type.kind) {
    case Kind::kBool: case Kind::kInt: case Kind::kMoney: case Kind::kSeed:
      return Value::of_int(0);
    case Kind::kText:
      if (type.words < 0) return Value::of_text("");
      return Value::of_text(apps.word_sets[std::size_t(type.words)].front());
    default: return {};
  }
}

std::vector<const TaskSpec*> AppSet::tasks() const {
  std::vector<const TaskSpec*> out;
  for (const AppSpec& app : apps)
    for (const TaskSpec& task : app.tasks) out.push_back(&task);
  for (const TaskSpec& task : cross_app_tasks) out.push_back(&task);
  return out;
}

const TaskSpec* AppSet::task(std::string_view task_id) const {
  for (const TaskSpec* task : tasks())
    if (task->id == task_id) return task;
  return nullptr;
}

}  // namespace paperphone::app
