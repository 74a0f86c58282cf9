#include "env/task/expert/phrases/phrases.h"

#include <fmt/format.h>

#include "env/base/check.h"

namespace paperphone::task {

std::string Phrases::say(std::string_view pattern, std::string_view a, std::string_view b,
                         std::string_view c) const {
  return fmt::format(fmt::runtime(pattern), a, b, c);
}

std::string Phrases::begun(std::string clause) const {
  if (has_capitals && !clause.empty() && clause[0] >= 'a' && clause[0] <= 'z')
    clause[0] = char(clause[0] - 'a' + 'A');
  return clause;
}

const Phrases& phrases_of(ThoughtLanguage language) {
  switch (language) {
    case ThoughtLanguage::kChinese: return chinese_phrases();
    case ThoughtLanguage::kEnglish: return english_phrases();
  }
  PAPERPHONE_CHECK_FAIL("a language without phrases");
}

}  // namespace paperphone::task
