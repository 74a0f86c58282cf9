#include "rl/reading/exam.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <variant>

#include "agent/generation/generate.h"
#include "agent/text/prompt.h"
#include "env/base/error.h"
#include "env/base/json_text.h"
#include "rl/reading/questions.h"
#include "rl/rollout/decision_point.h"
#include "rl/rollout/jobs.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

namespace {

constexpr int kWalkSteps = 16;
constexpr int kScreensOfAWalk = 4;
constexpr double kWalkNoise = 0.7;

struct Asked {
  std::string kind;
  std::string question;
  std::string expected;
  agent::Prompt prompt;
  bool is_response = false;  // the text in it counts, as a policy would be understood
};

// What a response says, whatever it says beside; nullopt: nothing.
std::optional<std::string> said(const Action& action) {
  if (const auto* type = std::get_if<TypeText>(&action)) return type->utf8;
  if (const auto* answer = std::get_if<Answer>(&action)) return answer->utf8;
  return std::nullopt;
}

std::optional<Point> point_in(std::string_view text) {
  Point point;
  if (std::sscanf(std::string(text).c_str(), "[%d,%d]", &point.x, &point.y) != 2)
    return std::nullopt;
  return point;
}

class Exam {
 public:
  Exam(const Phones& phones, const agent::Agent& agent, const ExamOptions& options)
      : phones_(phones),
        agent_(agent),
        options_(options),
        builder_(agent.tokenizer, agent.images, agent.prompt) {}

  ExamReport hold() {
    ask_about_screens();
    ask_as_the_expert();
    answer();
    return std::move(report_);
  }

 private:
  void ask_about_screens() {
    const int walks = std::max(1, options_.screens / kScreensOfAWalk);
    std::vector<std::vector<Asked>> by_walk(static_cast<std::size_t>(walks));
    const auto look = [&](const EpisodeView& view) {
      const auto steps = view.trajectory.steps.size();
      if (view.over || steps % (kWalkSteps / kScreensOfAWalk) != 0) return;
      ask_about(view, by_walk[view.episode]);
    };
    RolloutRunner runner(phones_, {.num_threads = options_.threads});
    const auto expert = agent::make_expert_policy();
    runner.run(stream_jobs({.split = options_.split,
                            .seed = options_.seed,
                            .name = "exam",
                            .max_turns = kWalkSteps},
                           0, walks),
               *expert, {.noise = kWalkNoise, .observe = look}, [](Rollout&&) {});
    for (auto& walk : by_walk)
      for (Asked& asked : walk) asked_.push_back(std::move(asked));
  }

  void ask_about(const EpisodeView& view, std::vector<Asked>& out) const {
    const agent::PicturePtr picture = agent::make_picture(view.screen, agent_.images);
    const ScreenLabels labels =
        label_screen(view.phone.frame(), phones_.fonts(), view.screen.width);
    const ImageScale scale = {view.screen.width, view.screen.height, picture->width,
                              picture->height};
    Rng rng = Rng(view.trajectory.seed).fork("exam", view.trajectory.steps.size());
    for (const auto& [name, kind] : kQuestionKinds) {
      auto question = ask(kind, labels, view.trajectory.instruction, scale,
                          {.style = agent_.prompt.thought, .words = Words::kHeldOut}, rng);
      if (!question) continue;
      const bool is_response =
          kind == QuestionKind::kTap || kind == QuestionKind::kType;
      out.push_back({std::string(name), question->question, question->answer,
                     builder_.ask(picture, question->question), is_response});
      if (kind == QuestionKind::kWhere || kind == QuestionKind::kTap)
        out.back().expected = box_of(labels, scale, *question);
    }
  }

  // "x y width height" in the image, of the text that was asked for.
  static std::string box_of(const ScreenLabels& labels, const ImageScale& scale,
                            const Question& question) {
    for (const Label& label : labels.labels) {
      if (question.question.find(fmt::format("“{}”", label.text)) == std::string::npos)
        continue;
      const Point from = scale.in_image({label.box.x, label.box.y});
      const Point to = scale.in_image(
          {label.box.x + label.box.width, label.box.y + label.box.height});
      return fmt::format("{} {} {} {}", from.x, from.y, to.x - from.x, to.y - from.y);
    }
    return "";
  }

