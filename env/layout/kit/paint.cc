#include "env/layout/kit/paint.h"

#include <charconv>

namespace paperphone::layout {

using app::Expr;
using app::Item;
using app::Place;
using app::Prop;
using app::Template;
using app::Value;
using sim::Target;

std::string Paint::text(Prop prop) const {
  const Template* t = widget.text(prop);
  return t ? app::render(*t, context()) : std::string();
}

bool Paint::flag(Prop prop, bool fallback) const {
  const Expr* e = widget.expr(prop);
  return e ? app::evaluate(*e, context()).as_bool() : fallback;
}

std::int64_t Paint::number(Prop prop, std::int64_t fallback) const {
  const Expr* e = widget.expr(prop);
  return e ? app::evaluate(*e, context()).as_int() : fallback;
}

Value Paint::bound(Prop prop) const {
  const Place* place = widget.place(prop);
  return place ? app::read(*place, context()) : Value();
}

std::uint64_t Paint::seed() const {
  const Expr* e = widget.expr(Prop::kPicture);
  if (!e) return 0;
  const Value value = app::evaluate(*e, context());
  if (!value.as_text().empty()) return hash_bytes(value.as_text()).low;
  return std::uint64_t(value.as_int());  // as it is: apps choose motifs by it
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

std::string Paint::picture_kind(std::string_view fallback) const {
  if (!widget.text(Prop::kPictureKind))
    return std::string(name(Prop::kPictureKind, fallback));
  std::string word = text(Prop::kPictureKind);
  return app::is_word_of(app::kPictureWords, word) ? word : std::string(fallback);
}

std::string Paint::icon(std::string_view fallback) const {
  if (!widget.text(Prop::kIcon)) return std::string(name(Prop::kIcon, fallback));
  const std::string sign = text(Prop::kIcon);
  return painter().fonts().icon(sign) != 0 ? sign : std::string(fallback);
}

std::uint32_t Paint::color(Prop prop, std::uint32_t fallback) const {
  if (widget.text(prop)) return argb_of(text(prop), fallback);
  return has(prop) ? 0xFF000000 | widget.color(prop, 0) : fallback;
}

std::vector<std::pair<int, const Item*>> Paint::shown_items(Prop prop) const {
  std::vector<std::pair<int, const Item*>> out;
  const auto& wanted = widget.items(prop);
  if (wanted.empty()) return out;
  const std::vector<const Item*> parts = app::part_items(widget);
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const Item* item = parts[part];
    if (!item || item < &wanted.front() || item > &wanted.back()) continue;
    if (app::holds(item->show, context())) out.emplace_back(int(part), item);
  }
  return out;
}

std::string Paint::item_text(const Template& text) const {
  return text.empty() ? std::string() : app::render(text, context());
}

std::string Paint::item_icon(const Item& item) const {
  if (item.icon_text.empty()) return item.icon;
  const std::string sign = item_text(item.icon_text);
  return painter().fonts().icon(sign) != 0 ? sign : std::string();
}

std::uint32_t Paint::item_color(const Item& item, std::uint32_t fallback) const {
  if (!item.color_text.empty()) return argb_of(item_text(item.color_text), fallback);
  return item.color != 0 ? 0xFF000000 | item.color : fallback;
}

Node* Paint::touch(Rect rect, std::string label, int part) const {
  if (!touchable() || painter().hidden(rect)) return nullptr;
  const app::PartRule& rule = *app::part_at(widget, part).rule;
  const Role role = has_id() ? rule.role : rule.plain.value_or(rule.role);
  return touch_as(role, rect, std::move(label), part);
}

Node* Paint::touch_as(Role role, Rect rect, std::string label, int part) const {
  if (!touchable() || painter().hidden(rect)) return nullptr;
  Target target;
  if (has_id()) {
    target = {Target::Where::kWidget, widget.index, part,
              widget.list >= 0 ? row : app::Ref{}};
  }
  Node* node = painter().node(rect, role, target,
                              has_id() ? kit.address(widget, row, part) : "",
                              std::move(label));
  if (node && has_id()) node->enabled = !machine().is_disabled(state(), widget, target);
  return node;
}

bool Paint::is_focused() const {
  return touchable() && state().focus.widget == widget.index &&
         state().focus.row == (widget.list >= 0 ? row : app::Ref{});
}

void Paint::strip(int height) const {
  if (surface == Surface::kPage)
    painter().rect({x, y, width, height}, painter().theme().card);
}

void Paint::row_divider(int from, int height) const {
  if (kit.divided() != &widget) return;
  const int right = x + width - (surface == Surface::kCard ? size::kPadding : 0);
  painter().divider(from, y + height - 1, right - from);
}

void Paint::avatar(const std::string& name, Rect rect, int radius) const {
  const std::string style = widget.text(Prop::kAvatarStyle)
                                ? text(Prop::kAvatarStyle)
                                : std::string(widget.name(Prop::kAvatarStyle));
  const std::uint32_t plate = color(Prop::kAvatarColor, 0);
  if (style == "brand") {
    painter().brand(name, rect, plate);
  } else if (style == "letters") {
    painter().letters(name, rect, radius, plate);
  } else {
    painter().avatar(name, rect, radius);
  }
}

}  // namespace paperphone::layout
