#include "env/app/loader.h"
#include "env/app/world/generator.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "env/app/parts.h"
#include "env/base/error.h"

namespace paperphone::app {
namespace {

namespace fs = std::filesystem;

// What every app must say, behind the snippet so that its lines keep their numbers.
constexpr std::pair<std::string_view, std::string_view> kHeader[] = {
    {"app:", "app: demo"},
    {"title:", "title: 示例"},
    {"icon:", "icon: cog"},
    {"color:", "color: \"#112233\""},
    {"accent:", "accent: \"#112233\""},
    {"screens:", "screens: {home: {title: 家}}"}};

std::string slurp(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

bool has_line(const std::string& text, std::string_view start) {
  return text.starts_with(start) || text.find("\n" + std::string(start)) != std::string::npos;
}

// A folder of apps: the small ones' phone and lexicons, and one app, `demo`. A line
// "== name" in the snippet begins another file of it.
class DemoApps {
 public:
  explicit DemoApps(const std::string& snippet)
      : folder_(fs::temp_directory_path() / fmt::format("paperphone_demo_{}", ::getpid())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "demo");
    fs::copy("tests/app/apps_small/_phone", folder_ / "_phone");
    fs::copy("tests/app/apps_small/_common", folder_ / "_common",
             fs::copy_options::recursive);
    fs::create_directories(folder_ / "_common" / "fonts");
    fs::create_directories(folder_ / "_common" / "templates");
    std::ofstream(folder_ / "_common/fonts/icons.txt")
        << "cog f0493\ncellphone f011c\nplus f0415\n";
    std::istringstream in(snippet);
    std::string name = "app.yaml";
    std::string text;
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("== ")) {
        write(name, text);
        name = line.substr(3);
        text.clear();
      } else {
        text += line + "\n";
      }
    }
    write(name, text);
  }
  ~DemoApps() {
    std::error_code error;
    fs::remove_all(folder_, error);
  }

  const fs::path& folder() const { return folder_; }

  // "3:5: message", other files than app.yaml with their names; templates are
  // "_common/templates/...".
  std::string findings(const LintOptions& options = {}) const {
    const std::string folder = folder_.string() + "/";
    std::string out;
    for (const Finding& finding : lint_apps(folder_, options).findings) {
      std::string line = finding.str();
      for (const std::string& prefix : {folder + "demo/", folder})
        for (std::size_t at; (at = line.find(prefix)) != std::string::npos;)
          line.erase(at, prefix.size());
      if (line.starts_with("app.yaml:")) line.erase(0, 9);
      out += (out.empty() ? "" : "\n") + line;
    }
    return out;
  }

 private:
  void write(const std::string& name, std::string text) {
    fs::create_directories((folder_ / "demo" / name).parent_path());
    if (name == "app.yaml")
      for (const auto& [key, line] : kHeader)
        if (!has_line(text, key)) text += std::string(line) + "\n";
    std::ofstream(folder_ / "demo" / name) << text;
  }

  fs::path folder_;
};

// A broken app is a file: the snippet, the line below, then the findings as comments.
TEST(LintApps, SaysWhatIsWrongWithBrokenApps) {
  const std::string mark = "# ---- expected\n";
  int cases = 0;
  for (const auto& entry : fs::directory_iterator("tests/cases/broken_apps")) {
    const std::string text = slurp(entry.path());
    const std::size_t end = text.find(mark);
    ASSERT_NE(end, std::string::npos) << entry.path() << " expects nothing";
    std::istringstream comments(text.substr(end + mark.size()));
    std::string expected;
    for (std::string line; std::getline(comments, line);) {
      ASSERT_TRUE(line.starts_with("# ")) << entry.path() << ": " << line;
      expected += (expected.empty() ? "" : "\n") + line.substr(2);
    }
    EXPECT_FALSE(expected.empty()) << entry.path() << " expects nothing";
    EXPECT_EQ(DemoApps(text.substr(0, end)).findings(), expected) << entry.path();
    ++cases;
  }
  EXPECT_GE(cases, 99);
}

