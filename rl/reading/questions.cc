#include "rl/reading/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>

#include "env/base/check.h"
#include "env/base/hash.h"
#include "env/base/utf8.h"

namespace paperphone::rl {

namespace {

constexpr int kMaxAnswerChars = 16, kMaxLabelChars = 8;

std::string_view role_in_words(Role role) {
  switch (role) {
    case Role::kText:
      return "文字";
    case Role::kButton:
      return "按钮";
    case Role::kField:
      return "输入框";
    case Role::kSwitch:
      return "开关";
    case Role::kCheckBox:
      return "复选框";
    case Role::kRadio:
      return "单选框";
    case Role::kTab:
      return "标签";
    case Role::kListItem:
      return "列表项";
    case Role::kImage:
      return "图片";
    case Role::kSlider:
      return "滑块";
    case Role::kKey:
      return "按键";
    case Role::kIcon:
      return "图标";
    case Role::kScrim:
      return "遮罩";
    case Role::kHeader:
      return "标题";
  }
  PAPERPHONE_CHECK_FAIL("no such role");
}

bool has_state(Role role) {
  return role == Role::kSwitch || role == Role::kCheckBox || role == Role::kRadio ||
         role == Role::kTab;
}


template <class T>
const T* any_of(const std::vector<const T*>& items, Rng& rng) {
  return items.empty() ? nullptr : items[rng.below(items.size())];
}

// ---- columns of a list --------------------------------------------------------------

// "¥433.00": the number, and what is written around it ("¥", "").
struct Quantity {
  double number = 0;
  std::string before, after;
};

std::optional<Quantity> quantity_in(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto first = std::find_if(text.begin(), text.end(), is_digit);
  if (first == text.end()) return std::nullopt;
  const std::size_t begin = std::size_t(first - text.begin());
  std::size_t end = begin;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
  Quantity out{0, std::string(text.substr(0, begin)), std::string(text.substr(end))};
  // "18:16" as one number; a second number makes it something else.
  double factor = 1;
  if (out.after.size() == 3 && out.after[0] == ':' && is_digit(out.after[1]) &&
      is_digit(out.after[2])) {
    out.number = std::atoi(out.after.c_str() + 1);
    out.after = ":";
    factor = 60;
  }
  if (std::any_of(out.after.begin(), out.after.end(), is_digit)) return std::nullopt;
  double whole = 0;
  const auto [rest, error] =
      std::from_chars(text.data() + begin, text.data() + end, whole);
  if (error != std::errc() || rest != text.data() + end) return std::nullopt;
  out.number += factor * whole;
  return out;
}

// A row by its title and one quantity that all rows write alike.
struct Column {
  std::string before, after;
  std::vector<std::pair<std::string, double>> rows;  // title, number
};

// Of the lines of each row: those that say a quantity in every row, in the same writing.
std::vector<Column> columns_of(const ScreenLabels& labels) {
  struct Row {
    std::string title;
    std::map<std::pair<std::string, std::string>, double> quantities;
  };
  std::map<int, Row> rows;
  for (const Line& line : labels.lines) {
    if (line.row < 0) continue;
    Row& row = rows[line.row];
    if (const auto quantity = quantity_in(line.text))
      row.quantities.try_emplace({quantity->before, quantity->after}, quantity->number);
    else if (row.title.empty())
      row.title = line.text;
  }
  std::map<std::pair<std::string, std::string>, Column> columns;
  for (const auto& [index, row] : rows) {
    if (row.title.empty()) continue;
    for (const auto& [writing, number] : row.quantities) {
      Column& column = columns[writing];
      column.before = writing.first;
      column.after = writing.second;
      column.rows.emplace_back(row.title, number);
    }
  }
  constexpr std::size_t kFewest = 3;
  constexpr std::size_t kLongestWriting = 12;  // bytes: what a question can quote
  std::vector<Column> out;
  for (auto& [writing, column] : columns)
    if (column.rows.size() >= kFewest &&
        writing.first.size() + writing.second.size() <= kLongestWriting)
      out.push_back(std::move(column));
  return out;
}

// ---- asking ---------------------------------------------------------------------------

class Asker {
 public:
  Asker(const ScreenLabels& labels, std::string_view instruction, const ImageScale& scale,
        const QuestionOptions& options, Rng& rng)
      : labels_(labels),
        instruction_(instruction),
        scale_(scale),
        options_(options),
        rng_(rng) {
    for (const Label& label : labels.labels) {
      ++times_[label.text];
      if (fits(label.text)) short_.push_back(&label);
    }
    for (const Label* label : short_)
      if (times_[label->text] == 1) unique_.push_back(label);
    for (const Line& line : labels.lines) ++line_times_[line.text];
  }

