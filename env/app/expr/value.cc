#include "env/app/expr/value.h"

#include <array>

namespace paperphone::app {

std::string_view kind_name(Kind kind) {
  constexpr std::array<std::string_view, 10> kNames = {
      "none", "bool", "int", "text", "money", "date", "time", "instant", "seed",
      "reference"};
  return kNames[std::size_t(kind)];
}

bool Value::less_than(const Value& other) const {
  if (tag_ != other.tag_) return tag_ < other.tag_;  // kNone is the smallest
  switch (tag_) {
    case Tag::kNone: return false;
    case Tag::kText: return *text_ < *other.text_;
    case Tag::kNumber: return number_ < other.number_;
    case Tag::kRef: return as_ref() < other.as_ref();
  }
  return false;
}

void Value::add_to(Hasher& hasher) const {
  hasher.add(tag_);
  switch (tag_) {
    case Tag::kNone: break;
    case Tag::kNumber: hasher.add(number_); break;
    case Tag::kText: hasher.add(std::string_view(*text_)); break;
    case Tag::kRef: hasher.add(app_).add(table_).add(number_); break;
  }
}

}  // namespace paperphone::app