TEST(LintApps, TheSmallAppsAreClean) {
  const LoadResult result = lint_apps("tests/app/apps_small");
  for (const Finding& finding : result.findings) ADD_FAILURE() << finding.str();
  EXPECT_EQ(result.apps.apps.size(), 3u);
  EXPECT_EQ(result.apps.apps[0].id, "phone");
  EXPECT_GE(result.apps.phone.wifi, 0);
}

TEST(Schema, TheCommittedOneIsCurrent) {
  EXPECT_EQ(slurp("apps/app.schema.json"), app_schema_json())
      << "run: paperphone schema --out apps/app.schema.json";
}

TEST(Schema, EveryAppFileNamesIt) {
  const std::string start = "# yaml-language-server: $schema=";
  for (const auto& entry : fs::recursive_directory_iterator("apps")) {
    const fs::path& path = entry.path();
    if (path.extension() != ".yaml") continue;
    const std::string text = slurp(path);
    ASSERT_TRUE(text.starts_with(start)) << path;
    const std::string name = text.substr(start.size(), text.find('\n') - start.size());
    EXPECT_TRUE(fs::equivalent(path.parent_path() / name, "apps/app.schema.json")) << path;
  }
}

// The blocks of YAML in apps/README.md that are whole files, in their order.
std::vector<std::string> readme_files() {
  std::istringstream in(slurp("apps/README.md"));
  std::vector<std::string> files;
  std::string block;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      if (inside && block.starts_with("# yaml-language-server")) files.push_back(block);
      inside = line == "```yaml";
      block.clear();
    } else if (inside) {
      block += line + "\n";
    }
  }
  return files;
}

TEST(SharedParts, AreTheFooterOfPagesAndTransitionsBehindEachScreensOwn) {
  const DemoApps demo(R"(state: {plays: int, on: bool}
footer: [mini]
when:
  - {tap: mini, if: plays < 5, toast: "共{plays}"}
  - {tap: more, set: {plays: 0}}
  - {enter: always, set: {on: true}}
screens:
  home:
    title: 家
    body: [{button: {id: more, label: 多}}, {button: {id: ask, label: 问}}]
    when:
      - {tap: more, if: on, go: other}
      - {tap: ask, go: question}
  other:
    title: 二
    when:
      - {enter: always, set: {plays: plays + 1}}
  bare:
    title: 三
    footer: false
  own:
    title: 四
    footer: [{button: {id: more, label: 多}}]
    when:
      - {tap: more, go: bare}
      - {enter: first, go: own}
  question:
    kind: dialog
    title: 问
    body: [{text: {value: "{on}"}}]
    when:
      - {press: back, go: own}
== templates.yaml
templates:
  mini:
    params: []
    body: [{button: {id: mini, label: 迷你}}]
    when: [{tap: mini, if: plays > 9, go: bare}]
)");
  EXPECT_EQ(demo.findings(), "");
  const LoadResult result = lint_apps(demo.folder());
  const AppSpec& app = result.apps.apps[std::size_t(result.apps.find("demo"))];
  const auto seen = [&](std::string_view id) {
    const ScreenSpec& screen = app.screens[std::size_t(app.screen(id))];
    std::string out = screen.footer.empty() ? "-" : screen.footer[0].id;
    for (const Transition& t : screen.when) out += fmt::format(" {}", t.pos.line);
    return out;
  };
  EXPECT_EQ(seen("home"), "mini 12 13 4 5 6 5");  // the template's stands behind
  EXPECT_EQ(seen("other"), "mini 17 4 5");  // 6 could never happen
  EXPECT_EQ(seen("bare"), "- 6");
  EXPECT_EQ(seen("own"), "more 25 26 6");
  EXPECT_EQ(seen("question"), "- 32 6");  // not a page
}

