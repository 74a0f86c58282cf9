#include "tools/screens/name_lint.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/names.h"
#include "env/app/parts.h"

namespace paperphone::tools {

using app::Finding;
using app::ScreenSpec;
using app::Widget;

namespace {

// Does a tap on it do anything?
bool is_touched(const ScreenSpec& screen, const Widget& widget, int part) {
  const app::PartRule* rule = app::part_at(widget, part).rule;
  if (rule != nullptr && rule->tap != app::Default::kNone &&
      (!rule->writes || widget.has(*rule->writes)))
    return true;
  return std::any_of(screen.when.begin(), screen.when.end(), [&](const app::Transition& t) {
    return t.trigger == app::Trigger::kTap && t.widget == widget.index && t.part == part;
  });
}

void lint_widget(const ScreenSpec& screen, const Widget& widget,
                 std::vector<Finding>& findings) {
  if (widget.id.empty()) return;
  const auto parts = app::part_names(widget);
  for (int part = -1; part < int(parts.size()); ++part) {
    if (!is_touched(screen, widget, part) || app::has_name(widget, part)) continue;
    const std::string what =
        part < 0 ? widget.id : fmt::format("{}.{}", widget.id, parts[std::size_t(part)]);
    findings.push_back(
        {widget.pos, fmt::format("'{}' says no words: what would a person call it? "
                                 "`called: 搜索`",
                                 what)});
  }
}

}  // namespace

std::vector<Finding> lint_spoken_names(const app::AppSet& apps) {
  std::vector<Finding> findings;
  for (const app::AppSpec& app : apps.apps) {
    if (app.hidden) continue;
    for (const ScreenSpec& screen : app.screens) {
      if (screen.called.empty() && (screen.title.empty() || !screen.title.constant()))
        findings.push_back({screen.pos,
                            fmt::format("screen '{}' has no title of its own: what would a "
                                        "person call it? `called: 订单详情`",
                                        screen.id)});
      for (const Widget* widget : screen.widgets) lint_widget(screen, *widget, findings);
    }
  }
  return findings;
}

}  // namespace paperphone::tools
