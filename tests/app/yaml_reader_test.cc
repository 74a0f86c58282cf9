#include "env/app/yaml/yaml_reader.h"

#include <gtest/gtest.h>

#include "env/app/load/state/csv.h"
#include "env/base/rng.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

std::string findings_of(std::string text) {
  Findings findings;
  parse_yaml("f.yaml", std::move(text), findings);
  std::string out;
  for (const Finding& finding : findings.sorted()) out += finding.str() + "\n";
  return out;
}

TEST(ParseYaml, RemembersWhereEverythingStands) {
  Findings findings;
  const auto file = parse_yaml("f.yaml", "a:\n  b: [1, \"中'文x\", 'it''s']\n", findings);
  ASSERT_TRUE(file);
  const YamlNode& list = *file->root.find("a")->find("b");
  ASSERT_EQ(list.items.size(), 3u);
  EXPECT_EQ(list.pos().str(), "f.yaml:2:6");
  EXPECT_EQ(list.items[1].pos().str(), "f.yaml:2:10");
  EXPECT_EQ(list.items[1].pos_inside(7).str(), "f.yaml:2:14");  // x; columns are letters
  EXPECT_EQ(list.items[2].text, "it's");
  EXPECT_EQ(list.items[2].pos_inside(3).str(), "f.yaml:2:23");  // s, behind ''
}

TEST(ParseYaml, FindsPlacesInTextsOverSeveralLines) {
  Findings findings;
  const auto file = parse_yaml("f.yaml",
                               "bare: one two\n  three\n"
                               "quoted: \"one \\\"two\n  three，\\\n  four\"\n"
                               "block: >-\n  one\n  two\n",
                               findings);
  ASSERT_TRUE(file);
  const YamlNode& bare = *file->root.find("bare");
  ASSERT_EQ(bare.text, "one two three");
  EXPECT_EQ(bare.pos_inside(4).str(), "f.yaml:1:11");
  EXPECT_EQ(bare.pos_inside(8).str(), "f.yaml:2:3");
  EXPECT_EQ(bare.pos_inside(12).str(), "f.yaml:2:7");
  const YamlNode& quoted = *file->root.find("quoted");
  ASSERT_EQ(quoted.text, "one \"two three，four");
  EXPECT_EQ(quoted.pos_inside(5).str(), "f.yaml:3:16");
  EXPECT_EQ(quoted.pos_inside(9).str(), "f.yaml:4:3");
  EXPECT_EQ(quoted.pos_inside(17).str(), "f.yaml:5:3");
  const YamlNode& block = *file->root.find("block");
  EXPECT_EQ(block.pos_inside(4).str(), block.pos().str());
}

TEST(ParseYaml, RefusesWhatWouldMakeFilesClever) {
  EXPECT_EQ(findings_of("a: &x 1\nb: *x\n"),
            "f.yaml:1:4: anchors (&) are not allowed; write the value out\n"
            "f.yaml:2:4: aliases (*) are not allowed; write the value out\n");
  EXPECT_EQ(findings_of("<<: {a: 1}\n"),
            "f.yaml:1:1: merge keys (<<) are not allowed; write the keys out\n");
  EXPECT_EQ(findings_of("a: !!str 1\n"),
            "f.yaml:1:4: tags are not allowed: 'tag:yaml.org,2002:str'\n");
  EXPECT_EQ(findings_of("a: 1\n---\nb: 1\n"),
            "f.yaml:2:1: a second document: a file holds one\n");
  EXPECT_EQ(findings_of("a: 1\nb: 2\na: 3\n"),
            "f.yaml:3:1: duplicate key 'a' (first at line 1)\n");
  EXPECT_EQ(findings_of("? [1, 2]\n: 3\n"), "f.yaml:1:3: a key must be a word\n");
}

TEST(ParseYaml, NamesBrokenBytesAndBrokenSyntax) {
  EXPECT_EQ(findings_of("a: \xff\n"), "f.yaml:1:4: byte 0xff is not UTF-8 text\n");
  EXPECT_EQ(findings_of(std::string("a: \0b", 5)),
            "f.yaml:1:4: byte 0x00 is not UTF-8 text\n");
  EXPECT_EQ(findings_of(""), "f.yaml:1:1: the file is empty\n");
  EXPECT_NE(findings_of("a: [1, 2\n").find("YAML: "), std::string::npos);
  EXPECT_EQ(findings_of("a: 'x\n"),
            "f.yaml:1:4: the text that begins here has no closing quote\n");
}

TEST(ParseYaml, SurvivesDepthAndSize) {
  EXPECT_NE(findings_of(std::string(100'000, '[')).find("nested deeper"),
            std::string::npos);
  EXPECT_NE(findings_of(std::string(100'000, '{')).find("nested deeper"),
            std::string::npos);
  EXPECT_NE(findings_of(std::string(kMaxYamlBytes + 1, 'a')).find("a file may have"),
            std::string::npos);
  std::string stairs;
  for (int i = 0; i < 500; ++i) stairs += std::string(std::size_t(i), ' ') + "a:\n";
  EXPECT_NE(findings_of(stairs).find("nested deeper"), std::string::npos);
}

TEST(ParseYaml, AnyBytesGiveFindingsOrATree) {
  Rng rng(3);
  const std::string letters = "a: -[]{}&*!|>'\"%@`#,?\n\n  \t中\\<~=1";
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (std::uint64_t n = rng.below(60); n > 0; --n)
      text += letters[rng.below(letters.size())];
    findings_of(text);
  }
}

TEST(MapReader, SuggestsTheKeyThatWasMeant) {
  Findings findings;
  const auto file = parse_yaml("f.yaml", "wher: 1\nrows: 2\n", findings);
  MapReader reader(file->root, "list", findings);
  reader.take("where");
  reader.take("rows");
  reader.need("item");
  reader.finish();
  const auto list = findings.sorted();
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].str(), "f.yaml:1:1: list needs 'item'");
  EXPECT_EQ(list[1].str(),
            "f.yaml:1:1: unknown key 'wher' in list (did you mean 'where'?)");
}

TEST(DidYouMean, ForgivesOneSlipInThreeLetters) {
  const std::vector<std::string> known = {"where", "order_by", "id"};
  EXPECT_EQ(did_you_mean("hwere", known), " (did you mean 'where'?)");
  EXPECT_EQ(did_you_mean("orderby", known), " (did you mean 'order_by'?)");
  EXPECT_EQ(did_you_mean("banana", known), "");
  EXPECT_EQ(did_you_mean("", known), "");
}

TEST(ParseCsv, QuotesHoldCommasAndLines) {
  const auto rows = parse_csv("a,b\r\n\"x,\"\"y\"\"\",2\n\n3,\n\"open");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0][1].text, "b");
  EXPECT_EQ(rows[1][0].text, "x,\"y\"");
  EXPECT_EQ(rows[1][1].line, 2);
  EXPECT_EQ(rows[2][0].line, 4);
  EXPECT_EQ(rows[2].size(), 2u);
  EXPECT_EQ(rows[3][0].text, "open");
}

}  // namespace
}  // namespace paperphone::app
