// JSON as text. Names of files are bytes and models write halves of characters, which
// JSON cannot hold: they become U+FFFD instead of an exception.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace paperphone {

// indent < 0: one line. `Json`: nlohmann's, ordered or not.
template <class Json>
std::string json_text(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace paperphone
