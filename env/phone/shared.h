// Apps, fonts and pieces: loaded once, shared const by all environments of a pool. Private
// to env/phone; others have the functions of phone_env.h.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "env/app/loader.h"
#include "env/layout/layout.h"
#include "env/phone/phone_env.h"
#include "env/render/renderer.h"
#include "env/sim/machine.h"
#include "env/task/evidence/screen_index.h"

namespace paperphone {

class PhoneShared {
 public:
  // Without caches there are no pixels.
  PhoneShared(const std::filesystem::path& apps_dir,
              const render::PieceStoreConfig* caches,
              std::vector<app::Finding>* warnings);
  PhoneShared(const PhoneShared&) = delete;
  PhoneShared& operator=(const PhoneShared&) = delete;

  const app::AppSet apps;
  const layout::Fonts fonts;
  const sim::Machine machine;
  const layout::Layout layout;
  const task::ScreenIndex screen_index;
  std::vector<std::string> app_titles;          // of those that the launcher shows
  std::shared_ptr<render::PieceStore> pieces;  // of all renderers; null without pixels
};

}  // namespace paperphone
