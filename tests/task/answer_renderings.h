// Many ways to write one value, each of which means that value and no other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/task/answer.h"

namespace paperphone::task::testing {

std::string chinese_number(std::int64_t number);  // 0 to 99,999,999

std::vector<std::string> count_renderings(std::int64_t number);
std::vector<std::string> money_renderings(std::int64_t fen);
std::vector<std::string> time_renderings(int minute_of_day);
std::vector<std::string> date_renderings(std::int64_t day);  // all with their year
std::vector<std::string> length_renderings(std::int64_t minutes);
std::vector<std::string> yes_no_renderings(bool yes);
std::vector<std::string> name_renderings(const std::string& name);

}  // namespace paperphone::task::testing
