#include "env/app/yaml/yaml_format.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "env/app/yaml/yaml_text.h"
#include "env/base/error.h"
#include "env/base/rng.h"

namespace paperphone::app {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string refusal(const std::string& text) {
  try {
    format_yaml("f.yaml", text);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".yaml") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

int widest_line(const std::string& text) {
  int widest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    widest =
        std::max(widest, display_width(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return widest;
}

// tests/cases/yaml_format/<what it shows>.yaml and what becomes of it, .formatted.
TEST(FormatYaml, CasesLookAsWritten) {
  int cases = 0;
  for (const fs::path& path : yaml_files("tests/cases/yaml_format")) {
    SCOPED_TRACE(path.string());
    const std::string wanted = slurp(fs::path(path).replace_extension(".formatted"));
    EXPECT_EQ(format_yaml(path.string(), slurp(path)), wanted);
    EXPECT_EQ(format_yaml(path.string(), wanted), wanted);
    ++cases;
  }
  EXPECT_GE(cases, 8);
}

// What each file says is compared by format_yaml itself, which throws if it is changed.
TEST(FormatYaml, EveryAppStaysWhatItIsAndIsFormattedOnce) {
  for (const fs::path& path : yaml_files("apps")) {
    SCOPED_TRACE(path.string());
    const std::string once = format_yaml(path.string(), slurp(path));
    EXPECT_EQ(format_yaml(path.string(), once), once);
    EXPECT_LE(widest_line(once), kYamlColumns);
  }
}

// Writes any tree in any style, with comments wherever one may stand.
class RandomYaml {
 public:
  explicit RandomYaml(std::uint64_t seed) : rng_(seed) {}

  std::string file() {
    map(0, 0);
    own_line_comment(0);
    return std::move(out_);
  }

 private:
  bool chance(std::uint64_t percent) { return rng_.below(100) < percent; }

  std::string text() {
    static const std::vector<std::string> kParts = {"word",
                                                    " ",
                                                    "  ",
                                                    ", ",
                                                    ": ",
                                                    " #",
                                                    "'",
                                                    "\\\"",
                                                    "{",
                                                    "}",
                                                    "[",
                                                    "]",
                                                    "(",
                                                    ")",
                                                    "-",
                                                    "?",
                                                    "!",
                                                    "12",
                                                    "true",
                                                    "中文字",
                                                    "，",
                                                    "。",
                                                    "\\n",
                                                    "\\t",
                                                    " and ",
                                                    "\\\\",
                                                    "~",
                                                    ":",
                                                    "if(a, b)",
                                                    "\\u2028",
                                                    "long enough to be broken ",
                                                    "没有空格的长句子"};
    std::string out;
    for (std::uint64_t n = 1 + rng_.below(chance(20) ? 30 : 4); n > 0; --n)
      out += kParts[rng_.below(kParts.size())];
    return out;
  }
  void scalar() {
    static const std::vector<std::string> kBare = {
        "word",      "12",   "-5",   "08:30", "it's",    "a[0] - {b}",
        "two words", "中文", "true", "none",  "$(hole)", "f(x, 'y')"};
    if (chance(40)) {
      std::string bare = kBare[rng_.below(kBare.size())];
      if (depth_ > 0 && bare.find_first_of(",[]{}") != bare.npos)
        bare = "'" + bare + "'";
      if (bare.ends_with("'y')'")) bare = "word";
      out_ += bare;
    } else if (chance(20)) {
      out_ += chance(50) ? "'it''s {a, b} # text: '"
                         : "'" + std::string(160, 'x') + " 中文 y'";
    } else {
      out_ += "\"" + text() + "\"";
    }
  }
  void flow(int deeper) {
    const bool map = chance(50);
    ++depth_;
    out_ += map ? "{" : "[";
    for (std::uint64_t n = rng_.below(4), i = 0; i < n; ++i) {
      if (chance(5)) out_ += "  # in brackets\n      ";
      if (map) out_ += "key" + std::to_string(i) + ": ";
      deeper > 0 && chance(30) ? flow(deeper - 1) : scalar();
      out_ += i + 1 < n ? ", " : "";
    }
    if (chance(3)) out_ += "\n  # at its end\n      ";
    out_ += map ? "}" : "]";
    --depth_;
  }
  void own_line_comment(int indent) {
    if (chance(10)) out_ += "\n";
    if (chance(15))
      out_ += std::string(std::size_t(indent), ' ') + "# above" +
              (chance(10) ? std::string(150, '-') : "") + " 注释\n";
    if (chance(5)) out_ += "\n";
  }
  void end_of_line() {
    if (chance(15)) out_ += "   # beside" + (chance(20) ? std::string(90, '.') : "");
    out_ += "\n";
  }
  void child(int indent, int level) {
    if (level < 4 && chance(45)) {
      end_of_line();
      chance(50) ? map(indent + 2, level + 1) : list(indent + 2, level + 1);
    } else if (chance(30)) {
      out_ += " ";
      flow(3);
      end_of_line();
    } else {
      out_ += " ";
      scalar();
      end_of_line();
    }
  }
  void map(int indent, int level) {
    for (std::uint64_t n = 1 + rng_.below(4), i = 0; i < n; ++i) {
      own_line_comment(indent);
      out_ += std::string(std::size_t(indent), ' ') + "key" + std::to_string(i) + ":";
      child(indent, level);
    }
    if (chance(20)) own_line_comment(indent);
  }
  void list(int indent, int level) {
    for (std::uint64_t n = 1 + rng_.below(3); n > 0; --n) {
      own_line_comment(indent);
      out_ += std::string(std::size_t(indent), ' ') + "-";
      if (chance(40)) {
        out_ += " key: ";
        scalar();
        end_of_line();
        if (chance(70)) {
          own_line_comment(indent + 2);
          out_ += std::string(std::size_t(indent) + 2, ' ') + "other:";
          child(indent + 2, level + 1);
        }
      } else {
        child(indent, level + 1);
      }
    }
    if (chance(20)) own_line_comment(indent);
  }

  Rng rng_;
  std::string out_;
  int depth_ = 0;
};

TEST(FormatYaml, AnyFileSaysTheSameAndKeepsItsComments) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const std::string text = RandomYaml(seed).file();
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
    std::string once;
    ASSERT_NO_THROW(once = format_yaml("f.yaml", text));
    ASSERT_EQ(format_yaml("f.yaml", once), once);
  }
}

TEST(FormatYaml, RefusesWhatItCannotKeep) {
  EXPECT_EQ(refusal("a: [1, 2\nb: 3\n").substr(0, 7), "f.yaml:");
  EXPECT_EQ(refusal("a: &x 1\n"),
            "f.yaml:1:4: anchors (&) are not allowed; write the value out");
  EXPECT_EQ(refusal("a: 1\na: 2\n"), "f.yaml:2:1: duplicate key 'a' (first at line 1)");
  EXPECT_EQ(refusal("a: >2-\n   b\n"),
            "f.yaml:1:5: a block text that gives its indentation as a number cannot be "
            "formatted; leave the number out");
}

TEST(QuotesMatter, WhereTheTextCouldBeSomethingElse) {
  for (const char* text :
       {"", "true", "No", "null", "~", "12", "-5", "+3", ".5", "08:30", "2025-11-20",
        "2025-11-20 08:30", "1.0.2", "0x1F", "1e5", ".inf", "-", "<<"})
    EXPECT_TRUE(quotes_matter(text)) << text;
  for (const char* text :
       {"a", "8点", "5G", "truely", "row.name", "-x", "两", "12 apples"})
    EXPECT_FALSE(quotes_matter(text)) << text;
}

TEST(DisplayWidth, CountsChineseTwice) {
  EXPECT_EQ(display_width("ab"), 2);
  EXPECT_EQ(display_width("中文，a"), 7);
  EXPECT_EQ(display_width("é¥·"), 3);
}

}  // namespace
}  // namespace paperphone::app
