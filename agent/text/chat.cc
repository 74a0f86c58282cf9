#include "agent/text/chat.h"

#include <fmt/format.h>

namespace paperphone::agent {
namespace {

// Calls mark(name, times) and text(words) along a conversation.
template <class Mark, class Text>
void walk(std::span<const ChatMessage> messages, const ChatOptions& options, Mark mark,
          Text text) {
  const auto open = [&](std::string_view role) {
    mark("<|im_start|>", 1);
    text(std::string(role) + "\n");
  };
  const auto close = [&] {
    mark("<|im_end|>", 1);
    text("\n");
  };
  if (!messages.empty() && messages[0].role != "system") {
    open("system");
    text("You are a helpful assistant.");
    close();
  }
  int pictures = 0, videos = 0;
  for (const ChatMessage& message : messages) {
    open(message.role);
    for (const ChatPart& part : message.parts) {
      if (part.kind == ChatPart::Kind::kText) {
        text(part.text);
        continue;
      }
      const bool image = part.kind == ChatPart::Kind::kImage;
      const int number = image ? ++pictures : ++videos;
      if (options.add_vision_id)
        text(fmt::format("{} {}: ", image ? "Picture" : "Video", number));
      mark("<|vision_start|>", 1);
      mark(image ? "<|image_pad|>" : "<|video_pad|>", part.pads);
      mark("<|vision_end|>", 1);
    }
    close();
  }
  if (options.add_generation_prompt) open("assistant");
}

}  // namespace

std::string render_chat(std::span<const ChatMessage> messages,
                        const ChatOptions& options) {
  std::string rendered;
  walk(
      messages, options,
      [&](std::string_view name, std::int64_t times) {
        for (std::int64_t i = 0; i < times; ++i) rendered += name;
      },
      [&](std::string_view words) { rendered += words; });
  return rendered;
}

std::vector<std::int64_t> encode_chat(const Tokenizer& tokenizer,
                                      std::span<const ChatMessage> messages,
                                      const ChatOptions& options) {
  std::vector<std::int64_t> ids;
  std::string words;  // up to the next mark: what stands together is encoded together
  const auto flush = [&] {
    const auto encoded = tokenizer.encode(words, AddedTokens::kNone);
    ids.insert(ids.end(), encoded.begin(), encoded.end());
    words.clear();
  };
  walk(
      messages, options,
      [&](std::string_view name, std::int64_t times) {
        flush();
        ids.insert(ids.end(), std::size_t(times), tokenizer.id_of(name));
      },
      [&](std::string_view more) { words += more; });
  flush();
  return ids;
}

}  // namespace paperphone::agent
