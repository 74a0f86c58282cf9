#include "env/task/expert/sentence.h"

#include <fmt/format.h>

namespace paperphone::task {
namespace {

std::string_view direction(const Swipe& swipe) {
  const bool sideways = swipe.to.y == swipe.from.y;
  if (sideways) return swipe.to.x < swipe.from.x ? "向左" : "向右";
  return swipe.to.y < swipe.from.y ? "向上" : "向下";
}

}  // namespace

std::string sentence_of(const Action& action, std::string_view label) {
  if (std::holds_alternative<Click>(action)) return fmt::format("点击{}", label);
  if (std::holds_alternative<LongPress>(action)) return fmt::format("长按{}", label);
  if (const auto* swipe = std::get_if<Swipe>(&action))
    return fmt::format("{}滑动", direction(*swipe));
  if (const auto* type = std::get_if<TypeText>(&action)) return "输入" + type->utf8;
  if (const auto* button = std::get_if<SystemButton>(&action)) {
    constexpr std::string_view kNames[] = {"返回", "回到桌面", "打开最近任务",
                                           "按回车"};
    return std::string(kNames[std::size_t(button->button)]);
  }
  if (const auto* open = std::get_if<OpenApp>(&action)) return "打开" + open->app;
  if (const auto* key = std::get_if<KeyPress>(&action))
    return key->name == "power" ? "按电源键" : "清空输入框";
  if (const auto* answer = std::get_if<Answer>(&action)) return "回答" + answer->utf8;
  return "等待";
}

}  // namespace paperphone::task
