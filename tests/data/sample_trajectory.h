// A trajectory with every field away from its default.
#pragma once

#include <string>

#include "data/trajectory.h"

namespace paperphone::data {

inline Trajectory sample_trajectory(std::uint64_t seed, int num_steps = 3) {
  Trajectory t;
  t.seed = seed;
  t.options.task_id = "shop/buy";
  t.options.split = "test";
  t.options.params = {{"who", "王芳"}, {"count", "2"}};
  t.options.variation = Variation{.width = 540,
                                  .height = 1200,
                                  .dark = true,
                                  .font_percent = 115,
                                  .shuffle_icons = true,
                                  .suite = "everyday"};
  t.task_id = "shop/buy";
  t.app_id = "shop";
  t.split = "test";
  t.instruction = "买两个“保温杯”";
  t.initial_state_hash = {seed, 2};
  t.initial_frame_hash = {0xFFFFFFFFFFFFFFFFull, 4};
  t.initial_screen_id = "launcher/home";
  t.end_reason = EndReason::kSideEffect;
  t.success = false;
  t.policy = "runs/x/stage2";
  t.app_set_hash = "abc123";
  t.paperphone_version = "0.1.0";
  t.metadata = {{"host", "box"}, {"note", "第一次"}};
  const Action actions[] = {Click{{180, 400}},
                            Swipe{{10, 700}, {10, 200}},
                            TypeText{"你好 \"x\"\n"},
                            SystemButton{Button::kEnter},
                            LongPress{{3, 4}, 1.5},
                            OpenApp{"淘好物"},
                            Wait{2.5},
                            Answer{"42"},
                            KeyPress{"volume_up"},
                            Terminate{TerminateStatus::kFailure}};
  for (int i = 0; i < num_steps; ++i) {
    TrajectoryStep s;
    s.action = actions[i % int(std::size(actions))];
    s.response = "<think>看到首页</think><action>点击</action>";
    s.response += '\0';  // a model may write anything
    s.sentence = "点击购物车";
    s.well_formed = i % 2 == 0;
    s.outcome = ActionOutcome(i % 6);
    s.reward = 0.1f * float(i);
    s.reward_breakdown = {.task = 1.0f, .progress = 0.25f, .penalty = -0.1f};
    s.screen_id = "shop/cart";
    s.state_hash = {seed, std::uint64_t(i)};
    s.frame_hash = {std::uint64_t(i), seed};
    s.terminated = i + 1 == num_steps;
    s.truncated = i == 1;
    s.thought = "先打开购物车";
    s.expert_distance = 7 - i;
    s.acceptable = i % 2 == 1;
    t.steps.push_back(s);
  }
  return t;
}

}  // namespace paperphone::data
