// Strict reading of a YAML file: every key must be asked for, exactly once in the
// file, with the right type and within its range. Whatever is not is a ConfigError
// that says where ("recipes/x.yaml:12:5"), what was found and what is allowed.
//
//   YamlConfig root = YamlConfig::load("recipes/quickstart.yaml");
//   int seed = root.integer("seed", 1, {0, 1 << 30});
//   root.finish();  // throws if any key of the tree has not been read
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace paperphone::rl {

// One mapping of the file. Copies share the memory of which keys were read.
class YamlConfig {
 public:
  // Throws ConfigError: missing, unreadable, not YAML, duplicate keys, aliases, tags, a
  // second document, not a mapping.
  static YamlConfig load(const std::filesystem::path& path);
  // The same for a text; `name` stands for the file in messages.
  static YamlConfig parse(std::string_view text, std::string_view name);

  struct IntRange {
    std::int64_t low;   // both included
    std::int64_t high;
  };
  struct RealRange {
    double low;  // both included
    double high;
  };

  // Each returns the fallback if the key is missing.
  bool has(std::string_view key) const;
  std::int64_t integer(std::string_view key, std::int64_t fallback, IntRange range);
  std::uint64_t seed(std::string_view key, std::uint64_t fallback);  // all 64 bits
  double real(std::string_view key, double fallback, RealRange range);
  bool boolean(std::string_view key, bool fallback);
  std::string text(std::string_view key, std::string_view fallback);
  std::string choice(std::string_view key, std::string_view fallback,
                     const std::vector<std::string>& allowed);
  std::vector<std::string> texts(std::string_view key,
                                 const std::vector<std::string>& fallback);
  // A nested mapping; an empty one if the key is missing.
  YamlConfig map(std::string_view key);
  // A sequence of mappings; empty if the key is missing.
  std::vector<YamlConfig> maps(std::string_view key);

  // "recipes/quickstart.yaml:12:5": of the mapping, or of one key's value.
  std::string where() const;
  std::string where(std::string_view key) const;

  // Throws ConfigError for the first key, here or below, that nobody read.
  void finish() const;

 private:
  struct Impl;
  explicit YamlConfig(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Impl> impl_;  // shared: copies and parents see the same read marks
};

}  // namespace paperphone::rl
