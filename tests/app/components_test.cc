// Whatever the kit offers is used by some app, or nobody would notice that it is broken.
#include "env/app/component.h"

#include <gtest/gtest.h>

#include <set>

#include "env/app/loader.h"

namespace paperphone::app {
namespace {

TEST(Components, EachIsUsedBySomeApp) {
  const AppSet apps = load_apps("apps");
  std::set<WidgetKind> used;
  for (const AppSpec& app : apps.apps)
    for (const ScreenSpec& screen : app.screens)
      for (const Widget* widget : screen.widgets) used.insert(widget->kind);
  for (const ComponentRule& rule : component_rules())
    EXPECT_TRUE(used.contains(rule.kind)) << rule.name;
}

}  // namespace
}  // namespace paperphone::app
