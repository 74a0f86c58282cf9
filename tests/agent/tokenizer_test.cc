#include "agent/text/tokenizer.h"

#include <gtest/gtest.h>

#include "agent/text/byte_spelling.h"
#include "agent/text/chat.h"
#include "agent/text/pre_tokenizer.h"
#include "env/base/error.h"
#include "env/base/rng.h"
#include "tests/agent/fixtures.h"

namespace paperphone::agent {
namespace {

using testing::kPublishedTokenizer;

std::vector<std::string> pieces(std::string_view text) {
  std::vector<std::string> list;
  for_each_piece(text, [&](std::string_view piece) { list.emplace_back(piece); });
  return list;
}

using Pieces = std::vector<std::string>;

TEST(PreTokenizer, SplitsLettersDigitsSymbolsAndSpace) {
  EXPECT_EQ(pieces("I'll pay 45 yuan"),
            (Pieces{"I", "'ll", " pay", " ", "4", "5", " yuan"}));
  EXPECT_EQ(pieces("a  b"), (Pieces{"a", " ", " b"}));
  EXPECT_EQ(pieces("a   "), (Pieces{"a", "   "}));
  EXPECT_EQ(pieces("a \n\n b"), (Pieces{"a", " \n\n", " b"}));
  EXPECT_EQ(pieces("搜索“耳机”，好"), (Pieces{"搜索", "“耳机", "”，", "好"}));
  EXPECT_EQ(pieces("x)!\n\ny"), (Pieces{"x", ")!\n\n", "y"}));
}

TEST(PreTokenizer, PiecesOfAnyBytesAddUpToTheText) {
  Rng rng(3);
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (int n = int(rng.below(40)); n > 0; --n) text += char(rng.below(256));
    std::string joined;
    for (const auto& piece : pieces(text)) joined += piece;
    EXPECT_EQ(joined, text);
  }
}

// Bytes only, plus a few merges and added tokens.
Tokenizer small_tokenizer() {
  std::vector<std::pair<std::string, std::int64_t>> vocab;
  for (std::uint8_t byte : byte_order())
    vocab.emplace_back(byte_spellings()[byte], std::int64_t(vocab.size()));
  vocab.emplace_back("he", 256);
  vocab.emplace_back("ll", 257);
  vocab.emplace_back("hell", 258);
  return Tokenizer(vocab, {{"h", "e"}, {"l", "l"}, {"he", "ll"}},
                   {{259, "<|im_end|>", true}, {260, "<tool_call>", false}});
}

TEST(Tokenizer, MergesByRank) {
  const Tokenizer tokenizer = small_tokenizer();
  EXPECT_EQ(tokenizer.encode("hello", AddedTokens::kNone),
            (std::vector<std::int64_t>{258, 'o' - 33}));
}

TEST(Tokenizer, ForeignTextCannotContainControlTokens) {
  const Tokenizer tokenizer = small_tokenizer();
  const std::string text = "<tool_call>a<|im_end|>";
  EXPECT_EQ(tokenizer.encode(text, AddedTokens::kAll).size(), 3u);
  const auto plain = tokenizer.encode(text, AddedTokens::kPlain);
  EXPECT_EQ(plain.front(), 260);
  EXPECT_NE(plain.back(), 259);
  for (std::int64_t id : tokenizer.encode(text, AddedTokens::kNone)) EXPECT_LT(id, 259);
}

TEST(Tokenizer, DecodeGivesBackAnyBytes) {
  const Tokenizer tokenizer = small_tokenizer();
  Rng rng(5);
  for (int i = 0; i < 200; ++i) {
    std::string text;
    for (int n = int(rng.below(60)); n > 0; --n) text += char(rng.below(128));
    text += "\xff\xfe 信聊 \xe4\xbf";
    EXPECT_EQ(tokenizer.decode(tokenizer.encode(text, AddedTokens::kNone)), text);
  }
}

TEST(Tokenizer, NormalizesToComposedCharacters) {
  const Tokenizer tokenizer = small_tokenizer();
  EXPECT_EQ(tokenizer.decode(tokenizer.encode("e\xcc\x81", AddedTokens::kNone)),
            "\xc3\xa9");
}

TEST(Tokenizer, SkipsSpecialTokensOnRequestOnly) {
  const Tokenizer tokenizer = small_tokenizer();
  const std::vector<std::int64_t> ids = {260, 256, 259, -1, 9999};
  EXPECT_EQ(tokenizer.decode(ids), "<tool_call>he<|im_end|>");
  EXPECT_EQ(tokenizer.decode(ids, SpecialTokens::kSkip), "<tool_call>he");
}

TEST(Tokenizer, StreamsOnlyWholeCharacters) {
  const Tokenizer tokenizer = small_tokenizer();
  StreamingDecoder decoder(tokenizer, SpecialTokens::kSkip);
  std::string all;
  for (std::int64_t id : tokenizer.encode("a信b", AddedTokens::kNone)) {
    const std::string now = decoder.push(id);
    EXPECT_TRUE(now.empty() || now == "a" || now == "信" || now == "b") << now;
    all += now;
  }
  EXPECT_EQ(all + decoder.finish(), "a信b");
}

TEST(Tokenizer, SavesAndLoadsEveryLayout) {
  const ScratchFolder folder;
  const Tokenizer tokenizer = small_tokenizer();
  tokenizer.save(folder.path());
  const std::string text = "hello <tool_call> 信 <|im_end|>";
  const auto ids = tokenizer.encode(text, AddedTokens::kAll);
  EXPECT_EQ(Tokenizer::load(folder.path()).encode(text, AddedTokens::kAll), ids);
  std::filesystem::remove(folder.path() / "tokenizer.json");
  EXPECT_EQ(Tokenizer::load(folder.path()).encode(text, AddedTokens::kAll), ids);
  std::filesystem::remove(folder.path() / "tokenizer_config.json");
  EXPECT_EQ(Tokenizer::load(folder.path()).encode(text, AddedTokens::kAll), ids);
  std::filesystem::remove(folder.path() / "vocab.json");
  EXPECT_EQ(Tokenizer::load(folder.path()).encode(text, AddedTokens::kAll), ids);
}

void expect_load_error(const std::string& tokenizer_json, const std::string& part) {
  const ScratchFolder folder;
  std::ofstream(folder.path() / "tokenizer.json") << tokenizer_json;
  try {
    Tokenizer::load(folder.path());
    FAIL() << "loaded: " << tokenizer_json;
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(Tokenizer, SaysWhatIsWrongWithAFile) {
  expect_load_error("{", "not valid JSON");
  expect_load_error("{}", "'vocab' is missing");
  expect_load_error(R"({"model":{"type":"WordPiece"}})", "must be BPE");
  expect_load_error(R"({"model":{"vocab":{},"merges":[]}})", "no token for byte 0");
  expect_load_error(R"({"model":{"vocab":{"a":"x"},"merges":[]}})",
                    "must be an integer");
  expect_load_error(R"({"model":{"vocab":{},"merges":["ab"]}})",
                    "a merge is two tokens");
}

// The published vocabulary against ids of the reference implementation.
TEST(PublishedTokenizer, AgreesWithTheReferenceOnEveryCase) {
  const Tokenizer tokenizer = Tokenizer::load(kPublishedTokenizer);
  EXPECT_EQ(tokenizer.size(), 151665);
  std::ifstream in(kPublishedTokenizer / "cases.jsonl");
  int cases = 0;
  for (std::string line; std::getline(in, line); ++cases) {
    const auto json = nlohmann::json::parse(line);
    const auto text = json["text"].get<std::string>();
    const auto expected = json["ids"].get<std::vector<std::int64_t>>();
    EXPECT_EQ(tokenizer.encode(text, AddedTokens::kAll), expected) << text;
    EXPECT_EQ(tokenizer.decode(expected), normalize_nfc(text));
  }
  EXPECT_GT(cases, 100);
}

std::vector<ChatMessage> chat_of(const nlohmann::json& json) {
  using Kind = ChatPart::Kind;
  std::vector<ChatMessage> chat;
  for (const auto& message : json) {
    ChatMessage& one = chat.emplace_back(ChatMessage{message["role"], {}});
    if (message["content"].is_string()) {
      one.parts.push_back({Kind::kText, message["content"]});
      continue;
    }
    for (const auto& part : message["content"]) {
      if (part["type"] == "text")
        one.parts.push_back({Kind::kText, part["text"]});
      else
        one.parts.push_back({part["type"] == "image" ? Kind::kImage : Kind::kVideo});
    }
  }
  return chat;
}

TEST(PublishedTokenizer, RendersAndEncodesConversations) {
  const Tokenizer tokenizer = Tokenizer::load(kPublishedTokenizer);
  for (const auto& json : testing::read_json(kPublishedTokenizer / "chat_cases.json")) {
    const auto chat = chat_of(json["messages"]);
    const ChatOptions options{.add_generation_prompt = json["add_generation_prompt"],
                              .add_vision_id = json["add_vision_id"]};
    const auto ids = json["ids"].get<std::vector<std::int64_t>>();
    EXPECT_EQ(render_chat(chat, options), json["text"].get<std::string>());
    EXPECT_EQ(encode_chat(tokenizer, chat, options), ids);
    EXPECT_EQ(tokenizer.encode(json["text"].get<std::string>(), AddedTokens::kAll), ids);
  }
}

}  // namespace
}  // namespace paperphone::agent
