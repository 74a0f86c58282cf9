#include "env/sim/state/state_bytes.h"

#include <fmt/format.h>

#include <limits>

#include "env/app/world/genesis.h"

namespace paperphone::sim {

using app::AppData;
using app::AppSet;
using app::AppSpec;
using app::Cow;
using app::Kind;
using app::Permission;
using app::Ref;
using app::Row;
using app::ScreenSpec;
using app::Table;
using app::Value;
using app::World;

namespace {

// Far beyond any calendar, and far from where adding to a time would overflow.
constexpr std::int64_t kMaxMs = std::int64_t{1} << 50;
constexpr std::int32_t kMaxInt32 = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t kMinValueBytes = 1;
constexpr std::size_t kMinRowBytes = 4;

enum class Part : std::uint8_t { kSame, kWritten };  // same as the base's

std::int64_t read_ms(ByteReader& in, std::string_view name) {
  return in.get_within<std::int64_t>(0, kMaxMs, name);
}

void write_ref(ByteWriter& out, Ref ref) {
  out.put(ref.app).put(ref.table).put(ref.row_id);
}

Ref read_ref(ByteReader& in, const AppSet& apps) {
  Ref ref;
  ref.app = in.get<std::int16_t>();
  ref.table = in.get<std::int16_t>();
  ref.row_id = in.get_within<std::int32_t>(-1, kMaxInt32, "row id");
  if (ref.row_id < 0) return {};
  const auto app = static_cast<std::size_t>(ref.app);
  if (ref.app < 0 || app >= apps.apps.size() || ref.table < 0 ||
      static_cast<std::size_t>(ref.table) >= apps.apps[app].tables.size()) {
    in.fail(fmt::format("there is no table {} of app {}", ref.table, ref.app));
  }
  return ref;
}

// An index into a list of the apps, or -1 where none is allowed.
template <class T>
T read_index(ByteReader& in, std::size_t size, std::string_view name, T lowest = 0) {
  return in.get_within<T>(lowest, static_cast<T>(static_cast<T>(size) - 1), name);
}

// ---- the world ------------------------------------------------------------------

// Beside another world that whoever reads it will have at hand: parts that are the same
// are only mentioned, and shared again when they are read.

void write_table(ByteWriter& out, const Table& table, const Table& base) {
  out.put(table.next_id).put_count(table.rows.size());
  for (const auto& row : table.rows) {
    out.put(row->id);
    const Cow<Row>* former = base.find_shared(row->id);
    const bool same = former != nullptr && former->identity() == row.identity();
    out.put(same ? Part::kSame : Part::kWritten);
    if (same) continue;
    for (const Value& cell : row->cells) write_value(out, cell);
  }
}

Table read_table(ByteReader& in, const AppSet& apps, const app::TableSpec& spec,
                 const Table& base) {
  Table table;
  table.next_id = in.get_within<std::int32_t>(0, kMaxInt32, "next row id");
  const std::size_t count = in.get_count(kMinRowBytes);
  table.rows.reserve(count);
  std::int32_t lowest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    Row row;
    row.id = in.get_within<std::int32_t>(lowest, table.next_id - 1, "row id");
    lowest = row.id + 1;
    if (in.get_enum(Part::kWritten, "row") == Part::kSame) {
      const Cow<Row>* former = base.find_shared(row.id);
      if (former == nullptr) in.fail("a row is the same as none");
      table.rows.push_back(*former);
      continue;
    }
    std::vector<Value> cells;
    cells.reserve(spec.columns.size());
    for (const app::ColumnSpec& column : spec.columns)
      cells.push_back(read_value(in, apps, column.type));
    row.cells = std::move(cells);
    table.rows.emplace_back(std::move(row));
  }
  return table;
}

void write_app(ByteWriter& out, const AppData& app, const AppData& base) {
  for (const Value& value : app.vars) write_value(out, value);
  for (std::size_t t = 0; t < app.tables.size(); ++t) {
    const bool same = base.tables[t].identity() == app.tables[t].identity();
    out.put(same ? Part::kSame : Part::kWritten);
    if (!same) write_table(out, *app.tables[t], *base.tables[t]);
  }
}

void read_app(ByteReader& in, const AppSet& apps, const AppSpec& spec, AppData& app) {
  for (std::size_t v = 0; v < spec.vars.size(); ++v)
    app.vars[v] = read_value(in, apps, spec.vars[v].type);
  for (std::size_t t = 0; t < spec.tables.size(); ++t)
    if (in.get_enum(Part::kWritten, "table") == Part::kWritten)
      app.tables[t].edit() = read_table(in, apps, spec.tables[t], *app.tables[t]);
}

// ---- the phone around it ----------------------------------------------------------

void write_tasks(ByteWriter& out, const std::vector<RecentTask>& tasks) {
  out.put_count(tasks.size());
  for (const RecentTask& task : tasks) {
    out.put(task.app).put_count(task.stack.size());
    for (const ScreenEntry& entry : task.stack) {
      out.put(entry.screen).put_count(entry.args.size());
      for (const Value& arg : entry.args) write_value(out, arg);
      out.put(entry.scroll).put(entry.entered_ms).put(entry.afters_fired);
      out.put(entry.opened.widget);
      write_ref(out, entry.opened.row);
    }
  }
}

// Arguments of a screen: at most as many as it takes, of its types.
std::vector<Value> read_args(ByteReader& in, const AppSet& apps,
                             const ScreenSpec& screen) {
  const std::size_t count = in.get_count(kMinValueBytes);
  if (count > screen.args.size())
    in.fail(fmt::format("{} arguments for screen '{}', which takes {}", count, screen.id,
                        screen.args.size()));
  std::vector<Value> args;
  for (std::size_t i = 0; i < count; ++i)
    args.push_back(read_value(in, apps, screen.args[i].type));
  return args;
}

ScreenEntry read_entry(ByteReader& in, const AppSet& apps, const AppSpec& app) {
  ScreenEntry entry;
  entry.screen = read_index<std::int32_t>(in, app.screens.size(), "screen");
  const ScreenSpec& screen = app.screens[static_cast<std::size_t>(entry.screen)];
  entry.args = read_args(in, apps, screen);
  entry.scroll = in.get_within<std::int32_t>(0, kScrollEnd, "scroll");
  entry.entered_ms = read_ms(in, "entered_ms");
  entry.afters_fired = in.get_within<std::int32_t>(0, kMaxInt32, "afters_fired");
  entry.opened.widget =
      read_index<std::int32_t>(in, screen.widgets.size(), "opened row", -1);
  entry.opened.row = read_ref(in, apps);
  return entry;
}

std::vector<RecentTask> read_tasks(ByteReader& in, const AppSet& apps) {
  std::vector<RecentTask> tasks;
  const std::size_t count = in.get_count(2);
  for (std::size_t i = 0; i < count; ++i) {
    RecentTask task;
    task.app = read_index<std::int16_t>(in, apps.apps.size(), "app of a task");
    const AppSpec& app = apps.apps[static_cast<std::size_t>(task.app)];
    const std::size_t depth = in.get_count(4);
    if (depth == 0) in.fail("a task without screens");
    for (std::size_t d = 0; d < depth; ++d)
      task.stack.push_back(read_entry(in, apps, app));
    tasks.push_back(std::move(task));
  }
  return tasks;
}

void write_notices(ByteWriter& out, const PhoneState& state) {
  out.put_text(state.toast.text).put(state.toast.until_ms);
  out.put_count(state.notifications.size());
  for (const Notification& n : state.notifications) {
    out.put(n.app).put_text(n.title).put_text(n.text).put(n.when_ms);
    out.put(n.screen).put_count(n.args.size());
    for (const Value& arg : n.args) write_value(out, arg);
  }
  out.put(state.heads_up_until_ms);
  out.put_count(state.dialogs.size());
  for (const SystemDialog& dialog : state.dialogs) {
    out.put_text(dialog.title).put_text(dialog.text).put_count(dialog.buttons.size());
    for (const std::string& button : dialog.buttons) out.put_text(button);
    out.put(dialog.kind).put(dialog.until_ms).put(dialog.way_out);
    out.put(dialog.permission).put(dialog.app).put(dialog.screen);
    out.put(dialog.transition);
    write_ref(out, dialog.row);
  }
}

// A screen of an app, or -1.
std::int32_t read_screen(ByteReader& in, const AppSet& apps, std::int16_t app) {
  const std::size_t count =
      app < 0 ? 0 : apps.apps[static_cast<std::size_t>(app)].screens.size();
  return read_index<std::int32_t>(in, count, "screen", -1);
}

// What painting and answering it count on. Shares end in one to cancel.
bool has_its_buttons(const SystemDialog& dialog) {
  const std::size_t count = dialog.buttons.size();
  switch (dialog.kind) {
    case DialogKind::kPlain: return true;
    case DialogKind::kPermission: return count == 3;  // Grant
    case DialogKind::kSplashAd:
    case DialogKind::kCoupon:
    case DialogKind::kCall: return count == 2;
    case DialogKind::kLoading: return count == 0;
    case DialogKind::kOffline:
    case DialogKind::kInCall: return count == 1;
    case DialogKind::kShare: return count >= 1;
  }
  return false;
}

SystemDialog read_dialog(ByteReader& in, const AppSet& apps) {
  SystemDialog dialog;
  dialog.title = in.get_text();
  dialog.text = in.get_text();
  const std::size_t num_buttons = in.get_count(4);
  for (std::size_t b = 0; b < num_buttons; ++b) dialog.buttons.push_back(in.get_text());
  dialog.kind = in.get_enum(DialogKind::kShare, "kind of a dialog");
  if (!has_its_buttons(dialog)) in.fail("a dialog has too few or too many buttons");
  dialog.until_ms = read_ms(in, "until_ms");
  dialog.way_out = read_index<std::int32_t>(in, num_buttons, "way_out", -1);
  dialog.permission = in.get_enum(Permission::kCalendar, "permission");
  dialog.app = read_index<std::int16_t>(in, apps.apps.size(), "app of a dialog", -1);
  dialog.screen = read_screen(in, apps, dialog.app);
  const std::size_t transitions =
      dialog.screen < 0 ? 0
                        : apps.apps[static_cast<std::size_t>(dialog.app)]
                              .screens[static_cast<std::size_t>(dialog.screen)]
                              .when.size();
  dialog.transition = read_index<std::int32_t>(in, transitions, "transition", -1);
  dialog.row = read_ref(in, apps);
  return dialog;
}

void read_notices(ByteReader& in, const AppSet& apps, PhoneState& state) {
  state.toast.text = in.get_text();
  state.toast.until_ms = read_ms(in, "until_ms");
  const std::size_t num_notifications = in.get_count(2);
  for (std::size_t i = 0; i < num_notifications; ++i) {
    Notification n;
    n.app = read_index<std::int16_t>(in, apps.apps.size(), "app of a notification", -1);
    n.title = in.get_text();
    n.text = in.get_text();
    n.when_ms = read_ms(in, "when_ms");
    n.screen = read_screen(in, apps, n.app);
    if (n.screen >= 0) {
      n.args = read_args(in, apps,
                         apps.apps[static_cast<std::size_t>(n.app)]
                             .screens[static_cast<std::size_t>(n.screen)]);
    } else if (in.get_count() != 0) {
      in.fail("arguments for no screen");
    }
    state.notifications.push_back(std::move(n));
  }
  state.heads_up_until_ms = read_ms(in, "heads_up_until_ms");
  const std::size_t num_dialogs = in.get_count(4);
  for (std::size_t i = 0; i < num_dialogs; ++i)
    state.dialogs.push_back(read_dialog(in, apps));
}

void write_layers(ByteWriter& out, const PhoneState& state) {
  out.put_count(state.grants.size());
  for (const PermissionGrant& g : state.grants)
    out.put(g.app).put(g.permission).put(g.grant);
  out.put(state.shade).put(state.lock).put(state.navigation);
  out.put(state.launcher.searching).put_text(state.launcher.query);
  out.put(state.launcher.folder);
  const Selection& selection = state.selection;
  out.put_text(selection.text).put(selection.from).put(selection.x).put(selection.y);
}

void read_layers(ByteReader& in, const AppSet& apps, PhoneState& state) {
  const std::size_t num_grants = in.get_count(4);
  for (std::size_t i = 0; i < num_grants; ++i) {
    PermissionGrant grant;
    grant.app = read_index<std::int16_t>(in, apps.apps.size(), "app of a permission");
    grant.permission = in.get_enum(Permission::kCalendar, "permission");
    grant.grant = in.get_enum(Grant::kDenied, "grant");
    state.grants.push_back(grant);
  }
  state.shade = in.get_enum(Shade::kControls, "shade");
  state.lock = in.get_enum(Lock::kOff, "lock");
  state.navigation = in.get_enum(Navigation::kButtons, "navigation");
  state.launcher.searching = in.get_bool("searching");
  state.launcher.query = in.get_text();
  state.launcher.folder =
      read_index<std::int32_t>(in, state.folders.size(), "open folder", -1);
  state.selection.text = in.get_text();
  state.selection.from = in.get_within<std::int32_t>(-1, kMaxInt32, "selection");
  state.selection.x = in.get<std::int16_t>();
  state.selection.y = in.get<std::int16_t>();
}

void read_focus(ByteReader& in, const AppSet& apps, PhoneState& state) {
  std::size_t num_widgets = 0;
  if (const ScreenEntry* top = state.top()) {
    const AppSpec& app = apps.apps[static_cast<std::size_t>(state.front_app())];
    num_widgets = app.screens[static_cast<std::size_t>(top->screen)].widgets.size();
  }
  state.focus.widget = read_index<std::int32_t>(in, num_widgets, "focus", -1);
  state.focus.row = read_ref(in, apps);
  state.ime.mode = in.get_enum(ImeMode::kSymbols, "ime mode");
  state.ime.composing = in.get_text();
  for (const char c : state.ime.composing)
    if (c <= ' ' || c > '~') in.fail("half-typed letters are not letters");
  state.ime.page = in.get_within<std::int32_t>(0, kMaxInt32 - 1, "ime page");
  state.ime.shift = in.get_bool("shift");
}

}  // namespace

