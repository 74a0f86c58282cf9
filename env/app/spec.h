// An app as loaded: immutable, shared const by every environment. Made only by
// the loader (env/app/loader.h), so that whoever reads it may trust it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "env/app/expr/expr.h"
#include "env/app/expr/value.h"
#include "env/app/kit/component.h"
#include "env/app/permission.h"

namespace paperphone::app {

struct SourcePos {
  std::string file;  // from where one stands, "apps/shop/app.yaml"; else in full
  int line = 0;      // from 1
  int column = 0;    // from 1
  std::string used_at = {};  // inside a template: where it is used, "file:12:7"
  std::string str() const;   // "apps/shop/app.yaml:17:11"
};

struct VarSpec {
  std::string name;  // of a screen's own: "screen.name"
  Type type;
  Value initial;
  Expr generate;  // drawn anew in every world; empty: `initial`
  bool relative = false;  // `initial` counts from today (date) or now (instant)
  bool is_view = false;  // view state (tab, query, sort order): never a side effect
  int screen = -1;  // whose own it is: fresh whenever that is entered; -1: the app's
  SourcePos pos;
};

struct ColumnSpec {
  std::string name;
  Type type;
  Expr generate;  // empty: from the fixture file, or the type's default
  bool in_file = false;  // the fixture file has this column
  SourcePos pos;
};

struct TableSpec {
  std::string name;
  std::vector<ColumnSpec> columns;
  std::vector<std::vector<Value>> fixture_rows;  // always present, come first
  int generated_rows = 0;                        // appended under the episode's seed
  // Fixture cells (row, column) that count from today (date) or now (instant).
  std::vector<std::pair<int, int>> relative_cells;
  int display_column = -1;  // the first text column: how a row is named in words
  // In a new world every row has a name (display_column) and no two have the same.
  bool unique_names = false;
  // No generator reads more of the own record than what stands to the left in its row:
  // cells can be made one by one, in any order.
  bool cells_on_demand = false;
  SourcePos pos;
  int column(std::string_view column_name) const;  // -1: none
  // A new world's rows have 0, 1, 2, ... there, and a lookup need not go through them.
  bool counts_rows(int column) const;
  // `seq` of the first row behind the fixtures: they count too if the column is made
  // for them.
  int first_generated(const ColumnSpec& of) const {
    return of.in_file ? 0 : int(fixture_rows.size());
  }
};

// ---- screens ------------------------------------------------------------------

struct Widget;

// One choice of chips, tabs, radios, icon grids, action bars.
struct Item {
  std::string id;     // address part; may be empty where the kind binds a value
  Template label;
  std::string icon;
  Template icon_text;       // an icon with holes: of the row in hand, of the state
  std::uint32_t color = 0;  // 0xRRGGBB, 0: the kind's default
  Template color_text;      // "#RRGGBB" with holes
  Expr value;         // chips/radio: what is written into `bind`
  Expr show;          // empty: always
  Template badge;
  std::string style;  // buttons: primary, secondary, danger
  Place bind;         // filters: the bool that it flips
  std::string called;  // what a person calls it, where it does not say so itself
};

using PropValue =
    std::variant<Template, Expr, Place, TableRef, std::int64_t, std::string,
                 std::vector<Widget>, std::vector<Item>>;

struct Widget {
  WidgetKind kind = {};
  std::string id;    // empty: cannot be touched
  int index = -1;    // unique within its screen, pre-order; the machine's address
  int list = -1;     // index of the enclosing list/grid widget, -1 outside
  Expr show;         // empty: always
  std::string called;  // what a person calls it, where it does not say so itself
  SourcePos pos;
  std::vector<std::pair<Prop, PropValue>> props;  // sorted by Prop

