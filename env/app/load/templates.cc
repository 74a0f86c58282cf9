// A template stands where a component, a transition or a screen does, by its name: its
// nodes take the place of that entry. Works on trees, before anything is understood, so
// that the loader need not know of it; only positions do.
#include "env/app/load/templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "env/app/load/compile.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

// Keys of screens and transitions: no template can be called so, nor like a component.
constexpr std::string_view kTaken =
    "kind args view title bar bar_style background actions tab body footer "
    "float_button "
    "start_at_end when tap hold submit press enter after pull reach";
constexpr int kMaxNesting = 6;  // of templates that use templates

using Arguments = std::map<std::string, const YamlNode*, std::less<>>;

// Calls visit(name, where it begins, where it ends) for every $(name) of the text.
template <class Visit>
void for_holes(std::string_view text, Visit visit) {
  for (std::size_t at = 0; (at = text.find("$(", at)) != std::string_view::npos;) {
    const std::size_t end = text.find(')', at);
    if (end == std::string_view::npos) return;
    visit(text.substr(at + 2, end - at - 2), at, end + 1);
    at = end + 1;
  }
}

template <class Visit>
void for_scalars(const YamlNode& node, Visit visit) {
  if (node.is_scalar()) visit(node);
  for (const YamlNode& item : node.items) for_scalars(item, visit);
  for (const auto& [key, value] : node.entries) {
    visit(key);
    for_scalars(value, visit);
  }
}

YamlNode empty_list(const YamlNode& at) {
  YamlNode list;
  list.kind = YamlNode::Kind::kSequence;
  list.byte = at.byte;
  list.source = at.source;
  return list;
}

// The name that an entry may be called by: `- name`, `- name: {...}`; nullptr: none.
const YamlNode* name_of(const YamlNode& entry) {
  if (entry.is_scalar() && !entry.quoted) return &entry;
  return entry.is_map() && entry.entries.size() == 1 ? &entry.entries[0].key : nullptr;
}

class Expansion {
 public:
  Expansion(Loading& loading, AppDraft& app) : loading_(loading), app_(app) {}

  // What stands at the app's top for all its screens: `footer` and `when`.
  void shared(YamlNode& root) {
    const auto is_shared = [](const YamlEntry& entry) {
      return entry.key.text == "footer" || entry.key.text == "when";
    };
    auto& entries = root.entries;
    const auto first =
        std::stable_partition(entries.begin(), entries.end(), std::not_fn(is_shared));
    YamlNode parts;
    parts.kind = YamlNode::Kind::kMap;
    parts.byte = root.byte;
    parts.source = root.source;
    std::move(first, entries.end(), std::back_inserter(parts.entries));
    entries.erase(first, entries.end());
    if (!parts.entries.empty()) screen(parts);
    std::move(parts.entries.begin(), parts.entries.end(), std::back_inserter(entries));
  }

  void screen(YamlNode& node) {
    for (int depth = 0; is_use(node) && depth < kMaxNesting; ++depth) {
      const auto use = take_use(node, "screen");
      if (!use) return;
      node = instance(*use->part, *use);
    }
    if (!node.is_map()) return;
    std::vector<YamlNode> added;  // transitions that came with widgets
    for (auto& [key, value] : node.entries)
      if (key.text == "body" || key.text == "footer") widget_list(value, added, 0);
    YamlNode* when = nullptr;
    for (auto& [key, value] : node.entries)
      if (key.text == "when") when = &value;
    if (when != nullptr) transitions(*when, 0);
    if (added.empty()) return;
    if (when == nullptr) {
      YamlNode key;
      key.kind = YamlNode::Kind::kScalar;
      key.text = "when";
      key.byte = node.byte;
      key.source = node.source;
      node.entries.push_back({std::move(key), empty_list(node)});
      when = &node.entries.back().value;
    }
    if (!when->is_sequence()) return;  // has its own finding
    for (YamlNode& entry : added) when->items.push_back(std::move(entry));
    transitions(*when, 0);
  }

