#include "env/layout/overlays/selection_menu.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "env/base/utf8.h"
#include "env/sim/typing/words.h"

namespace paperphone::layout {

using sim::PhoneState;
using sim::Target;

namespace {

constexpr int kHeight = 44;
constexpr std::uint32_t kMark = 0x552E7DFF;

// The selected end of the focused field's text gets a coloured mark.
void mark_selected(Painter& painter, const PhoneState& state) {
  const Frame& frame = painter.frame();
  Rect field;
  for (const Node& node : frame.nodes)
    if (node.focused) field = node.rect;
  if (field.empty()) return;
  for (std::size_t i = frame.draws.size(); i-- > 0;) {
    const Draw& draw = frame.draws[i];
    if (draw.shape != Shape::kText || !field.contains(draw.rect.center())) continue;
    const std::u32string points = to_utf32(draw.text);
    const auto from = std::min(points.size(), std::size_t(state.selection.from));
    const auto width = [&](std::string_view text) {
      return painter.text_width(text, draw.size, draw.bold);
    };
    const int skipped = width(to_utf8(std::u32string_view(points).substr(0, from))) *
                        draw.rect.width / std::max(1, width(draw.text));
    painter.rect({draw.rect.x + skipped, draw.rect.y, draw.rect.width - skipped,
                  draw.rect.height},
                 kMark, 2);
    return;
  }
}

}  // namespace

void paint_selection(Painter& painter, const sim::Machine& machine,
                     const PhoneState& state) {
  struct Choice {
    int part;
    std::string_view id, label, english;
  };
  constexpr Choice kChoices[] = {{sim::kCut, "cut", "剪切", "Cut"},
                                 {sim::kCopy, "copy", "复制", "Copy"},
                                 {sim::kPaste, "paste", "粘贴", "Paste"},
                                 {sim::kSelectAll, "select_all", "全选", "Select all"}};
  const sim::Words words(state, machine.apps());
  std::vector<std::pair<const Choice*, int>> offered;  // and their widths
  int total = 0;
  for (const Choice& choice : kChoices) {
    const Target target{Target::Where::kSelection, -1, choice.part, {}};
    if (!machine.answers_tap(state, target)) continue;
    const int width = painter.text_width(words(choice.label, choice.english), 14) + 28;
    offered.emplace_back(&choice, width);
    total += width;
  }
  if (state.selection.in_field()) mark_selected(painter, state);
  if (offered.empty()) return;
  const Theme& theme = painter.theme();
  const int most = painter.frame().width - total - 8;
  const int x0 = std::max(8, std::min(most, state.selection.x - total / 2));
  const int above = state.selection.y - kHeight - 8;
  const Rect menu{x0, above >= size::kStatusBar + 4 ? above : state.selection.y + 48,
                  total, kHeight};
  painter.shadow(menu, 12, 12, 0x40000000);
  painter.rect(menu, theme.dark ? 0xFF3A3C42 : 0xFFFFFFFF, 12);
  int x = menu.x;
  for (const auto& [choice, width] : offered) {
    const Rect box{x, menu.y, width, kHeight};
    const std::string_view label = words(choice->label, choice->english);
    painter.label(
        label, box,
        {.size = 14, .color = theme.text, .align = TextStyle::Align::kCenter});
    painter.node(box, Role::kButton, {Target::Where::kSelection, -1, choice->part, {}},
                 fmt::format("phone.selection.{}", choice->id), std::string(label));
    x += width;
  }
}

}  // namespace paperphone::layout