void write_value(ByteWriter& out, const Value& value) {
  out.put(value.tag());
  switch (value.tag()) {
    case Value::Tag::kNone:
      break;
    case Value::Tag::kNumber:
      out.put(value.as_int());
      break;
    case Value::Tag::kText:
      out.put_text(value.as_text());
      break;
    case Value::Tag::kRef:
      write_ref(out, value.as_ref());
      break;
  }
}

Value read_value(ByteReader& in, const AppSet& apps, app::Type type) {
  const auto tag = in.get_enum(Value::Tag::kRef, "value");
  if (tag == Value::Tag::kNone) return {};
  const Value::Tag fitting = type.kind == Kind::kNone   ? Value::Tag::kNone
                             : type.kind == Kind::kText ? Value::Tag::kText
                             : type.kind == Kind::kRef  ? Value::Tag::kRef
                                                        : Value::Tag::kNumber;
  if (tag != fitting) {
    in.fail(fmt::format("a value of another type than {}", app::kind_name(type.kind)));
  }
  if (tag == Value::Tag::kNumber) return Value::of_int(in.get<std::int64_t>());
  if (tag == Value::Tag::kText) return Value::of_text(in.get_text());
  const Ref ref = read_ref(in, apps);
  if (ref.valid() && (ref.app != type.app || ref.table != type.table)) {
    in.fail("a reference to a row of another table");
  }
  return Value::of_ref(ref);
}

