#include "env/app/yaml/yaml_reader.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "env/base/suggest.h"
#include "env/base/utf8.h"

namespace paperphone::app {

std::vector<Finding> Findings::sorted() const {
  std::vector<Finding> out = list_;
  const auto key = [](const Finding& f) {
    return std::tie(f.pos.file, f.pos.line, f.pos.column, f.message, f.pos.used_at);
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  out.erase(std::unique(out.begin(), out.end(),
                        [&](const auto& a, const auto& b) { return key(a) == key(b); }),
            out.end());
  return out;
}

std::string Finding::str() const {
  const std::string said = pos.str() + ": " + message;
  return pos.used_at.empty() ? said : said + " (used at " + pos.used_at + ")";
}

// ---- positions -----------------------------------------------------------------

void YamlSource::index_lines() {
  lines = {0};
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') lines.push_back(i + 1);
}

SourcePos YamlSource::pos(std::size_t byte) const {
  byte = std::min(byte, text.size());
  const auto after = std::upper_bound(lines.begin(), lines.end(), byte);
  const std::size_t start = after == lines.begin() ? 0 : *std::prev(after);
  return {.file = name,
          .line = int(after - lines.begin()),
          .column =
              count_code_points(std::string_view(text).substr(start, byte - start)) + 1,
          .used_at = used_at};
}

namespace {

// Behind a line break and the blanks around it, which stand for one space in the text;
// `at` itself if there is none here.
std::size_t behind_line_break(std::string_view source, std::size_t at) {
  const std::size_t end = source.find_first_not_of(" \t\r", at);
  if (end == source.npos || source[end] != '\n') return at;
  return std::min(source.find_first_not_of(" \t\r", end + 1), source.size());
}

// Behind a backslash at the end of a line, which stands for nothing.
std::size_t behind_joined_lines(std::string_view source, std::size_t at) {
  const bool joined =
      source.substr(at, 2) == "\\\n" || source.substr(at, 3) == "\\\r\n";
  return joined ? behind_line_break(source, at + 1) : at;
}

// Where a byte of the scalar's text stands in the source; where it begins if that
// cannot be said.
std::size_t byte_inside(const YamlNode& scalar, std::size_t offset) {
  if (scalar.made) return scalar.byte;
  const std::string_view all = scalar.source->text;
  const std::string_view text = scalar.text;
  std::size_t at = scalar.byte;
  if (at >= all.size()) return scalar.byte;
  const char quote = all[at] == '"' || all[at] == '\'' ? all[at] : '\0';
  if (scalar.quoted && quote == '\0') return scalar.byte;  // a block scalar
  if (scalar.quoted) ++at;
  // Walks source and decoded text side by side; escapes are longer in the source, and a
  // space may be a line break there.
  for (std::size_t i = 0; i < offset; ++i) {
    if (i >= text.size()) return scalar.byte;
    if (quote == '"') at = behind_joined_lines(all, at);
    if (const std::size_t next = behind_line_break(all, at); next != at) {
      if (text[i] != ' ') return scalar.byte;
      at = next;
      continue;
    }
    if (at >= all.size()) return scalar.byte;
    if (quote == '\'' && all[at] == '\'') ++at;
    if (quote == '"' && all[at] == '\\') ++at;
    if (at >= all.size() || (quote != '"' && all[at] != text[i])) return scalar.byte;
    ++at;
  }
  return quote == '"' ? behind_joined_lines(all, at) : at;
}

}  // namespace

SourcePos YamlNode::pos_inside(std::size_t offset) const {
  return source->pos(byte_inside(*this, offset));
}

YamlNode YamlNode::tail(std::size_t offset) const {
  YamlNode rest;
  rest.kind = Kind::kScalar;
  rest.text = text.substr(offset);
  rest.made = made;
  rest.byte = byte_inside(*this, offset);
  rest.source = source;
  return rest;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& [k, value] : entries)
    if (k.text == key) return &value;
  return nullptr;
}

std::string_view YamlNode::what() const {
  switch (kind) {
    case Kind::kNull:
      return "nothing";
    case Kind::kScalar:
      return "a text";
    case Kind::kSequence:
      return "a list";
    case Kind::kMap:
      return "a map";
  }
  return "nothing";
}

// ---- parsing -------------------------------------------------------------------

namespace {

struct TooDeep {
  std::size_t byte;
};

// Builds the tree from the parser's events.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const YamlSource& source, Findings& findings)
      : source_(source), findings_(findings) {}

