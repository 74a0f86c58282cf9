// A program outside the tree: an expert's episode on the installed phone.
#include <env/app/loader.h>
#include <env/phone/phone_env.h>
#include <fmt/format.h>

int main() {
  const auto phone = paperphone::make_phone_env();
  auto [observation, info] = phone->reset(7, {.task_id = "settings/toggle_dark_mode"});
  float reward = 0.0f;
  while (phone->running()) {
    const auto result = phone->step(phone->advice().actions.front().action);
    reward += result.reward;
  }
  fmt::print("apps from {}\nreward {}\n", paperphone::app::default_apps_dir().string(), reward);
  return reward == 1.0f ? 0 : 1;
}