void write_world(ByteWriter& out, const World& world, const World& base) {
  out.put(world.now_ms);
  for (std::size_t a = 0; a < world.apps.size(); ++a) {
    const bool same = base.apps[a].identity() == world.apps[a].identity();
    out.put(same ? Part::kSame : Part::kWritten);
    if (!same) write_app(out, *world.apps[a], *base.apps[a]);
  }
}

World read_world(ByteReader& in, const AppSet& apps, const World& base) {
  World world = base;
  world.now_ms = read_ms(in, "now_ms");
  for (std::size_t a = 0; a < apps.apps.size(); ++a)
    if (in.get_enum(Part::kWritten, "app") == Part::kWritten)
      read_app(in, apps, apps.apps[a], world.apps[a].edit());
  return world;
}

void write_state(ByteWriter& out, const PhoneState& state) {
  out.put(state.world.genesis->key());
  write_world(out, state.world, state.world.genesis->first_world());
  out.put_count(state.folders.size());
  for (const Folder& folder : state.folders) {
    out.put_text(folder.name).put_count(folder.apps.size());
    for (const std::int16_t app : folder.apps) out.put(app);
  }
  out.put_count(state.icon_order.size());
  for (const std::int16_t app : state.icon_order) out.put(app);
  out.put(state.launcher_page);
  write_tasks(out, state.tasks);
  out.put(state.shell);
  out.put(state.focus.widget);
  write_ref(out, state.focus.row);
  out.put(state.ime.mode).put_text(state.ime.composing);
  out.put(state.ime.page).put(state.ime.shift);
  write_notices(out, state);
  write_layers(out, state);
  out.put_text(state.clipboard);
  out.put(state.nuisance_key).put(state.nuisance_draws).put(state.nuisance_level);
  out.put(state.nuisance_count);
}