  int documents() const { return documents_; }
  YamlNode take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) {
      findings_.add(at(mark), "a second document: a file holds one");
    }
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add(make(mark, YamlNode::Kind::kNull));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    findings_.add(at(mark), "aliases (*) are not allowed; write the value out");
    add(make(mark, YamlNode::Kind::kNull));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    YamlNode node = make(mark, YamlNode::Kind::kScalar);
    node.text = value;
    node.quoted = tag == "!";
    if (is_negation(tag)) {
      // Meant for an expression: read as what it should have been, so that it is one
      // fault.
      node.text = "not " + tag.substr(1) + (value.empty() ? "" : " " + value);
      node.made = true;
      findings_.add(at(mark),
                    fmt::format("'{}' is a tag to YAML, and tags are not allowed; the "
                                "language says `not {}`",
                                tag, tag.substr(1)));
      add(std::move(node));
      return;
    }
    refuse_tag(mark, tag);
    if (!is_closed(node.byte))
      findings_.add(node.pos(), "the text that begins here has no closing quote");
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::kSequence);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    std::optional<YamlNode> key;  // of a map: read, its value not yet
  };

  SourcePos at(const YAML::Mark& mark) const {
    return source_.pos(std::size_t(std::max(mark.pos, 0)));
  }
  // yaml-cpp lets a quoted text run to the end of the file.
  bool is_closed(std::size_t at) const {
    const std::string_view text = source_.text;
    const char quote = at < text.size() ? text[at] : '\0';
    if (quote != '"' && quote != '\'') return true;
    for (++at; at < text.size(); ++at) {
      if (quote == '"' && text[at] == '\\') {
        ++at;
      } else if (text[at] == quote) {
        if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return true;
        ++at;  // '' inside stands for one quote
      }
    }
    return false;
  }
  YamlNode make(const YAML::Mark& mark, YamlNode::Kind kind) const {
    YamlNode node;
    node.kind = kind;
    node.byte = std::size_t(std::max(mark.pos, 0));
    node.source = &source_;
    return node;
  }
  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) {
      findings_.add(at(mark), "anchors (&) are not allowed; write the value out");
    }
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") {
      findings_.add(at(mark), fmt::format("tags are not allowed: '{}'", tag));
    }
  }
  // "!row.done", but not "!!str".
  static bool is_negation(const std::string& tag) {
    return tag.size() > 1 && tag[0] == '!' && tag[1] >= 'a' && tag[1] <= 'z';
  }
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    stack_.push_back({make(mark, kind), std::nullopt});
    if (stack_.size() > kMaxYamlDepth) throw TooDeep{stack_.back().node.byte};
  }
  void close() {
    YamlNode node = std::move(stack_.back().node);
    stack_.pop_back();
    add(std::move(node));
  }
  void add(YamlNode node) {
    if (stack_.empty()) {
      if (documents_ <= 1) root_ = std::move(node);
      return;
    }
    Open& top = stack_.back();
    if (top.node.is_sequence()) {
      top.node.items.push_back(std::move(node));
    } else if (!top.key) {
      if (node.is_null()) node.text = "null";  // as it is written
      if (!node.is_scalar() && !node.is_null())
        findings_.add(node.pos(), "a key must be a word");
      if (node.text == "<<")
        findings_.add(node.pos(),
                      "merge keys (<<) are not allowed; write the keys out");
      top.key = std::move(node);
    } else {
      put(top.node, std::move(*top.key), std::move(node));
      top.key.reset();
    }
  }
  void put(YamlNode& map, YamlNode key, YamlNode value) {
    for (const auto& [other, unused] : map.entries) {
      if (other.text != key.text) continue;
      findings_.add(key.pos(), fmt::format("duplicate key '{}' (first at line {})",
                                           key.text, other.pos().line));
      return;  // the first one counts
    }
    map.entries.push_back({std::move(key), std::move(value)});
  }

  const YamlSource& source_;
  Findings& findings_;
  YamlNode root_;
  std::vector<Open> stack_;
  int documents_ = 0;
};

