// The gallery as a whole: every component laid out, at every font size, by its row.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "env/layout/frame_lint.h"
#include "tests/layout/gallery.h"

namespace paperphone::layout {

using app::AppSet;
using app::AppSpec;
using app::ScreenSpec;
namespace event = sim::event;

namespace {

TEST_F(Gallery, ShowsEveryComponentThatTheKitDoesNot) {
  const AppSet kit = app::load_apps("tests/layout/kit_apps");
  std::set<app::WidgetKind> shown;
  for (const AppSet* set : {&apps, &kit})
    for (const AppSpec& one : set->apps)
      for (const ScreenSpec& screen : one.screens)
        for (const app::Widget* widget : screen.widgets) shown.insert(widget->kind);
  for (std::size_t kind = 0; kind < app::components().size(); ++kind)
    EXPECT_TRUE(shown.contains(app::WidgetKind(kind))) << app::components()[kind]->name;
}

TEST_F(Gallery, NothingIsCutNorCoveredNorTooSmallOnAnyScreen) {
  for (const int percent : {85, 100, 130}) {
    for (const bool dark : {false, true}) {
      for (const ScreenSpec& screen : spec().screens) {
        state = machine.initial_state(make_world(apps, Rng(3)));
        machine.apply(state, event::Open{app});
        set_phone(apps.phone.font_percent, percent);
        set_phone(apps.phone.dark_mode, dark);
        show(screen.id);
        for (const FrameFinding& finding : lint_frame(run(4000), fonts)) {
          // Rows may cut what they show.
          const bool is_data = finding.what == FrameFinding::What::kCutText &&
                               (finding.address.ends_with("]") || screen.id == "detail");
          if (!is_data)
            ADD_FAILURE() << screen.id << " " << percent << "% "
                          << (dark ? "dark" : "light") << ": " << finding.str();
        }
      }
    }
  }
}

TEST_F(Gallery, IconsColoursPicturesAndAvatarsMayDifferByRow) {
  show("charts");
  const Frame frame = run(6000);
  const auto count = [&](auto wanted) {
    return std::count_if(frame.draws.begin(), frame.draws.end(), wanted);
  };
  const auto icon = [](std::string_view name) {
    return [name](const Draw& d) { return d.shape == Shape::kIcon && d.text == name; };
  };
  EXPECT_EQ(count(icon("food")), 1);
  EXPECT_EQ(count(icon("cart")), 1);
  const auto picture = [](std::string_view kind) {
    return
        [kind](const Draw& d) { return d.shape == Shape::kPicture && d.text == kind; };
  };
  EXPECT_EQ(count(picture("food")), 1);
  EXPECT_EQ(count(picture("goods")), 1);
  EXPECT_EQ(count(picture("poster")), 3);
  EXPECT_EQ(count([](const Draw& d) { return d.color == 0xFFE4572E && d.radius == 8; }),
            1);
  // No colour of its own: the app's accent.
  EXPECT_EQ(count([](const Draw& d) {
              return d.rect.width == 30 && d.color == 0xFF2F7CF6 && d.radius == 8;
            }),
            3);
  const auto letters = [](std::string_view name, std::uint32_t plate) {
    return [name, plate](const Draw& d) {
      return d.shape == Shape::kAvatar && d.text == name && d.bold && d.color2 == plate;
    };
  };
  EXPECT_EQ(count([](const Draw& d) { return d.shape == Shape::kAvatar; }), 2);
  EXPECT_EQ(count(letters("街角便利店", 0xFF2E7D32)), 1);
  EXPECT_EQ(count(letters("未来书城", 0)), 1);  // of a colour that the name chooses
  EXPECT_EQ(count([](const Draw& d) {  // a brand's sign: its first character
              return d.shape == Shape::kText && d.text == "餐" && d.bold;
            }),
            1);
}

TEST_F(Gallery, AnAppHasItsIconOfTheLauncher) {
  show("states");
  const Frame frame = run(4000);
  const auto icon = std::find_if(frame.draws.begin(), frame.draws.end(), [](const Draw& d) {
    return d.shape == Shape::kIcon && d.text == "view-grid";
  });
  ASSERT_NE(icon, frame.draws.end());
  EXPECT_EQ(std::prev(icon)->color2, 0xFF000000 | spec().color);
  EXPECT_EQ(std::count_if(frame.draws.begin(), frame.draws.end(),  // one that is gone
                          [](const Draw& d) {
                            return d.shape == Shape::kAvatar && d.text == "未来书城";
                          }),
            1);
}

}  // namespace
}  // namespace paperphone::layout
