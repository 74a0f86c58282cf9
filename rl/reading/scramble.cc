#include "rl/reading/scramble.h"

#include <map>

#include "env/base/check.h"
#include "env/base/utf8.h"

namespace paperphone::rl {

using layout::Draw;
using layout::Frame;
using layout::Node;
using layout::Shape;

namespace {

bool is_chinese(char32_t c) { return c >= U'\u4e00' && c <= U'\u9fff'; }

bool replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return false;
  text.replace(at, from.size(), to);
  return true;
}

}  // namespace

std::string scrambled(std::string_view text, std::span<const char32_t> characters,
                      Rng& rng) {
  CHECK_TRUE(!characters.empty());
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = next_code_point(text, at);
    if (is_chinese(c)) c = characters[rng.below(characters.size())];
    if (c >= U'0' && c <= U'9') c = char32_t(U'0' + rng.below(10));
    if (c >= U'a' && c <= U'z') c = char32_t(U'a' + rng.below(26));
    if (c >= U'A' && c <= U'Z') c = char32_t(U'A' + rng.below(26));
    append_utf8(out, c);
  }
  return out;
}

Frame scrambled(const Frame& frame, double share, std::span<const char32_t> characters,
                Rng& rng) {
  Frame out = frame;
  std::map<std::string, std::string> words;  // as they were -> as they are
  for (Draw& draw : out.draws) {
    if (draw.shape != Shape::kText || draw.text.empty()) continue;
    const auto [known, is_new] = words.try_emplace(draw.text, draw.text);
    if (is_new && rng.chance(share))
      known->second = scrambled(draw.text, characters, rng);
    draw.text = known->second;
  }
  for (std::size_t i = 0; i < out.nodes.size(); ++i) {
    Node& node = out.nodes[i];
    bool is_drawn = false;
    for (const Draw& draw : frame.draws)
      if (draw.shape == Shape::kText && !draw.text.empty() &&
          node.rect.contains(draw.rect.center()))
        is_drawn = replace(node.text, draw.text, words.at(draw.text)) || is_drawn;
    if (!is_drawn) node.text.clear();
  }
  return out;
}

}  // namespace paperphone::rl