// Where the text stops being clean UTF-8; npos: nowhere.
std::size_t first_bad_byte(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') return start;
    const char32_t c = next_code_point(text, i);
    if (c == 0xFFFD && text.substr(start, i - start) != "\xEF\xBF\xBD") return start;
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<YamlFile> parse_yaml(std::string name, std::string text,
                                   Findings& findings) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);  // byte order mark
  auto source = std::make_unique<YamlSource>(
      YamlSource{.name = std::move(name), .text = std::move(text)});
  source->index_lines();
  if (source->text.size() > kMaxYamlBytes) {
    findings.add(source->pos(0), fmt::format("{} bytes; a file may have {}",
                                             source->text.size(), kMaxYamlBytes));
    return std::nullopt;
  }
  if (const std::size_t bad = first_bad_byte(source->text); bad != std::string::npos) {
    findings.add(source->pos(bad),
                 fmt::format("byte 0x{:02x} is not UTF-8 text",
                             static_cast<unsigned char>(source->text[bad])));
    return std::nullopt;
  }
  TreeBuilder builder(*source, findings);
  try {
    std::istringstream stream(source->text);
    YAML::Parser parser(stream);
    while (builder.documents() < 2 && parser.HandleNextDocument(builder)) {
    }
  } catch (const TooDeep& deep) {
    findings.add(source->pos(deep.byte),
                 fmt::format("nested deeper than {} levels", kMaxYamlDepth));
    return std::nullopt;
  } catch (const YAML::Exception& e) {
    findings.add(source->pos(std::size_t(std::max(e.mark.pos, 0))),
                 fmt::format("YAML: {}{}", e.msg,
                             e.msg.find(" flow not found") != std::string::npos
                                 ? "; between [ ] or { } a text with braces or commas "
                                   "must stand in quotes"
                                 : ""));
    return std::nullopt;
  }
  YamlFile file{.source = std::move(source), .root = builder.take_root()};
  if (file.root.source == nullptr) {
    findings.add(file.source->pos(0), "the file is empty");
    return std::nullopt;
  }
  return file;
}

// ---- literals ------------------------------------------------------------------

std::string no_text(const YamlNode& node, std::string_view what) {
  const std::string said = fmt::format("{} must be a text, not {}", what, node.what());
  const bool is_hole =
      node.is_map() && !node.entries.empty() &&
      std::all_of(node.entries.begin(), node.entries.end(),
                  [](const YamlEntry& entry) { return entry.value.is_null(); });
  if (!is_hole) return said;
  const std::string_view all = node.source->text;
  const std::size_t end = all.find('}', node.byte);
  if (all[node.byte] != '{' || end == std::string_view::npos) return said;
  const std::string_view hole = all.substr(node.byte, end + 1 - node.byte);
  return fmt::format("{}; quote it: \"{}\"", said, hole);
}

std::optional<std::string> read_text(const YamlNode& node, std::string_view what,
                                     Findings& findings) {
  if (node.is_scalar()) return node.text;
  findings.add(node.pos(), no_text(node, what));
  return std::nullopt;
}

std::optional<bool> read_bool(const YamlNode& node, std::string_view what,
                              Findings& findings) {
  if (node.is_scalar() && !node.quoted) {
    if (node.text == "true") return true;
    if (node.text == "false") return false;
  }
  findings.add(node.pos(), fmt::format("{} must be true or false, not {}", what,
                                       node.is_scalar() ? fmt::format("'{}'", node.text)
                                                        : std::string(node.what())));
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(const YamlNode& node, std::string_view what,
                                         Findings& findings) {
  if (node.is_scalar() && !node.quoted) {
    std::int64_t value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, value);
    if (error == std::errc() && stop == end) return value;
  }
  findings.add(node.pos(), fmt::format("{} must be a whole number, not {}", what,
                                       node.is_scalar() ? fmt::format("'{}'", node.text)
                                                        : std::string(node.what())));
  return std::nullopt;
}