PhoneState read_state(ByteReader& in, const AppSet& apps) {
  PhoneState state;
  state.world = read_world(in, apps, app::make_world(apps, in.get<std::uint64_t>()));
  const std::size_t num_folders = in.get_count(4);
  for (std::size_t i = 0; i < num_folders; ++i) {
    Folder folder{in.get_text(), {}};
    const std::size_t num_apps = in.get_count(2);
    for (std::size_t a = 0; a < num_apps; ++a)
      folder.apps.push_back(
          read_index<std::int16_t>(in, apps.apps.size(), "app of a folder"));
    state.folders.push_back(std::move(folder));
  }
  const std::size_t num_icons = in.get_count(2);
  for (std::size_t i = 0; i < num_icons; ++i)
    state.icon_order.push_back(read_index<std::int16_t>(
        in, apps.apps.size(), "app of an icon",
        static_cast<std::int16_t>(-static_cast<int>(num_folders))));
  state.launcher_page = read_index<std::int32_t>(
      in, static_cast<std::size_t>(state.launcher_pages()), "launcher_page");
  state.tasks = read_tasks(in, apps);
  state.shell = in.get_enum(Shell::kRecents, "shell");
  if (state.shell == Shell::kApp && state.tasks.empty())
    in.fail("an app is in front, but none is running");
  read_focus(in, apps, state);
  read_notices(in, apps, state);
  read_layers(in, apps, state);
  state.clipboard = in.get_text();
  state.nuisance_key = in.get<std::uint64_t>();
  state.nuisance_draws = in.get<std::uint64_t>();
  state.nuisance_level = in.get_within<std::uint8_t>(0, 2, "nuisance_level");
  state.nuisance_count = in.get_within<std::int32_t>(0, kMaxInt32 - 1, "nuisance_count");
  return state;
}

}  // namespace paperphone::sim
