#include "env/phone/observer.h"

namespace paperphone {

using sim::PhoneState;

namespace {

std::string screen_id(const PhoneState& state, const app::AppSet& apps) {
  if (state.lock != sim::Lock::kOpen) return "phone/lock";
  if (state.shade == sim::Shade::kNotices) return "phone/notices";
  if (state.shade == sim::Shade::kControls) return "phone/controls";
  if (state.shell == sim::Shell::kRecents) return "phone/recents";
  const sim::ScreenEntry* top = state.top();
  if (top == nullptr) return "phone/launcher";
  const app::AppSpec& app = apps.apps[state.front_app()];
  return app.id + "/" + app.screens[top->screen].id;
}

}  // namespace

Observation Observer::observe(const PhoneEpisode& episode, Modality modality, Info& info) {
  Observation observation{
      .screen = {}, .instruction = episode.task->instruction, .step = episode.step};
  if (has(modality, Modality::kTree)) observation.tree = read_tree(episode);
  if (pixels_) show(episode, modality, observation, info);
  info.screen_id = screen_id(episode.state, shared_.apps);
  info.elapsed_ms = episode.state.world.now_ms - episode.task->initial.now_ms;
  if (hashes_) info.state_hash = hash_state(episode.state);
  return observation;
}

void Observer::show(const PhoneEpisode& episode, Modality modality,
                    Observation& observation, Info& info) {
  if (has(modality, Modality::kFrame)) {
    handed_out_ = screen_.picture(episode.state);
    observation.frame = handed_out_;
    info.frame_hash = handed_out_->hash;
    if (has(modality, Modality::kPixels))
      observation.screen = screen_.keeps_pixels() ? screen_.pixels(episode.state)
                                                  : handed_out_->view();
  } else if (has(modality, Modality::kPixels)) {
    observation.screen = screen_.pixels(episode.state);
    if (hashes_) info.frame_hash = hash_bytes(observation.screen.pixels_HWC);
  }
}

std::span<const UiNode> Observer::read_tree(const PhoneEpisode& episode) {
  tree_.clear();
  for (const layout::Node& node : screen_.frame(episode.state).nodes) {
    const bool touchable = node.target.where != sim::Target::Where::kNone;
    // Panels only keep touches from what is below.
    if (!touchable && node.text.empty() && node.value.empty() && node.address.empty())
      continue;
    const bool holds = !node.value.empty();
    tree_.push_back({.rect = episode.scale().to_px(node.rect),
                     .role = node.role,
                     .text = holds ? node.value : node.text,
                     .hint = holds ? node.text : std::string(),
                     .address = node.address,
                     .touchable = touchable,
                     .enabled = node.enabled,
                     .checked = node.checked,
                     .focused = node.focused,
                     .partly_hidden = node.partly_hidden});
  }
  return tree_;
}

}  // namespace paperphone
