// Half-typed pinyin -> Chinese candidates, as an input method proposes them.
// Data: apps/_common/pinyin.txt (characters by syllable) and the lexicons (words).
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paperphone::sim {

struct PinyinCandidate {
  std::string text;
  int letters = 0;  // how many of the letters it uses up, from the front
  bool operator==(const PinyinCandidate&) const = default;
};

// Immutable once made; shared by any number of machines and threads.
class PinyinDictionary {
 public:
  // table: lines "wang 王望往" or "hang 航杭 行", characters best first; those in
  // the third column have this reading beside a commoner one. '#' starts a comment.
  // words: Chinese words; others (Latin, unknown characters) are passed over.
  // Throws DataError naming `source` and the line.
  PinyinDictionary(std::string_view table, std::span<const std::string> words,
                   std::string_view source = "pinyin.txt");

  // apps_dir/_common/pinyin.txt and the lexicons, apps_dir/*/lexicon/*.txt.
  // Throws DataError if the table is missing.
  static std::shared_ptr<const PinyinDictionary> load(
      const std::filesystem::path& apps_dir);

  // Best first: words spelt by all the letters, the first characters of a finished
  // syllable, words that begin so, then characters of the longest syllable in front.
  std::vector<PinyinCandidate> candidates(std::string_view letters, int limit) const;

  // Every way to spell a word, without spaces; empty if a character is unknown.
  std::vector<std::string> spellings(std::string_view word) const;

 private:
  struct Syllable {
    std::string letters;
    std::vector<std::string> characters;  // best first
  };
  std::vector<Syllable> syllables_;                          // by letters
  std::vector<std::pair<std::string, std::string>> words_;   // spelling, word
  std::vector<std::pair<char32_t, std::string>> readings_;   // by character
};

}  // namespace paperphone::sim
