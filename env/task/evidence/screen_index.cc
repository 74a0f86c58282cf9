#include "env/task/evidence/screen_index.h"

#include <algorithm>

#include "env/task/evidence/meaning.h"

namespace paperphone::task {

using app::Expr;
using app::ExprNode;
using app::Item;
using app::Op;
using app::Template;
using app::Widget;

namespace {

// Calls add(app, table, column) for all that an app's texts and conditions read.
template <class Add>
class Walk {
 public:
  explicit Walk(Add add) : add_(add) {}

  void text(const Template& of) const {
    for (const app::TemplatePiece& piece : of.pieces()) expr(piece.expr);
  }
  void widget(const Widget& widget) const {
    expr(widget.show);
    for (const auto& [prop, value] : widget.props) {
      if (const auto* of = std::get_if<Template>(&value)) text(*of);
      if (const auto* e = std::get_if<Expr>(&value)) expr(*e);
      if (const auto* p = std::get_if<app::Place>(&value)) place(*p);
      if (const auto* items = std::get_if<std::vector<Item>>(&value))
        for (const Item& item : *items) read(item);
    }
  }

 private:
  void node(const ExprNode& n) const {
    if (n.op == Op::kVar) add_(n.app, -1, n.index);
    if (n.op == Op::kField)
      add_(n.children[0].type.app, n.children[0].type.table, n.index);
    for (const ExprNode& child : n.children) node(child);
  }
  void expr(const Expr& e) const {
    if (!e.empty()) node(e.root());
  }
  void place(const app::Place& of) const {
    if (of.var >= 0) add_(of.app, -1, of.var);
    if (of.column >= 0) add_(of.target.type().app, of.target.type().table, of.column);
    expr(of.target);
  }
  void read(const Item& item) const {
    for (const Template* of : {&item.label, &item.icon_text, &item.color_text, &item.badge})
      text(*of);
    expr(item.show);
    place(item.bind);
  }

  Add add_;
};

template <class T>
void sort_once(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

ScreenIndex::ScreenIndex(const app::AppSet& apps) : graph_(apps) {
  for (const app::AppSpec& app : apps.apps) {
    auto& screens = screens_.emplace_back();
    for (const app::ScreenSpec& spec : app.screens) {
      Screen& screen = screens.emplace_back();
      const Walk title([&](int a, int t, int c) { screen.all.push_back({a, t, c}); });
      if (spec.has_bar) title.text(spec.title);
      for (const Widget* widget : spec.widgets) {
        Columns& said = screen.widgets.emplace_back();
        Walk([&](int a, int t, int c) { said.push_back({a, t, c}); }).widget(*widget);
        sort_once(said);
        if (const Labelled of = labelled_by(*widget); !of.label.empty()) {
          auto& labels = labels_[shape_of(of.value.root())];
          if (std::find(labels.begin(), labels.end(), of.label) == labels.end())
            labels.emplace_back(of.label);
        }
        for (const auto& [prop, value] : widget->props)
          if (const auto* text = std::get_if<Template>(&value))
            for (const app::TemplatePiece& piece : text->pieces())
              if (!piece.expr.empty() && is_reckoned(piece.expr.root()))
                reckoned_.insert(shape_of(piece.expr.root()));
        screen.all.insert(screen.all.end(), said.begin(), said.end());
      }
      sort_once(screen.all);
    }
  }
}

std::span<const std::string> ScreenIndex::labels_of(std::uint64_t shape) const {
  const auto found = labels_.find(shape);
  return found == labels_.end() ? std::span<const std::string>() : found->second;
}

std::string_view ScreenIndex::label_of(std::uint64_t shape) const {
  const auto labels = labels_of(shape);
  return labels.size() == 1 ? std::string_view(labels[0]) : std::string_view();
}

bool ScreenIndex::has_any(const Columns& said, std::span<const app::Cell> cells) {
  return std::any_of(cells.begin(), cells.end(), [&](const app::Cell& cell) {
    return std::binary_search(said.begin(), said.end(),
                              Column{cell.app, cell.table, cell.column});
  });
}

bool ScreenIndex::may_show(int app, int screen, int widget,
                           std::span<const app::Cell> cells) const {
  return has_any(screens_[app][screen].widgets[widget], cells);
}

bool ScreenIndex::may_show(int app, int screen, std::span<const app::Cell> cells) const {
  return has_any(screens_[app][screen].all, cells);
}

std::vector<ScreenGraph::Screen> ScreenIndex::that_may_show(
    std::span<const app::Cell> cells) const {
  std::vector<ScreenGraph::Screen> out;
  for (std::size_t a = 0; a < screens_.size(); ++a)
    for (std::size_t s = 0; s < screens_[a].size(); ++s)
      if (may_show(int(a), int(s), cells)) out.push_back({int(a), int(s)});
  return out;
}

}  // namespace paperphone::task
