// The values of an app's state: small, comparable, hashable.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "env/base/hash.h"

namespace paperphone::app {

// Static types of the app language. Money is in fen, Date in days since
// 1970-01-01, Time in minutes since midnight, Instant in minutes since
// 1970-01-01 00:00 (Chinese local time), Seed picks a procedural picture.
enum class Kind : std::uint8_t {
  kNone, kBool, kInt, kText, kMoney, kDate, kTime, kInstant, kSeed, kRef,
};
std::string_view kind_name(Kind kind);

struct Type {
  Kind kind = Kind::kNone;
  int app = -1;    // kRef only: index into AppSet::apps
  int table = -1;  // kRef only: index into AppSpec::tables
  int words = -1;  // kText that is one of a few words: index into AppSet::word_sets
  auto operator<=>(const Type&) const = default;
};

// A table of an app.
struct TableRef {
  int app = -1;    // index into AppSet::apps
  int table = -1;  // index into AppSpec::tables
  auto operator<=>(const TableRef&) const = default;
};

// Names one row of one table; survives changes and other rows' removal.
struct Ref {
  std::int16_t app = -1;
  std::int16_t table = -1;
  std::int32_t row_id = -1;  // -1: no row ("none")
  auto operator<=>(const Ref&) const = default;
  bool valid() const { return row_id >= 0; }
};

// One place where a value stands: a cell of a row, or a variable.
struct Cell {
  std::int16_t app = -1;
  std::int16_t table = -1;  // -1: a variable, whose number is `column`
  std::int32_t row_id = -1;
  std::int32_t column = -1;
  auto operator<=>(const Cell&) const = default;
};

// A value at run time. Its static type is known from the spec, so it stores just
// a number, a text or a reference.
class Value {
 public:
  enum class Tag : std::uint8_t { kNone, kNumber, kText, kRef };

  Value() = default;  // none
  static Value of_bool(bool b) { return of_int(b ? 1 : 0); }
  static Value of_int(std::int64_t n) {
    Value v;
    v.tag_ = Tag::kNumber;
    v.number_ = n;
    return v;
  }
  static Value of_text(std::string text) {
    Value v;
    v.tag_ = Tag::kText;
    v.text_ = std::make_shared<const std::string>(std::move(text));
    return v;
  }
  static Value of_ref(Ref ref) {
    Value v;
    if (!ref.valid()) return v;  // a dangling reference is none
    v.tag_ = Tag::kRef;
    v.number_ = ref.row_id;
    v.app_ = ref.app;
    v.table_ = ref.table;
    return v;
  }

  Tag tag() const { return tag_; }
  bool is_none() const { return tag_ == Tag::kNone; }
  bool as_bool() const { return tag_ == Tag::kNumber && number_ != 0; }
  std::int64_t as_int() const { return tag_ == Tag::kNumber ? number_ : 0; }
  std::string_view as_text() const {
    return tag_ == Tag::kText ? std::string_view(*text_) : std::string_view();
  }
  Ref as_ref() const {
    if (tag_ != Tag::kRef) return {};
    return {app_, table_, std::int32_t(number_)};
  }

  bool operator==(const Value& other) const {
    if (tag_ != other.tag_) return false;
    switch (tag_) {
      case Tag::kNone: return true;
      case Tag::kNumber: return number_ == other.number_;
      case Tag::kText: return text_ == other.text_ || *text_ == *other.text_;
      case Tag::kRef:
        return number_ == other.number_ && app_ == other.app_ && table_ == other.table_;
    }
    return false;
  }
  // Order within one static type: numbers, then bytes of text; none first.
  bool less_than(const Value& other) const;
  void add_to(Hasher& hasher) const;

 private:
  Tag tag_ = Tag::kNone;
  std::int16_t app_ = -1;
  std::int16_t table_ = -1;
  std::int64_t number_ = 0;
  std::shared_ptr<const std::string> text_;  // immutable, so sharing is safe
};

}  // namespace paperphone::app
