#include "env/phone/snapshot.h"

#include <fmt/format.h>

#include <cmath>

#include "env/app/spec.h"
#include "env/base/error.h"
#include "env/base/json_text.h"
#include "env/phone/episode.h"
#include "env/phone/shared.h"
#include "env/sim/state/state_bytes.h"
#include "env/sim/state/state_json.h"
#include "env/sim/state/world_bytes.h"
#include "env/task/evidence/evidence_bytes.h"

namespace paperphone {

using app::AppSet;
using app::World;
using task::TaskInstance;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMagic = "paperphone snapshot\n";
constexpr const char* kWhat = "snapshot";  // in errors
constexpr std::int32_t kMaxSteps = 1 << 30;

const PhoneSnapshot& phone_of(const Snapshot& snapshot) {
  const auto* phone = snapshot.get<PhoneSnapshot>();
  if (phone == nullptr) {
    throw ConfigError(snapshot.empty() ? "the snapshot is empty"
                                       : "the snapshot is not a simulated phone's");
  }
  return *phone;
}

// ---- the task -----------------------------------------------------------------------

app::Type type_of_value(const app::TaskSpec& spec, std::size_t i) {
  return i < spec.params.size() ? spec.params[i].type
                                : spec.lets[i - spec.params.size()].value.type();
}

void write_task(ByteWriter& out, const TaskInstance& task, const World& now) {
  out.put_text(task.spec->id).put_count(task.values.size());
  for (const app::Value& value : task.values) sim::write_value(out, value);
  out.put_text(task.instruction).put_text(task.instruction_en);
  out.put_text(task.expected_answer);
  sim::write_world(out, task.initial, now);
}

TaskInstance read_task(ByteReader& in, const AppSet& apps, const World& now) {
  TaskInstance task;
  const std::string id = in.get_text();
  task.spec = apps.task(id);
  if (task.spec == nullptr) in.fail(fmt::format("there is no task '{}'", id));
  const std::size_t count = in.get_count();
  if (count != task.spec->params.size() + task.spec->lets.size()) {
    in.fail(fmt::format("{} values for task {}, which has {}", count, id,
                        task.spec->params.size() + task.spec->lets.size()));
  }
  for (std::size_t i = 0; i < count; ++i)
    task.values.push_back(sim::read_value(in, apps, type_of_value(*task.spec, i)));
  task.instruction = in.get_text();
  task.instruction_en = in.get_text();
  task.expected_answer = in.get_text();
  task.initial = sim::read_world(in, apps, now);
  return task;
}

Json task_to_json(const TaskInstance& task, const AppSet& apps) {
  Json values = Json::object();
  for (std::size_t i = 0; i < task.values.size(); ++i) {
    const std::size_t num_params = task.spec->params.size();
    const std::string& name = i < num_params ? task.spec->params[i].name
                                             : task.spec->lets[i - num_params].name;
    values[name] = sim::value_json(task.values[i], type_of_value(*task.spec, i), apps);
  }
  return {{"id", task.spec->id},
          {"values", std::move(values)},
          {"instruction", task.instruction},
          {"instruction_en", task.instruction_en},
          {"expected_answer", task.expected_answer}};
}

// ---- the episode
// ----------------------------------------------------------------------

void write_variation(ByteWriter& out, const Variation& variation) {
  out.put(variation.width).put(variation.height).put(variation.dark);
  out.put(variation.font_percent).put(variation.shuffle_icons);
  out.put_text(variation.suite);
  out.put(variation.folders).put(variation.nav_buttons).put(variation.locked);
}

Variation read_variation(ByteReader& in) {
  Variation variation;
  variation.width = in.get<std::int32_t>();
  variation.height = in.get<std::int32_t>();
  variation.dark = in.get_bool("dark");
  variation.font_percent = in.get<std::int32_t>();
  variation.shuffle_icons = in.get_bool("shuffle_icons");
  variation.suite = in.get_text();
  variation.folders = in.get_bool("folders");
  variation.nav_buttons = in.get_bool("nav_buttons");
  variation.locked = in.get_bool("locked");
  try {
    check_variation(variation);
  } catch (const ConfigError& e) {
    in.fail(e.what());
  }
  return variation;
}

std::vector<std::uint8_t> content_of(const PhoneSnapshot& phone) {
  const PhoneEpisode& episode = phone.episode;
  ByteWriter out;
  write_variation(out, episode.variation);
  sim::write_state(out, episode.state);
  write_task(out, *episode.task, episode.state.world);
  out.put(episode.step).put(episode.progress);
  // Frames that were not read yet are read now, off a copy.
  task::Sight sight = episode.sight;
  task::write_evidence(out, sight.evidence(phone.shared->machine, phone.shared->layout, *episode.task));
  out.put_count(sight.met().size());
  for (const Hash128& situation : sight.met()) out.put(situation);
  out.put(phone.env.running).put(phone.env.length);
  out.put(phone.env.episode_return);
  out.put(phone.env.rng.key()).put(phone.env.rng.counter());
  return out.take();
}

std::int32_t read_steps(ByteReader& in, std::string_view name) {
  return in.get_within<std::int32_t>(0, kMaxSteps, name);
}

}  // namespace

