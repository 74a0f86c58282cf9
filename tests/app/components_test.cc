// Whatever the kit offers is used by some app, or nobody would notice that it is broken.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "env/app/kit/component.h"
#include "env/app/kit/reference.h"
#include "env/app/loader.h"

namespace paperphone::app {
namespace {

TEST(Components, EachIsUsedBySomeApp) {
  const AppSet apps = load_apps("apps");
  std::set<WidgetKind> used;
  for (const AppSpec& app : apps.apps)
    for (const ScreenSpec& screen : app.screens)
      for (const Widget* widget : screen.widgets) used.insert(widget->kind);
  for (std::size_t kind = 0; kind < components().size(); ++kind)
    EXPECT_TRUE(used.contains(WidgetKind(kind))) << components()[kind]->name;
}

TEST(Components, EachHasTheNameThatTheListGivesIt) {
  const std::vector<std::string_view> names = {
#define PAPERPHONE_NAME(enumerator, name) #name,
      PAPERPHONE_COMPONENTS(PAPERPHONE_NAME)
#undef PAPERPHONE_NAME
  };
  ASSERT_EQ(names.size(), components().size());
  for (std::size_t kind = 0; kind < names.size(); ++kind)
    EXPECT_EQ(components()[kind]->name, names[kind]);
}

TEST(Components, WhatATapWritesCanBeSaidAndAListOfPartsToo) {
  for (const Component* component : components()) {
    std::set<std::string_view> names;
    for (const PartRule& part : component->parts) {
      if (part.writes) {
        const PropRule* rule = prop_rule(*component, *part.writes);
        ASSERT_NE(rule, nullptr) << component->name << "." << part.name;
        EXPECT_EQ(rule->type, PropType::kPlace) << component->name << "." << part.name;
      }
      if (part.list) {
        EXPECT_NE(prop_rule(*component, *part.list), nullptr) << component->name;
      } else {
        EXPECT_TRUE(names.insert(part.name).second) << component->name << part.name;
      }
    }
    EXPECT_FALSE(component->help.empty()) << component->name;
  }
}

TEST(Components, AMarkAndTheComponentItStandsInNameEachOther) {
  for (const Component* mark : components()) {
    if (mark->only_in.empty()) continue;
    const auto around = find_component(mark->only_in);
    ASSERT_TRUE(around) << mark->name;
    EXPECT_EQ(component(*around).item, mark->name);
  }
}

TEST(Components, TheReferenceSaysWhatTheTableSays) {
  std::ifstream in("apps/README.md");
  const std::string readme((std::istreambuf_iterator<char>(in)), {});
  const std::size_t begin = readme.find(kReferenceBegin);
  const std::size_t end = readme.find(kReferenceEnd);
  ASSERT_TRUE(begin != std::string::npos && end != std::string::npos);
  const std::size_t from = begin + kReferenceBegin.size();
  EXPECT_EQ(readme.substr(from, end - from), component_reference())
      << "put what `paperphone apps --components --markdown` prints between the marks "
         "in apps/README.md";
}

}  // namespace
}  // namespace paperphone::app
