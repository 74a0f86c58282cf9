#include "rl/phones.h"

#include "env/app/loader.h"
#include "env/task/task.h"

namespace paperphone {

Phones::Phones(const PhoneRecipe& recipe)
    : apps_dir_(default_apps_dir()),
      app_ids_(recipe.apps),
      variation_{.width = recipe.width,
                 .height = recipe.height,
                 .dark = recipe.dark,
                 .font_percent = 100,
                 .shuffle_icons = recipe.shuffle_icons,
                 .suite = recipe.suite},
      shared_(load_phone_shared(apps_dir_, true)) {}

std::unique_ptr<PhoneEnv> Phones::make(bool pixels) const {
  PhoneEnvConfig config;
  config.apps_dir = apps_dir_;
  config.app_ids = app_ids_;
  config.variation = variation_;
  config.pixels = pixels;
  return std::make_unique<PhoneEnv>(shared_, config);
}

EpisodeStart episode_start(std::string_view split, std::uint64_t seed,
                           std::string_view stream, std::uint64_t index) {
  EpisodeStart start;
  start.seed = split_seed(split, Rng(seed).fork(stream).next(), index);
  start.options.split = split;
  return start;
}

ScreenPtr copy_screen(const ImageView& image) {
  auto screen = std::make_shared<Screen>();
  screen->height = image.height;
  screen->width = image.width;
  screen->pixels_HWC.assign(image.pixels_HWC.begin(), image.pixels_HWC.end());
  return screen;
}

std::string app_of_task(std::string_view task_id) {
  return std::string(task_id.substr(0, task_id.find('/')));
}

}  // namespace paperphone