TEST(Readme, TheShortestAppLoads) {
  const auto files = readme_files();
  ASSERT_EQ(files.size(), 2u);
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("paperphone_readme_{}", ::getpid());
  fs::remove_all(folder);
  fs::create_directories(folder / "todo");
  fs::create_directory_symlink(fs::absolute("apps/_phone"), folder / "_phone");
  fs::create_directory_symlink(fs::absolute("apps/_common"), folder / "_common");
  std::ofstream(folder / "todo/app.yaml") << files[0];
  std::ofstream(folder / "todo/tasks.yaml") << files[1];
  const LoadResult result = lint_apps(folder);
  for (const Finding& finding : result.findings) ADD_FAILURE() << finding.str();
  EXPECT_EQ(result.apps.tasks().size(), 1u);
  fs::remove_all(folder);
}

TEST(Templates, AreFilledInAndStandWhereTheyAreUsed) {
  const DemoApps demo(R"(records: {r: {columns: {n: text = 'a'}, rows: 2}}
screens:
  home:
    title: 家
    body:
      - cell: {id: first, title: 一}
      - pair:
          {id: two, words: [{text: {value: 甲}}, {text: {value: 乙}}]}
      - list: {rows: r, item: {line: {of: row.n}}}
    when:
      - {tap: first, go: more}
  more:
    whole: {title: 更多}
== ../_common/templates/pair.yaml
template: pair
help: two things
params: [id, words, toast]
defaults: {toast: 好}
body:
  - cell: {id: $(id)_row, title: 二}
  - card: {body: $(words)}
when:
  - {tap: $(id)_row, toast: $(toast)}
== ../_common/templates/line.yaml
template: line
help: one line
params: [of]
body: [{cell: {title: "<{$(of)}>"}}]
== ../_common/templates/whole.yaml
template: whole
help: a screen
params: [title]
screen: {title: $(title), body: [{line: {of: "'x'"}}]}
)");
  EXPECT_EQ(demo.findings(), "");
  const AppSet apps = load_apps(demo.folder());
  const AppSpec& app = apps.apps[std::size_t(apps.find("demo"))];
  const ScreenSpec& home = app.screens[0];
  ASSERT_EQ(home.body.size(), 4u);
  EXPECT_EQ(home.body[1].id, "two_row");
  EXPECT_EQ(home.body[2].widgets(Prop::kBody).size(), 2u);
  ASSERT_EQ(home.when.size(), 2u);
  EXPECT_EQ(home.when[1].widget, home.body[1].index);
  EXPECT_EQ(home.body[1].pos.used_at.substr(home.body[1].pos.used_at.find("demo/")),
            "demo/app.yaml:7:9");
  EXPECT_EQ(app.screens[1].body.size(), 1u);
}

TEST(LintApps, AnAppHasTemplatesDefinitionsAndAStartOfItsOwn) {
  const DemoApps demo(R"yaml(start: main
records:
  r: {columns: {x: int = seq}, rows: 3}
define:
  many: count(r, it.x > 0)
  small: {args: {a: r, than: int}, is: "a.x < than and any(r, it == a)"}
  both: "small(first(r), 1) and many == 2"
screens:
  home: {title: "{many}"}
  main:
    title: 主
    body:
      - list: {rows: r, where: "small(row, 2)", item: {line: {of: row.x}}}
      - text: {value: "{count(r, small(it, 1))}{count(r as a, any(r, small(a, it.x)))}{both}"}
      - more
    when:
      - {tap: more, go: home}
== templates.yaml
templates:
  line: {help: a line, params: [of], body: [{cell_of: {of: "{$(of)}"}}]}
  more: {body: [{button: {id: more, label: 更多}}]}
== ../_common/templates/cell_of.yaml
template: cell_of
help: a cell
params: [of]
body: [{cell: {title: $(of)}}]
)yaml");
  EXPECT_EQ(demo.findings(), "");
  const AppSet apps = load_apps(demo.folder());
  const AppSpec& app = apps.apps[std::size_t(apps.find("demo"))];
  EXPECT_EQ(app.start, 1);
  const World world = make_world(apps, Rng(1));
  const Template& text = *app.screens[1].body[1].text(Prop::kValue);
  // small(it, 1): row 0; some row has x > 0 and is more than a: rows 0 and 1.
  EXPECT_EQ(render(text, {.world = world, .apps = apps}), "12是");
}

