// Makes the phones that a recipe asks for. Apps, fonts and pieces are loaded once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "env/phone/phone_env.h"
#include "rl/recipe/recipe.h"

namespace paperphone::app {
struct TaskSpec;
}  // namespace paperphone::app

namespace paperphone::rl {

class Phones {
 public:
  // Throws ConfigError: unknown app, apps that do not load.
  explicit Phones(const PhoneRecipe& recipe);

  std::unique_ptr<PhoneEnv> make(bool pixels) const;
  const app::AppSet& apps() const;
  const layout::Fonts& fonts() const;
  // The tasks that phones of this recipe draw from.
  std::vector<const app::TaskSpec*> tasks(std::string_view split) const;
  std::string app_set_hash() const;
  int screen_width() const { return variation_.width; }
  int screen_height() const { return variation_.height; }

 private:
  std::vector<std::string> app_ids_;
  Variation variation_;
  std::shared_ptr<const PhoneShared> shared_;  // immutable, shared by all phones
};

// The seed and options of episode `index` of a split. Two callers with different
// `stream` names never meet the same episode in the same order.
struct EpisodeStart {
  std::uint64_t seed = 0;
  ResetOptions options;
};
EpisodeStart episode_start(std::string_view split, std::uint64_t seed,
                           std::string_view stream, std::uint64_t index);

// A screenshot kept for later, packed (agent/image/pixel_codec.h). shared_ptr: one screen is
// held by every situation that showed it.
struct Screen {
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> packed;
  std::vector<std::uint8_t> pixels_HWC() const;
};
using ScreenPtr = std::shared_ptr<const Screen>;
ScreenPtr keep_screen(const ImageView& image);

// "settings" of "settings/dark_mode".
std::string app_of_task(std::string_view task_id);

}  // namespace paperphone::rl
