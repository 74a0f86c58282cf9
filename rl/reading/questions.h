// Questions about a screen, and their answers: what a reader learns from and is examined in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/text/response.h"
#include "env/base/named.h"
#include "env/base/rng.h"
#include "rl/reading/screen_labels.h"

namespace paperphone::rl {

enum class QuestionKind : std::uint8_t {
  kWhere,    // where a text stands
  kWhat,     // the line that stands at a point
  kWidget,   // what control is there
  kState,    // is it on?
  kTap,      // "tap “text”", answered as a policy would
  kValue,    // the line beside a label
  kExtreme,  // of a list, what the row with the least or most is called
  kSpan,     // a passage of the instruction, by its first and last characters
  kType,     // "type “text”", answered as a policy would
};
inline constexpr Named<QuestionKind> kQuestionKinds[] = {
    {"where", QuestionKind::kWhere},     {"what", QuestionKind::kWhat},
    {"widget", QuestionKind::kWidget},   {"state", QuestionKind::kState},
    {"tap", QuestionKind::kTap},         {"value", QuestionKind::kValue},
    {"extreme", QuestionKind::kExtreme}, {"span", QuestionKind::kSpan},
    {"type", QuestionKind::kType}};

struct Question {
  QuestionKind kind = QuestionKind::kWhere;
  std::string question;
  std::string answer;
};

// One text in eight is never an answer in training: what a reader says of them it has read.
enum class Words : std::uint8_t { kTrained, kHeldOut };
bool is_held_out(std::string_view text);

// A point of the screen in pixels of the image that the model sees.
struct ImageScale {
  int screen_width = 0, screen_height = 0;
  int image_width = 0, image_height = 0;
  Point in_image(Point on_screen) const;
};

struct QuestionOptions {
  int count = 16;
  double tap_share = 0;  // of them: kTap
  agent::ThoughtStyle style = agent::ThoughtStyle::kFast;  // of whole responses
  Words words = Words::kTrained;
};

// `count` questions about a screen under an instruction, fewer if there is hardly anything
// to ask; points in pixels of the image. What is asked for by its text stands once on the
// screen; an answer is at most 16 characters long.
std::vector<Question> ask_about(const ScreenLabels& labels, std::string_view instruction,
                                const ImageScale& scale, const QuestionOptions& options,
                                Rng rng);
// One of this kind; nullopt: this screen has nothing of it.
std::optional<Question> ask(QuestionKind kind, const ScreenLabels& labels,
                            std::string_view instruction, const ImageScale& scale,
                            const QuestionOptions& options, Rng& rng);

}  // namespace paperphone::rl
