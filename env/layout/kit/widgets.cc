#include "env/layout/kit/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "env/app/parts.h"
#include "env/base/check.h"

namespace paperphone::layout {

using app::Expr;
using app::Item;
using app::Prop;
using app::Ref;
using app::Template;
using app::Value;
using app::Widget;
using app::WidgetKind;
using app::evaluate;
using app::holds;
using app::render;
using sim::Target;

namespace {

// Space before a widget on a page or in a card that is not part of a run of rows.
int gap_before(WidgetKind before, WidgetKind after, Surface surface) {
  const auto is_row = [](WidgetKind k) {
    return k == WidgetKind::kCell || k == WidgetKind::kToggle ||
           k == WidgetKind::kInfo || k == WidgetKind::kCheck ||
           k == WidgetKind::kRadio || k == WidgetKind::kField ||
           k == WidgetKind::kStepper || k == WidgetKind::kSlider ||
           k == WidgetKind::kMessageRow || k == WidgetKind::kList ||
           k == WidgetKind::kExpander || k == WidgetKind::kComment;
  };
  if (after == WidgetKind::kDivider || before == WidgetKind::kDivider) return 0;
  if (before == WidgetKind::kSection || after == WidgetKind::kTopTabs ||
      after == WidgetKind::kGap || before == WidgetKind::kGap) {
    return 0;
  }
  if (before == WidgetKind::kTopTabs) return 8;
  if (is_row(before) && is_row(after)) return 0;
  if (before == WidgetKind::kText && after == WidgetKind::kText) return 0;
  return surface == Surface::kPage ? 10 : 4;
}

}  // namespace

WidgetPainter::WidgetPainter(const sim::Machine& machine, const sim::PhoneState& state,
                             Painter& painter, bool touchable)
    : machine_(machine),
      state_(state),
      painter_(painter),
      touchable_(touchable),
      app_(machine.apps().apps[std::size_t(state.front_app())]),
      screen_(app_.screens[std::size_t(state.top()->screen)]),
      accent_(0xFF000000 | app_.accent) {}

std::string WidgetPainter::text(W w, Prop prop, Ref row) const {
  const Template* t = w.text(prop);
  return t ? render(*t, machine_.context(state_, row)) : std::string();
}

std::string WidgetPainter::item_text(const Template& t, Ref row) const {
  return t.empty() ? std::string() : render(t, machine_.context(state_, row));
}

bool WidgetPainter::flag(W w, Prop prop, Ref row, bool fallback) const {
  const Expr* e = w.expr(prop);
  return e ? evaluate(*e, machine_.context(state_, row)).as_bool() : fallback;
}

std::int64_t WidgetPainter::number(W w, Prop prop, Ref row,
                                   std::int64_t fallback) const {
  const Expr* e = w.expr(prop);
  return e ? evaluate(*e, machine_.context(state_, row)).as_int() : fallback;
}

std::uint64_t WidgetPainter::seed(W w, Ref row) const {
  const Expr* e = w.expr(Prop::kPicture);
  if (!e) return 0;
  const Value value = evaluate(*e, machine_.context(state_, row));
  if (!value.as_text().empty()) return hash_bytes(value.as_text()).low;
  return std::uint64_t(value.as_int());  // as it is: apps choose motifs by it
}

Value WidgetPainter::bound(W w, Prop prop, Ref row) const {
  const app::Place* place = w.place(prop);
  return place ? app::read(*place, machine_.context(state_, row)) : Value();
}

namespace {

// "#2F7CF6" as argb; anything else gives the fallback.
std::uint32_t argb_of(std::string_view text, std::uint32_t fallback) {
  std::uint32_t rgb = 0;
  if (text.size() != 7 || text[0] != '#') return fallback;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, rgb, 16);
  const bool whole = error == std::errc() && end == text.data() + 7;
  return whole ? 0xFF000000 | rgb : fallback;
}

}  // namespace

