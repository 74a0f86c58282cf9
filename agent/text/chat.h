// The chat template of Qwen2.5-VL: turns in marks, images and videos as pads.
//
//   <|im_start|>user\n<|vision_start|><|image_pad|>...<|vision_end|>text<|im_end|>\n
//
// Source: chat_template.json of the published checkpoints.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/text/tokenizer.h"

namespace paperphone::agent {

struct ChatPart {
  enum class Kind : std::uint8_t { kText, kImage, kVideo };
  Kind kind = Kind::kText;
  std::string text;       // kText
  std::int64_t pads = 1;  // kImage, kVideo: merged tokens
};
struct ChatMessage {
  std::string role;  // system, user, assistant
  std::vector<ChatPart> parts;
};
struct ChatOptions {
  bool add_generation_prompt = true;  // ends with "<|im_start|>assistant\n"
  bool add_vision_id = false;         // "Picture 1: " before each image
};

// A conversation that does not begin with a system message gets the template's own.
std::string render_chat(std::span<const ChatMessage> messages,
                        const ChatOptions& options = {});

// The same as ids. What messages say is encoded without added tokens, so no text can end
// a turn or forge an image; for text without such words the ids are those of the
// rendered conversation.
std::vector<std::int64_t> encode_chat(const Tokenizer& tokenizer,
                                      std::span<const ChatMessage> messages,
                                      const ChatOptions& options = {});

}  // namespace paperphone::agent
