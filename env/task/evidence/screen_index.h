// Which widgets say what, to look for a value only where it can be; and how screens lie.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/app/spec.h"
#include "env/task/evidence/screen_graph.h"

namespace paperphone::task {

class ScreenIndex {
 public:
  explicit ScreenIndex(const app::AppSet& apps);

  // Does the widget say a column or variable of one of these cells, or list rows by it?
  bool may_show(int app, int screen, int widget, std::span<const app::Cell> cells) const;
  // Does anything on the screen?
  bool may_show(int app, int screen, std::span<const app::Cell> cells) const;
  std::vector<ScreenGraph::Screen> that_may_show(std::span<const app::Cell> cells) const;

  // What screens call what an expression of this shape says (meaning.h), each once: "价格".
  std::span<const std::string> labels_of(std::uint64_t shape) const;
  // What all of them call it; empty: they do not, or some call it otherwise.
  std::string_view label_of(std::uint64_t shape) const;
  // Does any text have just this in it, reckoned by the app?
  bool shows_reckoned(std::uint64_t shape) const { return reckoned_.contains(shape); }

  const ScreenGraph& graph() const { return graph_; }

 private:
  struct Column {
    int app, table, column;  // table -1: a variable
    auto operator<=>(const Column&) const = default;
  };
  using Columns = std::vector<Column>;  // sorted
  struct Screen {
    Columns all;                   // its title's too
    std::vector<Columns> widgets;  // parallel to ScreenSpec::widgets
  };
  static bool has_any(const Columns& said, std::span<const app::Cell> cells);

  ScreenGraph graph_;
  std::vector<std::vector<Screen>> screens_;  // by app
  std::map<std::uint64_t, std::vector<std::string>> labels_;  // by shape
  std::set<std::uint64_t> reckoned_;
};

}  // namespace paperphone::task
