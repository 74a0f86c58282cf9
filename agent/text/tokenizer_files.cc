// Tokenizer files of the Hugging Face libraries, in and out.
#include <algorithm>

#include "agent/text/byte_spelling.h"
#include "agent/text/json_fields.h"
#include "agent/text/pre_tokenizer.h"
#include "agent/text/tokenizer.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/json_text.h"

namespace paperphone::agent {
namespace {

using Vocab = std::vector<std::pair<std::string, std::int64_t>>;
using Merges = std::vector<std::pair<std::string, std::string>>;
namespace fs = std::filesystem;

std::pair<std::string, std::string> split_merge(std::string_view line,
                                                std::string_view where) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || space == 0 || space + 1 == line.size())
    throw DataError(
        fmt::format("{}: a merge is two tokens and a space, found '{}'", where, line));
  return {std::string(line.substr(0, space)), std::string(line.substr(space + 1))};
}

Vocab read_vocab(const nlohmann::json& object, const std::string& name) {
  if (!object.is_object())
    throw DataError(fmt::format("{}: the vocabulary must be an object", name));
  Vocab vocab;
  for (const auto& [spelling, id] : object.items()) {
    if (!id.is_number_integer())
      throw DataError(fmt::format("{}: id of '{}' must be an integer", name, spelling));
    vocab.emplace_back(spelling, id.get<std::int64_t>());
  }
  return vocab;
}

Merges read_merges_text(const std::string& text, const std::string& name) {
  Merges merges;
  std::size_t begin = 0;
  int number = 0;
  while (begin < text.size()) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    std::string_view line(text.data() + begin, end - begin);
    begin = end + 1;
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || (number == 1 && line.starts_with("#version"))) continue;
    merges.push_back(split_merge(line, fmt::format("{}:{}", name, number)));
  }
  return merges;
}

// GPT-2's construction: bytes in their order, then the merges in theirs.
Vocab vocab_of_merges(const Merges& merges) {
  Vocab vocab;
  for (std::uint8_t byte : byte_order())
    vocab.emplace_back(byte_spellings()[byte], std::int64_t(vocab.size()));
  for (const auto& [left, right] : merges)
    vocab.emplace_back(left + right, std::int64_t(vocab.size()));
  return vocab;
}

std::vector<AddedToken> read_added_tokens(const fs::path& directory) {
  std::vector<AddedToken> added;
  const fs::path config_file = directory / "tokenizer_config.json";
  if (fs::exists(config_file)) {
    const auto fields = JsonFields::parse(read_file(config_file), config_file.string());
    const JsonFields decoder = fields.child("added_tokens_decoder");
    for (const auto& [id, token] : decoder.json().items()) {
      if (id.empty() || id.size() > 9 || !std::all_of(id.begin(), id.end(), [](char c) {
            return c >= '0' && c <= '9';
          }))
        decoder.fail(id.c_str(), "must be a token id");
      const JsonFields entry = decoder.child(id.c_str());
      added.push_back({std::stoll(id), entry.get<std::string>("content"),
                       entry.get("special", false)});
    }
    if (!added.empty()) return added;
  }
  const fs::path added_file = directory / "added_tokens.json";
  if (!fs::exists(added_file)) return added;
  const auto fields = JsonFields::parse(read_file(added_file), added_file.string());
  for (const auto& [text, id] : fields.json().items()) {
    if (!id.is_number_integer()) fields.fail(text.c_str(), "must be an integer");
    // This older file does not say which are special: the marks in bars are, except
    // those for code completion.
    const bool special = text.starts_with("<|") && !text.starts_with("<|fim") &&
                         text != "<|repo_name|>" && text != "<|file_sep|>";
    added.push_back({id.get<std::int64_t>(), text, special});
  }
  return added;
}

Tokenizer read_tokenizer_json(const fs::path& file) {
  const auto fields = JsonFields::parse(read_file(file), file.string());
  const JsonFields model = fields.child("model");
  if (const auto type = model.get<std::string>("type", "BPE"); type != "BPE")
    model.fail("type", "must be BPE, found " + type);
  if (!model.has("vocab")) model.fail("vocab", "is missing");
  if (!model.has("merges") || !model.json().at("merges").is_array())
    model.fail("merges", "must be a list");
  Merges merges;
  for (const auto& merge : model.json().at("merges")) {
    if (merge.is_string()) {
      merges.push_back(split_merge(merge.get<std::string>(), model.name()));
    } else if (merge.is_array() && merge.size() == 2 && merge[0].is_string() &&
               merge[1].is_string()) {
      merges.emplace_back(merge[0].get<std::string>(), merge[1].get<std::string>());
    } else {
      model.fail("merges", "must hold \"a b\" or [\"a\", \"b\"]");
    }
  }
  std::vector<AddedToken> added;
  if (fields.has("added_tokens")) {
    if (!fields.json().at("added_tokens").is_array())
      fields.fail("added_tokens", "must be a list");
    for (const auto& token : fields.json().at("added_tokens")) {
      if (!token.is_object()) fields.fail("added_tokens", "must hold objects");
      const JsonFields entry(token, fields.name() + ": added_tokens");
      added.push_back({entry.get<std::int64_t>("id"), entry.get<std::string>("content"),
                       entry.get("special", false)});
    }
  }
  return Tokenizer(read_vocab(model.json().at("vocab"), model.name()),
                   std::move(merges), std::move(added));
}

}  // namespace

