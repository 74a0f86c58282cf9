#include "rl/stages/screen_labels.h"

#include <fmt/format.h>

#include <map>

#include "env/base/check.h"
#include "env/base/utf8.h"

namespace paperphone::rl {

using layout::Draw;
using layout::Frame;
using layout::Shape;

namespace {

constexpr int kMaxAnswerChars = 16;

bool opaque(const Draw& draw) {
  switch (draw.shape) {
    case Shape::kRect: return draw.color >> 24 == 0xFF;
    case Shape::kPicture:
    case Shape::kAvatar: return true;
    default: return false;
  }
}

// Is the point of draw `index` covered by something painted later?
bool covered(const Frame& frame, std::size_t index, Point dp) {
  for (std::size_t i = index + 1; i < frame.draws.size(); ++i) {
    const Draw& later = frame.draws[i];
    if (opaque(later) && later.rect.contains(dp) && later.clip.contains(dp)) return true;
  }
  return false;
}

std::string_view role_in_words(Role role) {
  switch (role) {
    case Role::kText:
      return "文字";
    case Role::kButton:
      return "按钮";
    case Role::kField:
      return "输入框";
    case Role::kSwitch:
      return "开关";
    case Role::kCheckBox:
      return "复选框";
    case Role::kRadio:
      return "单选框";
    case Role::kTab:
      return "标签";
    case Role::kListItem:
      return "列表项";
    case Role::kImage:
      return "图片";
    case Role::kSlider:
      return "滑块";
    case Role::kKey:
      return "按键";
    case Role::kIcon:
      return "图标";
    case Role::kScrim:
      return "遮罩";
    case Role::kHeader:
      return "标题";
  }
  PAPERPHONE_CHECK_FAIL("no such role");
}

bool has_state(Role role) {
  return role == Role::kSwitch || role == Role::kCheckBox || role == Role::kRadio ||
         role == Role::kTab;
}

}  // namespace

ScreenLabels label_screen(const Frame& frame, const layout::Fonts& fonts, int width_px) {
  ScreenLabels out;
  const auto to_px = [&](int dp) { return dp * width_px / frame.width; };
  const Rect screen = {0, 0, frame.width, frame.height};
  for (std::size_t i = 0; i < frame.draws.size(); ++i) {
    const Draw& draw = frame.draws[i];
    if (draw.shape != Shape::kText) continue;
    const layout::FontMetrics& font = draw.bold ? fonts.bold : fonts.regular;
    std::int64_t pen = 0;  // 1/1024 dp
    for (std::size_t at = 0; at < draw.text.size();) {
      const char32_t c = next_code_point(draw.text, at);
      const std::int64_t advance = std::int64_t(font.advance(c)) * draw.size;
      const Point dp = {draw.rect.x + int((pen + advance / 2) / 1024),
                        draw.rect.y + draw.rect.height / 2};
      pen += advance;
      if (c == U' ' || c == U'\u3000' || !screen.contains(dp) || !draw.clip.contains(dp) ||
          covered(frame, i, dp))
        continue;
      out.glyphs.push_back({c, to_px(dp.x), to_px(dp.y)});
    }
  }
  for (std::size_t i = 0; i < frame.nodes.size(); ++i) {
    const layout::Node& node = frame.nodes[i];
    if (node.text.empty() || node.partly_hidden || node.rect.empty() ||
        node.role == Role::kScrim || !screen.contains(node.rect.center()))
      continue;
    // A later touchable node over its middle (a sheet, a dialog) hides it.
    bool hidden = false;
    for (std::size_t j = i + 1; j < frame.nodes.size() && !hidden; ++j)
      hidden = frame.nodes[j].role == Role::kScrim &&
               frame.nodes[j].rect.contains(node.rect.center());
    if (hidden) continue;
    out.labels.push_back({node.text, node.role,
                          {to_px(node.rect.x), to_px(node.rect.y),
                           to_px(node.rect.width), to_px(node.rect.height)},
                          node.checked});
  }
  return out;
}

std::vector<Question> ask_about(const ScreenLabels& labels, const ImageScale& scale,
                                const QuestionOptions& options, Rng rng) {
  std::vector<Question> out;
  std::map<std::string_view, int> times;
  std::vector<const Label*> short_ones;
  for (const Label& label : labels.labels) {
    ++times[label.text];
    if (count_code_points(label.text) <= kMaxAnswerChars) short_ones.push_back(&label);
  }
  if (short_ones.empty()) return out;
  std::vector<const Label*> unique, with_state;
  for (const Label* label : short_ones) {
    if (times[label->text] > 1) continue;
    unique.push_back(label);
    if (has_state(label->role)) with_state.push_back(label);
  }
  const auto in_image = [&](Point p) {
    return Point{p.x * scale.image_width / scale.screen_width,
                 p.y * scale.image_height / scale.screen_height};
  };
  for (int i = 0; i < options.count; ++i) {
    if (!unique.empty() && rng.chance(options.tap_share)) {
      const Label& label = *unique[rng.below(unique.size())];
      const std::string tap = fmt::format("点击{}", label.text);
      out.push_back({QuestionKind::kTap, fmt::format("点击“{}”", label.text),
                     agent::format_response(tap, tap, Click{in_image(label.box.center())},
                                     options.style)});
      continue;
    }
    const double kind = rng.uniform();
    if (kind >= 0.9 && !with_state.empty()) {
      const Label& label = *with_state[rng.below(with_state.size())];
      out.push_back({QuestionKind::kState, fmt::format("“{}”开着吗？", label.text),
                     label.checked ? "是" : "否"});
      continue;
    }
    const Label& label = *short_ones[rng.below(short_ones.size())];
    const Point at = in_image(label.box.center());
    const std::string point = fmt::format("[{},{}]", at.x, at.y);
    if (kind < 0.5 && times[label.text] == 1)
      out.push_back({QuestionKind::kWhere, fmt::format("“{}”在哪里？", label.text), point});
    else if (kind < 0.85)
      out.push_back({QuestionKind::kWhat, fmt::format("{}写着什么？", point), label.text});
    else
      out.push_back({QuestionKind::kWidget, fmt::format("{}是什么控件？", point),
                     std::string(role_in_words(label.role))});
  }
  return out;
}

}  // namespace paperphone::rl
