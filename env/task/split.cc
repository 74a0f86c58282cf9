#include <fmt/format.h>

#include <algorithm>

#include "env/base/error.h"
#include "env/task/task.h"

namespace paperphone::task {

using app::TaskSpec;

std::vector<std::string> split_names() {
  return {"train", "validation", "test", "unseen"};
}

namespace {
std::size_t split_index(std::string_view split) {
  const auto names = split_names();
  const auto it = std::find(names.begin(), names.end(), split);
  if (it == names.end()) {
    throw ConfigError(fmt::format("unknown split '{}' (known: {})", split,
                                  fmt::join(names, ", ")));
  }
  return std::size_t(it - names.begin());
}
}  // namespace

std::vector<const TaskSpec*> tasks_of_split(const app::AppSet& apps, std::string_view split,
                                            std::span<const std::string> app_ids) {
  std::vector<const TaskSpec*> all = apps.tasks();
  if (!app_ids.empty())
    std::erase_if(all, [&](const TaskSpec* t) {
      const std::string_view id = t->app >= 0 ? std::string_view(apps.apps[t->app].id)
                                              : std::string_view("cross");
      return std::find(app_ids.begin(), app_ids.end(), id) == app_ids.end();
    });
  if (split.empty()) return all;
  const bool unseen = split == "unseen";
  split_index(split);
  std::erase_if(all, [&](const TaskSpec* t) { return (t->split == "unseen") != unseen; });
  return all;
}

std::uint64_t split_seed(std::string_view split, std::uint64_t seed,
                         std::uint64_t episode) {
  // The low bits name the split, so that no two splits share a seed.
  const std::uint64_t index = split.empty() ? 7 : split_index(split);
  const std::uint64_t mixed = Rng(seed).fork("split", index).fork(episode).next();
  return (mixed & ~std::uint64_t{7}) | index;
}

}  // namespace paperphone::task