Tokenizer Tokenizer::load(const fs::path& directory) {
  if (fs::exists(directory / "tokenizer.json"))
    return read_tokenizer_json(directory / "tokenizer.json");
  const fs::path merges_file = directory / "merges.txt";
  if (!fs::exists(merges_file))
    throw DataError(
        fmt::format("{}: no tokenizer.json and no merges.txt", directory.string()));
  Merges merges = read_merges_text(read_file(merges_file), merges_file.string());
  const fs::path vocab_file = directory / "vocab.json";
  Vocab vocab =
      fs::exists(vocab_file)
          ? read_vocab(
                JsonFields::parse(read_file(vocab_file), vocab_file.string()).json(),
                vocab_file.string())
          : vocab_of_merges(merges);
  return Tokenizer(std::move(vocab), std::move(merges), read_added_tokens(directory));
}

void Tokenizer::save(const fs::path& directory) const {
  using Json = nlohmann::ordered_json;
  Json vocab_json = Json::object();
  for (const auto& [spelling, id] : vocab()) vocab_json[spelling] = id;
  Json merges_json = Json::array();
  std::string merges_text = "#version: 0.2\n";
  for (const auto& [left, right] : merges()) {
    merges_json.push_back(left + " " + right);
    merges_text += left + " " + right + "\n";
  }
  Json added_json = Json::array(), added_ids = Json::object(), decoder = Json::object();
  for (const AddedToken& token : added_tokens()) {
    Json entry = {{"content", token.text}, {"single_word", false},
                  {"lstrip", false},       {"rstrip", false},
                  {"normalized", false},   {"special", token.special}};
    decoder[std::to_string(token.id)] = entry;
    Json with_id = {{"id", token.id}};
    with_id.update(entry);
    added_json.push_back(with_id);
    added_ids[token.text] = token.id;
  }
  const Json byte_level = {{"type", "ByteLevel"},
                           {"add_prefix_space", false},
                           {"trim_offsets", false},
                           {"use_regex", false}};
  const Json split = {{"type", "Split"},
                      {"pattern", {{"Regex", kPieceExpression}}},
                      {"behavior", "Isolated"},
                      {"invert", false}};
  const Json file = {
      {"version", "1.0"},
      {"truncation", nullptr},
      {"padding", nullptr},
      {"added_tokens", added_json},
      {"normalizer", {{"type", "NFC"}}},
      {"pre_tokenizer",
       {{"type", "Sequence"}, {"pretokenizers", Json::array({split, byte_level})}}},
      {"post_processor", byte_level},
      {"decoder", byte_level},
      {"model",
       {{"type", "BPE"},
        {"dropout", nullptr},
        {"unk_token", nullptr},
        {"continuing_subword_prefix", ""},
        {"end_of_word_suffix", ""},
        {"fuse_unk", false},
        {"byte_fallback", false},
        {"vocab", vocab_json},
        {"merges", merges_json}}}};
  const Json config = {{"add_bos_token", false},
                       {"add_prefix_space", false},
                       {"added_tokens_decoder", decoder},
                       {"bos_token", nullptr},
                       {"clean_up_tokenization_spaces", false},
                       {"eos_token", "<|im_end|>"},
                       {"errors", "replace"},
                       {"model_max_length", 131072},
                       {"pad_token", "<|endoftext|>"},
                       {"split_special_tokens", false},
                       {"tokenizer_class", "Qwen2Tokenizer"},
                       {"unk_token", nullptr}};
  std::error_code error;
  fs::create_directories(directory, error);
  write_file(directory / "tokenizer.json", json_text(file, 1) + "\n");
  write_file(directory / "vocab.json", json_text(vocab_json, 1) + "\n");
  write_file(directory / "merges.txt", merges_text);
  write_file(directory / "added_tokens.json", json_text(added_ids, 1) + "\n");
  write_file(directory / "tokenizer_config.json", json_text(config, 1) + "\n");
}

}  // namespace paperphone::agent
