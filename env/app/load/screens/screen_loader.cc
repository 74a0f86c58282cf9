#include "env/app/load/screens/screen_loader.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/load/compile.h"
#include "env/app/load/screens/item_loader.h"
#include "env/app/load/screens/widget_loader.h"
#include "env/app/parts.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

AppSpec& spec(Loading& loading, int app) { return loading.apps.apps[std::size_t(app)]; }

ScreenKind screen_kind(const std::string& word) {
  if (word == "sheet") return ScreenKind::kSheet;
  if (word == "dialog") return ScreenKind::kDialog;
  if (word == "menu") return ScreenKind::kMenu;
  if (word == "dropdown") return ScreenKind::kDropdown;
  return ScreenKind::kPage;
}

void load_tabs(Loading& loading, int app) {
  const YamlNode* node = loading.drafts[std::size_t(app)].tabs;
  if (node == nullptr) return;
  AppSpec& target = spec(loading, app);
  const Scope scope = app_scope(loading, app);
  target.tabs = load_items(loading, *node, scope, "'tabs'", ItemIds::kNeeded,
                           entry_keys(WidgetKind::kTabBar));
  if (!node->is_sequence()) return;
  for (const YamlNode& entry : node->items) {
    GoTo go;
    if (entry.is_map()) {
      if (const YamlNode* to = entry.find("go")) {
        go = compile_go(loading, *to, scope, "'go'").value_or(go);
        if (go.mode == GoTo::Mode::kBack)
          loading.findings.add(to->pos(), "a tab leads to a screen");
      } else {
        loading.findings.add(entry.pos(), "a tab needs 'go'");
      }
    }
    target.tab_targets.push_back(std::move(go));
  }
}

// Its own, `false` for none, or the one that all pages of the app have.
void load_footer(Loading& loading, int app, ScreenSpec& screen, const YamlNode* own) {
  const YamlNode* shared = loading.drafts[std::size_t(app)].footer;
  if (own == nullptr && shared != nullptr && screen.kind == ScreenKind::kPage) {
    screen.footer = load_widgets(loading, *shared, app_scope(loading, app), "'footer'");
  } else if (own != nullptr && own->is_sequence()) {
    screen.footer =
        load_widgets(loading, *own, screen_scope(loading, app, screen), "'footer'");
  } else if (own != nullptr && !(own->is_scalar() && own->text == "false")) {
    loading.findings.add(own->pos(),
                         "'footer' is a list of widgets, or false for none");
  }
}

void load_screen(Loading& loading, int app, int index) {
  AppSpec& target = spec(loading, app);
  ScreenSpec& screen = target.screens[std::size_t(index)];
  const YamlNode& node =
      *loading.drafts[std::size_t(app)].screen_nodes[std::size_t(index)];
  MapReader reader(node, fmt::format("screen '{}'", screen.id), loading.findings);
  const Scope scope = screen_scope(loading, app, screen);
  reader.take("args");
  reader.take("view");
  screen.kind = screen_kind(reader.word("kind", "page sheet dialog menu dropdown"));
  if (const YamlNode* title = reader.take("title"))
    screen.title = compile_template(loading, *title, scope, "'title'");
  if (const YamlNode* called = reader.take("called"))
    screen.called = compile_called(loading, *called);
  screen.has_bar = reader.boolean("bar", true);
  screen.bar_style = reader.word("bar_style", "accent transparent");
  screen.background = reader.word("background", "card accent");
  screen.start_at_end = reader.boolean("start_at_end", false);
  if (const YamlNode* actions = reader.take("actions"))
    screen.actions = load_items(loading, *actions, scope, "'actions'", ItemIds::kNeeded,
                                entry_keys(WidgetKind::kAppBar));
  if (const YamlNode* tab = reader.take("tab")) {
    screen.tab = read_text(*tab, "'tab'", loading.findings).value_or("");
    std::vector<std::string> ids;
    for (const Item& item : target.tabs) ids.push_back(item.id);
    if (std::find(ids.begin(), ids.end(), screen.tab) == ids.end())
      loading.findings.add(tab->pos(), fmt::format("unknown tab '{}'{}", screen.tab,
                                                   did_you_mean(screen.tab, ids)));
  }
  if (const YamlNode* body = reader.take("body"))
    screen.body = load_widgets(loading, *body, scope, "'body'");
  load_footer(loading, app, screen, reader.take("footer"));
  if (const YamlNode* floating = reader.take("float_button")) {
    // One widget: written as its properties alone.
    YamlNode key;
    key.kind = YamlNode::Kind::kScalar;
    key.text = "float_button";
    key.byte = floating->byte;
    key.source = floating->source;
    YamlNode entry, list;
    entry.kind = YamlNode::Kind::kMap;
    list.kind = YamlNode::Kind::kSequence;
    entry.byte = list.byte = floating->byte;
    entry.source = list.source = floating->source;
    entry.entries.push_back({std::move(key), *floating});
    list.items.push_back(std::move(entry));
    screen.float_button = load_widgets(loading, list, scope, "'float_button'");
  }
  reader.take("when");
  reader.finish();
}

