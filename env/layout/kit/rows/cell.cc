#include "env/layout/chrome/app_icon.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::ScreenKind;

namespace {

// The launcher's icon of it; of an app that is not there, the name's letters.
void app_sign(const Paint& w, Rect box) {
  const std::string name = w.text(Prop::kApp);
  const app::AppSet& apps = w.machine().apps();
  if (const int app = apps.find(name); app >= 0) {
    paint_app_icon(w.painter(), apps.apps[std::size_t(app)], box, 11);
  } else {
    w.painter().letters(name, box, 11, 0);
  }
}

}  // namespace

int paint_cell(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  const std::string value = w.text(Prop::kValue);
  const std::string tag = w.text(Prop::kTag);
  const std::string_view style = w.name(Prop::kStyle, "plain");
  const bool enabled = w.flag(Prop::kEnabled, true);
  const bool has_avatar = w.has(Prop::kAvatar), has_picture = w.has(Prop::kPicture);
  int height = painter.line_height(16) + 28;
  if (!subtitle.empty())
    height = painter.line_height(16) + painter.line_height(13) + 24;
  const bool has_app = w.has(Prop::kApp);
  if (has_avatar || has_app) height = std::max(height, 62);
  if (has_picture) height = std::max(height, 76);
  w.strip(height);
  const Rect rect{w.x, w.y, w.width, height};
  const int middle = w.y + height / 2;
  Node* node = w.touch(rect, title + (subtitle.empty() ? "" : "，" + subtitle) +
                                 (value.empty() ? "" : "，" + value));
  if (node && !enabled) node->enabled = false;
  if (style == "center" || style == "danger") {
    painter.label(title, {w.x + kPad, w.y, w.width - 2 * kPad, height},
                  {.size = 16,
                   .color = style == "danger" ? theme.danger : w.accent(),
                   .align = style == "danger" && !subtitle.empty() ? Align::kLeft
                                                                   : Align::kCenter});
    return height;
  }
  int x = w.x + kPad;
  if (has_avatar) {
    w.avatar(w.text(Prop::kAvatar), {x, middle - 21, 42, 42}, 8);
    x += 54;
  } else if (has_app) {
    app_sign(w, {x, middle - 20, 40, 40});
    x += 54;
  } else if (has_picture) {
    painter.picture(w.picture_kind("pattern"), w.seed(), {x, middle - 28, 56, 56}, 8);
    x += 68;
  } else if (w.has(Prop::kIcon)) {
    if (w.has(Prop::kIconColor)) {
      painter.rect({x, middle - 15, 30, 30}, w.color(Prop::kIconColor, w.accent()), 8);
      painter.icon(w.icon(), {x + 6, middle - 9, 18, 18}, 0xFFFFFFFF);
    } else {
      // A menu's own colour is its text's.
      painter.icon(w.icon(), {x + 3, middle - 12, 24, 24},
                   w.screen().kind == ScreenKind::kMenu ? theme.text : w.accent());
    }
    x += 44;
  }
  int right = w.x + w.width - kPad;
  const bool selected = w.flag(Prop::kSelected, false);
  const bool sidebar = w.width < 140;  // a column of categories beside its contents
  if (selected && sidebar) {
    painter.rect(rect, theme.page);
    painter.rect({w.x, middle - 9, 3, 18}, w.accent(), 1);
  } else if (selected) {
    painter.icon("check", {right - 22, middle - 11, 22, 22}, w.accent());
    right -= 28;
  }
  if (sidebar) right += kPad - 4;
  if (w.flag(Prop::kChevron, false)) {
    painter.chevron(right + 4, middle);
    right -= 18;
  }
  const std::string badge = w.text(Prop::kBadge);
  if (!badge.empty() && badge != "0") {
    painter.badge(badge, {right - 12, middle});
    right -= 32;
  }
  if (!value.empty()) {
    // Half of the row, or what a short title leaves.
    const int left_over = right - x - painter.text_width(title, 16) - 14 -
                          (tag.empty() ? 0 : painter.text_width(tag, 11) + 26);
    const int width = std::min(painter.text_width(value, 14) + 1,
                               std::max((right - x) / 2, left_over));
    painter.label(value, {right - width, w.y, width, height},
                  {.size = 14, .color = theme.text2, .align = Align::kRight});
    right -= width + 10;
  }
  const std::uint32_t title_color = enabled ? theme.text : theme.text3;
  const TextStyle title_style{.size = sidebar ? 14 : 16,
                              .color = selected && sidebar ? w.accent() : title_color,
                              .bold = selected && sidebar};
  int y = subtitle.empty()
              ? middle - painter.line_height(16) / 2
              : middle - (painter.line_height(16) + painter.line_height(13) + 2) / 2;
  int tag_width = 0;
  if (!tag.empty()) tag_width = painter.text_width(tag, 11) + 12;
  const int shown = painter.text_width(title, 16);
  painter.text(title, {x, y, right - x - (tag_width ? tag_width + 6 : 0), 0},
               title_style);
  if (!tag.empty()) {
    const int tx = x + std::min(shown, right - x - tag_width - 6) + 8;
    const int th = painter.line_height(11) + 2;
    const Rect pill{tx, y + (painter.line_height(16) - th) / 2, tag_width, th};
    painter.rect(pill, mix(w.accent(), theme.card, 14), 4);
    painter.label(tag, pill,
                  {.size = 11, .color = w.accent(), .align = Align::kCenter});
  }
  painter.text(subtitle, {x, y + painter.line_height(16) + 2, right - x, 0},
               {.size = 13, .color = theme.text2});
  w.row_divider(x, height);
  return height;
}

}  // namespace paperphone::layout
