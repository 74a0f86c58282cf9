#include "env/phone/shared.h"

namespace paperphone {

using app::AppSet;
using app::Finding;
using app::default_apps_dir;
using layout::Fonts;
using layout::Layout;
using render::PieceStoreConfig;
using sim::Machine;

namespace {

constexpr int kHeightDp = 800;

}  // namespace

PhoneShared::PhoneShared(const std::filesystem::path& apps_dir,
                         const PieceStoreConfig* caches, std::vector<Finding>* warnings)
    : apps(app::load_apps(apps_dir, warnings)),
      fonts(layout::load_fonts(apps_dir)),
      machine(apps, sim::PinyinDictionary::load(apps_dir)),
      layout(machine, fonts, kHeightDp),
      screen_index(apps),
      pieces(caches != nullptr ? render::make_piece_store(apps_dir, *caches) : nullptr) {
  for (const auto& app : apps.apps)
    if (!app.hidden) app_titles.push_back(app.title);
}

std::shared_ptr<const PhoneShared> load_phone_shared(
    const std::filesystem::path& apps_dir, bool pixels, std::vector<Finding>* warnings) {
  const PieceStoreConfig usual;
  return std::make_shared<const PhoneShared>(
      apps_dir.empty() ? default_apps_dir() : apps_dir, pixels ? &usual : nullptr,
      warnings);
}

std::shared_ptr<const PhoneShared> load_phone_shared(
    const std::filesystem::path& apps_dir, const PieceStoreConfig& caches) {
  return std::make_shared<const PhoneShared>(
      apps_dir.empty() ? default_apps_dir() : apps_dir, &caches, nullptr);
}

const AppSet& shared_apps(const PhoneShared& shared) { return shared.apps; }
const Machine& shared_machine(const PhoneShared& shared) { return shared.machine; }
const Layout& shared_layout(const PhoneShared& shared) { return shared.layout; }
const Fonts& shared_fonts(const PhoneShared& shared) { return shared.fonts; }
std::shared_ptr<render::PieceStore> shared_pieces(const PhoneShared& shared) {
  return shared.pieces;
}

}  // namespace paperphone
