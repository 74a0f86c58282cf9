#include <fmt/format.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "env/base/error.h"
#include "tests/sim/toy_phone.h"

namespace paperphone::sim::testing {
namespace {

constexpr std::string_view kTable =
    "# comment\n"
    "fang 方放芳\n"
    "hang 航 行\n"
    "wang 王望往\n"
    "wan 万完玩\n"
    "xing 行星\n"
    "yin 银音\n"
    "a 啊\n";

std::shared_ptr<const PinyinDictionary> dictionary() {
  const std::vector<std::string> words{"王芳", "银行", "王方万", "not a word"};
  return std::make_shared<const PinyinDictionary>(kTable, words);
}

class Typing : public ::testing::Test {
 protected:
  Typing() : phone(dictionary()) {
    phone.open("toy");
    phone.tap("form");
  }
  ToyPhone phone;
};

TEST_F(Typing, NeedsAFocusedField) {
  EXPECT_EQ(phone.type("你好"), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.apply(event::Clear{}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.apply(event::Submit{}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.key('a'), ActionOutcome::kNoTarget);
}

TEST_F(Typing, AppendsAndClears) {
  phone.tap("name");
  EXPECT_EQ(phone.type("你好"), ActionOutcome::kApplied);
  phone.type("，世界\n");
  EXPECT_EQ(phone.text("name"), "你好，世界");
  phone.apply(event::Clear{});
  EXPECT_EQ(phone.text("name"), "");
}

TEST_F(Typing, NumbersTakeDigits) {
  phone.tap("size");
  EXPECT_EQ(phone.state.ime.mode, sim::ImeMode::kDigits);
  phone.type("5件x7");
  EXPECT_EQ(phone.number("size"), 257);
  phone.key(sim::kImeBackspace);
  EXPECT_EQ(phone.number("size"), 25);
  phone.apply(event::Clear{});
  EXPECT_EQ(phone.number("size"), 0);
}

TEST_F(Typing, MoneyIsTypedKeyByKey) {
  phone.tap("price");
  phone.keys("12.05");
  EXPECT_EQ(phone.number("price"), 1205);
  phone.key(sim::kImeBackspace);
  EXPECT_EQ(phone.number("price"), 1200);
  phone.key('8');
  EXPECT_EQ(phone.number("price"), 1208);
  phone.apply(event::Clear{});
  phone.type("12.5");
  phone.key('0');
  EXPECT_EQ(phone.number("price"), 1250);
  phone.back();
  phone.tap("price");
  phone.key(kImeBackspace);
  phone.key(kImeBackspace);
  EXPECT_EQ(phone.number("price"), 1200);
}

TEST_F(Typing, SubmitFiresTheTransitionAndHidesTheKeyboard) {
  phone.tap("name");
  phone.type("小王");
  EXPECT_EQ(phone.apply(event::Submit{}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.text("log"), "sent 小王");
  EXPECT_EQ(phone.state.focus.widget, -1);
  phone.tap("secret");
  EXPECT_EQ(phone.state.ime.mode, sim::ImeMode::kEnglish);
  EXPECT_EQ(phone.key(sim::kImeEnter), ActionOutcome::kApplied);
  EXPECT_EQ(phone.state.focus.widget, -1);
}

TEST_F(Typing, AChatSendsAndKeepsItsKeyboard) {
  phone.back();
  phone.tap("chat");
  EXPECT_EQ(phone.tap("input.send"), ActionOutcome::kDisabled);
  phone.tap("input");
  EXPECT_EQ(phone.apply(event::Submit{}), ActionOutcome::kDisabled);
  phone.type("在吗");
  EXPECT_EQ(phone.tap("input.send"), ActionOutcome::kApplied);
  EXPECT_EQ(phone.text("log"), "在吗");
  EXPECT_EQ(phone.text("draft"), "");
  EXPECT_GE(phone.state.focus.widget, 0);
  phone.type("嗯");
  phone.apply(event::Submit{});
  EXPECT_EQ(phone.text("log"), "嗯");
  EXPECT_GE(phone.state.focus.widget, 0);
}

TEST_F(Typing, PinyinProposesWordsThenCharacters) {
  phone.tap("name");
  phone.keys("wangfang");
  EXPECT_EQ(phone.state.ime.composing, "wangfang");
  EXPECT_EQ(phone.text("name"), "");
  const auto candidates = phone.machine.ime_candidates(phone.state);
  ASSERT_GE(candidates.size(), 3u);
  EXPECT_EQ(candidates[0], "王芳");
  EXPECT_EQ(candidates[1], "王方万");  // begins so
  EXPECT_EQ(candidates[2], "王");
  phone.key(' ');
  EXPECT_EQ(phone.text("name"), "王芳");
  EXPECT_EQ(phone.state.ime.composing, "");
}

TEST_F(Typing, ACandidateUsesUpItsLettersOnly) {
  phone.tap("name");
  phone.keys("wangxing");
  phone.key(sim::kImeCandidate + 1);
  EXPECT_EQ(phone.text("name"), "望");
  EXPECT_EQ(phone.state.ime.composing, "xing");
  phone.key(' ');
  EXPECT_EQ(phone.text("name"), "望行");
  EXPECT_EQ(phone.key(kImeCandidate), ActionOutcome::kNoTarget);
}

TEST_F(Typing, BackspaceEatsHalfTypedLettersFirst) {
  phone.tap("name");
  phone.type("好");
  phone.keys("wa");
  phone.key(sim::kImeBackspace);
  EXPECT_EQ(phone.state.ime.composing, "w");
  phone.key(kImeBackspace);
  phone.key(kImeBackspace);
  EXPECT_EQ(phone.text("name"), "");
}

TEST_F(Typing, EnterWritesHalfTypedLettersAsTheyAre) {
  phone.tap("name");
  phone.keys("wan");
  phone.key(sim::kImeEnter);
  EXPECT_EQ(phone.text("name"), "wan");
  phone.keys("zz");
  EXPECT_TRUE(phone.machine.ime_candidates(phone.state).empty());
  phone.key(' ');
  EXPECT_EQ(phone.text("name"), "wanzz");
}

TEST_F(Typing, CandidatesHavePages) {
  phone.tap("name");
  phone.keys("w");
  const auto first = phone.machine.ime_candidates(phone.state);
  EXPECT_EQ(phone.key(sim::kImeNextPage), ActionOutcome::kApplied);
  const auto second = phone.machine.ime_candidates(phone.state);
  EXPECT_NE(first, second);
  phone.key(sim::kImeNextPage);
  EXPECT_EQ(phone.machine.ime_candidates(phone.state), first);
}

TEST_F(Typing, EnglishShiftsOneLetter) {
  phone.tap("name");
  EXPECT_EQ(phone.key(sim::kImeShift), ActionOutcome::kNoTarget);
  phone.key(sim::kImeToggleLanguage);
  phone.key(sim::kImeShift);
  phone.keys("ab");
  EXPECT_EQ(phone.text("name"), "Ab");
  phone.key(sim::kImeToDigits);
  phone.keys("42");
  phone.key(sim::kImeToLetters);
  phone.keys("wang,");
  EXPECT_EQ(phone.text("name"), "Ab42王，");
  phone.key(sim::kImeHide);
  EXPECT_EQ(phone.state.focus.widget, -1);
}

TEST_F(Typing, TypedTextReplacesHalfTypedLetters) {
  phone.tap("name");
  phone.keys("wan");
  phone.type("完");
  EXPECT_EQ(phone.text("name"), "完");
  EXPECT_EQ(phone.state.ime.composing, "");
}

TEST(Pinyin, SecondReadingsSpellWordsToo) {
  const auto pinyin = dictionary();
  EXPECT_EQ(pinyin->candidates("yinhang", 9).at(0), (sim::PinyinCandidate{"银行", 7}));
  EXPECT_EQ(pinyin->candidates("yinxing", 9).at(0), (sim::PinyinCandidate{"银行", 7}));
  EXPECT_TRUE(pinyin->spellings("银x").empty());
  EXPECT_TRUE(pinyin->candidates("", 9).empty());
}

TEST(Pinyin, ABrokenTableSaysWhere) {
  try {
    sim::PinyinDictionary("wang 王\nFANG 方\n", {});
    FAIL() << "no error";
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(),
                 "pinyin.txt:2: expected a syllable and its characters, as in 'wang "
                 "王望往', found 'FANG 方'");
  }
}

TEST(Pinyin, KnowsTheWordsOfEveryAppsLexicons) {
  namespace fs = std::filesystem;
  const fs::path apps = fs::temp_directory_path() / fmt::format("pinyin_{}", ::getpid());
  const auto write = [&](const fs::path& name, std::string_view text) {
    fs::create_directories((apps / name).parent_path());
    std::ofstream(apps / name) << text;
  };
  write("_common/pinyin.txt", "wang 王望\nfang 方房\n");
  write("_common/lexicon/a.txt", "王方\n");
  write("shop/lexicon/b.txt", "# words\n王房\n");
  write("_drafts/lexicon/c.txt", "望方\n");
  const auto pinyin = PinyinDictionary::load(apps);
  fs::remove_all(apps);
  std::vector<std::string> words;
  for (const PinyinCandidate& found : pinyin->candidates("wangfang", 2))
    words.push_back(found.text);
  EXPECT_EQ(words, (std::vector<std::string>{"王房", "王方"}));
}

TEST(Pinyin, TheShippedTableSpellsEverydayWords) {
  const auto pinyin = sim::PinyinDictionary::load("apps");
  EXPECT_FALSE(pinyin->candidates("nihao", 20).empty());
  EXPECT_EQ(pinyin->candidates("wo", 20).at(0).text.substr(0, 3), "我");
  for (const char* word : {"绿色", "银行", "重庆", "长沙"})
    EXPECT_FALSE(pinyin->spellings(word).empty()) << word;
}

}  // namespace
}  // namespace paperphone::sim::testing