  // Typed access; a missing prop gives the fallback (nullptr, empty).
  const Template* text(Prop prop) const;
  const Expr* expr(Prop prop) const;
  const Place* place(Prop prop) const;
  TableRef table(Prop prop) const;
  std::int64_t number(Prop prop, std::int64_t fallback) const;
  std::string_view name(Prop prop, std::string_view fallback = "") const;
  std::uint32_t color(Prop prop, std::uint32_t fallback) const;
  const std::vector<Widget>& widgets(Prop prop) const;
  const std::vector<Item>& items(Prop prop) const;
  bool has(Prop prop) const;
};

// ---- transitions ----------------------------------------------------------------

enum class Trigger : std::uint8_t {
  kTap,     // a widget, one of its items or parts
  kHold,    // long press
  kSubmit,  // Enter or the keyboard's action key in a field
  kBack,    // the Back button, before the default pop
  kEnter,   // the screen has just been opened
  kArrive,  // it was opened, or what lay over it has gone
  kAfter,   // a virtual time after entering
  kPull,    // pull to refresh
  kReach,   // scrolled to the end: time for more rows
};

struct GoTo {
  enum class Mode : std::uint8_t { kStay, kPush, kReplace, kReset, kBack };
  Mode mode = Mode::kStay;
  int app = -1;              // kPush/kReplace/kReset; for kBack: unused
  int screen = -1;           // kBack: pop down to this screen, -1: one step
  std::vector<Expr> args;
};

struct SetEffect {
  Place place;
  Expr value;
};
struct AddEffect {
  TableRef table;
  std::vector<std::pair<int, Expr>> cells;  // column, value; the others are none
};
struct DeleteEffect {
  Expr row;  // a reference
};
struct Effect;
struct EachEffect {  // for every row of the table where the condition holds
  TableRef table;
  Expr where;                 // `it` is the row
  std::vector<Effect> body;   // sets on it.column, adds, delete: it
};
struct ToastEffect {
  Template text;
};
struct NotifyEffect {  // a notification of this app
  Template title;
  Template text;
  GoTo go;  // where a tap on it leads; screen -1: to the app as it was
};
struct ShareEffect {  // the phone's sheet: which app shall have this text?
  Template text;
};
struct Effect {
  std::variant<SetEffect, AddEffect, DeleteEffect, EachEffect, ToastEffect,
               NotifyEffect, ShareEffect>
      what;
};

struct Transition {
  Trigger trigger = Trigger::kTap;
  int widget = -1;        // kTap, kHold, kSubmit
  int part = -1;          // index into the widget's items or parts, -1: the whole
  std::int64_t after_ms = 0;
  Expr condition;         // empty: always
  std::optional<Permission> ask;  // effects and `go` wait until the owner grants it
  std::vector<Effect> effects;
  GoTo go;
  SourcePos pos;
};

enum class ScreenKind : std::uint8_t {
  kPage,
  kSheet,     // from the bottom
  kDialog,    // in the middle
  kMenu,      // dark, from the app bar's right end
  kDropdown,  // from below the app bar and the page's tabs
};

// Makes its owner movable, but not copyable.
struct MoveOnly {
  MoveOnly() = default;
  MoveOnly(MoveOnly&&) = default;
  MoveOnly& operator=(MoveOnly&&) = default;
};

struct ArgSpec {
  std::string name;
  Type type;
};

struct ScreenSpec {
  std::string id;
  ScreenKind kind = ScreenKind::kPage;
  std::vector<ArgSpec> args;
  std::vector<int> vars;           // its own, in AppSpec::vars
  Template title;
  std::string called;              // what a person calls it; empty: its title
  bool has_bar = true;             // app bar with title (and back arrow if pushed)
  std::string bar_style;           // "", accent, transparent
  std::vector<Item> actions;       // right end of the app bar; taps: bar.<id>
  std::string tab;                 // id of the selected bottom tab; empty: no tab bar
  std::string background;          // "" (grey page), card, accent
  std::vector<Widget> body;        // scrolls
  std::vector<Widget> footer;      // stays at the bottom
  std::vector<Widget> float_button;  // zero or one widget
  bool start_at_end = false;       // chat: scrolled to the end at first
  std::vector<Transition> when;    // in file order; the first match wins
  SourcePos pos;

