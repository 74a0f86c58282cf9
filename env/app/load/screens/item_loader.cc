#include "env/app/load/screens/item_loader.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/load/choices.h"
#include "env/app/load/compile.h"

namespace paperphone::app {

std::vector<Item> load_items(Loading& loading, const YamlNode& node, const Scope& scope,
                             std::string_view what, ItemIds ids, std::string_view keys,
                             Type value_type) {
  std::vector<Item> out;
  if (!node.is_sequence()) {
    loading.findings.add(node.pos(),
                         fmt::format("{} must be a list, not {}", what, node.what()));
    return out;
  }
  for (const YamlNode& entry : node.items) {
    Item item;
    if (entry.is_scalar() && ids == ItemIds::kOptional) {  // a label is enough
      item.label = compile_template(loading, entry, scope, "a label");
      out.push_back(std::move(item));
      continue;
    }
    MapReader reader(entry, fmt::format("an entry of {}", what), loading.findings);
    const YamlNode* id =
        ids == ItemIds::kNeeded ? reader.need("id") : reader.take("id");
    const auto take = [&](std::string_view key) {
      return is_word_of(keys, key) ? reader.take(key) : nullptr;
    };
    if (id != nullptr && read_text(*id, "'id'", loading.findings)) {
      const bool taken = std::any_of(out.begin(), out.end(),
                                     [&](const Item& i) { return i.id == id->text; });
      if (taken)
        loading.findings.add(id->pos(),
                             fmt::format("ambiguous id '{}' in {}", id->text, what));
      if (check_id(loading, *id)) item.id = id->text;
    }
    if (const YamlNode* label = take("label"))
      item.label = compile_template(loading, *label, scope, "'label'");
    if (const YamlNode* icon = take("icon")) {
      if (has_holes(*icon)) {
        item.icon_text =
            compile_choice(loading, *icon, scope, "'icon'", Choice::kIcon, {});
      } else {
        item.icon = compile_icon(loading, *icon);
      }
    }
    if (const YamlNode* color = take("color")) {
      if (has_holes(*color)) {
        item.color_text =
            compile_choice(loading, *color, scope, "'color'", Choice::kColor, {});
      } else {
        item.color = read_color(*color, "'color'", loading.findings).value_or(0);
      }
    }
    if (const YamlNode* show = take("show"))
      item.show = compile_condition(loading, *show, scope, "'show'");
    if (const YamlNode* badge = take("badge"))
      item.badge = compile_template(loading, *badge, scope, "'badge'");
    if (is_word_of(keys, "style"))
      item.style = reader.word("style", "primary secondary danger");
    if (is_word_of(keys, "bind"))
      if (const YamlNode* place = reader.need("bind"))
        if (auto made = compile_place(loading, *place, scope, "'bind'")) {
          if (made->type.kind != Kind::kBool)
            loading.findings.add(place->pos(),
                                 fmt::format("'bind' must be bool, this is {}",
                                             type_name(made->type, loading.apps)));
          item.bind = std::move(*made);
        }
    if (const YamlNode* value = take("value"))
      item.value = value_type.kind == Kind::kText
                       ? compile_expr(loading, *value, scope, "'value'", value_type)
                       : compile_expr(loading, *value, scope, "'value'");
    if (const YamlNode* called = reader.take("called"))
      item.called = compile_called(loading, *called);
    take("go");
    reader.finish();
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace paperphone::app