  std::optional<Question> ask(QuestionKind kind) {
    switch (kind) {
      case QuestionKind::kWhere: return where();
      case QuestionKind::kWhat: return what();
      case QuestionKind::kWidget: return widget();
      case QuestionKind::kState: return state();
      case QuestionKind::kTap: return tap();
      case QuestionKind::kValue: return value();
      case QuestionKind::kExtreme: return extreme();
      case QuestionKind::kSpan: return span();
      case QuestionKind::kType: return type();
    }
    PAPERPHONE_CHECK_FAIL("no such question");
  }

 private:
  static bool fits(std::string_view text) {
    return !text.empty() && count_code_points(text) <= kMaxAnswerChars;
  }
  // Texts that may be answers here.
  bool asked(std::string_view text) const {
    return fits(text) &&
           is_held_out(text) == (options_.words == Words::kHeldOut);
  }
  std::string point_at(const Rect& box) const {
    const Point at = scale_.in_image(box.center());
    return fmt::format("[{},{}]", at.x, at.y);
  }

  std::optional<Question> where() {
    const Label* label = any_of(unique_, rng_);
    if (label == nullptr) return std::nullopt;
    return Question{QuestionKind::kWhere, fmt::format("“{}”在哪里？", label->text),
                    point_at(label->box)};
  }

  std::optional<Question> what() {
    std::vector<const Line*> lines;
    for (const Line& line : labels_.lines)
      if (asked(line.text)) lines.push_back(&line);
    const Line* line = any_of(lines, rng_);
    if (line == nullptr) return std::nullopt;
    return Question{QuestionKind::kWhat, fmt::format("{}写着什么？", point_at(line->box)),
                    line->text};
  }

  std::optional<Question> widget() {
    const Label* label = any_of(short_, rng_);
    if (label == nullptr) return std::nullopt;
    return Question{QuestionKind::kWidget,
                    fmt::format("{}是什么控件？", point_at(label->box)),
                    std::string(role_in_words(label->role))};
  }

  std::optional<Question> state() {
    std::vector<const Label*> labels;
    for (const Label* label : unique_)
      if (has_state(label->role)) labels.push_back(label);
    const Label* label = any_of(labels, rng_);
    if (label == nullptr) return std::nullopt;
    return Question{QuestionKind::kState, fmt::format("“{}”开着吗？", label->text),
                    label->checked ? "是" : "否"};
  }

  std::optional<Question> tap() {
    const Label* label = any_of(unique_, rng_);
    if (label == nullptr) return std::nullopt;
    const std::string sentence = fmt::format("点击{}", label->text);
    return Question{
        QuestionKind::kTap, fmt::format("点击“{}”", label->text),
        agent::format_response({.thought = sentence, .sentence = sentence},
                               Click{scale_.in_image(label->box.center())},
                               options_.style)};
  }

  // On one line with it, to the right, with nothing between.
  const Line* beside(const Line& label) const {
    const Line* nearest = nullptr;
    for (const Line& line : labels_.lines) {
      const Rect &a = label.box, &b = line.box;
      if (b.x < a.x + a.width) continue;
      if (std::abs(a.center().y - b.center().y) * 4 > std::min(a.height, b.height)) continue;
      if (nearest == nullptr || b.x < nearest->box.x) nearest = &line;
    }
    return nearest;
  }

  std::optional<Question> value() {
    std::vector<std::pair<const Line*, const Line*>> pairs;
    for (const Line& label : labels_.lines) {
      if (count_code_points(label.text) > kMaxLabelChars || quantity_in(label.text) ||
          line_times_.at(label.text) > 1)
        continue;
      const Line* value = beside(label);
      if (value != nullptr && asked(value->text)) pairs.emplace_back(&label, value);
    }
    if (pairs.empty()) return std::nullopt;
    const auto& [label, value] = pairs[rng_.below(pairs.size())];
    return said(QuestionKind::kValue, fmt::format("“{}”是什么？", label->text), value->text);
  }

  std::optional<Question> extreme() {
    struct End {
      const Column* column;
      const char* word;
      std::string title;
    };
    const std::vector<Column> columns = columns_of(labels_);
    std::vector<End> ends;
    for (const Column& column : columns)
      for (const bool most : {false, true}) {
        auto rows = column.rows;
        std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
          return most ? a.second > b.second : a.second < b.second;
        });
        if (rows[0].second != rows[1].second && asked(rows[0].first))
          ends.push_back({&column, most ? "最大" : "最小", rows[0].first});
      }
    if (ends.empty()) return std::nullopt;
    const End& end = ends[rng_.below(ends.size())];
    return said(QuestionKind::kExtreme,
                fmt::format("“{}0{}”{}的是哪个？", end.column->before, end.column->after,
                            end.word),
                end.title);
  }

