// GUI-G1's reward for pointing with a box.
#pragma once

#include "env/types.h"

namespace paperphone::rl {

// What the parts weigh. A hit alone makes boxes shrink to where they are sure to lie
// inside, the overlap alone makes them grow; the size term holds the corners.
struct BoxRewardConfig {
  double hit = 1.0;
  double overlap = 0.25;
  double size = 0.125;
};

struct BoxReward {
  float hit = 0.0f;      // 0/1: the predicted centre lies in the true box
  float overlap = 0.0f;  // intersection over union, in [0, 1]
  float size = 0.0f;     // harmonic mean of the four sides' nearness, in [0, 1]
  float total = 0.0f;    // weighed
};

//   nearness of a side = 1 - |predicted - true| / the screen's width or height
//   size = 4 / (1/left + 1/top + 1/right + 1/bottom)
//
// predicted, truth  half-open boxes in pixels of the screenshot
// width, height     of the screenshot, pixels
// Returns           all zero if the predicted box is empty; size 0 if a side is a whole
//                   screen away or more
// REQUIRES: truth is not empty, width and height are positive.
// Source: GUI-G1, arXiv:2505.15810; src/open_r1/grpo_rec.py (hit_reward, iou_reward,
// box_reward).
BoxReward box_reward(const Rect& predicted, const Rect& truth, int width, int height,
                     const BoxRewardConfig& config = {});

}  // namespace paperphone::rl
