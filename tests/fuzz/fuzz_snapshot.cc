// The snapshot decoder: what it accepts can be written, looked at and continued.
#include "env/base/error.h"
#include "env/phone/snapshot.h"
#include "tests/fuzz/fuzz.h"

using namespace paperphone;

namespace {

constexpr std::size_t kEnvelope = 20 + 4 + 16 + 8 + 16;

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, false);
  return loaded;
}

std::vector<std::uint8_t> content_of(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin() + kEnvelope, bytes.end()};
}

void go_on(const Snapshot& snapshot, std::uint64_t seed) {
  const auto bytes = snapshot_to_bytes(snapshot);
  if (snapshot_to_bytes(snapshot_from_bytes(bytes, shared())) != bytes) __builtin_trap();
  PhoneEnv env(shared(), {.pixels = false});
  env.observe(Modality::kTree);
  env.restore(snapshot);
  if (env.running()) (void)env.advice();
  Rng choices(seed);
  for (int i = 0; i < 6 && env.running(); ++i)
    env.step(env.action_space().sample(choices));
  (void)snapshot_to_bytes(env.snapshot());
  (void)snapshot_to_json(env.snapshot());
  (void)diff_snapshots(snapshot, env.snapshot());
}

template <class Decode>
void feed(const Decode& decode, std::uint64_t seed) {
  Snapshot snapshot;
  try {
    snapshot = decode();
  } catch (const DataError&) {
    return;
  }
  go_on(snapshot, seed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  feed([&] { return snapshot_from_bytes(bytes, shared()); }, size);
  // Without the envelope, whose hash no mutation survives.
  feed([&] { return snapshot_from_content(bytes, shared()); }, size);
  return 0;
}

// Fresh phones and busy ones: apps open and typed into, records changed, dialogs and
// notifications up, tasks half done and over.
std::vector<std::string> paperphone::fuzz::seeds() {
  std::vector<std::string> all;
  const auto add = [&](const auto& bytes) { all.emplace_back(bytes.begin(), bytes.end()); };
  PhoneEnv env(shared(), {.variation = {.suite = "hostile"}, .pixels = false});
  for (std::uint64_t seed = 0; seed < 16; ++seed) {
    env.reset(seed);
    Rng choices(seed);
    const ActionSpace& space = env.action_space();
    for (std::uint64_t i = 0; i < 2 * seed && env.running(); ++i) {
      Action action = space.sample(choices);
      if (choices.chance(0.2)) action = OpenApp{space.apps[choices.below(space.apps.size())]};
      if (choices.chance(0.5)) {
        const Advice advice = env.advice();
        if (!advice.actions.empty()) action = advice.actions[0].action;
      }
      env.step(action);
    }
    const auto bytes = snapshot_to_bytes(env.snapshot());
    if (seed == 0) add(bytes);
    add(content_of(bytes));
  }
  return all;
}
