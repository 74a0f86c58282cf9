#include "agent/text/tokenizer_trainer.h"

#include <gtest/gtest.h>

#include "agent/text/response.h"
#include "env/base/error.h"

namespace paperphone::agent {
namespace {

std::vector<std::string> corpus() {
  std::vector<std::string> texts;
  for (int i = 0; i < 5; ++i)
    for (const char* text :
         {"打开信聊，给王芳发消息", "在淘好物搜索耳机并加入购物车",
          "打开设置，关闭蓝牙", "返回上一页", "点击搜索框", "open 123"})
      texts.emplace_back(text);
  texts.emplace_back("罕");  // once only
  return texts;
}

TEST(TokenizerTrainer, GivesEveryCommonCharacterOneToken) {
  const Tokenizer tokenizer =
      train_tokenizer(corpus(), {.vocab_size = 1024, .added_tokens = {}});
  for (const char* text : {"信", "聊", "王", "购", "，"})
    EXPECT_EQ(tokenizer.encode(text, AddedTokens::kNone).size(), 1u) << text;
  EXPECT_GT(tokenizer.encode("罕", AddedTokens::kNone).size(), 1u);
  EXPECT_EQ(tokenizer.decode(tokenizer.encode("罕见🙂", AddedTokens::kNone)),
            "罕见🙂");
}

TEST(TokenizerTrainer, JoinsFrequentAsciiButNeverDigitsOrChineseCharacters) {
  const Tokenizer tokenizer =
      train_tokenizer(corpus(), {.vocab_size = 1024, .added_tokens = {}});
  EXPECT_EQ(tokenizer.encode("打开", AddedTokens::kNone).size(), 2u);
  EXPECT_EQ(tokenizer.encode("open", AddedTokens::kNone).size(), 1u);
  EXPECT_EQ(tokenizer.encode("123", AddedTokens::kNone).size(), 3u);
}

TEST(TokenizerTrainer, KeepsWithinItsSizeAndIsDeterministic) {
  const TokenizerTrainingOptions options{
      .vocab_size = 300, .min_count = 2, .added_tokens = {{0, "<|im_end|>", true}}};
  const Tokenizer a = train_tokenizer(corpus(), options);
  const Tokenizer b = train_tokenizer(corpus(), options);
  EXPECT_LE(a.size(), 300);
  EXPECT_EQ(a.merges(), b.merges());
  EXPECT_EQ(a.id_of("<|im_end|>"), a.size() - 1);
  EXPECT_THROW(train_tokenizer(corpus(), {.vocab_size = 200, .added_tokens = {}}),
               ConfigError);
}

TEST(TokenizerTrainer, ResponsesNeedFewTokens) {
  TokenizerTrainingOptions options;
  options.added_tokens = tiny_added_tokens();
  const Tokenizer tokenizer = train_tokenizer(corpus(), options);
  const auto length = [&](const Action& action) {
    const std::string text =
        format_response({.thought = "", .sentence = "点击搜索框"}, action, ThoughtStyle::kFast);
    const auto ids = tokenizer.encode(text, AddedTokens::kPlain);
    EXPECT_EQ(tokenizer.decode(ids), text);
    return ids.size();
  };
  // Five of them are the sentence's characters.
  EXPECT_LE(length(Click{{180, 400}}), 15u);
  EXPECT_LE(length(SystemButton{Button::kBack}), 7u);
  EXPECT_LE(length(Terminate{TerminateStatus::kSuccess}), 7u);
}

}  // namespace
}  // namespace paperphone::agent
