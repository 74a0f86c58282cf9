// YAML files as trees that remember where everything stands, and readers that
// insist on every key being known.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "env/app/loader.h"

namespace paperphone::app {

// Collects what is wrong; nothing stops at the first fault.
class Findings {
 public:
  void add(SourcePos pos, std::string message) {
    list_.push_back({std::move(pos), std::move(message)});
  }
  std::size_t size() const { return list_.size(); }
  // Ordered by file, line, column; without repetitions.
  std::vector<Finding> sorted() const;

 private:
  std::vector<Finding> list_;
};

struct YamlSource {
  std::string name;  // "apps/shop/app.yaml"
  std::string text;
  std::string used_at = {};  // of a template: SourcePos::used_at of all its nodes
  std::vector<std::size_t> lines = {};  // where each begins; made by index_lines()
  void index_lines();
  // Line and column (in code points) of a byte.
  SourcePos pos(std::size_t byte) const;
};

struct YamlEntry;  // of a map

struct YamlNode {
  enum class Kind : std::uint8_t { kNull, kScalar, kSequence, kMap };
  Kind kind = Kind::kNull;
  std::string text;      // kScalar
  bool quoted = false;   // kScalar
  bool made = false;     // kScalar: a template put it together; it has no inside
  std::size_t byte = 0;  // where it starts
  const YamlSource* source = nullptr;  // outlives the node
  std::vector<YamlNode> items;         // kSequence
  std::vector<YamlEntry> entries;      // kMap

  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_map() const { return kind == Kind::kMap; }
  bool is_sequence() const { return kind == Kind::kSequence; }
  bool is_null() const { return kind == Kind::kNull; }
  SourcePos pos() const { return source->pos(byte); }
  // Of a byte inside the scalar's text; the scalar's start if it is a block text.
  SourcePos pos_inside(std::size_t offset) const;
  YamlNode tail(std::size_t offset) const;  // the scalar without its first bytes
  const YamlNode* find(std::string_view key) const;  // of a map; nullptr: none
  // "a text", "a list", "a map", "nothing": for messages.
  std::string_view what() const;
};

struct YamlEntry {
  YamlNode key;  // a scalar
  YamlNode value;
};

struct YamlFile {
  std::unique_ptr<const YamlSource> source;  // stable address, for the nodes
  YamlNode root;
};

inline constexpr std::size_t kMaxYamlBytes = 1 << 20;
inline constexpr std::size_t kMaxYamlDepth = 48;

// Syntax errors, duplicate keys, anchors, merge keys, tags, several documents, broken
// UTF-8 and files that are too large or too deep are findings. Never throws on input.
// Returns nullopt if there is no tree to go on with.
std::optional<YamlFile> parse_yaml(std::string name, std::string text,
                                   Findings& findings);

// Reads a map and remembers which keys were asked for.
class MapReader {
 public:
  // what: "list", "screen 'chat'": named in findings. A node that is no map is a
  // finding, and every key of it is then missing without further ado.
  MapReader(const YamlNode& node, std::string what, Findings& findings);
  ~MapReader() = default;

  bool valid() const { return node_.is_map(); }
  const YamlNode& node() const { return node_; }
  const YamlNode* take(std::string_view key);  // nullptr: not there
  const YamlNode* need(std::string_view key);  // a finding if it is not there

  // Literals; a finding and the fallback if the type is wrong.
  std::string text(std::string_view key, std::string fallback = {});
  std::string need_text(std::string_view key);
  bool boolean(std::string_view key, bool fallback);
  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high,
                       std::int64_t fallback);
  std::string word(std::string_view key, std::string_view allowed);  // by spaces
  std::uint32_t color(std::string_view key, bool required = false);

  void finish();  // whatever was not asked for is unknown

 private:
  const YamlNode& node_;
  std::string what_;
  Findings& findings_;
  std::vector<std::string> asked_;
};

// "'title' must be a text, not a map"; of a hole without quotes how it is quoted.
std::string no_text(const YamlNode& node, std::string_view what);
// Literals of a single node; a finding and nullopt if it is something else.
std::optional<std::string> read_text(const YamlNode& node, std::string_view what,
                                     Findings& findings);
std::optional<bool> read_bool(const YamlNode& node, std::string_view what,
                              Findings& findings);
std::optional<std::int64_t> read_integer(const YamlNode& node, std::string_view what,
                                         Findings& findings);
std::optional<std::uint32_t> read_color(const YamlNode& node, std::string_view what,
                                        Findings& findings);
// "unknown key 'wher' in list (did you mean 'where'?)".
std::string unknown_key(const YamlNode& key, const YamlNode& value,
                        std::string_view what, const std::vector<std::string>& known);
// English snake_case: [a-z][a-z0-9_]*.
bool is_identifier(std::string_view text);

}  // namespace paperphone::app
