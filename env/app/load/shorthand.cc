// Screens may say things shorter than the loader reads them; here they are written out,
// on trees, behind the templates:
//
//   card: [a, b]                          card: {body: [a, b]}
//   cell: {title: 设置, go: settings}      `id: settings`, and in `when` {tap:
//   settings, go: settings} toggle: {label: 静音, bind: row.muted} `id: muted`
#include "env/app/load/shorthand.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/load/screens/transition_loader.h"

namespace paperphone::app {
namespace {

YamlNode node_at(const YamlNode& origin, YamlNode::Kind kind) {
  YamlNode out;
  out.kind = kind;
  out.byte = origin.byte;
  out.source = origin.source;
  return out;
}

YamlNode word_at(const YamlNode& origin, std::string text) {
  YamlNode out = node_at(origin, YamlNode::Kind::kScalar);
  out.text = std::move(text);
  out.made = true;
  return out;
}

// Of "replace album.photo(row, 2)" it is "photo"; empty where it leads back.
std::string target_name(std::string_view go) {
  if (go == "back" || go.starts_with("back ")) return {};
  go = go.substr(0, go.find('('));
  return std::string(go.substr(go.find_last_of(" .") + 1));
}

// What is meant by an entry without an id: what it writes, else where it leads.
std::string default_id(const YamlNode& entry) {
  if (const YamlNode* bind = entry.find("bind"); bind != nullptr && bind->is_scalar())
    return bind->text.substr(bind->text.rfind('.') + 1);
  if (const YamlNode* go = entry.find("go"); go != nullptr && go->is_scalar())
    return target_name(go->text);
  return {};
}

bool leads_on(const YamlNode& widget) {
  const YamlNode* go = widget.find("go");
  return go != nullptr && go->is_scalar() && !target_name(go->text).empty() &&
         !go->text.starts_with("replace ") && !go->text.starts_with("reset ");
}

enum class Place : std::uint8_t { kOnPage, kElsewhere };

class Shorthands {
 public:
  explicit Shorthands(Loading& loading) : loading_(loading) {}

  // A screen, or what an app says for all of them at its top.
  void screen(YamlNode& node) {
    const Place place =
        node.find("kind") == nullptr ? Place::kOnPage : Place::kElsewhere;
    for (auto& [key, value] : node.entries) {
      if (key.text == "body" || key.text == "footer") widgets(value, place);
      if (key.text == "actions") entries(value, "bar");
      if (key.text == "float_button")
        widget(component(WidgetKind::kFloatButton), key, value, place);
    }
    if (added_.empty()) return;
    YamlNode* when = nullptr;
    for (auto& [key, value] : node.entries)
      if (key.text == "when") when = &value;
    if (when == nullptr) {
      node.entries.push_back(
          {word_at(node, "when"), node_at(node, YamlNode::Kind::kSequence)});
      when = &node.entries.back().value;
    }
    if (!when->is_sequence()) return;  // has its own finding
    for (YamlNode& transition : added_) when->items.push_back(std::move(transition));
  }

 private:
  void widgets(YamlNode& list, Place place) {
    for (YamlNode& item : list.items) widget(item, place);
  }

  void widget(YamlNode& node, Place place) {
    if (!node.is_map() || node.entries.size() != 1) return;
    auto& [key, props] = node.entries[0];
    if (const auto kind = find_component(key.text))
      widget(component(*kind), key, props, place);
  }

  void widget(const Component& kind, const YamlNode& key, YamlNode& props,
              Place place) {
    if (props.is_sequence() && prop_rule(kind, Prop::kBody) != nullptr) {
      YamlNode body = node_at(props, YamlNode::Kind::kMap);
      body.entries.push_back({word_at(props, "body"), std::move(props)});
      props = std::move(body);
    }
    if (!props.is_map()) return;
    if (kind.name == "cell" && place == Place::kOnPage && leads_on(props) &&
        props.find("chevron") == nullptr)
      props.entries.push_back({word_at(key, "chevron"), word_at(key, "true")});
    const std::string id = name(props);
    take_tap(props, key, kind.name, id);
    for (const PropRule& rule : kind.props) {
      YamlNode* value = nullptr;
      for (auto& [name, node] : props.entries)
        if (name.text == prop_name(rule.prop)) value = &node;
      if (value == nullptr) continue;
      switch (rule.type) {
        case PropType::kWidgets:
          widgets(*value, place);
          break;
        case PropType::kWidget:
          widget(*value, Place::kElsewhere);
          break;
        case PropType::kItemList:
        case PropType::kLabelList:
        case PropType::kOptionList:
        case PropType::kFlagList:
          entries(*value, id);
          break;
        default:
          break;
      }
    }
  }

  // of: the widget's id.
  void entries(YamlNode& list, const std::string& of) {
    for (YamlNode& entry : list.items) {
      if (!entry.is_map()) continue;
      const std::string id = name(entry);
      take_tap(entry, entry, "an entry", of.empty() || id.empty() ? "" : of + "." + id);
    }
  }

  // The id, made where it is left out and something tells it.
  static std::string name(YamlNode& node) {
    if (const YamlNode* id = node.find("id")) return id->text;
    std::string made = default_id(node);
    if (!made.empty())
      node.entries.push_back({word_at(node, "id"), word_at(node, made)});
    return made;
  }

  // Effects and `go` become a transition of their own.
  void take_tap(YamlNode& node, const YamlNode& origin, std::string_view what,
                const std::string& id) {
    const auto first = std::stable_partition(
        node.entries.begin(), node.entries.end(),
        [](const YamlEntry& e) { return !is_tap_key(e.key.text); });
    if (first == node.entries.end()) return;
    if (id.empty()) {
      loading_.findings.add(
          first->key.pos(),
          fmt::format("{} with '{}' needs 'id': that is what a tap on it "
                      "does",
                      what, first->key.text));
    } else {
      YamlNode transition = node_at(origin, YamlNode::Kind::kMap);
      transition.entries.push_back({word_at(origin, "tap"), word_at(origin, id)});
      std::move(first, node.entries.end(), std::back_inserter(transition.entries));
      added_.push_back(std::move(transition));
    }
    node.entries.erase(first, node.entries.end());
  }

  Loading& loading_;
  std::vector<YamlNode> added_;
};

}  // namespace

void write_out_shorthands(Loading& loading) {
  for (AppDraft& draft : loading.drafts) {
    if (!draft.files.empty()) Shorthands(loading).screen(draft.files[0].root);
    for (YamlFile& file : draft.files)
      for (auto& [key, screens] : file.root.entries)
        if (key.text == "screens")
          for (auto& [id, screen] : screens.entries) Shorthands(loading).screen(screen);
  }
}

}  // namespace paperphone::app