  // The cues belong to the answer: once it has begun, each next character is the one that
  // follows in the instruction.
  std::optional<Question> span() {
    const std::u32string text = to_utf32(instruction_);
    constexpr std::size_t kCue = 2, kLongest = 12;
    constexpr int kTries = 8;
    if (text.size() < 2 * kCue + 1) return std::nullopt;
    for (int i = 0; i < kTries; ++i) {
      const std::size_t longest = std::min(kLongest, text.size());
      const std::size_t length = 2 * kCue + rng_.below(longest - 2 * kCue + 1);
      const std::size_t begin = rng_.below(text.size() - length + 1);
      const std::u32string from = text.substr(begin, kCue);
      const std::u32string to = text.substr(begin + length - kCue, kCue);
      // One place alone begins so, and the answer ends at the first that ends so.
      if (text.find(from) != begin || text.find(from, begin + 1) != text.npos ||
          text.find(to, begin + kCue) != begin + length - kCue)
        continue;
      const std::string answer = to_utf8(text.substr(begin, length));
      if (!asked(answer)) continue;
      return Question{QuestionKind::kSpan,
                      fmt::format("{}\n从“{}”抄到“{}”", instruction_, to_utf8(from),
                                  to_utf8(to)),
                      answer};
    }
    return std::nullopt;
  }

  // Words of this screen, digits, or both: what people type.
  std::optional<Question> type() {
    std::vector<const Line*> lines;
    for (const Line& line : labels_.lines)
      if (fits(line.text)) lines.push_back(&line);
    std::string text;
    const Line* line = any_of(lines, rng_);
    if (line != nullptr && rng_.chance(0.7)) text = line->text;
    if (text.empty() || rng_.chance(0.2))
      for (auto digits = 1 + rng_.below(6); digits > 0; --digits)
        text += char('0' + rng_.below(10));
    if (!asked(text)) return std::nullopt;
    const std::string sentence = fmt::format("输入{}", text);
    return Question{QuestionKind::kType, fmt::format("输入“{}”", text),
                    agent::format_response({.thought = sentence, .sentence = sentence},
                                           TypeText{text}, options_.style)};
  }

  // Half of them are asked as a task is: the answer is a whole response.
  Question said(QuestionKind kind, std::string question, const std::string& answer) {
    if (options_.words == Words::kHeldOut || rng_.chance(0.5))
      return {kind, std::move(question), answer};
    const std::string sentence = fmt::format("回答{}", answer);
    return {kind, "告诉我" + question,
            agent::format_response({.thought = sentence, .sentence = sentence},
                                   Answer{answer}, options_.style)};
  }

  const ScreenLabels& labels_;
  const std::string_view instruction_;
  const ImageScale& scale_;
  const QuestionOptions& options_;
  Rng& rng_;
  std::map<std::string_view, int> times_, line_times_;
  std::vector<const Label*> short_, unique_;
};

// How often each kind is asked for, kTap aside.
constexpr std::pair<QuestionKind, double> kShares[] = {
    {QuestionKind::kWhere, 0.18}, {QuestionKind::kWhat, 0.30},
    {QuestionKind::kWidget, 0.04}, {QuestionKind::kState, 0.06},
    {QuestionKind::kValue, 0.12}, {QuestionKind::kExtreme, 0.08},
    {QuestionKind::kSpan, 0.12},  {QuestionKind::kType, 0.10}};

QuestionKind kind_for(double uniform) {
  for (const auto& [kind, share] : kShares)
    if ((uniform -= share) < 0) return kind;
  return QuestionKind::kWhat;
}

}  // namespace

bool is_held_out(std::string_view text) { return hash_bytes(text).low % 8 == 0; }

Point ImageScale::in_image(Point on_screen) const {
  return {on_screen.x * image_width / screen_width,
          on_screen.y * image_height / screen_height};
}

std::optional<Question> ask(QuestionKind kind, const ScreenLabels& labels,
                            std::string_view instruction, const ImageScale& scale,
                            const QuestionOptions& options, Rng& rng) {
  return Asker(labels, instruction, scale, options, rng).ask(kind);
}

std::vector<Question> ask_about(const ScreenLabels& labels, std::string_view instruction,
                                const ImageScale& scale, const QuestionOptions& options,
                                Rng rng) {
  Asker asker(labels, instruction, scale, options, rng);
  std::vector<Question> out;
  for (int i = 0; i < options.count; ++i) {
    const QuestionKind kind =
        rng.chance(options.tap_share) ? QuestionKind::kTap : kind_for(rng.uniform());
    auto question = asker.ask(kind);
    if (!question) question = asker.ask(QuestionKind::kWhat);
    if (question) out.push_back(std::move(*question));
  }
  return out;
}

}  // namespace paperphone::rl