  // Filled by the loader. Widgets by index (body, footer, float_button, and two
  // implicit ones: kAppBar with the actions, kTabBar with the app's tabs).
  std::vector<const Widget*> widgets;
  Widget bar_widget;               // kind kAppBar, items = actions; id "bar"
  Widget tab_widget;               // kind kTabBar, items = AppSpec::tabs; id "tab"
  const Widget* find(std::string_view widget_id) const;  // nullptr: none
  MoveOnly move_only;              // a copy's `widgets` would point into the original
};

// ---- tasks --------------------------------------------------------------------

struct ParamSpec {
  std::string name;
  Type type;
  Expr from;           // kRef: any row of type.table; else a generator expression
  Expr where;          // over `it` (references only); empty: any row
  std::vector<Value> choices;  // one of these, if not empty
  SourcePos pos;
};

struct LetSpec {       // a name for an expression over the INITIAL state
  std::string name;
  Expr value;
};

// A subgoal of the expert: unless `until` holds, be on the screen `at` and do it.
enum class LandmarkKind : std::uint8_t { kTap, kHold, kType, kSubmit, kVisit, kAnswer };
struct Landmark {
  Expr until;                // empty only for kAnswer
  Expr needs;                // the step applies only if this holds; empty: always
  int app = -1;
  int screen = -1;
  std::vector<Expr> args;    // empty Expr: any value
  LandmarkKind kind = LandmarkKind::kTap;
  int widget = -1;
  int part = -1;
  Expr row;                  // which row of the list, if the widget is in one
  Expr text;                 // kType, kAnswer; kTap on dates and calendars: the day
  SourcePos pos;
};

enum class AnswerKind : std::uint8_t { kNone, kText, kNumber, kMoney, kDate, kTime };

struct TaskSpec {
  std::string id;                      // "settings/dark_mode"; cross-app: "cross/..."
  int app = -1;                        // -1: cross-app
  std::vector<std::string> instructions_zh;  // with {param} holes
  std::string instruction_en;
  std::vector<Template> zh;            // the same, compiled over params
  Template en;
  std::vector<ParamSpec> params;
  std::vector<LetSpec> lets;
  Expr goal;                           // over the final state, params, lets
  Expr answer;                         // question tasks; evaluated on the initial state
  Expr infeasible;                     // the fact because of which it cannot be done
  bool already = false;                // the goal holds from the start: look, and say so
  std::optional<NotifyEffect> notice;  // that has just come when it begins
  std::vector<Expr> progress;          // milestones, booleans
  std::vector<Place> only_changes;     // cells that may change
  std::vector<TableRef> may_add;       // rows of these may be added
  std::vector<TableRef> may_delete;
  std::vector<Expr> forbid;            // conditions that must not hold at the end
  int max_steps = 15;
  std::string split;                   // "" (by hash of the id), train, unseen
  std::vector<Landmark> expert;
  SourcePos pos;
};

// ---- the whole ------------------------------------------------------------------

// A named expression. Expressions that use it hold a copy of its tree.
struct DefineSpec {
  std::string name;
  std::vector<ArgSpec> args;
  Expr body;           // its arguments are kArg; empty until compiled
  bool ready = false;  // compiled, or has a finding
  SourcePos pos;
};

// What holds in every world at every moment.
struct CheckSpec {
  std::string name;
  Expr holds;
  SourcePos pos;
};

struct AppSpec {
  std::string id;
  std::string title;
  std::string icon;             // name in the icon set
  std::uint32_t color = 0;      // of the launcher icon, 0xRRGGBB
  std::uint32_t accent = 0;     // of buttons and selected things, 0xRRGGBB
  bool hidden = false;          // the phone's own spec: not on the launcher
  std::vector<VarSpec> vars;
  std::vector<TableSpec> tables;
  std::vector<DefineSpec> defines;
  std::vector<CheckSpec> checks;
  std::vector<Item> tabs;       // bottom tab bar
  std::vector<GoTo> tab_targets;  // parallel to tabs
  GoTo receives;                // screen for texts that other apps share; -1: none
  std::vector<ScreenSpec> screens;
  int start = 0;                // screen that opening the app shows
  std::vector<TaskSpec> tasks;

  int var(std::string_view name) const;     // -1: none
  int table(std::string_view name) const;
  int screen(std::string_view id) const;
  int define(std::string_view name) const;
};

struct Lexicon {
  std::string name;
  int app = -1;  // whose own it is; -1: of all apps
  SourcePos pos = {};
  std::vector<std::string> entries;
  std::vector<Value> values;  // the entries again, as texts that worlds share
};

struct PhoneVars {  // indices of the phone's own variables, resolved at load
  int dark_mode = -1, font_percent = -1, wifi = -1, airplane = -1, bluetooth = -1,
      battery = -1, mobile_data = -1, flashlight = -1, do_not_disturb = -1,
      eye_comfort = -1, auto_rotate = -1, vibrate = -1, location = -1, hotspot = -1,
      battery_saver = -1, nfc = -1, brightness = -1, media_volume = -1,
      ring_volume = -1, language = -1, hour24 = -1, wallpaper = -1,
      battery_percent = -1, icon_order = -1;
};

struct AppSet;
// What a variable or cell holds that nobody gave a value.
Value default_value(Type type, const AppSet& apps);

struct AppSet {
  std::vector<AppSpec> apps;      // apps[0] is "phone" (apps/_phone), then by id
  std::vector<TaskSpec> cross_app_tasks;
  std::vector<Lexicon> lexicons;
  // What variables and columns that are `one_of` may be, the first the default; every
  // list is there once, so that equal lists are one type.
  std::vector<std::vector<std::string>> word_sets;
  PhoneVars phone;
  Hash128 content_hash;           // of all files read: the app set's identity
  std::shared_ptr<ChosenRows> chosen;  // what choices among rows of files come to

  int find(std::string_view id_or_title) const;  // -1: none
  // All tasks, apps' own first, then cross-app; in a fixed order.
  std::vector<const TaskSpec*> tasks() const;
  const TaskSpec* task(std::string_view task_id) const;  // nullptr: none
};

}  // namespace paperphone::app
