#include "agent/text/prompt.h"

#include <algorithm>
#include <utility>

#include "agent/text/chat.h"
#include "agent/text/history_words.h"
#include "agent/text/json_fields.h"
#include "env/base/check.h"
#include "env/base/json_text.h"

namespace paperphone::agent {

PromptOptions parse_prompt_options(std::string_view json, std::string_view name) {
  const JsonFields fields = JsonFields::parse(json, name);
  PromptOptions options;
  const auto style = fields.get<std::string>("style", "mobile_use");
  if (style == "compact")
    options.style = PromptStyle::kCompact;
  else if (style != "mobile_use")
    fields.fail("style", "must be compact or mobile_use, found " + style);
  const auto coordinates = fields.get<std::string>("coordinates", "pixels");
  if (coordinates == "thousandths")
    options.coordinates = Coordinates::kThousandths;
  else if (coordinates != "pixels")
    fields.fail("coordinates", "must be pixels or thousandths, found " + coordinates);
  const auto thought = fields.get<std::string>("thought", "full");
  if (thought == "fast")
    options.thought = ThoughtStyle::kFast;
  else if (thought != "full")
    fields.fail("thought", "must be full or fast, found " + thought);
  options.history_steps = fields.get("history_steps", options.history_steps);
  if (options.history_steps < 0) fields.fail("history_steps", "must not be negative");
  options.notes = fields.get("notes", options.notes);
  options.earlier_screens = fields.get("earlier_screens", options.earlier_screens);
  if (options.earlier_screens < 0)
    fields.fail("earlier_screens", "must not be negative");
  return options;
}

std::string prompt_options_to_json(const PromptOptions& options) {
  const nlohmann::ordered_json json = {
      {"style", options.style == PromptStyle::kCompact ? "compact" : "mobile_use"},
      {"coordinates",
       options.coordinates == Coordinates::kPixels ? "pixels" : "thousandths"},
      {"thought", options.thought == ThoughtStyle::kFast ? "fast" : "full"},
      {"history_steps", options.history_steps},
      {"notes", options.notes},
      {"earlier_screens", options.earlier_screens}};
  return json_text(json, 1) + "\n";
}

std::string mobile_use_system_text(int image_width, int image_height,
                                   Coordinates coordinates) {
  using Json = nlohmann::ordered_json;
  const bool pixels = coordinates == Coordinates::kPixels;
  const auto text = [](const char* description) {
    return Json{{"type", "string"}, {"description", description}};
  };
  const Json point = {{"type", "array"},
                      {"items", {{"type", "integer"}}},
                      {"description",
                       fmt::format("[x, y]: {} of the screenshot from its left "
                                   "and top edge. Needed by click, long_press and "
                                   "swipe (where it starts).",
                                   pixels ? "pixels" : "thousandths")}};
  Json point2 = point;
  point2["description"] = "[x, y] where a swipe ends.";
  const Json properties = {
      {"action",
       {{"type", "string"},
        {"description",
         "What to do: key: press a hardware key; click: tap a point; long_press: hold "
         "a "
         "point; swipe: drag from one point to another; type: enter text into the "
         "focused field; system_button: a button of the system; open: start an app; "
         "wait: let time pass; terminate: end the task and say how it went; answer: "
         "reply to a question, which ends the task."},
        {"enum",
         {"key", "click", "long_press", "swipe", "type", "system_button", "open",
          "wait", "terminate", "answer"}}}},
      {"coordinate", point},
      {"coordinate2", point2},
      {"text", text("The key, the text to type, the app's name or the answer.")},
      {"time",
       {{"type", "number"}, {"description", "Seconds, for long_press and wait."}}},
      {"button",
       {{"type", "string"},
        {"description", "For system_button."},
        {"enum", {"Back", "Home", "Menu", "Enter"}}}},
      {"status",
       {{"type", "string"},
        {"description", "For terminate."},
        {"enum", {"success", "failure"}}}}};
  const Json tool = {
      {"type", "function"},
      {"function",
       {{"name", "mobile_use"},
        {"description",
         fmt::format(
             "Operate a phone through its touchscreen, seeing a screenshot "
             "before every action.\n* {}\n"
             "* Apps and pages may need a moment to load: wait and look again.\n"
             "* Aim at the middle of buttons, links and icons.",
             pixels ? fmt::format("The screen is {} pixels wide and {} high.",
                                  image_width, image_height)
                    : "Points are thousandths of the screen's width and height.")},
        {"parameters",
         {{"type", "object"},
          {"properties", properties},
          {"required", Json::array({"action"})}}}}}};
  return "You operate a phone for the user, one action at a time.\n\n# Tools\n\n"
         "You may call one function per turn. Its signature is inside "
         "<tools></tools>:\n"
         "<tools>\n" +
         json_text(tool) +
         "\n</tools>\n\n"
         "Answer every screenshot in exactly this form:\n"
         "<think>the present state, the next action, its purpose</think>"
         "<note>only if later screens need it: what to remember</note>"
         "<action>the action in one sentence</action>"
         "<tool_call>{\"name\":\"mobile_use\",\"arguments\":<JSON object>}</tool_call>";
}

PromptBuilder::PromptBuilder(Tokenizer tokenizer, ImageProcessorConfig images,
                             PromptOptions options)
    : tokenizer_(std::move(tokenizer)), images_(images), options_(options) {
  im_end_ = tokenizer_.id_of("<|im_end|>");
  image_pad_ = tokenizer_.id_of("<|image_pad|>");
  for (const char* mark : {"<|im_start|>", "<|vision_start|>", "<|vision_end|>"})
    tokenizer_.id_of(mark);
}

void PromptBuilder::add_text(std::string_view trusted, Prompt* prompt) const {
  const auto ids = tokenizer_.encode(trusted, AddedTokens::kAll);
  prompt->ids.insert(prompt->ids.end(), ids.begin(), ids.end());
}

void PromptBuilder::add_foreign(std::string_view text, Prompt* prompt) const {
  const auto ids = tokenizer_.encode(text, AddedTokens::kNone);
  prompt->ids.insert(prompt->ids.end(), ids.begin(), ids.end());
}

void PromptBuilder::add_image(const PicturePtr& picture, Prompt* prompt) const {
  CHECK_TRUE(picture != nullptr);
  prompt->ids.push_back(tokenizer_.id_of("<|vision_start|>"));
  const auto tokens = grid_of(*picture, images_).num_tokens(images_.merge_size);
  prompt->ids.insert(prompt->ids.end(), std::size_t(tokens), image_pad_);
  prompt->ids.push_back(tokenizer_.id_of("<|vision_end|>"));
  prompt->images.push_back(picture);
}

std::span<const HistoryStep> PromptBuilder::recent(
    std::span<const HistoryStep> history) const {
  return history.last(std::min<std::size_t>(history.size(), options_.history_steps));
}

std::vector<std::string> PromptBuilder::notes(
    std::span<const HistoryStep> history) const {
  std::vector<std::string> out;
  if (!options_.notes) return out;
  for (const HistoryStep& step : history)
    if (!step.note.empty() && std::find(out.begin(), out.end(), step.note) == out.end())
      out.push_back(step.note);
  return out;
}

void PromptBuilder::add_words(std::string_view instruction,
                              std::span<const HistoryStep> history,
                              Prompt* prompt) const {
  add_foreign(instruction, prompt);
  for (const std::string& note : notes(history)) {
    add_text(kNoteLine, prompt);
    add_foreign(note, prompt);
  }
  for (const HistoryStep& step : recent(history)) {
    add_text("\n", prompt);
    add_foreign(step.sentence, prompt);
    if (options_.notes && !step.changed) add_text(kNothingChanged, prompt);
  }
  add_text("<|im_end|>\n<|im_start|>assistant\n", prompt);
}

Prompt PromptBuilder::build(std::string_view instruction,
                            std::span<const PicturePtr> screens,
                            std::span<const HistoryStep> history) const {
  CHECK_TRUE(!screens.empty());
  if (options_.style == PromptStyle::kCompact) {
    // Images first: their keys depend on nothing but the screens.
    Prompt prompt = image_prefix(screens);
    add_words(instruction, history, &prompt);
    return prompt;
  }
  std::string words = "The user's instruction: ";
  words += instruction;
  words += "\nActions so far:";
  if (history.empty()) words += " none";
  std::size_t number = history.size() - recent(history).size();
  for (const HistoryStep& step : recent(history))
    words += fmt::format("\nStep {}: {}{}", ++number, step.sentence,
                         options_.notes && !step.changed ? " (nothing changed)" : "");
  const std::vector<std::string> notes = this->notes(history);
  if (!notes.empty()) words += "\nYour notes:";
  for (const std::string& note : notes) words += "\n- " + note;
  using Kind = ChatPart::Kind;
  const PicturePtr& present = screens.back();
  const std::string system =
      mobile_use_system_text(present->width, present->height, options_.coordinates);
  ChatMessage user{"user", {}};
  const auto add = [&](const PicturePtr& screen) {
    user.parts.push_back({Kind::kImage, "",
                          grid_of(*screen, images_).num_tokens(images_.merge_size)});
  };
  const auto earlier = screens.first(screens.size() - 1);
  if (!earlier.empty()) words += "\nEarlier screens, oldest first:\n";
  if (!earlier.empty()) user.parts.push_back({Kind::kText, std::exchange(words, "")});
  std::for_each(earlier.begin(), earlier.end(), add);
  user.parts.push_back({Kind::kText, words + "\nThe present screen:\n"});
  add(present);
  return {encode_chat(tokenizer_, std::vector<ChatMessage>{
                                      {"system", {{Kind::kText, system}}}, user}),
          {screens.begin(), screens.end()}};
}

Prompt PromptBuilder::build(const PolicyInput& input) const {
  std::vector<PicturePtr> screens;
  const auto count = std::min<std::size_t>(input.earlier.size(), options_.earlier_screens);
  for (const ImageView& screen : input.earlier.last(count))
    screens.push_back(make_picture(screen, images_));
  screens.push_back(make_picture(input.screen, images_));
  return build(input.instruction, screens, input.history);
}

std::vector<std::int64_t> PromptBuilder::response_ids(std::string_view response) const {
  auto ids = tokenizer_.encode(response, AddedTokens::kPlain);
  ids.push_back(im_end_);
  return ids;
}

std::string PromptBuilder::response_text(std::span<const std::int64_t> ids) const {
  if (!ids.empty() && ids.back() == im_end_) ids = ids.first(ids.size() - 1);
  return tokenizer_.decode(ids);
}

Prompt PromptBuilder::image_prefix(std::span<const PicturePtr> screens) const {
  Prompt prompt;
  add_text("<|im_start|>user\n", &prompt);
  for (const PicturePtr& screen : screens) add_image(screen, &prompt);
  return prompt;
}

Segment PromptBuilder::words_and_target(std::string_view instruction,
                                        std::span<const HistoryStep> history,
                                        std::string_view response) const {
  Prompt words;
  add_words(instruction, history, &words);
  Segment segment{std::move(words.ids), 0};
  segment.first_target = int(segment.ids.size());
  const auto target = response_ids(response);
  segment.ids.insert(segment.ids.end(), target.begin(), target.end());
  return segment;
}

Segment PromptBuilder::turn(std::string_view instruction,
                            std::span<const HistoryStep> history,
                            std::string_view response) const {
  CHECK_TRUE(options_.style == PromptStyle::kCompact);
  return words_and_target(instruction, history, response);
}

Prompt PromptBuilder::ask(const PicturePtr& screen, std::string_view question) const {
  Prompt prompt = image_prefix(screen);
  add_words(question, {}, &prompt);
  return prompt;
}

Segment PromptBuilder::question(std::string_view question,
                                std::string_view answer) const {
  return words_and_target(question, {}, answer);
}

PointMap PromptBuilder::point_map(int screen_width, int screen_height,
                                  const Picture& picture) const {
  if (options_.coordinates == Coordinates::kThousandths)
    return {screen_width, screen_height, 1000, 1000};
  return {screen_width, screen_height, picture.width, picture.height};
}

}  // namespace paperphone::agent
