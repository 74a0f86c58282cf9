#include "env/sim/typing/ime.h"

#include <algorithm>

#include "env/base/utf8.h"
#include "env/sim/navigation.h"
#include "env/sim/typing/typing.h"

namespace paperphone::sim {
namespace {

constexpr std::size_t kMaxComposing = 40;
constexpr int kMaxCandidates = 60;
constexpr int kMaxOnPage = 6;
constexpr int kPageWidth = 300;      // dp, the next-page key apart
constexpr int kCharacterWidth = 18;  // dp
constexpr int kPadding = 24;         // dp, of one candidate

bool is_composing(const Machine& machine, const PhoneState& state) {
  return state.ime.mode == ImeMode::kPinyin && !state.ime.composing.empty() &&
         focus_takes_pinyin(machine, state);
}

// All candidates, cut into pages that fit the strip above the keys.
std::vector<std::vector<PinyinCandidate>> pages_of(const Machine& machine,
                                                   const PhoneState& state) {
  std::vector<std::vector<PinyinCandidate>> pages;
  if (machine.pinyin() == nullptr || !is_composing(machine, state)) return pages;
  int width = 0;
  for (auto& candidate :
       machine.pinyin()->candidates(state.ime.composing, kMaxCandidates)) {
    const int needed = kPadding + kCharacterWidth * count_code_points(candidate.text);
    if (pages.empty() || width + needed > kPageWidth ||
        pages.back().size() == kMaxOnPage) {
      pages.emplace_back();
      width = 0;
    }
    width += needed;
    pages.back().push_back(std::move(candidate));
  }
  return pages;
}

std::vector<PinyinCandidate> present_page(const Machine& machine,
                                          const PhoneState& state) {
  auto pages = pages_of(machine, state);
  if (pages.empty()) return {};
  return std::move(pages[std::size_t(state.ime.page) % pages.size()]);
}

ActionOutcome choose(Run& run, int index) {
  const auto page = present_page(run.machine, run.state);
  if (index < 0 || index >= int(page.size()))
    return ActionOutcome::kNoTarget;
  const PinyinCandidate& chosen = page[index];
  // What it does not use up stays half-typed.
  run.state.ime.composing.erase(0, std::size_t(chosen.letters));
  run.state.ime.page = 0;
  return type_text(run, chosen.text);
}

ActionOutcome press_letter(Run& run, char letter) {
  Ime& ime = run.state.ime;
  if (ime.mode == ImeMode::kPinyin && run.machine.pinyin() != nullptr &&
      focus_takes_pinyin(run.machine, run.state)) {
    if (ime.composing.size() < kMaxComposing) ime.composing.push_back(letter);
    ime.page = 0;
    return ActionOutcome::kApplied;
  }
  if (ime.shift) letter = char(letter - 'a' + 'A');
  ime.shift = false;
  return type_text(run, std::string_view(&letter, 1));
}

// Space takes the first candidate, or writes the letters if there is none.
ActionOutcome press_space(Run& run) {
  if (!is_composing(run.machine, run.state)) return type_text(run, " ");
  if (choose(run, 0) == ActionOutcome::kNoTarget) commit_letters(run);
  return ActionOutcome::kApplied;
}

ActionOutcome press_mark(Run& run, char mark) {
  const bool chinese = run.state.ime.mode == ImeMode::kPinyin &&
                       focus_takes_pinyin(run.machine, run.state);
  if (!chinese) return type_text(run, std::string_view(&mark, 1));
  if (is_composing(run.machine, run.state)) press_space(run);
  commit_letters(run);
  return type_text(run, mark == ',' ? "，" : "。");
}

void change_mode(Run& run, ImeMode mode) {
  // A number field keeps its fraction there.
  if (focus_takes_pinyin(run.machine, run.state)) run.state.ime.composing.clear();
  run.state.ime.mode = mode;
  run.state.ime.page = 0;
  run.state.ime.shift = false;
}

ActionOutcome press_function_key(Run& run, std::int32_t key) {
  Ime& ime = run.state.ime;
  switch (key) {
    case kImeBackspace:
      if (!is_composing(run.machine, run.state)) return erase_last(run);
      ime.composing.pop_back();
      ime.page = 0;
      return ActionOutcome::kApplied;
    case kImeEnter:
      return commit_letters(run) ? ActionOutcome::kApplied : submit(run);
    case kImeShift:
      if (ime.mode != ImeMode::kEnglish) return ActionOutcome::kNoTarget;
      ime.shift = !ime.shift;
      return ActionOutcome::kApplied;
    case kImeToDigits:
      change_mode(run, ImeMode::kDigits);
      return ActionOutcome::kApplied;
    case kImeToSymbols:
      change_mode(run, ImeMode::kSymbols);
      return ActionOutcome::kApplied;
    case kImeToLetters:
      change_mode(run, ImeMode::kPinyin);
      return ActionOutcome::kApplied;
    case kImeToggleLanguage:
      change_mode(run,
                  ime.mode == ImeMode::kPinyin ? ImeMode::kEnglish : ImeMode::kPinyin);
      return ActionOutcome::kApplied;
    case kImeHide:
      drop_focus(run.state);
      return ActionOutcome::kApplied;
    case kImeNextPage: {
      const int pages = int(pages_of(run.machine, run.state).size());
      if (pages < 2) return ActionOutcome::kNoTarget;
      ime.page = (ime.page + 1) % pages;
      return ActionOutcome::kApplied;
    }
    default:
      return ActionOutcome::kNoTarget;
  }
}

}  // namespace

bool commit_letters(Run& run) {
  if (!is_composing(run.machine, run.state)) return false;
  std::string letters;
  letters.swap(run.state.ime.composing);
  run.state.ime.page = 0;
  type_text(run, letters);
  return true;
}

ActionOutcome tap_ime(Run& run, std::int32_t key) {
  if (key >= kImeCandidate) return choose(run, key - kImeCandidate);
  if (key >= 'a' && key <= 'z') return press_letter(run, char(key));
  if (key == ' ') return press_space(run);
  if (key == ',' || key == '.') return press_mark(run, char(key));
  if (key >= '0' && key <= '9') {
    const char digit = char(key);
    return type_text(run, std::string_view(&digit, 1));
  }
  if (key >= kImeSymbol) {
    const auto symbols = ime_symbols();
    const auto at = std::size_t(key - kImeSymbol);
    return at < symbols.size() ? type_text(run, symbols[at]) : ActionOutcome::kNoTarget;
  }
  return press_function_key(run, key);
}

std::span<const std::string_view> ime_symbols() {
  static constexpr std::string_view kSymbols[] = {
      "，", "。", "？", "！", "、", "：", "；", "…",  //
      "“",  "”",  "（", "）", "《", "》", "@",  "#",  //
      "%",  "&",  "*",  "-",  "_",  "+",  "=",  "/"};
  return kSymbols;
}

std::vector<std::string> Machine::ime_candidates(const PhoneState& state) const {
  std::vector<std::string> texts;
  for (auto& candidate : present_page(*this, state))
    texts.push_back(std::move(candidate.text));
  return texts;
}

}  // namespace paperphone::sim
