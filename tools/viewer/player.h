// One stored episode, played again for looking at: its screens with the action drawn
// on them, and what is known about each step in words. No widgets here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data/trajectory.h"
#include "env/phone/phone_env.h"

namespace paperphone::viewer {

struct PlayedEpisode {
  data::Trajectory trajectory;
  int width = 0;  // pixels
  int height = 0;
  // Screen k is what the policy saw before step k, with its action; the last one is
  // how the episode ended. Fewer, if the replay ends before the record does.
  std::vector<std::vector<std::uint8_t>> screens_HWC;
  std::string difference;  // the first; empty: every hash was as recorded
};

// Throws ConfigError if the task is unknown here.
PlayedEpisode play_episode(const std::shared_ptr<const PhoneShared>& shared,
                           data::Trajectory trajectory);

// Text of the panel beside screen k; k == number of steps: the end.
std::string describe_screen(const PlayedEpisode& episode, std::size_t k);

}  // namespace paperphone::viewer
