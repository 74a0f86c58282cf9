#include "env/task/answer/yes_no.h"

#include <span>

#include "env/task/answer/reader.h"

namespace paperphone::task {
namespace {

constexpr std::u32string_view kYes[] = {
    U"是的",   U"是",     U"对的",   U"对",   U"有的", U"有",     U"正确",
    U"没错",   U"可以",   U"能",     U"会",   U"在",   U"已开启", U"已打开",
    U"开启了", U"打开了", U"开着的", U"开着", U"开启", U"打开",   U"开了",
    U"开",     U"yes",    U"y",      U"true", U"on"};
constexpr std::u32string_view kNo[] = {
    U"否",     U"不是的", U"不是",   U"不对",     U"不可以",   U"不能",
    U"不会",   U"不在",   U"不",     U"没有开启", U"没有打开", U"没有开",
    U"没有",   U"没开启", U"没打开", U"没开着",   U"没开",     U"没",
    U"无",     U"未开启", U"未打开", U"未开",     U"已关闭",   U"关闭了",
    U"关着的", U"关着",   U"关闭",   U"关了",     U"关",       U"错误",
    U"错",     U"no",     U"n",      U"false",    U"off",      U"not"};

// The longest that fits: 没错 is not 没.
std::optional<bool> eat_word(Reader& reader) {
  std::optional<bool> said;
  Reader behind = reader;
  const auto look = [&](std::span<const std::u32string_view> words, bool meaning) {
    for (const auto word : words) {
      Reader ahead = reader;
      if (!ahead.eat(word) || ahead.rest().size() >= behind.rest().size()) continue;
      behind = ahead;
      said = meaning;
    }
  };
  look(kYes, true);
  look(kNo, false);
  reader = behind;
  return said;
}

}  // namespace

std::optional<bool> read_yes_no(std::u32string_view text) {
  Reader reader(text);
  const auto first = eat_word(reader);
  if (!first) return std::nullopt;
  for (int words = 1; !reader.done(); ++words) {
    if (words == 4) return std::nullopt;
    const bool comma = reader.eat_any({U",", U"、", U"。"});
    if (comma) reader.skip_space();
    // 是开着的 goes together; 不是没有 does not say no twice.
    if (!comma && !*first) return std::nullopt;
    if (eat_word(reader) != first) return std::nullopt;
  }
  return first;
}

}  // namespace paperphone::task
