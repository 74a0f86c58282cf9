#include "env/app/yaml/yaml_comments.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "env/base/error.h"

namespace paperphone::app {
namespace {

struct Remark {
  std::size_t byte = 0;
  std::string text;  // "# ..."; "": a blank line
  bool own_line = false;
  int column = 0;    // from 1
  int brackets = 0;  // open ones around it
};

// ---- finding them ----------------------------------------------------------------

// Goes over the source once. Where texts and brackets begin is known from the tree, so
// that an apostrophe or a bracket within a bare text is not mistaken for one.
class RemarkScanner {
 public:
  explicit RemarkScanner(const YamlFile& file)
      : source_(*file.source), text_(source_.text) {
    note_starts(file.root);
  }

  std::vector<Remark> scan() {
    while (at_ < text_.size()) step();
    return std::move(remarks_);
  }

 private:
  void note_starts(const YamlNode& node) {
    if (!node.is_null()) starts_[node.byte] = node.kind;
    for (const YamlNode& item : node.items) note_starts(item);
    for (const auto& [key, value] : node.entries) {
      note_starts(key);
      note_starts(value);
    }
  }

  void step() {
    const char c = text_[at_];
    const auto start = starts_.find(at_);
    const bool starts_text =
        start != starts_.end() && start->second == YamlNode::Kind::kScalar;
    if (starts_text && (c == '"' || c == '\'')) {
      skip_quoted(c);
    } else if (starts_text && (c == '|' || c == '>')) {
      skip_block_text();
    } else if (c == '#' && (at_ == 0 || is_blank(text_[at_ - 1]))) {
      take_comment();
    } else {
      if (c == '\n' && is_blank_line(at_ + 1))
        remarks_.push_back({.byte = at_ + 1, .own_line = true, .brackets = depth_});
      if ((c == '[' || c == '{') && (depth_ > 0 || start != starts_.end())) ++depth_;
      if ((c == ']' || c == '}') && depth_ > 0) --depth_;
      ++at_;
    }
  }

  static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
  bool is_blank_line(std::size_t at) const {
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\r')) ++at;
    return at < text_.size() && text_[at] == '\n';
  }
  std::size_t line_start(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string::npos : text_.rfind('\n', at - 1);
    return before == std::string::npos ? 0 : before + 1;
  }
  std::size_t line_end(std::size_t at) const {
    return std::min(text_.find('\n', at), text_.size());
  }

  void skip_quoted(char quote) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (quote == '"' && text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == quote) {
        if (quote == '"' || at_ + 1 >= text_.size() || text_[at_ + 1] != quote) break;
        ++at_;  // '' stands for one quote
      }
    }
    ++at_;
  }

  // The header's comment counts; the text ends before the first line indented less than
  // its first one.
  void skip_block_text() {
    for (++at_; at_ < line_end(at_) && !is_blank(text_[at_]); ++at_)
      if (text_[at_] >= '0' && text_[at_] <= '9')
        throw ConfigError(
            source_.pos(at_).str() +
            ": a block text that gives its indentation as a number cannot "
            "be formatted; leave the number out");
    const std::size_t end = line_end(at_);
    while (at_ < end && text_[at_] != '#') ++at_;
    if (at_ < end) take_comment();
    std::size_t indent = 0;
    at_ = end;
    for (std::size_t line = end; line < text_.size(); line = line_end(line + 1)) {
      const std::size_t first = text_.find_first_not_of(" \r", line + 1);
      if (first == std::string_view::npos) return;
      if (text_[first] == '\n') continue;
      if (indent == 0) indent = first - line - 1;
      if (indent == 0 || first - line - 1 < indent) return;
      at_ = line_end(first);
    }
  }

  void take_comment() {
    const std::size_t start = line_start(at_), end = line_end(at_);
    std::string comment(text_.substr(at_, end - at_));
    while (is_blank(comment.back())) comment.pop_back();
    const std::string_view before = text_.substr(start, at_ - start);
    remarks_.push_back({.byte = at_,
                        .text = std::move(comment),
                        .own_line = before.find_first_not_of(" \t") == before.npos,
                        .column = source_.pos(at_).column,
                        .brackets = depth_});
    at_ = end;
  }

  const YamlSource& source_;
  std::string_view text_;
  std::map<std::size_t, YamlNode::Kind> starts_;
  std::vector<Remark> remarks_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

// ---- handing them out ------------------------------------------------------------

bool is_bracketed(const YamlNode& node) {
  const std::string& text = node.source->text;
  return node.byte < text.size() && (text[node.byte] == '[' || text[node.byte] == '{');
}

class Attacher {
 public:
  explicit Attacher(const YamlFile& file) : remarks_(RemarkScanner(file).scan()) {
    root_ = wrap(file.root);
    list(root_, -1, 0);
  }

