#include <utility>

#include "env/sim/state/state_fields.h"

namespace paperphone::sim {

using app::Ref;
using app::Value;
using app::World;

namespace {

// Trajectories on disk hold these hashes, so that their replays can be compared.
class StateHasher {
 public:
  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void add(T value) {
    hasher_.add(value);
  }
  void add(const std::string& text) { hasher_.add(text); }
  void add(const Value& value) { value.add_to(hasher_); }
  void add(Ref ref) { hasher_.add(ref.app).add(ref.table).add(ref.row_id); }
  void add(const World& world) { world.add_to(hasher_); }

  template <class T>
  void add(const std::vector<T>& list) {
    add(list.size());
    add_entries(list);
  }

  template <Described T>
  void add(const T& part) {
    visit_fields<T>([&](const auto& field) {
      const auto& value = part.*field.member;
      if constexpr (std::is_same_v<decltype(value), const WidgetAt&>)
        if (field.may_be_none && !value.there()) return;
      add(value);
    });
  }

  void add(const PhoneState& state) {
    bool packed = false;
    visit_fields<PhoneState>([&](const auto& field) {
      if (!field.is_packed) return add(state.*field.member);
      if (!std::exchange(packed, true)) add_packed(state);
    });
  }

  Hash128 finish() const { return hasher_.finish(); }

 private:
  template <class T>
  void add_entries(const std::vector<T>& list) {
    for (const T& entry : list) add(entry);
  }

  // What lies over the apps, mostly nothing, in few words.
  void add_packed(const PhoneState& state) {
    const Launcher& launcher = state.launcher;
    const Selection& selection = state.selection;
    hasher_.add(std::uint64_t(state.shade) | std::uint64_t(state.lock) << 8 |
                std::uint64_t(state.navigation) << 16 |
                std::uint64_t(launcher.searching) << 24 |
                std::uint64_t(launcher.held >= 0) << 25 |
                std::uint64_t(std::uint32_t(launcher.folder)) << 32);
    hasher_.add(std::uint64_t(state.grants.size()) | std::uint64_t(state.folders.size())
                                                         << 32);
    add_entries(state.grants);
    add_entries(state.folders);
    if (launcher.searching) add(launcher.query);
    if (launcher.held >= 0) add(launcher.held);
    add(selection.from);
    add(selection.text);
    add(std::int32_t(selection.x) << 16 | std::uint16_t(selection.y));
  }

  Hasher hasher_;
};

}  // namespace

Hash128 hash_state(const PhoneState& state) {
  StateHasher hasher;
  hasher.add(state);
  return hasher.finish();
}

Hash128 hash_situation(PhoneState state) {
  const bool covered_at_top = state.heads_up() != nullptr;
  state.world.now_ms = 0;
  state.toast = {};
  state.heads_up_until_ms = covered_at_top ? 1 : 0;
  for (Notification& notification : state.notifications) notification.when_ms = 0;
  for (RecentApp& recent : state.recents)
    for (ScreenEntry& entry : recent.stack) entry.entered_ms = 0;
  state.nuisance_key = state.nuisance_draws = 0;
  state.nuisance_count = 0;
  return hash_state(state);
}

}  // namespace paperphone::sim