std::string WidgetPainter::picture_kind(W w, Ref row, std::string_view fallback) const {
  if (!w.text(Prop::kPictureKind))
    return std::string(w.name(Prop::kPictureKind, fallback));
  std::string word = text(w, Prop::kPictureKind, row);
  return app::is_word_of(app::kPictureWords, word) ? word : std::string(fallback);
}

std::string WidgetPainter::icon(W w, Ref row, std::string_view fallback) const {
  if (!w.text(Prop::kIcon)) return std::string(w.name(Prop::kIcon, fallback));
  const std::string name = text(w, Prop::kIcon, row);
  return painter_.fonts().icon(name) != 0 ? name : std::string(fallback);
}

std::uint32_t WidgetPainter::color(W w, Prop prop, Ref row,
                                   std::uint32_t fallback) const {
  if (w.text(prop)) return argb_of(text(w, prop, row), fallback);
  return w.has(prop) ? 0xFF000000 | w.color(prop, 0) : fallback;
}

std::string WidgetPainter::item_icon(const Item& item, Ref row) const {
  if (item.icon_text.empty()) return item.icon;
  const std::string name = item_text(item.icon_text, row);
  return painter_.fonts().icon(name) != 0 ? name : std::string();
}

std::uint32_t WidgetPainter::item_color(const Item& item, Ref row,
                                        std::uint32_t fallback) const {
  if (!item.color_text.empty())
    return argb_of(item_text(item.color_text, row), fallback);
  return item.color != 0 ? 0xFF000000 | item.color : fallback;
}

void WidgetPainter::avatar(W w, const std::string& name, Rect rect, int radius) {
  if (w.name(Prop::kAvatarStyle) == "brand") {
    painter_.brand(name, rect);
  } else {
    painter_.avatar(name, rect, radius);
  }
}

std::vector<std::pair<int, const Item*>> WidgetPainter::shown_items(W w, Prop prop,
                                                                    Ref row) const {
  std::vector<std::pair<int, const Item*>> out;
  const auto& wanted = w.items(prop);
  if (wanted.empty()) return out;
  const std::vector<const Item*> parts = app::part_items(w);
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const Item* item = parts[part];
    if (!item || item < &wanted.front() || item > &wanted.back()) continue;
    if (holds(item->show, machine_.context(state_, row)))
      out.emplace_back(int(part), item);
  }
  return out;
}

bool WidgetPainter::is_shown(W w, Ref row) const {
  return holds(w.show, machine_.context(state_, row));
}

std::string WidgetPainter::address(W w, Ref row, int part) const {
  std::string out = app_.id + "." + screen_.id + ".";
  if (w.list >= 0 && !screen_.widgets[std::size_t(w.list)]->id.empty()) {
    out += screen_.widgets[std::size_t(w.list)]->id + ".";
  }
  out += w.id;
  if (row.valid() && w.list >= 0) out += fmt::format("[{}]", row.row_id);
  if (part >= 0) {
    const std::string_view name = app::part_name(w, part);
    out += '.';
    out += name.empty() ? std::to_string(part) : std::string(name);
  }
  return out;
}

Node* WidgetPainter::touch(W w, Ref row, Rect rect, Role role, std::string label,
                           int part) {
  if (!touchable_ || painter_.hidden(rect)) return nullptr;
  Target target;
  if (!w.id.empty()) {
    target = {Target::Where::kWidget, w.index, part, w.list >= 0 ? row : Ref{}};
  }
  Node* node = painter_.node(
      rect, role, target, w.id.empty() ? "" : address(w, row, part), std::move(label));
  if (node && !w.id.empty()) node->enabled = !machine_.is_disabled(state_, w, target);
  return node;
}

void WidgetPainter::strip(P p, int height) {
  if (p.surface == Surface::kPage) {
    painter_.rect({p.x, p.y, p.width, height}, painter_.theme().card);
  }
}

int WidgetPainter::paint_all(const std::vector<Widget>& widgets, Ref row, int x, int y,
                             int width, Surface surface) {
  const int top = y;
  const Widget* before = nullptr;
  for (const Widget& widget : widgets) {
    if (!is_shown(widget, row)) continue;
    const int gap = before ? gap_before(before->kind, widget.kind, surface) : 0;
    const int height = paint(widget, row, x, y + gap, width, surface);
    if (height == 0) continue;  // an empty list, say, leaves no gap
    y += gap + height;
    before = &widget;
  }
  return y - top;
}

