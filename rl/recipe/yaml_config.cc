#include "rl/recipe/yaml_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>
#include <optional>
#include <set>
#include <sstream>

#include "env/base/error.h"
#include "env/base/suggest.h"

namespace paperphone::rl {
namespace {

std::string position(std::string_view name, const YAML::Mark& mark) {
  return fmt::format("{}:{}:{}", name, mark.line + 1, mark.column + 1);
}

void refuse_duplicate_keys(const YAML::Node& node, std::string_view name) {
  if (node.IsMap()) {
    std::set<std::string> seen;
    for (const auto& entry : node) {
      if (!entry.first.IsScalar())
        throw ConfigError(fmt::format("{}: keys must be plain words",
                                      position(name, entry.first.Mark())));
      if (!seen.insert(entry.first.Scalar()).second)
        throw ConfigError(fmt::format("{}: duplicate key '{}', keep one of them",
                                      position(name, entry.first.Mark()),
                                      entry.first.Scalar()));
      refuse_duplicate_keys(entry.second, name);
    }
  } else if (node.IsSequence()) {
    for (const auto& item : node) refuse_duplicate_keys(item, name);
  }
}

// Looks at a file before it is made into nodes: aliases can stand for themselves, or
// for more than fits into memory.
class Scan : public YAML::EventHandler {
 public:
  explicit Scan(std::string_view name) : name_(name) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) refuse(mark, "a second document: a file holds one");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    look(mark, "", anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases (*) are not allowed; write the value out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string&) override {
    look(mark, tag, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    look(mark, tag, anchor);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    look(mark, tag, anchor);
  }
  void OnMapEnd() override {}

 private:
  [[noreturn]] void refuse(const YAML::Mark& mark, std::string_view why) const {
    throw ConfigError(fmt::format("{}: {}", position(name_, mark), why));
  }
  void look(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    if (anchor != 0) refuse(mark, "anchors (&) are not allowed; write the value out");
    if (!tag.empty() && tag != "?" && tag != "!")
      refuse(mark, fmt::format("tags are not allowed, found '{}'", tag));
  }

  std::string_view name_;
  int documents_ = 0;
};

}  // namespace

struct YamlConfig::Impl {
  std::string name;
  YAML::Node node;                    // a mapping, or null for a missing one
  std::vector<std::string> asked;     // every key that was asked for, in order
  std::vector<std::shared_ptr<Impl>> children;

  void ask(std::string_view key) {
    if (std::find(asked.begin(), asked.end(), key) == asked.end())
      asked.emplace_back(key);
  }
  YAML::Node find(std::string_view key) const {
    if (!node.IsMap()) return YAML::Node(YAML::NodeType::Undefined);
    const YAML::Node& fixed = node;
    return fixed[std::string(key)];
  }
  // The scalar under the key, or nullopt if the key is missing.
  std::optional<std::string> scalar(std::string_view key, std::string_view wanted) {
    ask(key);
    const YAML::Node value = find(key);
    if (!value.IsDefined()) return std::nullopt;
    if (!value.IsScalar())
      throw ConfigError(fmt::format("{}: '{}' must be {}", position(name, value.Mark()),
                                    key, wanted));
    return value.Scalar();
  }
  std::shared_ptr<Impl> child(const YAML::Node& value) {
    auto made = std::make_shared<Impl>();
    made->name = name;
    made->node = value;
    children.push_back(made);
    return made;
  }
};

YamlConfig YamlConfig::load(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  if (!file || std::filesystem::is_directory(path, error))
    throw ConfigError(fmt::format("{}: cannot be read, is the path right?",
                                  path.string()));
  std::ostringstream text;
  text << file.rdbuf();
  return parse(text.str(), path.string());
}

YamlConfig YamlConfig::parse(std::string_view text, std::string_view name) {
  auto impl = std::make_shared<Impl>();
  impl->name = name;
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    Scan scan(name);
    while (parser.HandleNextDocument(scan)) {
    }
    impl->node = YAML::Load(std::string(text));
  } catch (const YAML::Exception& error) {
    throw ConfigError(
        fmt::format("{}: not YAML: {}", position(name, error.mark), error.msg));
  }
  if (!impl->node.IsMap())
    throw ConfigError(fmt::format("{}:1:1: expected a mapping (key: value lines)", name));
  refuse_duplicate_keys(impl->node, name);
  return YamlConfig(std::move(impl));
}

bool YamlConfig::has(std::string_view key) const {
  return impl_->find(key).IsDefined();
}

std::int64_t YamlConfig::integer(std::string_view key, std::int64_t fallback,
                                 IntRange range) {
  const auto found = impl_->scalar(key, "an integer");
  if (!found) return fallback;
  std::int64_t value = 0;
  const char* end = found->data() + found->size();
  const auto [rest, error] = std::from_chars(found->data(), end, value);
  const bool too_long = error == std::errc::result_out_of_range && rest == end;
  if ((error != std::errc() && !too_long) || rest != end)
    throw ConfigError(fmt::format("{}: '{}' must be an integer, found '{}'", where(key),
                                  key, *found));
  if (too_long)
    throw ConfigError(fmt::format("{}: '{}' must be in {}..{}, found {}", where(key),
                                  key, range.low, range.high, *found));
  if (value < range.low || value > range.high)
    throw ConfigError(fmt::format("{}: '{}' must be in {}..{}, found {}", where(key),
                                  key, range.low, range.high, value));
  return value;
}

