// Typed fields of a JSON object, with errors that name file and key. Only for
// sources of this folder.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace paperphone::agent {

class JsonFields {
 public:
  // Throws DataError if `text` is not JSON or not an object.
  static JsonFields parse(std::string_view text, std::string_view name);
  JsonFields(nlohmann::json object, std::string name)
      : object_(std::move(object)), name_(std::move(name)) {}

  // Present and not null.
  bool has(const char* key) const;
  // The object under `key`; empty if absent.
  JsonFields child(const char* key) const;
  const nlohmann::json& json() const { return object_; }
  const std::string& name() const { return name_; }

  // Required, and optional with a default. T: int, int64_t, double, bool, string or
  // a vector of these. Numbers must fit.
  template <class T>
  T get(const char* key) const {
    if (!has(key)) fail(key, "is missing");
    return convert<T>(object_.at(key), key);
  }
  template <class T>
  T get(const char* key, T fallback) const {
    return has(key) ? convert<T>(object_.at(key), key) : fallback;
  }
  [[noreturn]] void fail(const char* key, std::string_view problem) const;

 private:
  template <class T>
  T convert(const nlohmann::json& value, const char* key) const;

  nlohmann::json object_;
  std::string name_;
};

}  // namespace paperphone::agent