TEST(LintApps, TasksMayStandInSeveralFiles) {
  const std::string task = "  %: {instruction: 开, english: Open., goal: phone.wifi, "
                           "expert: [{until: phone.wifi, at: home, visit: true}]}\n";
  const auto named = [&](const std::string& name) {
    std::string made = task;
    return made.replace(made.find('%'), 1, name);
  };
  const DemoApps demo("title: 示例\n== tasks_b.yaml\ntasks:\n" + named("second") +
                      "== tasks.yaml\ntasks:\n" + named("first"));
  EXPECT_EQ(demo.findings(), "");
  const AppSet apps = load_apps(demo.folder());
  const auto& tasks = apps.apps[std::size_t(apps.find("demo"))].tasks;
  ASSERT_EQ(tasks.size(), 2u);
  EXPECT_EQ(tasks[0].id, "demo/first");
  EXPECT_EQ(tasks[1].id, "demo/second");
}

TEST(LoadApps, AnUnfinishedAppWillDoIfAskedFor) {
  const DemoApps demo("state: {a: int}\nscreens: {home: {}, lost: {}}");
  EXPECT_THROW(load_apps(demo.folder()), ConfigError);
  std::vector<Finding> warnings;
  const AppSet apps = load_apps(demo.folder(), &warnings);
  EXPECT_EQ(warnings.size(), 2u);
  EXPECT_EQ(apps.apps[std::size_t(apps.find("demo"))].screens.size(), 2u);
  const DemoApps broken("state: {a: {typ: int}}");
  EXPECT_THROW(load_apps(broken.folder(), &warnings), ConfigError);
}

TEST(LintApps, MissingFoldersAndPhonesAreFindings) {
  const auto nowhere = lint_apps("tests/app/no_such_folder").findings;
  ASSERT_EQ(nowhere.size(), 1u);
  EXPECT_NE(nowhere[0].message.find("no such folder"), std::string::npos);
  const auto phoneless = lint_apps("tests/app/apps_small/contacts").findings;
  ASSERT_FALSE(phoneless.empty());
  EXPECT_NE(phoneless[0].message.find("_phone/app.yaml"), std::string::npos);
}

TEST(LintApps, ReportsGlyphsThatNoFontHas) {
  const DemoApps demo("title: 示例龘\n# 䨻 in a comment is nobody's business");
  EXPECT_EQ(demo.findings({.has_glyph = [](char32_t c) { return c != U'龘' && c != U'䨻'; }}),
            "1:8: no font has a glyph for '龘' (U+9F98)");
}

TEST(LoadApps, ThrowsAllFindingsAtOnce) {
  const DemoApps demo("titel: x\nstate: {a: {typ: int}}");
  try {
    load_apps(demo.folder());
    FAIL();
  } catch (const ConfigError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("unknown key 'titel'"), std::string::npos) << text;
    EXPECT_NE(text.find("unknown key 'typ'"), std::string::npos) << text;
  }
}

// ---- what a good app becomes -----------------------------------------------------

TEST(LoadApps, WidgetsAreNumberedInTheOrderWritten) {
  const AppSet apps = load_apps("tests/app/apps_small");
  for (const AppSpec& app : apps.apps) {
    for (const ScreenSpec& screen : app.screens) {
      for (std::size_t i = 0; i < screen.widgets.size(); ++i) {
        EXPECT_EQ(screen.widgets[i]->index, int(i));
        EXPECT_LT(screen.widgets[i]->list, int(i));
      }
    }
  }
  const AppSpec& memo = apps.apps[std::size_t(apps.find("便签"))];
  const ScreenSpec& home = memo.screens[0];
  const Widget& mark = *home.find("mark");
  EXPECT_EQ(home.widgets[std::size_t(mark.list)]->id, "notes");
  EXPECT_EQ(home.find("bar"), &home.bar_widget);
  EXPECT_EQ(home.find("tab"), nullptr);
  EXPECT_EQ(home.find("nothing"), nullptr);
}

TEST(LoadApps, WidgetsStayWhereTheyAreWhenAppsMove) {
  AppSet first = load_apps("tests/app/apps_small");
  const AppSet apps = std::move(first);
  const ScreenSpec& screen = apps.apps[1].screens[0];
  EXPECT_EQ(screen.find("bar"), &screen.bar_widget);
  EXPECT_EQ(screen.widgets[0], &screen.body[0]);
}