  CommentedNode attach() {
    for (std::size_t i = 0; i < remarks_.size(); ++i) {
      const Remark& remark = remarks_[i];
      if (!remark.own_line) {
        put_beside(remark);
      } else if (std::vector<std::string>* lines = lines_for(deciding(i))) {
        lines->push_back(remark.text);
      }
    }
    return std::move(root_);
  }

 private:
  // An entry in the order of the source, with the block or brackets it stands in.
  struct Place {
    CommentedEntry* entry = nullptr;
    CommentedNode* holder = nullptr;
    int parent = -1;  // the place whose value the holder is; -1: the root
    std::size_t byte = 0;
    int column = 0;    // of the key or the dash
    int brackets = 0;  // around it
  };

  static CommentedNode wrap(const YamlNode& node) {
    CommentedNode out{.node = &node};
    for (const YamlNode& item : node.items)
      out.entries.push_back({.value = wrap(item)});
    for (const auto& [key, value] : node.entries)
      out.entries.push_back({.key = &key, .value = wrap(value)});
    return out;
  }

  void list(CommentedNode& holder, int parent, int brackets) {
    const YamlNode& node = *holder.node;
    const int around = brackets + (is_bracketed(node) ? 1 : 0);
    for (CommentedEntry& entry : holder.entries) {
      const YamlNode& first = entry.key != nullptr ? *entry.key : *entry.value.node;
      places_.push_back({.entry = &entry,
                         .holder = &holder,
                         .parent = parent,
                         .byte = first.byte,
                         // Dashes stand below each other.
                         .column = (entry.key != nullptr ? first : node).pos().column,
                         .brackets = around});
      list(entry.value, int(places_.size()) - 1, around);
    }
  }

  // The places that begin at or before the byte.
  int count_before(std::size_t byte) const {
    const auto after = std::partition_point(
        places_.begin(), places_.end(), [&](const Place& p) { return p.byte <= byte; });
    return int(after - places_.begin());
  }

  void put_beside(const Remark& remark) {
    for (int i = count_before(remark.byte) - 1; i >= 0; --i) {
      const Place& place = places_[std::size_t(i)];
      if (place.brackets > remark.brackets) continue;
      if (place.entry->beside.empty()) {
        place.entry->beside = remark.text;
      } else {
        place.entry->above.push_back(remark.text);
      }
      return;
    }
    (places_.empty() ? root_.below : places_[0].entry->above).push_back(remark.text);
  }

  // A blank line goes where the comment below it goes, if one follows at once.
  const Remark& deciding(std::size_t i) const {
    const int before = count_before(remarks_[i].byte);
    std::size_t last = i;
    while (last + 1 < remarks_.size() && remarks_[last].text.empty() &&
           remarks_[last + 1].own_line &&
           count_before(remarks_[last + 1].byte) == before)
      ++last;
    return remarks_[last];
  }

  // nullptr: nowhere (blank lines at the end or within brackets).
  std::vector<std::string>* lines_for(const Remark& remark) {
    const int next = count_before(remark.byte);
    const bool has_next = next < int(places_.size());
    if (remark.text.empty())
      return has_next && remark.brackets == 0 ? &places_[std::size_t(next)].entry->above
                                              : nullptr;
    auto* above = has_next ? &places_[std::size_t(next)].entry->above : &root_.below;
    const int next_column = has_next ? places_[std::size_t(next)].column : 1;
    if (next == 0 || (remark.brackets == 0 && remark.column <= next_column))
      return above;
    // From the last entry outwards: does a block end here that the comment belongs to?
    for (int i = next - 1; i >= 0; i = places_[std::size_t(i)].parent) {
      const Place& place = places_[std::size_t(i)];
      if (has_next && places_[std::size_t(next)].parent == i) break;  // begins here
      if (has_next && places_[std::size_t(next)].holder == place.holder) break;
      if (place.brackets < remark.brackets) break;
      if (place.brackets > remark.brackets) continue;
      if (remark.brackets > 0 || place.column <= remark.column)
        return &place.holder->below;
    }
    return above;
  }

  std::vector<Remark> remarks_;
  CommentedNode root_;
  std::vector<Place> places_;
};

}  // namespace

CommentedNode attach_comments(const YamlFile& file) { return Attacher(file).attach(); }

std::vector<std::string> comments_of(const YamlFile& file) {
  std::vector<std::string> out;
  for (Remark& remark : RemarkScanner(file).scan())
    if (!remark.text.empty()) out.push_back(std::move(remark.text));
  return out;
}

}  // namespace paperphone::app
