#include "rl/rollout/phones.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "agent/image/pixel_codec.h"
#include "env/app/loader.h"
#include "env/base/error.h"
#include "env/task/task.h"

namespace paperphone::rl {

using app::AppSet;

Phones::Phones(const PhoneRecipe& recipe)
    : app_ids_(recipe.apps),
      variation_{.width = recipe.width,
                 .height = recipe.height,
                 .dark = recipe.dark,
                 .font_percent = 100,
                 .shuffle_icons = recipe.shuffle_icons,
                 .suite = recipe.suite},
      shared_(load_phone_shared(app::default_apps_dir(), true)) {
  const AppSet& apps = shared_apps(*shared_);
  std::vector<std::string> known = {"cross"};
  for (const app::AppSpec& app : apps.apps)
    if (!app.hidden) known.push_back(app.id);
  for (const std::string& id : app_ids_)
    if (std::find(known.begin(), known.end(), id) == known.end())
      throw ConfigError(fmt::format("unknown app '{}' in phone.apps (known: {})", id,
                                    fmt::join(known, ", ")));
}

const AppSet& Phones::apps() const { return shared_apps(*shared_); }

const layout::Fonts& Phones::fonts() const { return shared_fonts(*shared_); }

std::vector<const app::TaskSpec*> Phones::tasks(std::string_view split) const {
  return task::tasks_of_split(apps(), split, app_ids_);
}

std::string Phones::app_set_hash() const {
  return shared_apps(*shared_).content_hash.hex();
}

std::unique_ptr<PhoneEnv> Phones::make(bool pixels) const {
  PhoneEnvConfig config;
  config.app_ids = app_ids_;
  config.variation = variation_;
  config.pixels = pixels;
  return std::make_unique<PhoneEnv>(shared_, config);
}

EpisodeStart episode_start(std::string_view split, std::uint64_t seed,
                           std::string_view stream, std::uint64_t index) {
  EpisodeStart start;
  start.seed = task::split_seed(split, Rng(seed).fork(stream).next(), index);
  start.options.split = split;
  return start;
}

std::vector<std::uint8_t> Screen::pixels_HWC() const {
  std::vector<std::uint8_t> pixels(std::size_t(height) * std::size_t(width) * 3);
  agent::unpack_pixels(packed, height, width, pixels);
  return pixels;
}

ScreenPtr keep_screen(const ImageView& image) {
  return std::make_shared<const Screen>(
      Screen{image.height, image.width, agent::pack_pixels(image)});
}

std::string app_of_task(std::string_view task_id) {
  return std::string(task_id.substr(0, task_id.find('/')));
}

}  // namespace paperphone::rl
