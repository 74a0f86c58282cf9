#include "env/phone/nuisance.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "env/base/error.h"
#include "env/base/rng.h"
#include "env/sim/system/dialogs.h"
#include "env/sim/typing/words.h"

namespace paperphone {

using app::Value;
using sim::DialogKind;
using sim::Machine;
using sim::PhoneState;

namespace {

constexpr double kChance[] = {0.0, 0.05, 0.18};  // per step, by level
constexpr int kMost[] = {0, 4, 12};              // per episode, by level
constexpr std::int64_t kFreshMs = 1000;          // a screen is new for one step
constexpr std::int64_t kSplashMs = 5000;
constexpr int kLowBattery = 20;  // %

// The moment at hand.
class Scene {
 public:
  Scene(const Machine& machine, PhoneState& state, Rng rng)
      : machine_(machine), state_(state), rng_(rng), words_(state, machine.apps()) {}

  bool undisturbed() const { return !state_.covered() && !state_.selection.open(); }
  // An app that is not the phone's own.
  bool in_app() const { return state_.top() != nullptr && app().id != "settings"; }
  bool screen_is_new() const {
    return in_app() && state_.focus.widget < 0 &&
           state_.world.now_ms - state_.top()->entered_ms <= kFreshMs &&
           machine_.apps()
                   .apps[state_.front_app()]
                   .screens[state_.top()->screen]
                   .kind == app::ScreenKind::kPage;
  }
  bool app_is_new() const {
    return screen_is_new() && state_.recents.back().stack.size() == 1;
  }
  bool reachable() const {
    return !flag(phone().airplane) && !flag(phone().do_not_disturb);
  }

  bool is_charged() const {
    return phone().battery >= 0 && battery().as_int() > kLowBattery;
  }

