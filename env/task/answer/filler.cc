#include "env/task/answer/filler.h"

#include <algorithm>
#include <span>
#include <vector>

namespace paperphone::task {

using app::Kind;

namespace {

using Word = std::u32string_view;

constexpr Word kBefore[] = {U"答案是", U"答案", U"是", U"为", U":", U" "};
constexpr Word kBeforeInEnglish[] = {U"the answer is", U"answer", U"it is", U"it's"};
constexpr Word kOpenQuotes[] = {U"“", U"‘", U"「", U"『", U"《", U"\"", U"'"};
constexpr Word kBeforeNumbers[] = {U"一共", U"总共", U"共计", U"总计",
                                   U"合计", U"共",   U"有"};
constexpr Word kBeforeDays[] = {U"在", U"于", U"on ", U"at "};
constexpr Word kBeforeNames[] = {U"叫做", U"叫", U"名叫"};
constexpr Word kAfter[] = {U"。", U".", U"!", U" "};
constexpr Word kCloseQuotes[] = {U"”", U"’", U"」", U"』", U"》", U"\"", U"'"};
constexpr std::pair<char32_t, char32_t> kQuotes[] = {
    {U'“', U'”'},   {U'‘', U'’'}, {U'「', U'」'}, {U'『', U'』'},
    {U'《', U'》'}, {U'"', U'"'}, {U'\'', U'\''}};

std::span<const Word> more_before(Kind kind) {
  switch (kind) {
    case Kind::kInt:
    case Kind::kSeed:
    case Kind::kMoney:
      return kBeforeNumbers;
    case Kind::kDate:
    case Kind::kTime:
    case Kind::kInstant:
      return kBeforeDays;
    case Kind::kText:
    case Kind::kRef:
      return kBeforeNames;
    case Kind::kBool:
    case Kind::kNone:
      return {};
  }
  return {};
}

// 是 answers a yes-or-no question, and 有 does.
bool is_filler_for(Word word, Kind kind) {
  return kind != Kind::kBool || word != U"是";
}

}  // namespace

std::u32string_view without_filler(std::u32string_view text, Kind kind) {
  const auto eat_front = [&](std::span<const Word> words) {
    for (const Word word : words) {
      if (!is_filler_for(word, kind) || !text.starts_with(word)) continue;
      text.remove_prefix(word.size());
      return true;
    }
    return false;
  };
  const auto eat_back = [&](std::span<const Word> words) {
    for (const Word word : words) {
      if (!text.ends_with(word)) continue;
      text.remove_suffix(word.size());
      return true;
    }
    return false;
  };
  while (eat_front(kBefore) || eat_front(kBeforeInEnglish) || eat_front(kOpenQuotes) ||
         eat_front(more_before(kind)) || eat_back(kAfter) || eat_back(kCloseQuotes)) {
  }
  return text;
}

bool is_value_in_filler(std::u32string_view text, std::u32string_view value,
                        Kind kind) {
  if (value.empty() || text.size() < value.size()) return false;
  // Where the value may begin: behind any chain of filler. Where it may end: before
  // any.
  std::vector<bool> may_begin(text.size() + 1), may_end(text.size() + 1);
  may_begin[0] = may_end[text.size()] = true;
  const auto go_on = [&](std::size_t at, std::span<const Word> words) {
    for (const Word word : words)
      if (text.substr(at).starts_with(word)) may_begin[at + word.size()] = true;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!may_begin[at]) continue;
    for (const std::span<const Word> words :
         {std::span<const Word>(kBefore), std::span<const Word>(kBeforeInEnglish),
          std::span<const Word>(kOpenQuotes), more_before(kind)})
      go_on(at, words);
  }
  for (std::size_t at = text.size(); at > 0; --at) {
    if (!may_end[at]) continue;
    for (const std::span<const Word> words :
         {std::span<const Word>(kAfter), std::span<const Word>(kCloseQuotes)})
      for (const Word word : words)
        if (text.substr(0, at).ends_with(word)) may_end[at - word.size()] = true;
  }
  for (std::size_t at = 0; at + value.size() <= text.size(); ++at)
    if (may_begin[at] && may_end[at + value.size()] &&
        text.substr(at, value.size()) == value)
      return true;
  return false;
}

std::u32string_view without_quotes(std::u32string_view text) {
  if (text.size() > 1 && (text.back() == U'。' || text.back() == U'.'))
    text.remove_suffix(1);
  for (const auto& [open, close] : kQuotes) {
    if (text.size() > 2 && text.front() == open && text.back() == close)
      return text.substr(1, text.size() - 2);
  }
  return text;
}

}  // namespace paperphone::task
