#include "env/task/expert/phrases/phrases.h"

namespace paperphone::task {
namespace {

// {0}: page, {1}: obstacle.
constexpr std::string_view kPlaces[] = {
    "现在是{0}",     "{0}已经打开",   "眼前是{0}",     "我在{0}",       "这里是{0}",
    "已经到了{0}",   "屏幕上是{0}",   "{0}就在面前",   "看到的是{0}",   "停在{0}上",
    "当前页面是{0}", "这一屏是{0}"};
constexpr std::string_view kInTheWay[] = {
    "{1}，挡住了{0}", "{0}上面{1}",       "先不管{0}，{1}",   "{1}，{0}还看不全",
    "碰到一点情况：{1}", "{1}，要先处理", "{0}暂时用不了，{1}", "突然{1}"};
// {0}: what was read.
constexpr std::string_view kReads[] = {"看到{0}，记下来", "{0}，先记住",     "上面写着{0}，记着",
                                       "读到{0}，留着用", "{0}，后面要用",   "找到了，{0}",
                                       "这下清楚了，{0}", "注意到{0}，别忘了"};
constexpr std::string_view kKeeps[] = {"前面看到{0}",   "刚才记下的是{0}", "之前读到{0}",
                                       "记得{0}",       "按记下的，{0}",   "已经知道{0}"};
// {0}: purpose, {1}: action.
constexpr std::string_view kPlans[] = {
    "要{0}，就{1}",           "{1}，为的是{0}",        "为了{0}，{1}",
    "下一步{1}，好{0}",       "接着{1}，这样才能{0}",  "先{1}，再{0}",
    "想{0}，得{1}",           "任务还差{0}，所以{1}",  "{1}，用来{0}",
    "目标是{0}，那就{1}",     "还没有{0}，于是{1}",    "{1}，朝{0}走一步",
    "考虑到要{0}，应该{1}",   "眼下该{0}，因此{1}",    "{1}吧，要{0}",
    "打算{0}，第一件事是{1}"};
constexpr std::string_view kClearings[] = {
    "{1}，把路让开再{0}",   "先{1}，才好{0}",         "{1}之后才能{0}",  "不处理没法{0}，{1}",
    "{1}，免得耽误{0}",     "得{1}，然后继续{0}",     "{1}，回头再{0}",  "要{0}先得{1}"};
constexpr std::string_view kRetreats[] = {
    "这里没有要的东西，{1}，另找路去{0}", "走岔了，{1}，再去{0}",
    "不是这儿，{1}，换条路{0}",           "这页帮不上忙，{1}，还是要{0}",
    "要{0}不在这一页，{1}",               "看来不是这里，{1}，重新{0}",
    "这边用完了，{1}，再{0}",             "想{0}得退出去，{1}"};
constexpr std::string_view kDone[] = {
    "要求的都做到了",     "事情已经办好",       "结果和要求一致",   "该改的已经改好",
    "任务说的状态已达到", "检查过，没有遗漏",   "这正是要的样子",   "最后一步也完成了",
    "目标达成",           "要办的事办完了",     "已经全部照办",     "没有别的要做"};
constexpr std::string_view kEnds[] = {
    "可以{1}",         "现在{1}",         "就此{1}",         "{1}，不再动别的",
    "不用再操作，{1}", "于是{1}",         "放心{1}",         "{1}，免得多改"};
constexpr std::string_view kFound[] = {
    "问的事已经看清",   "答案就在这里",     "要问的都查到了",     "数据已经齐了",
    "不用再找了",       "需要的信息有了",   "对照题目，够回答了", "看完就有结论了",
    "该看的都看过了",   "确认无误",         "这就是要的答案",     "查到结果"};
constexpr std::string_view kAnswers[] = {"直接{1}", "可以{1}", "那么{1}", "于是{1}",
                                         "现在就{1}", "照实{1}", "应当{1}", "这就{1}"};
constexpr std::string_view kCannot[] = {
    "找过了，确实没有",       "看到的情况做不到",     "要求的前提不成立",
    "没有符合要求的",         "这件事办不成",         "从头看到尾都没有",
    "条件对不上，没法做",     "结果是空的，做不了"};

}  // namespace

const Phrases& chinese_phrases() {
  static constexpr Phrases kPhrases = {
      .citation = "{}",
      .forms = {.usual = "{0}，{1}",
                .aside = "{1}（{0}）",
                .knowing = "{0}，{1}。{2}",
                .ending = "{0}，{1}，{2}"},
      .places = kPlaces,
      .in_the_way = kInTheWay,
      .reads = kReads,
      .keeps = kKeeps,
      .plans = kPlans,
      .clearings = kClearings,
      .retreats = kRetreats,
      .done = kDone,
      .cannot = kCannot,
      .ends = kEnds,
      .found = kFound,
      .answers = kAnswers,
      .pages = {.lock = "锁屏",
                .notices = "通知栏",
                .controls = "控制中心",
                .recents = "最近任务",
                .home = "桌面",
                .of_app = "{0}的{1}",
                .nameless = "{0}的页面"},
      .obstacles = {.off = "屏幕熄灭了",
                    .locked = "手机锁屏了",
                    .dialog = "有弹窗挡住",
                    .selection = "选中了文字"},
      .facts = {.form = "{0}是{1}", .bare = "{0}"},
      .purposes = {.learn = "看清楚要找的内容",
                   .learn_of = "看看{0}的情况",
                   .learn_one = "查到{0}",
                   .learn_label = "比一比{0}",
                   .learn_both = "查到{0}的{1}",
                   .find = "找到{0}",
                   .enter = "进入{0}",
                   .read_page = "看清这一页",
                   .fill = "把要求的内容填好",
                   .fill_in = "填好{0}",
                   .submit = "提交填好的内容",
                   .hold = "调出更多操作",
                   .choose = "选好{0}",
                   .step_of = "把{0}这一步办好",
                   .step_on = "在{0}上把事办成",
                   .go_on = "把任务做下去",
                   .look_at_controls = "打开控制中心",
                   .look_at_notices = "看看通知"},
      .actions = {.tap = "点击{0}",
                  .tap_nameless = "点击",
                  .hold = "长按{0}",
                  .hold_nameless = "长按",
                  .swipe_left = "向左滑动",
                  .swipe_right = "向右滑动",
                  .swipe_up = "向上滑动",
                  .swipe_down = "向下滑动",
                  .type = "输入{0}",
                  .back = "返回",
                  .home = "回到桌面",
                  .recents = "打开最近任务",
                  .enter = "按回车",
                  .open = "打开{0}",
                  .power = "按电源键",
                  .clear = "清空输入框",
                  .wait = "等待",
                  .answer = "回答{0}",
                  .end = "结束任务",
                  .give_up = "结束任务，说明做不到"}};
  return kPhrases;
}

}  // namespace paperphone::task
