// The snapshot decoder: what it accepts can be looked at and continued.
#include "env/error.h"
#include "env/phone_snapshot.h"
#include "tests/fuzz/fuzz.h"

using namespace paperphone;

namespace {

constexpr std::size_t kEnvelope = 20 + 4 + 16 + 8 + 16;

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, false);
  return loaded;
}

void go_on(const Snapshot& snapshot, std::uint64_t seed) {
  PhoneEnv env(shared(), {.pixels = false});
  env.want(Wanted::kTree);
  env.restore(snapshot);
  if (env.running()) (void)env.advice();
  Rng choices(seed);
  for (int i = 0; i < 6 && env.running(); ++i)
    env.step(env.action_space().sample(choices));
  (void)snapshot_to_bytes(env.snapshot());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  try {
    go_on(snapshot_from_bytes(bytes, shared()), size);
  } catch (const DataError&) {
  }
  // Past the envelope, whose hash hardly any mutation survives.
  try {
    go_on(snapshot_from_content(bytes.subspan(std::min(size, kEnvelope)), shared()),
          size);
  } catch (const DataError&) {
  }
  return 0;
}

std::vector<std::string> paperphone::fuzz::seeds() {
  std::vector<std::string> all;
  PhoneEnv env(shared(), {.variation = {.suite = "hostile"}, .pixels = false});
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    env.reset(seed);
    Rng choices(seed);
    for (std::uint64_t i = 0; i < 4 * seed && env.running(); ++i)
      env.step(env.action_space().sample(choices));
    const auto bytes = snapshot_to_bytes(env.snapshot());
    all.emplace_back(bytes.begin(), bytes.end());
  }
  return all;
}