 private:
  struct Use {
    const ScreenTemplate* of = nullptr;
    const YamlNode* part = nullptr;  // body, when or screen of the template
    Arguments arguments;
    const YamlSource* source = nullptr;
  };

  // The app's own template of that name, or the one of all apps; nullptr: none.
  ScreenTemplate* find(std::string_view name) {
    for (auto* shelf : {&app_.templates, &loading_.templates})
      if (const auto found = shelf->find(std::string(name)); found != shelf->end())
        return &found->second;
    return nullptr;
  }

  bool is_use(const YamlNode& entry) {
    const YamlNode* name = name_of(entry);
    return name != nullptr && find(name->text) != nullptr;
  }

  void widget_list(YamlNode& node, std::vector<YamlNode>& added, int depth) {
    std::vector<YamlNode> items;
    for (YamlNode& item : node.items) {
      if (!is_use(item)) {
        inside(item, added, depth);
        items.push_back(std::move(item));
        continue;
      }
      for (YamlNode& made : widgets(item, added, depth))
        items.push_back(std::move(made));
    }
    node.items = std::move(items);
  }

  // What a widget holds: `body`, written with its key or without, and `item`.
  void inside(YamlNode& widget, std::vector<YamlNode>& added, int depth) {
    if (!widget.is_map() || widget.entries.size() != 1) return;
    YamlNode& holds = widget.entries[0].value;
    if (holds.is_sequence()) widget_list(holds, added, depth);
    for (auto& [key, value] : holds.entries) {
      if (key.text == "body" && value.is_sequence()) {
        widget_list(value, added, depth);
      } else if (key.text == "item" && !is_use(value)) {
        inside(value, added, depth);
      } else if (key.text == "item") {
        const SourcePos pos = value.pos();
        std::vector<YamlNode> made = widgets(value, added, depth);
        if (made.size() == 1) {
          value = std::move(made.front());
        } else if (!made.empty()) {
          loading_.findings.add(
              pos,
              fmt::format("an item is one widget; the template has {}", made.size()));
        }
      }
    }
  }

  std::vector<YamlNode> widgets(const YamlNode& entry, std::vector<YamlNode>& added,
                                int depth) {
    const auto use = take_use(entry, "body");
    if (!use) return {};
    if (depth >= kMaxNesting) {
      loading_.findings.add(entry.pos(), "templates are nested too deeply");
      return {};
    }
    YamlNode body = instance(*use->part, *use);
    if (const YamlNode* when = use->of->root->find("when"))
      for (YamlNode& transition : instance(*when, *use).items)
        added.push_back(std::move(transition));
    widget_list(body, added, depth + 1);
    return std::move(body.items);
  }

  void transitions(YamlNode& when, int depth) {
    std::vector<YamlNode> items;
    for (YamlNode& item : when.items) {
      if (!is_use(item)) {
        items.push_back(std::move(item));
        continue;
      }
      const auto use = take_use(item, "when");
      if (!use || depth >= kMaxNesting) continue;
      YamlNode made = instance(*use->part, *use);
      transitions(made, depth + 1);
      for (YamlNode& one : made.items) items.push_back(std::move(one));
    }
    when.items = std::move(items);
  }

  // The template that an entry names, with its arguments checked. part: what of the
  // template stands here.
  std::optional<Use> take_use(const YamlNode& entry, std::string_view part) {
    const YamlNode& name = *name_of(entry);
    ScreenTemplate& found = *find(name.text);
    found.used = true;
    Use use{.of = &found};
    use.part = use.of->root->find(part);
    if (use.part == nullptr) {
      loading_.findings.add(name.pos(), fmt::format("template '{}' has no '{}', so it "
                                                    "cannot stand here",
                                                    name.text, part));
      return std::nullopt;
    }
    const YamlNode* with = entry.is_map() ? &entry.entries[0].value : nullptr;
    if (with != nullptr && with->is_null()) with = nullptr;
    if (!read_arguments(entry, with, name.text, use)) return std::nullopt;
    const YamlSource& original = *use.of->source;
    const SourcePos here = entry.pos();
    loading_.used_sources.push_back(std::make_unique<const YamlSource>(YamlSource{
        .name = original.name,
        .text = original.text,
        .used_at = here.used_at.empty() ? here.str()
                                        : here.str() + ", used at " + here.used_at,
        .lines = original.lines}));
    use.source = loading_.used_sources.back().get();
    return use;
  }

