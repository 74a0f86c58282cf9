// Is an answer right? Each type of answer has its grammar in answer/; it eats the whole
// text, but for a short list of filler, or the answer is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "env/app/expr/expr.h"

namespace paperphone::task {

// What decides whether an answer is right.
struct AnswerKey {
  app::Type type;
  std::string truth;     // as format_value writes it
  std::int64_t now = 0;  // the phone's clock when the question was put, in minutes
  bool hour24 = true;    // false: its own clock writes 7:05 for 19:05
  std::vector<std::u32string>
      asked;  // what is counted: 条评论, 分钟, MB存储空间, songs
  bool is_year_asked = true;  // false: for 几月几日
  bool is_length = false;     // a text such as 3:05 is a length of time
};

// Fills in from the question's words, as far as they are the template's own, what is
// asked.
void read_wording(const app::Template& question, AnswerKey& key);

// Never throws, on any bytes; takes time in proportion to their number.
bool is_right(const AnswerKey& key, std::string_view answer);

}  // namespace paperphone::task
