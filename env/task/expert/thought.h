// How the expert thinks aloud: where it is, what it has read and keeps, what it does next
// and what for, in several voices. The form is Mobile-R1's, arXiv:2506.20332, section 1.2:
// state, next action, purpose, and a word where something went wrong.
#pragma once

#include <cstdint>
#include <string>

#include "env/task/expert/phrases/phrases.h"

namespace paperphone::task {

// In the words of the phrases; the examples are the Chinese ones.
struct ThoughtParts {
  std::string page;      // what a person calls the place: "订单详情"
  std::string obstacle;  // what is in the way: "有弹窗"; empty: nothing
  std::string read;      // what this screen tells and has to be kept: "价格是¥12.80"
  std::string kept;      // what an earlier one told and is needed now, in the same form
  std::string purpose;   // what the action is for, behind 要: "找到王芳"; empty: it ends
  std::string action;    // one clause: "点击搜索框"
  bool goes_back = false;  // nothing here leads on
  enum class End : std::uint8_t { kNone, kDone, kAnswer, kInfeasible };
  End end = End::kNone;
  std::uint64_t voice = 0;  // which words: equal numbers, equal thoughts
};

std::string thought_of(const ThoughtParts& parts, const Phrases& phrases);

}  // namespace paperphone::task