std::uint64_t YamlConfig::seed(std::string_view key, std::uint64_t fallback) {
  const auto found = impl_->scalar(key, "an integer");
  if (!found) return fallback;
  std::uint64_t value = 0;
  const char* end = found->data() + found->size();
  const auto [rest, error] = std::from_chars(found->data(), end, value);
  if (error != std::errc() || rest != end)
    throw ConfigError(fmt::format("{}: '{}' must be an integer in 0..{}, found '{}'",
                                  where(key), key,
                                  std::numeric_limits<std::uint64_t>::max(), *found));
  return value;
}

double YamlConfig::real(std::string_view key, double fallback, RealRange range) {
  const auto found = impl_->scalar(key, "a number");
  if (!found) return fallback;
  double value = 0;
  const char* end = found->data() + found->size();
  const auto [rest, error] = std::from_chars(found->data(), end, value);
  if (error != std::errc() || rest != end || !(value == value))
    throw ConfigError(fmt::format("{}: '{}' must be a number, found '{}'", where(key),
                                  key, *found));
  if (value < range.low || value > range.high)
    throw ConfigError(fmt::format("{}: '{}' must be in {}..{}, found {}", where(key),
                                  key, range.low, range.high, value));
  return value;
}

bool YamlConfig::boolean(std::string_view key, bool fallback) {
  const auto found = impl_->scalar(key, "true or false");
  if (!found) return fallback;
  if (*found == "true") return true;
  if (*found == "false") return false;
  throw ConfigError(fmt::format("{}: '{}' must be true or false, found '{}'", where(key),
                                key, *found));
}

std::string YamlConfig::text(std::string_view key, std::string_view fallback) {
  return impl_->scalar(key, "a text").value_or(std::string(fallback));
}

std::string YamlConfig::choice(std::string_view key, std::string_view fallback,
                               const std::vector<std::string>& allowed) {
  const auto found = impl_->scalar(key, "one word");
  if (!found) return std::string(fallback);
  if (std::find(allowed.begin(), allowed.end(), *found) != allowed.end()) return *found;
  throw ConfigError(fmt::format("{}: '{}' must be one of {}, found '{}'{}", where(key),
                                key, fmt::join(allowed, ", "), *found,
                                did_you_mean(*found, allowed)));
}

std::vector<std::string> YamlConfig::texts(std::string_view key,
                                           const std::vector<std::string>& fallback) {
  impl_->ask(key);
  const YAML::Node value = impl_->find(key);
  if (!value.IsDefined()) return fallback;
  if (!value.IsSequence())
    throw ConfigError(fmt::format("{}: '{}' must be a list of texts", where(key), key));
  std::vector<std::string> out;
  for (const auto& item : value) {
    if (!item.IsScalar())
      throw ConfigError(fmt::format("{}: '{}' must be a list of texts",
                                    position(impl_->name, item.Mark()), key));
    out.push_back(item.Scalar());
  }
  return out;
}

YamlConfig YamlConfig::map(std::string_view key) {
  impl_->ask(key);
  const YAML::Node value = impl_->find(key);
  if (value.IsDefined() && !value.IsMap())
    throw ConfigError(fmt::format("{}: '{}' must be a mapping", where(key), key));
  // An undefined node must not be copied.
  return YamlConfig(impl_->child(value.IsDefined() ? value : YAML::Node()));
}

std::vector<YamlConfig> YamlConfig::maps(std::string_view key) {
  impl_->ask(key);
  const YAML::Node value = impl_->find(key);
  std::vector<YamlConfig> out;
  if (!value.IsDefined()) return out;
  if (!value.IsSequence())
    throw ConfigError(fmt::format("{}: '{}' must be a list of mappings", where(key), key));
  for (const auto& item : value) {
    if (!item.IsMap())
      throw ConfigError(fmt::format("{}: every entry of '{}' must be a mapping",
                                    position(impl_->name, item.Mark()), key));
    out.push_back(YamlConfig(impl_->child(item)));
  }
  return out;
}

std::string YamlConfig::where() const {
  return impl_->node.IsMap() ? position(impl_->name, impl_->node.Mark()) : impl_->name;
}

std::string YamlConfig::where(std::string_view key) const {
  const YAML::Node value = impl_->find(key);
  return value.IsDefined() ? position(impl_->name, value.Mark()) : where();
}

void YamlConfig::finish() const {
  if (impl_->node.IsMap()) {
    for (const auto& entry : impl_->node) {
      const std::string& key = entry.first.Scalar();
      const auto& asked = impl_->asked;
      if (std::find(asked.begin(), asked.end(), key) != asked.end()) continue;
      throw ConfigError(fmt::format("{}: unknown key '{}'{}",
                                    position(impl_->name, entry.first.Mark()), key,
                                    did_you_mean(key, asked)));
    }
  }
  for (const auto& child : impl_->children) YamlConfig(child).finish();
}

}  // namespace paperphone::rl
