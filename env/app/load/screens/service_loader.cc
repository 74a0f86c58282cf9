// What apps ask of the phone: permissions, and the texts that others share with them.
#include "env/app/load/screens/service_loader.h"

#include <fmt/format.h>

#include "env/app/load/loading.h"
#include "env/base/suggest.h"

namespace paperphone::app {

std::optional<Permission> load_permission(Loading& loading, const YamlNode& node) {
  const auto word = read_text(node, "'ask'", loading.findings);
  if (!word) return std::nullopt;
  std::vector<std::string> known;
  for (const PermissionName& name : permission_names()) {
    if (name.id == *word) return Permission(known.size());
    known.emplace_back(name.id);
  }
  loading.findings.add(node.pos(), fmt::format("unknown permission '{}'{}", *word,
                                               did_you_mean(*word, known)));
  return std::nullopt;
}

void load_receives(Loading& loading, int app) {
  const YamlNode* node = loading.drafts[std::size_t(app)].receives;
  if (node == nullptr) return;
  AppSpec& target = loading.apps.apps[std::size_t(app)];
  const auto word = read_text(*node, "'receives'", loading.findings);
  if (!word) return;
  const int screen = target.screen(*word);
  if (screen < 0) {
    std::vector<std::string> known;
    for (const ScreenSpec& s : target.screens) known.push_back(s.id);
    loading.findings.add(node->pos(), fmt::format("unknown screen '{}'{}", *word,
                                                  did_you_mean(*word, known)));
    return;
  }
  const auto& args = target.screens[std::size_t(screen)].args;
  if (args.size() != 1 || args[0].type.kind != Kind::kText) {
    loading.findings.add(node->pos(),
                         fmt::format("screen '{}' must take one text to receive what "
                                     "is shared",
                                     *word));
    return;
  }
  target.receives = {
      .mode = GoTo::Mode::kPush, .app = app, .screen = screen, .args = {}};
}

}  // namespace paperphone::app