class Linker {
 public:
  explicit Linker(ScreenSpec& screen) : screen_(screen) {}

  void add_all(std::vector<Widget>& widgets, int list) {
    for (Widget& widget : widgets) add(widget, list);
  }

  void add(Widget& widget, int list) {
    widget.index = int(screen_.widgets.size());
    widget.list = list;
    screen_.widgets.push_back(&widget);
    for (auto& [prop, value] : widget.props) {
      auto* children = std::get_if<std::vector<Widget>>(&value);
      if (children == nullptr) continue;
      add_all(*children, prop == Prop::kItem ? widget.index : list);
    }
  }

 private:
  ScreenSpec& screen_;
};

}  // namespace

Scope screen_scope(Loading& loading, int app, const ScreenSpec& screen) {
  Scope scope = app_scope(loading, app);
  scope.args = screen.args;
  scope.screen = spec(loading, app).screen(screen.id);
  return scope;
}

void load_screens(Loading& loading, int app) {
  load_tabs(loading, app);
  const int count = int(spec(loading, app).screens.size());
  for (int i = 0; i < count; ++i) load_screen(loading, app, i);
}

void link_screens(AppSpec& app) {
  for (ScreenSpec& screen : app.screens) {
    screen.widgets.clear();
    Linker linker(screen);
    linker.add_all(screen.body, -1);
    linker.add_all(screen.footer, -1);
    linker.add_all(screen.float_button, -1);
    screen.bar_widget =
        Widget{.kind = WidgetKind::kAppBar, .id = "bar", .pos = screen.pos};
    screen.tab_widget =
        Widget{.kind = WidgetKind::kTabBar, .id = "tab", .pos = screen.pos};
    screen.bar_widget.props.emplace_back(Prop::kItems, screen.actions);
    screen.tab_widget.props.emplace_back(Prop::kItems, app.tabs);
    if (screen.has_bar) linker.add(screen.bar_widget, -1);
    if (!screen.tab.empty()) linker.add(screen.tab_widget, -1);
  }
}

void check_widget_ids(Loading& loading, int app) {
  for (const ScreenSpec& screen : spec(loading, app).screens) {
    for (const Widget* widget : screen.widgets) {
      if (widget->id.empty()) continue;
      const bool implicit =
          widget == &screen.bar_widget || widget == &screen.tab_widget;
      if (!implicit && (widget->id == "bar" || widget->id == "tab")) {
        loading.findings.add(
            widget->pos,
            fmt::format("'{}' is the id of the screen's own {}; call the "
                        "widget something else",
                        widget->id, widget->id == "bar" ? "app bar" : "tab bar"));
        continue;
      }
      const Widget* first = screen.find(widget->id);
      if (implicit || first == widget) continue;
      loading.findings.add(widget->pos,
                           fmt::format("ambiguous id '{}' in screen '{}' (also at {})",
                                       widget->id, screen.id, first->pos.str()));
    }
  }
}

std::optional<TouchName> find_touch(Loading& loading, const YamlNode& node,
                                    const ScreenSpec& screen) {
  const auto text = read_text(node, "a widget's id", loading.findings);
  if (!text) return std::nullopt;
  const std::size_t dot = text->find('.');
  const std::string id = text->substr(0, dot);
  const Widget* widget = screen.find(id);
  if (widget == nullptr) {
    std::vector<std::string> ids;
    for (const Widget* w : screen.widgets)
      if (!w->id.empty()) ids.push_back(w->id);
    loading.findings.add(node.pos(), fmt::format("screen '{}' has no widget '{}'{}",
                                                 screen.id, id, did_you_mean(id, ids)));
    return std::nullopt;
  }
  TouchName touch{.widget = widget->index};
  if (dot != std::string::npos) {
    const std::string part = text->substr(dot + 1);
    touch.part = part_index(*widget, part);
    if (touch.part < 0) {
      const auto parts = part_names(*widget);
      loading.findings.add(
          node.pos_inside(dot + 1),
          fmt::format("'{}' has no part '{}'{}", id, part, did_you_mean(part, parts)));
      return std::nullopt;
    }
  }
  if (widget->list >= 0) {
    const TableRef rows = screen.widgets[std::size_t(widget->list)]->table(Prop::kRows);
    if (rows.app < 0)
      return std::nullopt;  // the list's rows have a finding of their own
    touch.row = Type{.kind = Kind::kRef, .app = rows.app, .table = rows.table};
  }
  return touch;
}

}  // namespace paperphone::app
