#include "env/layout/chrome/launcher.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/layout/chrome/app_icon.h"
#include "env/layout/chrome/clock.h"
#include "env/layout/chrome/keyboard.h"
#include "env/layout/chrome/navigation.h"
#include "env/layout/chrome/status_bar.h"
#include "env/layout/chrome/wallpaper.h"
#include "env/sim/typing/words.h"

namespace paperphone::layout {

using app::AppSet;
using sim::Folder;
using sim::Machine;
using sim::PhoneState;
using sim::Target;
using sim::Words;
using sim::kLauncherPageIcons;

namespace {

using Align = TextStyle::Align;
constexpr std::uint32_t kWhite = 0xFFFFFFFF;

// An app's icon with its name below.
void paint_entry(Painter& painter, const AppSet& apps, int app_index, Rect cell,
                 bool with_label) {
  const app::AppSpec& app = apps.apps[std::size_t(app_index)];
  const int middle = cell.x + cell.width / 2;
  paint_app_icon(painter, app, {middle - 28, cell.y, 56, 56}, 15);
  if (with_label) {
    painter.text(app.title, {cell.x, cell.y + 61, cell.width, 0},
                 {.size = 12, .color = kWhite, .align = Align::kCenter});
  }
  painter.node({middle - 34, cell.y - 4, 68, cell.height}, Role::kButton,
               {Target::Where::kLauncherIcon, -1, app_index, {}},
               "launcher.icon." + app.id, app.title);
}

// A pane with the first four of its apps, small.
void paint_folder_icon(Painter& painter, const AppSet& apps, const PhoneState& state,
                       int index, Rect cell, bool with_label) {
  const Folder& folder = state.folders[std::size_t(index)];
  const int middle = cell.x + cell.width / 2;
  const Rect pane{middle - 28, cell.y, 56, 56};
  painter.rect(pane, 0x66FFFFFF, 15);
  for (int i = 0; i < std::min<int>(4, int(folder.apps.size())); ++i) {
    paint_app_icon(painter, apps.apps[std::size_t(folder.apps[std::size_t(i)])],
                   {pane.x + 7 + i % 2 * 22, pane.y + 7 + i / 2 * 22, 20, 20}, 6);
  }
  if (with_label) {
    painter.text(folder.name, {cell.x, cell.y + 61, cell.width, 0},
                 {.size = 12, .color = kWhite, .align = Align::kCenter});
  }
  painter.node({middle - 34, cell.y - 4, 68, cell.height}, Role::kButton,
               {Target::Where::kFolder, -1, index, {}},
               fmt::format("launcher.folder.{}", index), folder.name);
}

// Apps in rows of four.
void paint_grid(Painter& painter, const AppSet& apps, const std::vector<int>& entries,
                Rect area) {
  const int cell = area.width / 4;
  for (int i = 0; i < int(entries.size()); ++i) {
    const Rect place{area.x + i % 4 * cell, area.y + i / 4 * 96, cell, 86};
    if (place.y + place.height > area.y + area.height) break;
    paint_entry(painter, apps, entries[std::size_t(i)], place, true);
  }
}

// What lies over the icons: a touch beside it closes it.
void paint_pane(Painter& painter, const Machine& machine, const PhoneState& state,
                std::string address) {
  const Rect screen{0, 0, painter.frame().width, painter.frame().height};
  painter.scrim(screen, 0xB0101620);
  painter.node(screen, Role::kScrim, {Target::Where::kLauncherScrim, -1, -1, {}},
               std::move(address), "");
  paint_status_bar(painter, machine, state, kWhite);
}

void paint_open_folder(Painter& painter, const Machine& machine,
                       const PhoneState& state) {
  const Folder& folder = state.folders[std::size_t(state.launcher.folder)];
  paint_pane(painter, machine, state, "launcher.folder.scrim");
  const int rows = (int(folder.apps.size()) + 3) / 4;
  const Rect box{20, 250, painter.frame().width - 40, rows * 96 + 30};
  painter.text(folder.name, {0, box.y - 52, painter.frame().width, 0},
               {.size = 22, .color = kWhite, .align = Align::kCenter});
  painter.rect(box, 0x40FFFFFF, 28);
  paint_grid(painter, machine.apps(), {folder.apps.begin(), folder.apps.end()},
             {box.x + 8, box.y + 20, box.width - 16, box.height});
  paint_navigation(painter, state, kWhite);
}

void paint_search(Painter& painter, const Machine& machine, const PhoneState& state) {
  const Words words(state, machine.apps());
  const int width = painter.frame().width, height = painter.frame().height;
  paint_pane(painter, machine, state, "launcher.search.scrim");
  const Rect field{16, 48, width - 32, 44};
  painter.rect(field, 0xFFF5F6F8, 22);
  painter.icon("magnify", {field.x + 14, field.y + 12, 20, 20}, 0xFF8A8F99);
  const std::string shown = state.launcher.query + state.ime.composing;
  painter.label(
      shown.empty() ? words("搜索应用", "Search apps") : std::string_view(shown),
      {field.x + 44, field.y, field.width - 60, field.height},
      {.size = 16, .color = shown.empty() ? 0xFFB8BCC4 : 0xFF1A1A1A});
  if (Node* node =
          painter.node(field, Role::kField, {}, "launcher.search.field", shown))
    node->focused = true;
  const auto found = machine.search_results(state);
  const int top = field.y + field.height + 24, keys = height - size::kKeyboard;
  if (found.empty()) {
    painter.text(words("没有找到应用", "No apps found"), {0, top + 40, width, 0},
                 {.size = 15, .color = kWhite, .align = Align::kCenter});
  }
  paint_grid(painter, machine.apps(), found, {12, top, width - 24, keys - top});
  paint_keyboard(painter, machine, state, {0, keys, width, size::kKeyboard});
}

void paint_home(Painter& painter, const Machine& machine, const PhoneState& state) {
  const int width = painter.frame().width, height = painter.frame().height;
  paint_wallpaper(painter, machine.apps(), state,
                  painter.theme().dark ? 0x70000000 : 0x26000000);
  if (state.launcher.searching) return paint_search(painter, machine, state);
  if (state.launcher.folder >= 0) return paint_open_folder(painter, machine, state);
  paint_status_bar(painter, machine, state, kWhite);
  painter.text(clock_text(state, machine.apps()), {24, 58, 200, 0},
               {.size = 56, .color = kWhite});
  const std::string day = date_text(state, machine.apps());
  painter.text(day, {28, 138, 200, 0}, {.size = 14, .color = kWhite});
  painter.node({24, 58, 200, 100}, Role::kText, {}, "launcher.clock", day);

  const Words words(state, machine.apps());
  const auto& order = state.icon_order;
  const int dock = std::min<int>(sim::kDockIcons, int(order.size()));
  const int on_pages = int(order.size()) - dock;
  const int cell = (width - 24) / 4, row_height = 96;
  const auto paint_icon = [&](int entry, int x, int y, bool with_label) {
    const Rect cell_box{x, y, cell, with_label ? 86 : 64};
    if (entry >= 0) {
      paint_entry(painter, machine.apps(), entry, cell_box, with_label);
    } else {
      paint_folder_icon(painter, machine.apps(), state, -1 - entry, cell_box,
                        with_label);
    }
  };
  const int first = state.launcher_page * kLauncherPageIcons;
  for (int i = first; i < std::min(on_pages, first + kLauncherPageIcons); ++i) {
    const int slot = i - first;
    paint_icon(order[std::size_t(i)], 12 + slot % 4 * cell, 196 + slot / 4 * row_height,
               true);
  }
  const int lift = navigation_height(state) - size::kGesture;
  const int pages = state.launcher_pages();
  for (int page = 0; page < pages && pages > 1; ++page) {
    const int x = width / 2 - pages * 8 + page * 16;
    painter.rect({x + 5, height - 138 - lift, 6, 6},
                 page == state.launcher_page ? kWhite : 0xFFB8C0CC, 3);
    // The outer dots take the empty space beside them: a finger is no needle.
    const int before = page == 0 ? 24 : 0, after = page + 1 == pages ? 24 : 0;
    painter.node({x - before, height - 152 - lift, 16 + before + after, 34},
                 Role::kButton, {Target::Where::kLauncherPage, -1, page, {}},
                 fmt::format("launcher.page.{}", page),
                 fmt::format(fmt::runtime(words("第{}页", "Page {}")), page + 1));
  }
  painter.rect({12, height - 112 - lift, width - 24, 84}, 0x38FFFFFF, 26);
  for (int i = 0; i < dock; ++i) {
    const int x = 12 + (width - 24 - dock * cell) / 2 + i * cell;
    paint_icon(order[std::size_t(on_pages + i)], x, height - 98 - lift, false);
  }
  paint_navigation(painter, state, kWhite);
}

// Beside the icon that is held, which stays bright.
void paint_icon_menu(Painter& painter, const Machine& machine,
                     const PhoneState& state) {
  struct Entry {
    sim::IconMenuPart part;
    std::string_view id, sign, label, english;
  };
  constexpr Entry kEntries[] = {
      {sim::kIconInfo, "info", "information-outline", "应用信息", "App info"},
      {sim::kIconNotices, "notices", "bell-outline", "通知管理", "Notifications"},
      {sim::kIconRemove, "remove", "close", "移出桌面", "Remove"}};
  constexpr int kWidth = 168, kRow = 48;
  const int app = state.launcher.held;
  const Target icon{Target::Where::kLauncherIcon, -1, app, {}};
  const auto& nodes = painter.frame().nodes;
  const auto node = std::find_if(nodes.begin(), nodes.end(),
                                 [&](const Node& n) { return n.target == icon; });
  const Rect face = node != nodes.end()
                        ? Rect{node->rect.x + 6, node->rect.y + 4, 56, 56}
                        : Rect{painter.frame().width / 2 - 28, 196, 56, 56};
  paint_pane(painter, machine, state, "launcher.menu.scrim");
  paint_app_icon(painter, machine.apps().apps[std::size_t(app)], face, 15);
  std::vector<const Entry*> offered;
  for (const Entry& entry : kEntries)
    if (machine.answers_tap(state, {Target::Where::kIconMenu, -1, entry.part, {}}))
      offered.push_back(&entry);
  if (offered.empty()) return;
  const int height = int(offered.size()) * kRow;
  const bool fits_below =
      face.y + face.height + 12 + height < painter.frame().height - 120;
  const Rect menu{std::clamp(face.x + face.width / 2 - kWidth / 2, 12,
                             painter.frame().width - 12 - kWidth),
                  fits_below ? face.y + face.height + 12 : face.y - 12 - height, kWidth,
                  height};
  const Theme& theme = painter.theme();
  const Words words(state, machine.apps());
  painter.rect(menu, theme.card, 18);
  for (int i = 0; i < int(offered.size()); ++i) {
    const Entry& entry = *offered[std::size_t(i)];
    const Rect row{menu.x, menu.y + i * kRow, menu.width, kRow};
    const std::string_view label = words(entry.label, entry.english);
    if (i > 0) painter.divider(row.x + 50, row.y, row.width - 66);
    painter.icon(entry.sign, {row.x + 16, row.y + 13, 22, 22}, theme.text);
    painter.label(label, {row.x + 50, row.y, row.width - 62, kRow},
                  {.size = 15, .color = theme.text});
    painter.node(row, Role::kButton, {Target::Where::kIconMenu, -1, entry.part, {}},
                 fmt::format("launcher.menu.{}", entry.id), std::string(label));
  }
}

}  // namespace

void paint_launcher(Painter& painter, const Machine& machine, const PhoneState& state) {
  paint_home(painter, machine, state);
  if (state.launcher.held >= 0) paint_icon_menu(painter, machine, state);
}

}  // namespace paperphone::layout
