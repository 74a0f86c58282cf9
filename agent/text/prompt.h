// What the model is shown: chat template, tool description, instruction, history,
// screenshot; as token ids. Text that comes from users and screens is encoded without
// added tokens, so it cannot end the turn or forge an image.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/image/image_processor.h"
#include "agent/policy.h"
#include "agent/text/response.h"
#include "agent/text/sample.h"
#include "agent/text/tokenizer.h"

namespace paperphone::agent {

enum class PromptStyle : std::uint8_t {
  kCompact,    // image, instruction, history; for models trained here
  kMobileUse,  // the full tool description, for published checkpoints
};

// What the numbers of a point mean.
enum class Coordinates : std::uint8_t {
  kPixels,       // of the resized image: Qwen2.5-VL
  kThousandths,  // of the screen's width and height: Qwen2-VL, Qwen3-VL and others
};

struct PromptOptions {  // paperphone_prompt.json
  PromptStyle style = PromptStyle::kMobileUse;
  Coordinates coordinates = Coordinates::kPixels;
  ThoughtStyle thought = ThoughtStyle::kFull;
  int history_steps = 8;  // last N actions in words
  // Every note of the episode so far, and which of the last actions changed nothing.
  bool notes = true;
  int earlier_screens = 0;  // last N screenshots before the present one
};
PromptOptions parse_prompt_options(std::string_view json, std::string_view name);
std::string prompt_options_to_json(const PromptOptions& options);

class PromptBuilder {
 public:
  // Throws DataError if the tokenizer lacks a chat or vision mark.
  PromptBuilder(Tokenizer tokenizer, ImageProcessorConfig images,
                PromptOptions options);

  // A turn of an episode, up to and including "<|im_start|>assistant\n". screens: oldest
  // first, the present one last. REQUIRES: at least one.
  Prompt build(std::string_view instruction, std::span<const PicturePtr> screens,
               std::span<const HistoryStep> history) const;
  Prompt build(std::string_view instruction, const PicturePtr& screen,
               std::span<const HistoryStep> history) const {
    return build(instruction, std::span(&screen, 1), history);
  }
  // The same from a policy's input; makes the pictures.
  Prompt build(const PolicyInput& input) const;

  // The ids of a response with the <|im_end|> that ends it: what is learned.
  std::vector<std::int64_t> response_ids(std::string_view response) const;
  // Ids -> text without the final <|im_end|>.
  std::string response_text(std::span<const std::int64_t> ids) const;

  // A turn in two parts, for several turns on one screenshot (kCompact only, whose
  // screenshot comes first): image_prefix() and this give build() and response_ids().
  Segment turn(std::string_view instruction, std::span<const HistoryStep> history,
               std::string_view response) const;

  // Everything up to the end of the last screenshot...
  Prompt image_prefix(std::span<const PicturePtr> screens) const;
  Prompt image_prefix(const PicturePtr& screen) const {
    return image_prefix(std::span(&screen, 1));
  }
  // The screenshot with a question, up to where its answer begins.
  Prompt ask(const PicturePtr& screen, std::string_view question) const;
  // ... and one question with its answer after it (stage 0).
  Segment question(std::string_view question, std::string_view answer) const;

  // Screen <-> the numbers the model writes.
  PointMap point_map(int screen_width, int screen_height, const Picture& picture) const;

  const Tokenizer& tokenizer() const { return tokenizer_; }
  const ImageProcessorConfig& images() const { return images_; }
  const PromptOptions& options() const { return options_; }
  std::int64_t stop_id() const { return im_end_; }

 private:
  void add_image(const PicturePtr& picture, Prompt* prompt) const;
  void add_text(std::string_view trusted, Prompt* prompt) const;
  void add_foreign(std::string_view text, Prompt* prompt) const;
  std::span<const HistoryStep> recent(std::span<const HistoryStep> history) const;
  // All of the episode, each once.
  std::vector<std::string> notes(std::span<const HistoryStep> history) const;
  // The words of kCompact, up to "<|im_start|>assistant\n".
  void add_words(std::string_view instruction, std::span<const HistoryStep> history,
                 Prompt* prompt) const;
  Segment words_and_target(std::string_view instruction,
                           std::span<const HistoryStep> history,
                           std::string_view response) const;

  Tokenizer tokenizer_;
  ImageProcessorConfig images_;
  PromptOptions options_;
  std::int64_t im_end_ = 0;
  std::int64_t image_pad_ = 0;
};

// The description of mobile_use in the system message of kMobileUse.
std::string mobile_use_system_text(int image_width, int image_height,
                                   Coordinates coordinates = Coordinates::kPixels);

}  // namespace paperphone::agent
