#include "rl/rollout/phones.h"

#include "env/task/task.h"

namespace paperphone::rl {

using app::AppSet;
using app::TaskSpec;
using layout::Fonts;

Phones::Phones(const PhoneEnvConfig& config)
    : Phones(load_phone_shared(config.apps_dir, config.pixels), config) {}

Phones::Phones(std::shared_ptr<const PhoneShared> shared, const PhoneEnvConfig& config)
    : shared_(std::move(shared)), config_(config) {}

std::unique_ptr<PhoneEnv> Phones::make(bool pixels) const {
  PhoneEnvConfig config = config_;
  config.pixels = pixels;
  return std::make_unique<PhoneEnv>(shared_, config);
}

Phones Phones::with_thoughts(ThoughtLanguage language) const {
  Phones phones = *this;
  phones.config_.thoughts = language;
  return phones;
}

const AppSet& Phones::apps() const { return shared_apps(*shared_); }

const Fonts& Phones::fonts() const { return shared_fonts(*shared_); }

std::shared_ptr<render::PieceStore> Phones::pieces() const {
  return shared_pieces(*shared_);
}

std::vector<const TaskSpec*> Phones::tasks(std::string_view split) const {
  return task::tasks_of_split(apps(), split, config_.app_ids);
}

std::string Phones::app_set_hash() const { return apps().content_hash.hex(); }

}  // namespace paperphone::rl
