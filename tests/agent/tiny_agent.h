// A tiny agent for tests: untrained, with a tokenizer of a few sentences.
#pragma once

#include <string>
#include <vector>

#include "agent/checkpoint/checkpoint.h"

namespace paperphone::agent::testing {

inline std::vector<std::string> tiny_corpus() {
  return {"打开信聊，给王芳发消息", "在淘好物搜索耳机", "打开设置，关闭蓝牙",
          "打开信聊，返回上一页",   "在设置里打开蓝牙", "这里写着什么？信聊"};
}

inline agent::Agent tiny_agent(std::uint64_t seed = 1) {
  const auto corpus = tiny_corpus();
  return make_tiny_agent(corpus, seed);
}

// A screen of 120x160 pixels with a pattern that depends on `seed`.
inline std::vector<std::uint8_t> screen_pixels(int seed, int height = 160,
                                               int width = 120) {
  std::vector<std::uint8_t> pixels(std::size_t(height) * width * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i)
    pixels[i] = std::uint8_t((i * 7 + i / 97 * 31 + std::size_t(seed) * 101) % 251);
  return pixels;
}

}  // namespace paperphone::agent::testing