TEST(LoadApps, TapsAreResolvedToPartsAndRows) {
  const AppSet apps = load_apps("tests/app/apps_small");
  const AppSpec& contacts = apps.apps[std::size_t(apps.find("contacts"))];
  const ScreenSpec& list = contacts.screens[0];
  ASSERT_EQ(list.when.size(), 2u);
  EXPECT_EQ(list.when[0].widget, list.find("person")->index);
  EXPECT_EQ(list.when[0].part, -1);
  EXPECT_EQ(list.when[1].widget, list.bar_widget.index);
  EXPECT_EQ(list.when[1].part, part_index(list.bar_widget, "add"));
  // Columns that an `add` leaves out get their type's default.
  const auto& add = std::get<AddEffect>(list.when[1].effects[0].what);
  EXPECT_EQ(add.cells.size(), 4u);
  EXPECT_EQ(contacts.tab_targets.size(), 2u);
}

TEST(LoadApps, TasksAreNamedByAppAndFound) {
  const AppSet apps = load_apps("tests/app/apps_small");
  EXPECT_EQ(apps.tasks().size(), 5u);
  ASSERT_NE(apps.task("contacts/star_person"), nullptr);
  EXPECT_EQ(apps.task("contacts/star_person")->app, apps.find("contacts"));
  ASSERT_NE(apps.task("cross/remember_friend"), nullptr);
  EXPECT_EQ(apps.task("cross/remember_friend")->app, -1);
  EXPECT_EQ(apps.task("contacts/none"), nullptr);
  const Landmark& mark = apps.task("contacts/phone_of")->expert[0];
  EXPECT_EQ(mark.kind, LandmarkKind::kAnswer);
  ASSERT_EQ(mark.args.size(), 1u);
  EXPECT_TRUE(mark.args[0].empty());  // written _
}

TEST(LoadApps, TheContentHashIsOfTheFilesAlone) {
  EXPECT_EQ(load_apps("tests/app/apps_small").content_hash,
            load_apps("tests/app/../app/apps_small/").content_hash);
}

TEST(DefaultAppsDir, TheEnvironmentVariableComesFirst) {
  ::setenv("PAPERPHONE_APPS", "tests/app/apps_small", 1);
  EXPECT_EQ(default_apps_dir(), fs::path("tests/app/apps_small"));
  ::setenv("PAPERPHONE_APPS", "tests/app/no_such_folder", 1);
  EXPECT_THROW(default_apps_dir(), ConfigError);
  ::unsetenv("PAPERPHONE_APPS");
  EXPECT_EQ(default_apps_dir().filename(), "apps");
}

TEST(AppSchema, KnowsEveryComponent) {
  const auto schema = nlohmann::json::parse(app_schema_json());
  const auto& widgets =
      schema.at("definitions").at("widget").at("anyOf").at(0).at("properties");
  for (const Component* component : components())
    EXPECT_EQ(widgets.contains(std::string(component->name)),
              !component->made_by_loader)
        << component->name;
}

TEST(LintApps, NoChangedByteMakesTheLoaderFailInAnotherWay) {
  std::ifstream in("tests/app/apps_small/memo/app.yaml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  std::ifstream tasks_in("tests/app/apps_small/contacts/tasks.yaml");
  const std::string tasks((std::istreambuf_iterator<char>(tasks_in)), {});
  Rng rng(11);
  for (int i = 0; i < 150; ++i) {
    std::string broken = text;
    for (int k = 0; k < 3; ++k) {
      const std::size_t at = rng.below(broken.size());
      switch (rng.below(3)) {
        case 0: broken[at] = char(rng.below(256)); break;
        case 1: broken.erase(at, rng.below(12)); break;
        default: broken.insert(at, broken.substr(rng.below(broken.size()), 8)); break;
      }
    }
    lint_apps(DemoApps(broken + "\n== tasks.yaml\n" + tasks).folder());
  }
}

}  // namespace
}  // namespace paperphone::app
