#include "rl/recipe/yaml_config.h"

#include <gtest/gtest.h>

#include "env/base/error.h"

namespace paperphone::rl {
namespace {

std::string message_of(auto&& action) {
  try {
    action();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "(no error)";
}

TEST(YamlConfig, ReadsTypedValuesAndFallbacks) {
  auto config =
      YamlConfig::parse("a: 3\nb: 0.5\nc: true\nd: text\ne: [x, y]\n", "f.yaml");
  EXPECT_EQ(config.integer("a", 1, {0, 10}), 3);
  EXPECT_EQ(config.real("b", 0, {0, 1}), 0.5);
  EXPECT_TRUE(config.boolean("c", false));
  EXPECT_EQ(config.text("d", ""), "text");
  EXPECT_EQ(config.texts("e", {}), (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(config.integer("missing", 7, {0, 10}), 7);
  EXPECT_NO_THROW(config.finish());
}

TEST(YamlConfig, NamesAnUnreadKeyWithPositionAndSuggestion) {
  auto config = YamlConfig::parse("steps: 3\nbatch_szie: 4\n", "r.yaml");
  config.integer("steps", 0, {0, 10});
  config.integer("batch_size", 0, {0, 10});
  EXPECT_EQ(message_of([&] { config.finish(); }),
            "r.yaml:2:1: unknown key 'batch_szie' (did you mean 'batch_size'?)");
}

TEST(YamlConfig, FindsUnreadKeysInNestedMappings) {
  auto config = YamlConfig::parse("outer:\n  inner: 1\n  stray: 2\n", "r.yaml");
  config.map("outer").integer("inner", 0, {0, 10});
  EXPECT_EQ(message_of([&] { config.finish(); }).substr(0, 10), "r.yaml:3:3");
}

TEST(YamlConfig, RefusesDuplicateKeys) {
  EXPECT_EQ(message_of([] { YamlConfig::parse("a: 1\nb: 2\na: 3\n", "r.yaml"); }),
            "r.yaml:3:1: duplicate key 'a', keep one of them");
}

TEST(YamlConfig, RefusesAliasesTagsAndSecondDocuments) {
  EXPECT_EQ(message_of([] { YamlConfig::parse("a: &x [*x]\n", "r.yaml"); }),
            "r.yaml:1:4: anchors (&) are not allowed; write the value out");
  EXPECT_EQ(
      message_of([] { YamlConfig::parse("a: 1\nb: *a\n", "r.yaml"); }).substr(0, 22),
      "r.yaml:2:4: not YAML: ");
  EXPECT_EQ(message_of([] { YamlConfig::parse("a: 1\n---\nb: 2\n", "r.yaml"); }),
            "r.yaml:2:1: a second document: a file holds one");
  EXPECT_EQ(message_of([] { YamlConfig::parse("a: !!int 1\n", "r.yaml"); }),
            "r.yaml:1:4: tags are not allowed, found 'tag:yaml.org,2002:int'");
}

TEST(YamlConfig, ReadsSeedsOf64BitsAndNoMore) {
  auto config = YamlConfig::parse(
      "a: 18446744073709551615\nb: 18446744073709551616\nc: -1\nd: 1e400\ne: inf\n",
      "r.yaml");
  EXPECT_EQ(config.seed("a", 0), 18446744073709551615u);
  EXPECT_EQ(message_of([&] { config.seed("b", 0); }),
            "r.yaml:2:4: 'b' must be an integer in 0..18446744073709551615, found "
            "'18446744073709551616'");
  EXPECT_EQ(message_of([&] { config.seed("c", 0); }).substr(0, 30),
            "r.yaml:3:4: 'c' must be an int");
  EXPECT_EQ(message_of([&] {
              config.integer("b", 0, {0, 9});
            }),
            "r.yaml:2:4: 'b' must be in 0..9, found 18446744073709551616");
  EXPECT_EQ(message_of([&] {
              config.real("d", 0, {0, 1});
            }),
            "r.yaml:4:4: 'd' must be a number, found '1e400'");
  EXPECT_EQ(message_of([&] {
              config.real("e", 0, {0, 1});
            }),
            "r.yaml:5:4: 'e' must be in 0..1, found inf");
}

TEST(YamlConfig, SaysWhatIsAllowed) {
  auto config = YamlConfig::parse("n: 99\nx: abc\nb: yes\nk: cosin\n", "r.yaml");
  EXPECT_EQ(message_of([&] {
              config.integer("n", 0, {1, 10});
            }),
            "r.yaml:1:4: 'n' must be in 1..10, found 99");
  EXPECT_EQ(message_of([&] {
              config.real("x", 0, {0, 1});
            }),
            "r.yaml:2:4: 'x' must be a number, found 'abc'");
  EXPECT_EQ(message_of([&] { config.boolean("b", false); }),
            "r.yaml:3:4: 'b' must be true or false, found 'yes'");
  EXPECT_EQ(message_of([&] {
              config.choice("k", "", {"constant", "cosine"});
            }),
            "r.yaml:4:4: 'k' must be one of constant, cosine, found 'cosin' (did you "
            "mean 'cosine'?)");
}

TEST(YamlConfig, RefusesWhatIsNotYaml) {
  EXPECT_TRUE(message_of([] {
                YamlConfig::parse("a: [1\n", "r.yaml");
              }).starts_with("r.yaml:"));
  EXPECT_EQ(message_of([] { YamlConfig::parse("just text\n", "r.yaml"); }),
            "r.yaml:1:1: expected a mapping (key: value lines)");
}

TEST(YamlConfig, NamesAMissingFile) {
  EXPECT_EQ(message_of([] { YamlConfig::load("/nowhere/r.yaml"); }),
            "/nowhere/r.yaml: cannot be read, is the path right?");
}

}  // namespace
}  // namespace paperphone::rl
