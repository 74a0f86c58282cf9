#include "env/nuisance.h"

#include <fmt/format.h>

#include "env/error.h"
#include "env/rng.h"

namespace paperphone {
namespace {

struct Disturbance {
  std::string_view name;
  std::string_view title;
  std::string_view text;
  std::string_view button;
};
constexpr Disturbance kDisturbances[] = {
    {"low_battery", "电量不足", "剩余电量 20%，请及时充电", "知道了"},
    {"update", "系统更新", "新版本已准备好，将在夜间安装", "以后再说"},
    {"storage", "存储空间不足", "清理后可继续正常使用", "忽略"},
    {"network", "网络不稳定", "当前网络较慢，请稍后再试", "好的"},
};
constexpr double kChance[] = {0.0, 0.04, 0.15};  // per step, by level

}  // namespace

int nuisance_level(std::string_view suite) {
  if (suite == "clean") return 0;
  if (suite == "everyday") return 1;
  if (suite == "hostile") return 2;
  throw ConfigError(
      fmt::format("unknown suite '{}' (known: clean, everyday, hostile)", suite));
}

std::string_view maybe_disturb(PhoneState& state) {
  if (state.nuisance_level == 0 || !state.dialogs.empty()) return {};
  Rng rng = Rng(state.nuisance_key).fork(state.nuisance_draws++);
  if (!rng.chance(kChance[state.nuisance_level])) return {};
  const Disturbance& d = kDisturbances[rng.below(std::size(kDisturbances))];
  state.dialogs.push_back(
      {std::string(d.title), std::string(d.text), {std::string(d.button)}});
  return d.name;
}

}  // namespace paperphone