  void ask_as_the_expert() {
    collect_decision_points(
        phones_,
        {.split = options_.split,
         .seed = options_.seed,
         .stream = "exam turns",
         .episodes = options_.episodes,
         .noise = 0,
         .earlier_screens = agent_.prompt.earlier_screens,
         .threads = options_.threads},
        [&](std::vector<DecisionPoint>&& points) {
          for (const DecisionPoint& point : points) {
            const Action& action = point.advice.actions[0].action;
            const auto text = said(action);
            if (!text) continue;
            ScreenPixels pixels;
            asked_.push_back(
                {std::holds_alternative<Answer>(action) ? "answer_turn" : "type_turn",
                 point.instruction, *text, builder_.build(point.input(0, pixels)),
                 /*is_response=*/true});
          }
        });
  }

  void answer() {
    constexpr std::size_t kBatch = 16;
    agent::GenerationOptions greedy = agent_.generation;
    greedy.temperature = 0;
    greedy.repetition_penalty = 1;
    greedy.max_new_tokens = options_.max_new_tokens;
    for (std::size_t begin = 0; begin < asked_.size(); begin += kBatch) {
      const std::size_t end = std::min(asked_.size(), begin + kBatch);
      std::vector<agent::GenerationRequest> requests;
      for (std::size_t i = begin; i < end; ++i)
        requests.push_back({asked_[i].prompt, {0}});
      const auto answers = agent::generate(agent_.model, agent_.images, requests, greedy);
      for (std::size_t i = begin; i < end; ++i)
        mark(asked_[i], builder_.response_text(answers[i - begin][0].ids));
      if (options_.on_progress) options_.on_progress(int(end), int(asked_.size()));
    }
  }

  bool is_right(const Asked& asked, const std::string& found) const {
    std::optional<Action> action;
    if (asked.is_response)
      action = agent::parse_response(found, agent_.prompt.thought).action;
    if (asked.kind == "where" || asked.kind == "tap") {
      Rect box;
      std::sscanf(asked.expected.c_str(), "%d %d %d %d", &box.x, &box.y, &box.width,
                  &box.height);
      if (asked.kind == "where") {
        const auto point = point_in(found);
        return point && box.contains(*point);
      }
      const auto* click = action ? std::get_if<Click>(&*action) : nullptr;
      return click != nullptr && box.contains(click->point);
    }
    if (!asked.is_response) return found == asked.expected;
    if (!action) return false;
    return asked.kind == "type" ? found == asked.expected
                                : said(*action) == asked.expected;
  }

  void mark(const Asked& asked, const std::string& found) {
    auto line = std::find_if(report_.lines.begin(), report_.lines.end(),
                             [&](const ExamLine& l) { return l.kind == asked.kind; });
    if (line == report_.lines.end())
      line = report_.lines.insert(line, {.kind = asked.kind});
    ++line->asked;
    if (is_right(asked, found))
      ++line->right;
    else
      report_.errors.push_back({asked.kind, asked.question, asked.expected, found});
  }

  const Phones& phones_;
  const agent::Agent& agent_;
  const ExamOptions& options_;
  agent::PromptBuilder builder_;
  std::vector<Asked> asked_;
  ExamReport report_;
};

}  // namespace

std::string ExamReport::to_text() const {
  std::string out = fmt::format("{:<12} {:>6} {:>6} {:>7}\n", "kind", "asked", "right", "%");
  for (const ExamLine& line : lines)
    out += fmt::format("{:<12} {:>6} {:>6} {:>7.1f}\n", line.kind, line.asked, line.right,
                       100 * line.share());
  return out;
}

std::string ExamReport::to_json() const {
  nlohmann::ordered_json json;
  for (const ExamLine& line : lines)
    json["kinds"][line.kind] = {{"asked", line.asked}, {"right", line.right}};
  json["errors"] = nlohmann::ordered_json::array();
  for (const ExamError& error : errors)
    json["errors"].push_back({{"kind", error.kind},
                              {"question", error.question},
                              {"expected", error.expected},
                              {"found", error.found}});
  return json_text(json, 1) + "\n";
}

ExamReport examine(const Phones& phones, const agent::Agent& agent,
                   const ExamOptions& options) {
  const torch::NoGradGuard no_grad;
  return Exam(phones, agent, options).hold();
}

}  // namespace paperphone::rl