std::vector<std::uint8_t> snapshot_to_bytes(const Snapshot& snapshot) {
  const PhoneSnapshot& phone = phone_of(snapshot);
  const std::vector<std::uint8_t> content = content_of(phone);
  ByteWriter out;
  for (const char c : kMagic) out.put(c);
  out.put(kSnapshotVersion).put(shared_apps(*phone.shared).content_hash);
  out.put(std::uint64_t(content.size()));
  out.put(hash_bytes(std::span(content)));
  out.put_raw(content);
  return out.take();
}

Snapshot snapshot_from_bytes(std::span<const std::uint8_t> bytes,
                             std::shared_ptr<const PhoneShared> shared) {
  ByteReader in(bytes, kWhat);
  const auto magic = in.get_raw(std::min(kMagic.size(), bytes.size()));
  if (!std::equal(magic.begin(), magic.end(), kMagic.begin(), kMagic.end())) {
    throw DataError(
        "snapshot: this is none (it does not begin with 'paperphone "
        "snapshot')");
  }
  if (const auto version = in.get<std::uint32_t>(); version != kSnapshotVersion) {
    throw DataError(
        fmt::format("snapshot: version {}, but this program reads version {}", version,
                    kSnapshotVersion));
  }
  const Hash128 apps = in.get_hash();
  const Hash128 own_apps = shared_apps(*shared).content_hash;
  if (apps != own_apps) {
    throw DataError(fmt::format(
        "snapshot: made with other apps ({}, these are {}); load it with the apps "
        "folder that it was made with",
        apps.hex(), own_apps.hex()));
  }
  const auto size = in.get<std::uint64_t>();
  const Hash128 hash = in.get_hash();
  if (size != in.left()) {
    throw DataError(
        fmt::format("snapshot: {} bytes of content, but {} follow; it was "
                    "cut short or added to",
                    size, in.left()));
  }
  const auto content = in.get_raw(in.left());
  if (hash_bytes(content) != hash) {
    throw DataError("snapshot: damaged (its content has another hash)");
  }
  return snapshot_from_content(content, std::move(shared));
}

Snapshot snapshot_from_content(std::span<const std::uint8_t> content,
                               std::shared_ptr<const PhoneShared> shared) {
  const AppSet& apps = shared_apps(*shared);
  ByteReader in(content, kWhat);
  PhoneSnapshot phone;
  PhoneEpisode& episode = phone.episode;
  episode.variation = read_variation(in);
  episode.state = sim::read_state(in, apps);
  episode.task =
      std::make_shared<const TaskInstance>(read_task(in, apps, episode.state.world));
  episode.step = read_steps(in, "step");
  episode.progress = in.get_float();
  episode.sight = task::Sight(task::read_evidence(in));
  for (std::size_t i = in.get_count(sizeof(Hash128)); i > 0; --i)
    episode.sight.add_met(in.get_hash());
  phone.env.running = in.get_bool("running");
  phone.env.length = read_steps(in, "length");
  phone.env.episode_return = in.get_double();
  if (!std::isfinite(episode.progress) || !std::isfinite(phone.env.episode_return)) {
    in.fail("progress and return must be finite");
  }
  const auto key = in.get<std::uint64_t>();
  phone.env.rng = Rng::from_state(key, in.get<std::uint64_t>());
  in.finish();
  phone.shared = std::move(shared);
  return Snapshot(std::make_shared<const PhoneSnapshot>(std::move(phone)));
}

std::string snapshot_to_json(const Snapshot& snapshot) {
  const PhoneSnapshot& phone = phone_of(snapshot);
  const PhoneEpisode& episode = phone.episode;
  const AppSet& apps = shared_apps(*phone.shared);
  const Variation& v = episode.variation;
  Json root;
  root["apps"] = apps.content_hash.hex();
  root["task"] = task_to_json(*episode.task, apps);
  root["variation"] = {{"width", v.width},
                       {"height", v.height},
                       {"dark", v.dark},
                       {"font_percent", v.font_percent},
                       {"shuffle_icons", v.shuffle_icons},
                       {"suite", v.suite},
                       {"folders", v.folders},
                       {"nav_buttons", v.nav_buttons},
                       {"locked", v.locked}};
  root["step"] = episode.step;
  root["progress"] = episode.progress;
  root["running"] = phone.env.running;
  root["return"] = phone.env.episode_return;
  root["rng"] = {{"key", phone.env.rng.key()},
                 {"counter", phone.env.rng.counter()}};
  root["state_hash"] = sim::hash_state(episode.state).hex();
  root["changed"] = Json::array();
  for (const sim::Change& change :
       sim::diff_worlds(episode.task->initial, episode.state.world, apps))
    root["changed"].push_back(change.address(apps));
  root["state"] = sim::state_json(episode.state, apps);
  return json_text(root);
}

std::vector<sim::StateChange> diff_snapshots(const Snapshot& before,
                                             const Snapshot& after) {
  const PhoneSnapshot& a = phone_of(before);
  const PhoneSnapshot& b = phone_of(after);
  const AppSet& apps = shared_apps(*a.shared);
  if (apps.content_hash != shared_apps(*b.shared).content_hash) {
    throw ConfigError("the snapshots are of phones with different apps");
  }
  return sim::diff_states(a.episode.state, b.episode.state, apps);
}

}  // namespace paperphone
