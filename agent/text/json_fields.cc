#include "agent/text/json_fields.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <vector>

#include "env/base/error.h"
#include "env/base/json_text.h"

namespace paperphone::agent {

JsonFields JsonFields::parse(std::string_view text, std::string_view name) {
  try {
    nlohmann::json object = nlohmann::json::parse(text);
    if (!object.is_object())
      throw DataError(fmt::format("{}: a JSON object is expected", name));
    return {std::move(object), std::string(name)};
  } catch (const nlohmann::json::exception& error) {
    throw DataError(fmt::format("{}: not valid JSON: {}", name, error.what()));
  }
}

bool JsonFields::has(const char* key) const {
  const auto it = object_.find(key);
  return it != object_.end() && !it->is_null();
}

JsonFields JsonFields::child(const char* key) const {
  const std::string name = fmt::format("{}: {}", name_, key);
  if (!has(key)) return {nlohmann::json::object(), name};
  if (!object_.at(key).is_object()) fail(key, "must be an object");
  return {object_.at(key), name};
}

void JsonFields::fail(const char* key, std::string_view problem) const {
  throw DataError(fmt::format("{}: '{}' {}", name_, key, problem));
}

namespace {

template <class T>
bool read(const nlohmann::json& value, T* out) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!value.is_boolean()) return false;
    *out = value.get<bool>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!value.is_string()) return false;
    *out = value.get<std::string>();
  } else if constexpr (std::is_integral_v<T>) {
    if (value.is_number_unsigned()) {
      const auto number = value.get<std::uint64_t>();
      if (number > std::uint64_t(std::numeric_limits<T>::max())) return false;
      *out = T(number);
    } else if (value.is_number_integer()) {
      const auto number = value.get<std::int64_t>();
      if (number < std::int64_t(std::numeric_limits<T>::min())) return false;
      *out = T(number);
    } else {
      return false;
    }
  } else {
    if (!value.is_number()) return false;
    *out = value.get<double>();
  }
  return true;
}

template <class T>
constexpr const char* kExpected = "a list";
template <>
constexpr const char* kExpected<bool> = "true or false";
template <>
constexpr const char* kExpected<std::string> = "a string";
template <>
constexpr const char* kExpected<int> = "an integer";
template <>
constexpr const char* kExpected<std::int64_t> = "an integer";
template <>
constexpr const char* kExpected<double> = "a number";

std::string shortened(const nlohmann::json& value) {
  std::string text = json_text(value);
  if (text.size() > 40) text = text.substr(0, 37) + "...";
  return text;
}

}  // namespace

template <class T>
T JsonFields::convert(const nlohmann::json& value, const char* key) const {
  T out{};
  if (!read(value, &out))
    fail(key, fmt::format("must be {}, found {}", kExpected<T>, shortened(value)));
  return out;
}

#define PAPERPHONE_LIST(T)                                                         \
  template <>                                                                      \
  std::vector<T> JsonFields::convert(const nlohmann::json& value, const char* key) \
      const {                                                                      \
    std::vector<T> out;                                                            \
    if (!value.is_array())                                                         \
      fail(key, fmt::format("must be a list, found {}", shortened(value)));        \
    for (const auto& item : value) out.push_back(convert<T>(item, key));           \
    return out;                                                                    \
  }
PAPERPHONE_LIST(int)
PAPERPHONE_LIST(std::int64_t)
PAPERPHONE_LIST(double)
PAPERPHONE_LIST(std::string)
#undef PAPERPHONE_LIST

template bool JsonFields::convert(const nlohmann::json&, const char*) const;
template int JsonFields::convert(const nlohmann::json&, const char*) const;
template std::int64_t JsonFields::convert(const nlohmann::json&, const char*) const;
template double JsonFields::convert(const nlohmann::json&, const char*) const;
template std::string JsonFields::convert(const nlohmann::json&, const char*) const;

}  // namespace paperphone::agent
