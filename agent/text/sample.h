// Token in, token out: what the policy was shown and what it wrote, as ids. The
// trainer works on these and never tokenises text again.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agent/image/image_processor.h"
#include "agent/policy.h"

namespace paperphone::agent {

// Frames of one size at a steady pace.
struct VideoClip {
  std::vector<PicturePtr> frames;
  double seconds_per_grid = 1.0;  // temporal_patch_size frames apart
};

// A prompt ready for the model: every image stands in `ids` as a run of image pad
// tokens, one per merged token, in the order of `images`; every video as a run of video
// pad tokens, one per merged token of each grid step.
struct Prompt {
  std::vector<std::int64_t> ids;
  std::vector<PicturePtr> images;
  std::vector<VideoClip> videos = {};
};

enum class FinishReason : std::uint8_t { kStop, kLength };

// One generated response.
struct Sample {
  Prompt prompt;
  std::vector<std::int64_t> response_ids;  // the stop token included, if it came
  // Log-probability of each response token under the model at temperature 1, float32
  // log-softmax over the whole vocabulary. Not the sampling distribution's.
  std::vector<float> logprobs;
  // The same under the distribution it was drawn from: after penalty, temperature, top-k
  // and top-p. Zeros for a greedy response.
  std::vector<float> sampling_logprobs;
  FinishReason finish = FinishReason::kStop;
  std::string text;     // response without the stop token
  PolicyOutput output;  // text parsed; points mapped to the screen
};

// ---- training rows ----------------------------------------------------------

// A continuation of a row's prefix.
struct Segment {
  std::vector<std::int64_t> ids;
  // ids[first_target..] are predicted (and count in the loss), the ids before them
  // are only read. first_target 0: the first id is predicted from the prefix's end.
  int first_target = 0;
  // Of its targets in an imitation loss, beside the other segments'.
  float weight = 1.0f;
};

// One prefix (images, prompt) and any number of segments after it. Every segment
// sees the prefix and itself, not the others; its positions go on where the prefix
// ends. So a group of G responses to one prompt, or 20 questions on one screenshot,
// cost one prefix. REQUIRES: images occur in the prefix only.
struct TrainingRow {
  Prompt prefix;
  std::vector<Segment> segments;
};

// One row from samples of one and the same prompt. REQUIRES: at least one, equal
// prompt ids.
TrainingRow row_of_group(std::span<const Sample> group);

}  // namespace paperphone::agent
