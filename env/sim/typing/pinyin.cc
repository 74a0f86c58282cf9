#include "env/sim/typing/pinyin.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/utf8.h"

namespace paperphone::sim {
namespace {

// 行长: a word with many ambiguous characters is not spelt in every way.
constexpr std::size_t kMaxSpellings = 8;
// Of a syllable typed to its end, before words that go on.
constexpr std::size_t kFirstCharacters = 4;

// Those of all apps and each app's own; a directory's own order differs between machines.
std::set<std::filesystem::path> lexicon_files(const std::filesystem::path& apps_dir) {
  namespace fs = std::filesystem;
  std::set<fs::path> files;
  for (const auto& app : fs::directory_iterator(apps_dir)) {
    const std::string name = app.path().filename().string();
    const bool is_draft = name[0] == '.' || (name[0] == '_' && name != "_common");
    const fs::path folder = app.path() / "lexicon";
    if (is_draft || !fs::is_directory(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".txt") files.insert(entry.path());
  }
  return files;
}

bool is_word(std::string_view entry) {
  std::size_t at = 0;
  while (at < entry.size())
    if (next_code_point(entry, at) < 0x2E80) return false;  // Latin, digits, spaces
  return count_code_points(entry) >= 2 && count_code_points(entry) <= 8;
}

}  // namespace

PinyinDictionary::PinyinDictionary(std::string_view table,
                                   std::span<const std::string> words,
                                   std::string_view source) {
  std::istringstream lines{std::string(table)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream columns(line);
    Syllable syllable;
    std::string main;
    std::string others;
    columns >> syllable.letters >> main >> others;
    const bool plain = std::all_of(syllable.letters.begin(), syllable.letters.end(),
                                   [](char c) { return c >= 'a' && c <= 'z'; });
    if (!plain || main.empty())
      throw DataError(fmt::format(
          "{}:{}: expected a syllable and its characters, as in 'wang 王望往', "
          "found '{}'",
          source, number, line));
    for (const char32_t c : to_utf32(main + others)) {
      syllable.characters.push_back(to_utf8(std::u32string(1, c)));
      readings_.emplace_back(c, syllable.letters);
    }
    syllables_.push_back(std::move(syllable));
  }
  std::sort(syllables_.begin(), syllables_.end(),
            [](const Syllable& a, const Syllable& b) { return a.letters < b.letters; });
  std::sort(readings_.begin(), readings_.end());
  for (const std::string& word : words)
    if (is_word(word))
      for (std::string& spelling : spellings(word))
        words_.emplace_back(std::move(spelling), word);
  std::stable_sort(words_.begin(), words_.end());
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
}

std::shared_ptr<const PinyinDictionary> PinyinDictionary::load(
    const std::filesystem::path& apps_dir) {
  const auto common = apps_dir / "_common";
  const std::string table = read_file(common / "pinyin.txt");
  std::vector<std::string> words;
  for (const auto& file : lexicon_files(apps_dir)) {
    std::istringstream lines(read_file(file));
    for (std::string line; std::getline(lines, line);) {
      while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
        line.pop_back();
      if (!line.empty() && line[0] != '#') words.push_back(line);
    }
  }
  return std::make_shared<const PinyinDictionary>(table, words,
                                                  "apps/_common/pinyin.txt");
}

std::vector<std::string> PinyinDictionary::spellings(std::string_view word) const {
  std::vector<std::string> found{""};
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    std::vector<std::string> longer;
    for (auto reading = std::lower_bound(readings_.begin(), readings_.end(),
                                         std::pair(c, std::string()));
         reading != readings_.end() && reading->first == c; ++reading)
      for (const std::string& prefix : found)
        if (longer.size() < kMaxSpellings) longer.push_back(prefix + reading->second);
    if (longer.empty()) return {};
    found = std::move(longer);
  }
  return found;
}

std::vector<PinyinCandidate> PinyinDictionary::candidates(std::string_view letters,
                                                          int limit) const {
  std::vector<PinyinCandidate> found;
  if (letters.empty()) return found;
  const auto add = [&](const std::string& text, std::size_t used) {
    const bool known =
        std::any_of(found.begin(), found.end(),
                    [&](const PinyinCandidate& other) { return other.text == text; });
    if (!known && int(found.size()) < limit)
      found.push_back({text, int(used)});
  };

  const auto first_word = std::lower_bound(
      words_.begin(), words_.end(), std::pair(std::string(letters), std::string()));
  auto longer_word = first_word;  // a shorter spelling sorts first
  for (; longer_word != words_.end() && longer_word->first == letters; ++longer_word)
    add(longer_word->second, letters.size());

  // The longest syllable in front.
  const Syllable* whole = nullptr;
  for (const Syllable& syllable : syllables_)
    if (letters.starts_with(syllable.letters) &&
        (whole == nullptr || syllable.letters.size() > whole->letters.size()))
      whole = &syllable;
  const auto add_characters = [&](std::size_t count) {
    for (std::size_t i = 0; i < std::min(count, whole->characters.size()); ++i)
      add(whole->characters[i], whole->letters.size());
  };
  if (whole != nullptr && whole->letters == letters) add_characters(kFirstCharacters);
  for (auto word = longer_word;
       word != words_.end() && word->first.starts_with(letters); ++word)
    add(word->second, letters.size());
  if (whole != nullptr) add_characters(whole->characters.size());
  // Unfinished: syllables that begin so.
  for (const Syllable& syllable : syllables_)
    if (&syllable != whole && syllable.letters.starts_with(letters))
      for (const std::string& character : syllable.characters)
        add(character, letters.size());
  return found;
}

}  // namespace paperphone::sim