  bool read_arguments(const YamlNode& entry, const YamlNode* with,
                      std::string_view name, Use& use) {
    bool good = true;
    if (with != nullptr) {
      MapReader given(*with, fmt::format("template '{}'", name), loading_.findings);
      for (const auto& [key, value] : with->entries) {
        const auto& params = use.of->params;
        if (std::find(params.begin(), params.end(), key.text) != params.end()) {
          use.arguments[key.text] = &value;
          continue;
        }
        loading_.findings.add(key.pos(),
                              fmt::format("template '{}' has no parameter '{}'{}", name,
                                          key.text, did_you_mean(key.text, params)));
        good = false;
      }
    }
    const YamlNode* defaults = use.of->root->find("defaults");
    for (const std::string& param : use.of->params) {
      if (use.arguments.contains(param)) continue;
      const YamlNode* fallback = defaults == nullptr ? nullptr : defaults->find(param);
      if (fallback != nullptr) {
        use.arguments[param] = fallback;
        continue;
      }
      loading_.findings.add(entry.pos(),
                            fmt::format("template '{}' needs '{}'", name, param));
      good = false;
    }
    return good;
  }

  // A copy with every $(name) filled in. A text that is nothing but a hole becomes the
  // argument itself, whatever it is.
  YamlNode instance(const YamlNode& node, const Use& use) {
    if (node.is_scalar()) return filled(node, use);
    YamlNode out;
    out.kind = node.kind;
    out.byte = node.byte;
    out.source = node.source == use.of->source ? use.source : node.source;
    for (const YamlNode& item : node.items) out.items.push_back(instance(item, use));
    for (const auto& [key, value] : node.entries)
      out.entries.push_back({filled(key, use), instance(value, use)});
    return out;
  }

  YamlNode filled(const YamlNode& node, const Use& use) {
    YamlNode out = node;
    if (node.source == use.of->source) out.source = use.source;
    const YamlNode* whole = nullptr;
    std::string text;
    std::size_t done = 0;
    for_holes(node.text,
              [&](std::string_view name, std::size_t begin, std::size_t end) {
                const auto found = use.arguments.find(name);
                if (found == use.arguments.end()) return;  // has a finding of its own
                if (begin == 0 && end == node.text.size()) whole = found->second;
                text.append(node.text, done, begin - done);
                done = end;
                if (found->second->is_scalar()) {
                  text += found->second->text;
                } else if (whole == nullptr) {
                  loading_.findings.add(
                      out.pos(), fmt::format("'{}' is {}, which cannot stand inside "
                                             "a text",
                                             name, found->second->what()));
                }
              });
    if (whole != nullptr) return *whole;
    if (done == 0) return out;
    text.append(node.text, done, std::string::npos);
    out.text = std::move(text);
    out.made = true;
    return out;
  }

  Loading& loading_;
  AppDraft& app_;
};