std::size_t WidgetPainter::HeightHash::operator()(const HeightKey& key) const {
  return std::size_t(Rng::mix(reinterpret_cast<std::uintptr_t>(key.widget) ^
                              std::uint64_t(std::uint32_t(key.row.row_id)) << 32 ^
                              std::uint64_t(key.width) << 1 ^
                              std::uint64_t(key.surface)));
}

const std::vector<Ref>& WidgetPainter::rows_of(W list) {
  const auto found = rows_.find(list.index);
  if (found != rows_.end()) return found->second;
  return rows_.emplace(list.index, machine_.visible_rows(state_, list)).first->second;
}

void WidgetPainter::row_divider(W w, P p, int x, int height) {
  if (divided_ != &w) return;
  const int right = p.x + p.width - (p.surface == Surface::kCard ? size::kPadding : 0);
  painter_.divider(x, p.y + height - 1, right - x);
}

int WidgetPainter::paint(const Widget& w, Ref row, int x, int y, int width,
                         Surface surface) {
  // A focused field has to be found even where it is not seen.
  const bool may_skip = painter_.dry() || state_.focus.widget < 0;
  const HeightKey key{&w, row, width, surface};
  const auto known = heights_.find(key);
  if (known != heights_.end() && may_skip &&
      painter_.hidden({x, y, width, known->second})) {
    return known->second;
  }
  const Place4 place{row, x, y, width, surface};
  const int height = w.has(Prop::kActions) ? paint_row(w, place) : paint_kind(w, place);
  heights_[key] = height;
  return height;
}

int WidgetPainter::paint_row(W w, P p) {
  constexpr int kButton = 76;
  const std::size_t first = painter_.frame().nodes.size();
  const bool opened = touchable_ && machine_.is_opened(state_, w.index, p.row);
  const auto actions = shown_items(w, Prop::kActions, p.row);
  if (painter_.dry() || !opened || actions.empty()) {
    const int height = paint_kind(w, p);
    painter_.set_swiping(first, w.index, Swiping::kSideways);
    return height;
  }
  const bool was_dry = painter_.set_dry(true);
  const int height = paint_kind(w, p);
  painter_.set_dry(was_dry);
  const int aside = kButton * int(actions.size());
  const Rect former = painter_.clip();
  painter_.set_clip(intersect(former, {p.x, p.y, p.width, height}));
  Place4 moved = p;
  moved.x -= aside;
  paint_kind(w, moved);
  painter_.set_swiping(first, w.index, Swiping::kSideways);
  const Theme& theme = painter_.theme();
  int x = p.x + p.width - aside;
  for (const auto& [part, item] : actions) {
    const Rect button{x, p.y, kButton, height};
    painter_.rect(button, item->style == "danger"    ? theme.danger
                          : item->style == "primary" ? accent_
                                                     : mix(theme.text2, theme.card, 70));
    const std::string label = item_text(item->label, p.row);
    painter_.label(label, button,
                   {.size = 15, .color = 0xFFFFFFFF, .align = TextStyle::Align::kCenter});
    touch(w, p.row, button, Role::kButton, label, part);
    x += kButton;
  }
  painter_.set_clip(former);
  return height;
}

