// Times of the day: 18:16, 下午6点16分, 六点一刻, 差5分8点, 7 pm. Without a word for
// the half of the day the reading is that of 24 hours: 7点 is 07:00.
#pragma once

#include <optional>

#include "env/task/answer/reader.h"

namespace paperphone::task {

struct TimeReading {
  int minute = 0;         // of the day, 0..1439
  bool has_half = false;  // 上午, 晚上, pm...: which half of the day is said
  bool next_day = false;  // 24:00, 晚上12点: midnight at the end of the day
};

// Eats a time; what it ate of something else does not matter, for then there is none.
std::optional<TimeReading> read_time(Reader& reader);

}  // namespace paperphone::task
