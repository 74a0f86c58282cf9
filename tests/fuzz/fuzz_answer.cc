// The grammars of answers: never throw, on any bytes. The first byte chooses the type.
#include "env/task/answer.h"
#include "tests/fuzz/fuzz.h"

using namespace paperphone;

namespace {

struct Truth {
  app::Kind kind;
  const char* text;
};
constexpr Truth kTruths[] = {
    {app::Kind::kInt, "3"},        {app::Kind::kInt, "1280"},
    {app::Kind::kMoney, "¥12.80"}, {app::Kind::kDate, "11月20日"},
    {app::Kind::kTime, "18:16"},   {app::Kind::kInstant, "11月20日 08:30"},
    {app::Kind::kBool, "是"},      {app::Kind::kBool, "否"},
    {app::Kind::kText, "王芳"},    {app::Kind::kText, "3:05"}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Truth& truth = kTruths[data[0] % std::size(kTruths)];
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  task::AnswerKey key{.type = {truth.kind}, .truth = truth.text, .now = 29'393'000};
  key.hour24 = data[0] < 128;
  key.is_length = true;
  if (data[0] % 3 == 0) key.asked = {U"分钟"};
  const bool right = task::is_right(key, text);
  // White space around it changes nothing; what denies or bounds makes it wrong.
  if (task::is_right(key, "\n" + text + " ") != right) __builtin_trap();
  if (task::is_right(key, "约" + text)) __builtin_trap();
  if (right && task::is_right(key, "不是" + text)) __builtin_trap();
  return 0;
}

std::vector<std::string> paperphone::fuzz::seeds() {
  std::vector<std::string> all;
  for (std::size_t kind = 0; kind < std::size(kTruths); ++kind)
    for (const char* text : {"3",
                             "共３个。",
                             "一千二百八十",
                             "1,280",
                             "12块8",
                             "3元5角",
                             "¥12.80",
                             "2025-11-20",
                             "十一月二十日",
                             "下周五",
                             "Nov 20, 2025",
                             "下午6点16分",
                             "六点一刻",
                             "差5分8点",
                             "7 pm",
                             "今天早上8点半",
                             "是的，开着",
                             "不是",
                             "叫“王芳”",
                             "3分5秒",
                             "1小时零5分钟",
                             "答案是：3",
                             "3万2千"})
      all.push_back(char(kind) + std::string(text));
  return all;
}