std::optional<std::uint32_t> read_color(const YamlNode& node, std::string_view what,
                                        Findings& findings) {
  if (node.is_scalar() && node.text.size() == 7 && node.text[0] == '#') {
    std::uint32_t value = 0;
    const char* end = node.text.data() + 7;
    const auto [stop, error] = std::from_chars(node.text.data() + 1, end, value, 16);
    if (error == std::errc() && stop == end) return value;
  }
  findings.add(
      node.pos(),
      fmt::format("{} must be a colour like \"#2F7CF6\" (in quotes), not {}", what,
                  node.is_scalar() ? fmt::format("'{}'", node.text)
                                   : std::string(node.what())));
  return std::nullopt;
}

std::string unknown_key(const YamlNode& key, const YamlNode& value,
                        std::string_view what, const std::vector<std::string>& known) {
  if (value.is_null() && !is_identifier(key.text))
    return fmt::format(
        "unknown key '{}' in {}: a comma inside {{ }} begins a new key; put "
        "the value before it in quotes",
        key.text, what);
  return fmt::format("unknown key '{}' in {}{}", key.text, what,
                     did_you_mean(key.text, known));
}

bool is_identifier(std::string_view text) {
  if (text.empty() || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// ---- maps ----------------------------------------------------------------------

MapReader::MapReader(const YamlNode& node, std::string what, Findings& findings)
    : node_(node), what_(std::move(what)), findings_(findings) {
  if (!node.is_map()) {
    findings_.add(node.pos(),
                  fmt::format("{} must be a map, not {}", what_, node.what()));
  }
}

const YamlNode* MapReader::take(std::string_view key) {
  asked_.emplace_back(key);
  return node_.find(key);
}

const YamlNode* MapReader::need(std::string_view key) {
  const YamlNode* node = take(key);
  if (node == nullptr && valid())
    findings_.add(node_.pos(), fmt::format("{} needs '{}'", what_, key));
  return node;
}

std::string MapReader::text(std::string_view key, std::string fallback) {
  const YamlNode* node = take(key);
  if (node == nullptr) return fallback;
  return read_text(*node, fmt::format("'{}'", key), findings_).value_or(fallback);
}

std::string MapReader::need_text(std::string_view key) {
  const YamlNode* node = need(key);
  if (node == nullptr) return {};
  return read_text(*node, fmt::format("'{}'", key), findings_).value_or("");
}

bool MapReader::boolean(std::string_view key, bool fallback) {
  const YamlNode* node = take(key);
  if (node == nullptr) return fallback;
  return read_bool(*node, fmt::format("'{}'", key), findings_).value_or(fallback);
}

std::int64_t MapReader::integer(std::string_view key, std::int64_t low,
                                std::int64_t high, std::int64_t fallback) {
  const YamlNode* node = take(key);
  if (node == nullptr) return fallback;
  const auto value = read_integer(*node, fmt::format("'{}'", key), findings_);
  if (!value) return fallback;
  if (*value < low || *value > high) {
    findings_.add(node->pos(),
                  fmt::format("'{}' must be {} to {}, not {}", key, low, high, *value));
    return fallback;
  }
  return *value;
}

std::string MapReader::word(std::string_view key, std::string_view allowed) {
  const YamlNode* node = take(key);
  if (node == nullptr) return {};
  const auto value = read_text(*node, fmt::format("'{}'", key), findings_);
  if (!value) return {};
  std::vector<std::string> words;
  std::istringstream in{std::string(allowed)};
  for (std::string w; in >> w;) words.push_back(w);
  if (std::find(words.begin(), words.end(), *value) != words.end()) return *value;
  findings_.add(node->pos(), fmt::format("'{}' must be one of: {}; not '{}'{}", key,
                                         allowed, *value, did_you_mean(*value, words)));
  return {};
}

std::uint32_t MapReader::color(std::string_view key, bool required) {
  const YamlNode* node = required ? need(key) : take(key);
  if (node == nullptr) return 0;
  return read_color(*node, fmt::format("'{}'", key), findings_).value_or(0);
}

void MapReader::finish() {
  for (const auto& [key, value] : node_.entries) {
    if (std::find(asked_.begin(), asked_.end(), key.text) != asked_.end()) continue;
    findings_.add(key.pos(), unknown_key(key, value, what_, asked_));
  }
}

}  // namespace paperphone::app