  void low_battery() {
    state_.world.apps[0].edit().vars[phone().battery] =
        Value::of_int(kLowBattery);
    plain(words_("电量不足", "Battery low"),
          words_("剩余电量 20%，请及时充电", "20% left. Please charge soon."),
          {words_("知道了", "OK")});
  }
  void system_update() {
    plain(words_("系统更新", "System update"),
          words_("新版本已准备好，将在夜间安装",
                 "A new version will be installed tonight."),
          {words_("立即安装", "Install"), words_("以后再说", "Later")});
  }
  void storage_full() {
    plain(words_("存储空间不足", "Storage almost full"),
          words_("清理后可继续正常使用", "Free up space to go on as usual."),
          {words_("去清理", "Clean up"), words_("忽略", "Ignore")});
  }
  void weak_network() {
    plain(words_("网络不稳定", "Poor connection"),
          words_("当前网络较慢，请稍后再试", "The network is slow. Try again later."),
          {words_("好的", "OK")});
  }
  void app_update() {
    plain(fmt::format("发现{}新版本", app().title), "修复已知问题，体验更流畅。",
          {"下次再说", "立即更新"});
    state_.dialogs.back().way_out = 0;
  }
  void rate_app() {
    plain(fmt::format("喜欢{}吗？", app().title), "给个五星好评，鼓励一下吧。",
          {"残忍拒绝", "去评分"});
    state_.dialogs.back().way_out = 0;
  }
  void coupon() {
    const auto yuan = 5 * rng_.between(1, 12);
    push({.title = fmt::format("{}元", yuan),
          .text = "新人专享红包，限时领取",
          .buttons = {"立即领取", "关闭"},
          .kind = DialogKind::kCoupon});
  }
  void splash_ad() {
    static constexpr std::string_view kSlogans[] = {
        "年末大促 低至三折", "新品首发 限时抢购", "周末出游 说走就走",
        "会员半价 今日截止"};
    push({.title = std::string(kSlogans[rng_.below(std::size(kSlogans))]),
          .text = "广告",
          .buttons = {"点击查看详情", "跳过"},
          .kind = DialogKind::kSplashAd,
          .until_ms = state_.world.now_ms + kSplashMs});
  }
  void slow_loading() {
    push({.title = "正在加载",
          .kind = DialogKind::kLoading,
          .until_ms = state_.world.now_ms + 1000 * rng_.between(1, 3)});
  }
  void network_failure() {
    push({.title = "网络不给力",
          .text = "请检查网络设置后重试",
          .buttons = {"重新加载"},
          .kind = DialogKind::kOffline});
  }
  void permission_prompt() {
    const auto asked = app::Permission(rng_.below(app::permission_names().size()));
    const auto app = std::int16_t(state_.front_app());
    for (const sim::PermissionGrant& grant : state_.grants)
      if (grant.app == app && grant.permission == asked) return;
    state_.dialogs.push_back(sim::ask_permission(state_, machine_.apps(), app, asked));
  }
  void incoming_call() {
    static constexpr std::string_view kCallers[] = {"妈妈", "快递员", "王经理",
                                                    "陌生号码"};
    push({.title = std::string(kCallers[rng_.below(std::size(kCallers))]),
          .text = fmt::format("13{:09}", rng_.below(1'000'000'000)),
          .buttons = {std::string(words_("拒绝", "Decline")),
                      std::string(words_("接听", "Accept"))},
          .kind = DialogKind::kCall,
          .until_ms = state_.world.now_ms + 30'000,
          .way_out = 0});
  }
  void incoming_message() {
    static constexpr std::string_view kSenders[] = {"小林", "老周", "家庭群", "陈姐"};
    static constexpr std::string_view kTexts[] = {"在忙吗？", "晚上一起吃饭吧",
                                                  "明天改到十点见面", "收到请回复"};
    const app::AppSet& apps = machine_.apps();
    int app = apps.find("messenger");
    for (std::size_t i = 0; app < 0 && i < apps.apps.size(); ++i)
      if (!apps.apps[i].hidden) app = int(i);
    machine_.post(state_,
                  {.app = std::int16_t(app),
                   .title = std::string(kSenders[rng_.below(std::size(kSenders))]),
                   .text = std::string(kTexts[rng_.below(std::size(kTexts))]),
                   .when_ms = state_.world.now_ms});
  }

 private:
  const app::AppSpec& app() const {
    return machine_.apps().apps[state_.front_app()];
  }
  const Value& battery() const {
    return state_.world.apps[0]->vars[phone().battery];
  }
  const app::PhoneVars& phone() const { return machine_.apps().phone; }
  bool flag(int var) const {
    return var >= 0 && state_.world.apps[0]->vars[var].as_bool();
  }
  void push(sim::SystemDialog dialog) {
    dialog.app = std::int16_t(state_.front_app());
    state_.dialogs.push_back(std::move(dialog));
  }
  void plain(std::string_view title, std::string_view text,
             std::initializer_list<std::string_view> buttons) {
    state_.dialogs.push_back({.title = std::string(title),
                              .text = std::string(text),
                              .buttons = {buttons.begin(), buttons.end()}});
  }

  const Machine& machine_;
  PhoneState& state_;
  Rng rng_;
  sim::Words words_;
};

struct Disturbance {
  std::string_view name;
  bool (Scene::*suits)() const;
  void (Scene::*begin)();
};
constexpr Disturbance kDisturbances[] = {
    {"low_battery", &Scene::is_charged, &Scene::low_battery},
    {"system_update", &Scene::undisturbed, &Scene::system_update},
    {"storage_full", &Scene::undisturbed, &Scene::storage_full},
    {"weak_network", &Scene::undisturbed, &Scene::weak_network},
    {"incoming_call", &Scene::reachable, &Scene::incoming_call},
    {"incoming_message", &Scene::reachable, &Scene::incoming_message},
    {"app_update", &Scene::in_app, &Scene::app_update},
    {"rate_app", &Scene::in_app, &Scene::rate_app},
    {"coupon", &Scene::in_app, &Scene::coupon},
    {"permission_prompt", &Scene::in_app, &Scene::permission_prompt},
    {"slow_loading", &Scene::screen_is_new, &Scene::slow_loading},
    {"network_failure", &Scene::screen_is_new, &Scene::network_failure},
    {"splash_ad", &Scene::app_is_new, &Scene::splash_ad},
};

// True if something came of it: a refused notification is none.
bool begin(const Disturbance& disturbance, Scene& scene, PhoneState& state) {
  const std::size_t dialogs = state.dialogs.size();
  const std::size_t notices = state.notifications.size();
  (scene.*disturbance.begin)();
  if (state.dialogs.size() == dialogs && state.notifications.size() == notices)
    return false;
  ++state.nuisance_count;
  return true;
}

}  // namespace

int nuisance_level(std::string_view suite) {
  if (suite == "clean") return 0;
  if (suite == "everyday") return 1;
  if (suite == "hostile") return 2;
  throw ConfigError(
      fmt::format("unknown suite '{}' (known: clean, everyday, hostile)", suite));
}

std::string_view maybe_disturb(const Machine& machine, PhoneState& state) {
  const int level = state.nuisance_level;
  if (level == 0) return {};
  Rng rng = Rng(state.nuisance_key).fork(state.nuisance_draws++);
  if (!rng.chance(kChance[level]) || state.nuisance_count >= kMost[level]) return {};
  Scene scene(machine, state, rng.fork("details"));
  if (!scene.undisturbed()) return {};
  std::vector<const Disturbance*> fitting;
  for (const Disturbance& d : kDisturbances)
    if ((scene.*d.suits)()) fitting.push_back(&d);
  const Disturbance& chosen = *fitting[rng.below(fitting.size())];
  return begin(chosen, scene, state) ? chosen.name : std::string_view();
}

bool disturb(const Machine& machine, PhoneState& state, std::string_view name) {
  Scene scene(machine, state, Rng(state.nuisance_key).fork(name));
  for (const Disturbance& d : kDisturbances)
    if (d.name == name)
      return scene.undisturbed() && (scene.*d.suits)() && begin(d, scene, state);
  return false;
}

}  // namespace paperphone