// What a template says of itself, but for its name. pos: where what is missing is said.
ScreenTemplate read_template(Loading& loading, MapReader& reader, const YamlNode& root,
                             const SourcePos& pos) {
  ScreenTemplate made{.root = &root, .source = root.source};
  if (const YamlNode* params = reader.take("params")) {
    if (!params->is_sequence())
      loading.findings.add(params->pos(), "'params' must be a list of names");
    for (const YamlNode& param : params->items)
      if (check_id(loading, param)) made.params.push_back(param.text);
  }
  if (const YamlNode* defaults = reader.take("defaults")) {
    MapReader fallback(*defaults, "'defaults'", loading.findings);
    for (const std::string& param : made.params) fallback.take(param);
    fallback.finish();
  }
  std::set<std::string> used;
  int parts = 0;
  for (const std::string_view part : {"body", "when", "screen"}) {
    const YamlNode* node = reader.take(part);
    if (node == nullptr) continue;
    ++parts;
    if (part == "screen" ? !node->is_map() : !node->is_sequence())
      loading.findings.add(
          node->pos(),
          fmt::format("'{}' must be {}, not {}", part,
                      part == "screen" ? "a map" : "a list", node->what()));
    for_scalars(*node, [&](const YamlNode& scalar) {
      for_holes(scalar.text,
                [&](std::string_view hole, std::size_t begin, std::size_t) {
                  const std::string param(hole);
                  used.insert(param);
                  if (std::find(made.params.begin(), made.params.end(), param) ==
                      made.params.end())
                    loading.findings.add(scalar.pos_inside(begin),
                                         fmt::format("unknown parameter '{}'{}", param,
                                                     did_you_mean(param, made.params)));
                });
    });
  }
  reader.finish();
  if (parts == 0)
    loading.findings.add(pos, "a template needs 'body', 'when' or 'screen'");
  for (const std::string& param : made.params)
    if (parts > 0 && !used.contains(param))
      loading.findings.add(pos, fmt::format("parameter '{}' is never used", param));
  return made;
}

bool check_template_name(Loading& loading, const YamlNode& key) {
  if (!check_id(loading, key)) return false;
  if (!find_component(key.text) && !is_word_of(kTaken, key.text)) return true;
  loading.findings.add(key.pos(),
                       fmt::format("'{}' is a word of the language; call the "
                                   "template something else",
                                   key.text));
  return false;
}

void read_own_templates(Loading& loading, AppDraft& app) {
  if (!app.template_file) return;
  MapReader reader(app.template_file->root, "a templates file", loading.findings);
  const YamlNode* all = reader.need("templates");
  reader.finish();
  if (all == nullptr) return;
  MapReader entries(*all, "'templates'", loading.findings);
  for (const auto& [key, value] : all->entries) {
    if (!check_template_name(loading, key)) continue;
    if (loading.templates.contains(key.text))
      loading.findings.add(key.pos(),
                           fmt::format("all apps have a template '{}'; call this "
                                       "one something else",
                                       key.text));
    MapReader entry(value, fmt::format("template '{}'", key.text), loading.findings);
    entry.take("help");
    app.templates.emplace(key.text, read_template(loading, entry, value, key.pos()));
  }
}

void report_unused_templates(Loading& loading, const AppDraft& app) {
  if (!app.template_file) return;
  const YamlNode* all = app.template_file->root.find("templates");
  if (all == nullptr) return;
  for (const auto& [key, value] : all->entries)
    if (const auto found = app.templates.find(key.text);
        found != app.templates.end() && !found->second.used)
      loading.findings.add(key.pos(),
                           fmt::format("template '{}' is never used", key.text));
}

}  // namespace

void add_template(Loading& loading, std::string name, YamlFile file) {
  const YamlNode& root = loading.template_files.emplace_back(std::move(file)).root;
  MapReader reader(root, "a template", loading.findings);
  if (const YamlNode* said = reader.need("template");
      said != nullptr && check_template_name(loading, *said) && said->text != name)
    loading.findings.add(said->pos(),
                         fmt::format("template '{}' must be '{}', like its "
                                     "file",
                                     said->text, name));
  reader.need_text("help");
  loading.templates.emplace(std::move(name),
                            read_template(loading, reader, root, root.pos()));
}

void expand_templates(Loading& loading) {
  for (AppDraft& draft : loading.drafts) {
    read_own_templates(loading, draft);
    Expansion expansion(loading, draft);
    if (!draft.files.empty()) expansion.shared(draft.files[0].root);
    for (YamlFile& file : draft.files)
      for (auto& [key, screens] : file.root.entries)
        if (key.text == "screens")
          for (auto& [id, screen] : screens.entries) expansion.screen(screen);
    report_unused_templates(loading, draft);
  }
}

}  // namespace paperphone::app
