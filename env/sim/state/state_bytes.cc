#include "env/sim/state/state_bytes.h"

#include <fmt/format.h>

#include "env/app/world/generator.h"
#include "env/sim/state/state_scope.h"
#include "env/sim/state/world_bytes.h"

namespace paperphone::sim {

using app::AppSet;
using app::make_world;
using app::Ref;
using app::Value;
using app::World;

namespace {

class PartWriter {
 public:
  explicit PartWriter(ByteWriter& out) : out_(out) {}

  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void write(T value) {
    out_.put(value);
  }
  void write(const std::string& text) { out_.put_text(text); }
  void write(const Value& value) { write_value(out_, value); }
  void write(Ref ref) { write_ref(out_, ref); }
  void write(const World& world) {
    out_.put(world.generator->key());
    write_world(out_, world, world.generator->first_world());
  }
  template <class T>
  void write(const std::vector<T>& list) {
    out_.put_count(list.size());
    for (const T& entry : list) write(entry);
  }
  template <Described T>
  void write(const T& part) {
    visit_fields<T>([&](const auto& field) { write(part.*field.member); });
  }

 private:
  ByteWriter& out_;
};

// What painting and answering it count on. Shares end in one to cancel.
bool has_its_buttons(const SystemDialog& dialog) {
  const std::size_t count = dialog.buttons.size();
  switch (dialog.kind) {
    case DialogKind::kPlain:
      return true;
    case DialogKind::kPermission:
      return count == 3;  // Grant
    case DialogKind::kSplashAd:
    case DialogKind::kCoupon:
    case DialogKind::kCall:
      return count == 2;
    case DialogKind::kLoading:
      return count == 0;
    case DialogKind::kOffline:
    case DialogKind::kInCall:
      return count == 1;
    case DialogKind::kShare:
      return count >= 1;
  }
  return false;
}

// Reads a part field by field and refuses what the machine could not go on with.
class PartReader {
 public:
  PartReader(ByteReader& in, const Scope& scope) : in_(in), scope_(scope) {}

  template <Described T>
  void read(T& part) {
    visit_fields<T>([&](const auto& field) {
      auto& value = part.*field.member;
      read(value, field);
      if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>)
        scope_.enter(field.means, std::int64_t(value));
    });
    check(part);
  }
  void read(PhoneState& state) {
    visit_fields<PhoneState>([&](const auto& field) {
      scope_ = scope_in_front(*scope_.apps, state);  // for the focus
      read(state.*field.member, field);
    });
    check(state);
  }

 private:
  void read(bool& value, const auto& field) { value = in_.get_bool(field.name); }
  template <std::integral T>
  void read(T& value, const auto& field) {
    value = in_.get<T>();
    if (field.means == Means::kItself) return;
    const auto number = std::int64_t(value);
    const std::int64_t high = field.means == Means::kNumber
                                  ? field.high
                                  : std::int64_t(scope_.count(field.means)) - 1;
    if (number < field.low || number > high)
      in_.fail(fmt::format("'{}' is {}, but may be {} to {}", field.name, number,
                           field.low, high));
  }
  template <class T>
  requires std::is_enum_v<T>
  void read(T& value, const auto& field) {
    value = in_.get_enum(T(num_words<T>() - 1), field.name);
  }
  void read(std::string& text, const auto&) { text = in_.get_text(); }
  void read(Ref& ref, const auto&) { ref = read_ref(in_, *scope_.apps); }
  void read(World& world, const auto&) {
    const auto key = in_.get<std::uint64_t>();
    world = read_world(in_, *scope_.apps, make_world(*scope_.apps, key));
  }
  // Arguments of the screen, of its types; what check() allows may stand behind them.
  void read(std::vector<Value>& args, const auto&) {
    const std::size_t count = in_.get_count();
    if (count > scope_.num_values())
      in_.fail(fmt::format("{} arguments for screen '{}', which takes {}", count,
                           scope_.screen != nullptr ? scope_.screen->id : "",
                           scope_.screen != nullptr ? scope_.screen->args.size() : 0));
    for (std::size_t i = 0; i < count; ++i)
      args.push_back(read_value(in_, *scope_.apps, scope_.value(i).type));
  }
  template <class T>
  void read(std::vector<T>& list, const auto& field) {
    for (std::size_t left = in_.get_count(); left > 0; --left)
      read(list.emplace_back(), field);
  }
  template <Described T>
  void read(T& part, const auto&) {
    PartReader(in_, scope_).read(part);
  }

  // What holds between the fields of a part.
  void check(const auto&) const {}
  void check(const ScreenEntry& entry) const {
    const std::size_t args = scope_.screen->args.size();
    if (entry.args.size() > args && entry.args.size() < scope_.num_values())
      in_.fail(fmt::format("{} values for the {} variables of screen '{}'",
                           entry.args.size() - args, scope_.screen->vars.size(),
                           scope_.screen->id));
  }
  void check(const Notification& notice) const {
    if (scope_.screen != nullptr && notice.args.size() > scope_.screen->args.size())
      in_.fail(fmt::format("{} arguments for screen '{}', which takes {}",
                           notice.args.size(), scope_.screen->id,
                           scope_.screen->args.size()));
  }
  void check(const RecentApp& recent) const {
    if (recent.stack.empty()) in_.fail("an app in recents without screens");
  }
  void check(const Ime& ime) const {
    for (const char c : ime.composing)
      if (c <= ' ' || c > '~') in_.fail("half-typed letters are not letters");
  }
  void check(const SystemDialog& dialog) const {
    if (!has_its_buttons(dialog)) in_.fail("a dialog has too few or too many buttons");
    if (dialog.way_out >= int(dialog.buttons.size()))
      in_.fail("a dialog's way out is none of its buttons");
  }
  void check(const PhoneState& state) const {
    const int folders = int(state.folders.size());
    for (const int app : state.icon_order)
      if (app < -folders) in_.fail(fmt::format("there is no folder {}", -1 - app));
    if (state.launcher.folder >= folders)
      in_.fail(fmt::format("there is no folder {} to be open", state.launcher.folder));
    if (state.launcher_page >= state.launcher_pages())
      in_.fail(fmt::format("there is no page {} of the launcher", state.launcher_page));
    if (state.shell == Shell::kApp && state.recents.empty())
      in_.fail("an app is in front, but none is running");
  }

  ByteReader& in_;
  Scope scope_;
};

}  // namespace

void write_state(ByteWriter& out, const PhoneState& state) {
  PartWriter(out).write(state);
}

PhoneState read_state(ByteReader& in, const AppSet& apps) {
  PhoneState state;
  PartReader(in, {&apps}).read(state);
  return state;
}

}  // namespace paperphone::sim
