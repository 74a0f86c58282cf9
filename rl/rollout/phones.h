// The phones that episodes are played on. Apps, fonts and pieces are loaded once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "env/app/spec.h"
#include "env/phone/phone_env.h"

namespace paperphone::rl {

class Phones {
 public:
  // Loads the apps of config.apps_dir, with pixels if config.pixels.
  explicit Phones(const PhoneEnvConfig& config);
  // Of apps that are loaded already; config.apps_dir is not looked at.
  Phones(std::shared_ptr<const PhoneShared> shared, const PhoneEnvConfig& config);

  // Throws ConfigError: pixels, where none were loaded; unknown apps or device.
  std::unique_ptr<PhoneEnv> make(bool pixels) const;

  const app::AppSet& apps() const;
  const layout::Fonts& fonts() const;
  std::shared_ptr<render::PieceStore> pieces() const;  // null: without pixels
  // The tasks that these phones draw from.
  std::vector<const app::TaskSpec*> tasks(std::string_view split) const;
  std::string app_set_hash() const;
  // The same phones, with experts that speak another language.
  Phones with_thoughts(ThoughtLanguage language) const;
  int screen_width() const { return config_.variation.width; }
  int screen_height() const { return config_.variation.height; }

 private:
  std::shared_ptr<const PhoneShared> shared_;  // immutable, shared by all phones
  PhoneEnvConfig config_;
};

}  // namespace paperphone::rl