int WidgetPainter::paint_kind(W w, P p) {
  switch (w.kind) {
    case WidgetKind::kCard:
      return card(w, p);
    case WidgetKind::kColumns:
      return columns(w, p);
    case WidgetKind::kList:
      return list(w, p);
    case WidgetKind::kGrid:
      return grid(w, p);
    case WidgetKind::kText:
      return plain_text(w, p);
    case WidgetKind::kSection:
      return section(w, p);
    case WidgetKind::kInfo:
      return info(w, p);
    case WidgetKind::kPicture:
      return picture(w, p);
    case WidgetKind::kBanner:
      return banner(w, p);
    case WidgetKind::kEmpty:
      return empty(w, p);
    case WidgetKind::kDivider:
      painter_.divider(p.x + size::kPadding, p.y, p.width - 2 * size::kPadding);
      return 1;
    case WidgetKind::kGap:
      return static_cast<int>(w.number(Prop::kSize, 8));
    case WidgetKind::kProfile:
      return profile(w, p);
    case WidgetKind::kProgress:
      return progress(w, p);
    case WidgetKind::kSteps:
      return steps(w, p);
    case WidgetKind::kTags:
      return tags(w, p);
    case WidgetKind::kCell:
      return cell(w, p);
    case WidgetKind::kProductCard:
      return product_card(w, p);
    case WidgetKind::kProductRow:
      return product_row(w, p);
    case WidgetKind::kBubble:
      return bubble(w, p);
    case WidgetKind::kTicket:
      return ticket(w, p);
    case WidgetKind::kMessageRow:
      return message_row(w, p);
    case WidgetKind::kSearch:
      return search(w, p);
    case WidgetKind::kField:
      return field(w, p);
    case WidgetKind::kToggle:
      return toggle(w, p);
    case WidgetKind::kCheck:
      return check(w, p);
    case WidgetKind::kRadio:
      return radio(w, p);
    case WidgetKind::kChips:
      return chips(w, p);
    case WidgetKind::kTopTabs:
      return top_tabs(w, p);
    case WidgetKind::kStepper:
      return stepper(w, p);
    case WidgetKind::kSlider:
      return slider(w, p);
    case WidgetKind::kDates:
      return dates(w, p);
    case WidgetKind::kCalendar:
      return calendar(w, p);
    case WidgetKind::kRoute:
      return route(w, p);
    case WidgetKind::kKeypad:
      return keypad(w, p);
    case WidgetKind::kButton:
      return button(w, p);
    case WidgetKind::kIcons:
      return icons(w, p);
    case WidgetKind::kActionBar:
      return action_bar(w, p);
    case WidgetKind::kInputBar:
      return input_bar(w, p);
    case WidgetKind::kFloatButton:
      return float_button(w, p);
    case WidgetKind::kExpander:
      return expander(w, p);
    case WidgetKind::kCarousel:
      return carousel(w, p);
    case WidgetKind::kAvatars:
      return avatars(w, p);
    case WidgetKind::kChart:
      return chart(w, p);
    case WidgetKind::kMap:
      return map(w, p);
    case WidgetKind::kProgressRing:
      return progress_ring(w, p);
    case WidgetKind::kPrice:
      return price(w, p);
    case WidgetKind::kRating:
      return rating(w, p);
    case WidgetKind::kCountdown:
      return countdown(w, p);
    case WidgetKind::kNotice:
      return notice(w, p);
    case WidgetKind::kSkeleton:
      return skeleton(w, p);
    case WidgetKind::kFeedCard:
      return feed_card(w, p);
    case WidgetKind::kVideoCard:
      return video_card(w, p);
    case WidgetKind::kPost:
      return post(w, p);
    case WidgetKind::kQrCode:
      return qr_code(w, p);
    case WidgetKind::kComment:
      return comment(w, p);
    case WidgetKind::kCoupon:
      return coupon(w, p);
    case WidgetKind::kFace:
      return face(w, p);
    case WidgetKind::kLyric:
      return lyric(w, p);
    case WidgetKind::kFilters:
      return filters(w, p);
    case WidgetKind::kSegments:
      return segments(w, p);
    case WidgetKind::kDatePicker:
      return date_picker(w, p);
    case WidgetKind::kTimePicker:
      return time_picker(w, p);
    case WidgetKind::kPlayer:
      return player(w, p);
    case WidgetKind::kPlayerBar:
      return player_bar(w, p);
    case WidgetKind::kPoint:  // painted by its chart or map
    case WidgetKind::kPin:
      return 0;
    case WidgetKind::kAppBar:
    case WidgetKind::kTabBar:
      break;
  }
  PAPERPHONE_CHECK_FAIL("a bar among the body's widgets");
}

}  // namespace paperphone::layout
