#include "rl/run/run_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "agent/checkpoint/tensor_file.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/report.h"
#include "env/base/json_text.h"
#include "rl/run/tensorboard_log.h"
#include "rl/stages/reference.h"

namespace paperphone::rl {
namespace fs = std::filesystem;

namespace {

constexpr const char* kStageStateFile = "stage_state.json";

constexpr const char* kRunKind = "run";
constexpr const char* kInitWeights = "init_weights";
constexpr std::size_t kCheckpointsKept = 2;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

std::string checkpoint_name(RunPosition position) {
  return fmt::format("checkpoint-{:03}-{:06}", position.stage, position.step);
}

// By exactly the name that checkpoint_name() gives.
std::optional<RunPosition> position_of(const fs::path& path) {
  RunPosition position;
  const std::string name = path.filename().string();
  if (std::sscanf(name.c_str(), "checkpoint-%d-%d", &position.stage, &position.step) !=
          2 ||
      name != checkpoint_name(position))
    return std::nullopt;
  return position;
}

// Tells a run from every other one, and nothing of its result depends on it.
std::string new_run_id() {
  const std::string id = read_file("/proc/sys/kernel/random/uuid");
  return id.substr(0, id.find('\n'));
}

// What the marks of a run and of its parts say. Runs of before had no id.
std::string run_kind(const std::string& id) {
  return id.empty() ? kRunKind : fmt::format("{} {}", kRunKind, id);
}
std::string part_kind(std::string_view part, const std::string& id) {
  return id.empty() ? std::string(part) : fmt::format("{} of {}", part, run_kind(id));
}

// nullopt: it says something else.
std::optional<std::string> run_id_of(const FolderMark& mark) {
  const std::string_view kind = mark.kind, run = kRunKind;
  if (kind == run) return "";
  if (!kind.starts_with(run) || kind[run.size()] != ' ') return std::nullopt;
  return std::string(kind.substr(run.size() + 1));
}

std::optional<std::string> run_id_in(const fs::path& path) {
  const auto mark = read_mark(path);
  return mark ? run_id_of(*mark) : std::nullopt;
}

bool has_mark(const fs::path& folder, std::string_view kind) {
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(folder, error))) return false;
  const auto mark = read_mark(folder);
  return mark && mark->kind == kind;
}

// Single files of a run, by path from its folder.
std::vector<std::string> files_of_run(const Recipe& recipe) {
  std::vector<std::string> files = {"recipe.yaml", "run.json",       "metrics.jsonl",
                                    "metrics.db",  "metrics.db-wal", "metrics.db-shm",
                                    kEventsFile};
  for (const StageRecipe& stage : recipe.stages)
    for (const char* suffix : {".db", ".db-wal", ".db-shm", ".json"})
      files.push_back("eval/" + stage.name + suffix);
  return files;
}

constexpr std::string_view kNotOurs = "paperphone did not make it";

// Nothing of somebody else's where this run is going to write, from a checkpoint or
// from the beginning.
void check_way(const fs::path& path, const Recipe& recipe, const std::string& id,
               std::optional<RunPosition> start) {
  check_folder_to_write(path);
  const auto mark = read_mark(path);
  if (mark && !run_id_of(*mark))
    in_the_way(path, fmt::format("it holds something else: {}", mark->kind));
  for (const std::string& file : files_of_run(recipe))
    if (is_there(path / file) && !(mark && mark->files.contains(file)))
      in_the_way(path / file, kNotOurs);
  std::error_code error;
  for (const fs::path& folder : {path / "eval", (path / kEventsFile).parent_path()})
    if (is_there(folder) && !fs::is_directory(folder, error))
      in_the_way(folder, kNotOurs);
  const auto check_folder = [&](const fs::path& folder, std::string_view kind) {
    if (!is_there(folder) || has_mark(folder, part_kind(kind, id))) return;
    if (!fs::is_directory(folder, error)) in_the_way(folder, kNotOurs);
    if (const auto other = read_mark(folder))
      in_the_way(folder, fmt::format("it holds something else: {}", other->kind));
    if (!fs::is_empty(folder, error)) in_the_way(folder, kNotOurs);
  };
  for (const StageRecipe& stage : recipe.stages) {
    check_folder(path / stage.name, stage_part(stage.name));
    if (stage.grpo.kl_coef > 0)
      check_folder(reference_folder(path, stage.name), kReferencePart);
  }
  if (!is_there(path)) return;
  for (const auto& entry : fs::directory_iterator(path))
    if (const auto position = position_of(entry.path()); position && start < position)
      check_folder(entry.path(), checkpoint_name(*position));
}

// A run that an earlier version began: what this one writes besides is its own, too.
void mark_files(const fs::path& path, const Recipe& recipe) {
  auto mark = read_mark(path);
  if (!mark) return;
  const std::size_t before = mark->files.size();
  for (const std::string& file : files_of_run(recipe)) mark->files.try_emplace(file);
  if (mark->files.size() > before) write_mark(path, *mark);
}

nlohmann::json state_in(const fs::path& path) {
  try {
    auto state = nlohmann::json::parse(read_file(path / "run.json"), nullptr, false);
    return state.is_object() ? state : nlohmann::json();
  } catch (const DataError&) {
    return {};
  }
}

std::string text_in(const nlohmann::json& state, const char* key) {
  if (!state.is_object() || !state.contains(key)) return "";
  const nlohmann::json& value = state[key];
  return value.is_string() ? value.get<std::string>() : json_text(value);
}

// What the weights that the run starts from are, not where.
std::string init_weights(const Recipe& recipe) {
  const std::string& from = recipe.model.init_from;
  return from.empty() ? "" : agent::stored_weights_hash(from);
}

// Without what may differ from one start of a run to the next.
std::string compared_text(Recipe recipe) {
  recipe.model.init_from.clear();
  recipe.threads = 0;
  recipe.device = "cpu";
  return recipe_to_yaml(recipe);
}

void check_same(const fs::path& file, const Recipe& then, const Recipe& now) {
  std::istringstream lines_then(compared_text(then)), lines_now(compared_text(now));
  std::string line_then, line_now;
  while (true) {
    const bool more_then = bool(std::getline(lines_then, line_then));
    const bool more_now = bool(std::getline(lines_now, line_now));
    if (!more_then && !more_now) return;
    if (more_then != more_now || line_then != line_now)
      throw ConfigError(fmt::format(
          "{}: the recipe differs from the one the run began with ('{}' there, '{}' "
          "now), start a new run instead",
          file.string(), more_then ? line_then : "", more_now ? line_now : ""));
  }
}

void check_same_weights(const fs::path& file, const nlohmann::json& state,
                        const Recipe& then, const Recipe& now) {
  if (then.model.init_from.empty() != now.model.init_from.empty())
    throw ConfigError(fmt::format(
        "{}: the recipe differs from the one the run began with (init_from '{}' there, "
        "'{}' now), start a new run instead",
        file.string(), then.model.init_from, now.model.init_from));
  const std::string recorded = text_in(state, kInitWeights);
  if (now.model.init_from.empty() || recorded.empty()) return;
  if (!is_there(now.model.init_from)) {
    report("{}: not there any more; the run goes on from its own checkpoint\n",
           now.model.init_from);
  } else if (init_weights(now) != recorded) {
    throw ConfigError(fmt::format(
        "{}: the recipe differs from the one the run began with: the weights in {} are "
        "others, start a new run instead",
        file.string(), now.model.init_from));
  }
}

}  // namespace

std::string stage_part(const std::string& stage) { return "stage " + stage; }

std::string binary_hash() { return hash_bytes(read_file("/proc/self/exe")).hex(); }

bool RunFolder::holds_run(const fs::path& path) {
  return run_id_in(path) && is_there(path / "recipe.yaml");
}

FolderLock RunFolder::lock(const fs::path& path) {
  auto lock = FolderLock::take(path);
  if (!lock) {
    const std::string process = text_in(state_in(path), "process_id");
    throw ConfigError(fmt::format(
        "{}: process {} is training there; wait for its end or choose another folder",
        path.string(), process.empty() ? "(starting)" : process));
  }
  return *std::move(lock);
}

RunFolder RunFolder::create(const fs::path& path, const Recipe& recipe) {
  const std::string id = new_run_id();
  check_way(path, recipe, id, std::nullopt);
  const bool is_new = !is_there(path);
  make_folder(path);
  const fs::path real = fs::canonical(path);
  RunFolder run(path, lock(real), id);
  check_way(path, recipe, id, std::nullopt);
  if (holds_run(real))
    throw ConfigError(fmt::format(
        "{}: already holds a run, continue it with --resume or choose another folder",
        path.string()));
  try {
    run.before_[kInitWeights] = init_weights(recipe);
    FolderMark mark{.kind = run_kind(id), .complete = true, .files = {}};
    for (const std::string& file : files_of_run(recipe))
      mark.files[file] = std::nullopt;
    write_mark(path, mark);
    run.write_state(nlohmann::ordered_json::object());
    write_file(path / "recipe.yaml", recipe_to_yaml(recipe), Lasts::kPowerCut);
  } catch (...) {
    remove_made_folder(path, run_kind(id));
    if (is_new) ::rmdir(path.c_str());
    throw;
  }
  return run;
}

RunFolder RunFolder::open(const fs::path& path, const Recipe& recipe) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error || !holds_run(real))
    throw DataError(
        fmt::format("{}: holds no run to resume, leave --resume out", path.string()));
  RunFolder run(path, lock(real), *run_id_in(real));
  run.before_ = state_in(path);
  if (run.before_.is_null())
    report("{}: damaged; apps, binary and first weights cannot be compared\n",
           (path / "run.json").string());
  const fs::path file = path / "recipe.yaml";
  const Recipe then = load_recipe(file);
  check_same(file, then, recipe);
  check_same_weights(file, run.before_, then, recipe);
  run.start_ = run.newest_whole();
  check_way(path, recipe, run.id_, run.start_);
  mark_files(path, recipe);
  return run;
}

std::string RunFolder::kind_of(std::string_view part) const {
  return part_kind(part, id_);
}

std::string RunFolder::changes(const nlohmann::ordered_json& now) const {
  std::string text;
  for (const char* key : {"threads", "device", "app_set_hash", "binary"}) {
    const std::string then = text_in(before_, key), is = text_in(now, key);
    if (then.empty() || then == is) continue;
    const bool is_hash = is.size() > 16;
    text += text.empty() ? "" : ", ";
    text += is_hash ? fmt::format("{}", key == std::string_view("binary") ? "the binary"
                                                                          : "the apps")
                    : fmt::format("{} ({} then, {} now)", key, then, is);
  }
  return text.empty()
             ? ""
             : fmt::format("changed since the run began: {}; its bits may differ",
                           text);
}

void RunFolder::write_state(nlohmann::ordered_json state) const {
  state["process_id"] = int(::getpid());
  state[kInitWeights] = text_in(before_, kInitWeights);
  write_file(path_ / "run.json", json_text(state, 2) + "\n", Lasts::kPowerCut);
}

fs::path RunFolder::checkpoint_folder(RunPosition position) const {
  return path_ / checkpoint_name(position);
}

std::vector<RunPosition> RunFolder::checkpoints() const {
  std::vector<RunPosition> out;
  for (const auto& entry : fs::directory_iterator(path_))
    if (const auto position = position_of(entry.path()))
      // A copy under another name says what it is a copy of, one of another run whose.
      if (has_mark(entry.path(), kind_of(checkpoint_name(*position))))
        out.push_back(*position);
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<RunPosition> RunFolder::newest_whole() const {
  std::vector<RunPosition> all = checkpoints();
  if (all.empty()) return std::nullopt;
  std::string damaged;
  while (!all.empty()) {
    const fs::path folder = checkpoint_folder(all.back());
    const auto file = damage_of(folder);
    if (!file) {
      if (!damaged.empty())
        report("{}; the run goes on from {}\n", damaged, folder.filename().string());
      return all.back();
    }
    damaged += fmt::format("{}{}: damaged: {}", damaged.empty() ? "" : "; ",
                           folder.string(), *file);
    all.pop_back();
  }
  throw DataError(fmt::format(
      "{}; no checkpoint is whole, restore one from a copy or start a new run",
      damaged));
}

void RunFolder::save_checkpoint(RunPosition position, const agent::Agent& agent,
                                const Optimizer* optimizer,
                                const Optimizer::NamedParameters& heads,
                                std::string_view stage_state) const {
  NewFolder folder(checkpoint_folder(position), kind_of(checkpoint_name(position)),
                   NewFolder::Others::kKeep);
  agent::save_agent(agent, folder.path() / "agent");
  if (optimizer) optimizer->save(folder.path() / "optimizer.safetensors");
  if (!heads.empty()) {
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& [name, tensor] : heads) tensors[name] = tensor.detach();
    agent::save_tensors(folder.path() / "heads.safetensors", tensors);
  }
  if (!stage_state.empty()) write_file(folder.path() / kStageStateFile, stage_state);
  folder.commit();
  // The one just saved and the one before it; what lies behind it is of another past.
  std::vector<RunPosition> all = checkpoints();
  const auto end = std::find(all.begin(), all.end(), position) + 1;
  const auto kept = end - std::min<std::ptrdiff_t>(kCheckpointsKept, end - all.begin());
  for (auto it = all.begin(); it != all.end(); ++it)
    if (it < kept || it >= end)
      remove_made_folder(checkpoint_folder(*it), kind_of(checkpoint_name(*it)));
}

void RunFolder::load_heads(RunPosition position,
                           const Optimizer::NamedParameters& heads) const {
  if (heads.empty()) return;
  const fs::path file = checkpoint_folder(position) / "heads.safetensors";
  const auto tensors = agent::load_tensors(file);
  const torch::NoGradGuard no_grad;
  for (const auto& [name, tensor] : heads) {
    const auto found = tensors.find(name);
    if (found == tensors.end() || found->second.sizes() != tensor.sizes())
      throw DataError(
          fmt::format("{}: '{}' is missing or of another shape", file.string(), name));
    torch::Tensor target = tensor;
    target.copy_(found->second);
  }
}

std::string RunFolder::load_stage_state(RunPosition position) const {
  const fs::path file = checkpoint_folder(position) / kStageStateFile;
  return fs::exists(file) ? read_file(file) : std::string();
}

void RunFolder::forget_unless_begun(const Recipe& recipe) const {
  std::error_code error;
  const auto logged = fs::file_size(path_ / "metrics.jsonl", error);
  if (!checkpoints().empty() || (!error && logged > 0)) return;
  for (const StageRecipe& stage : recipe.stages)
    remove_made_folder(reference_folder(path_, stage.name), kind_of(kReferencePart));
  remove_made_folder(path_, run_kind(id_));
}

fs::path RunFolder::save_batch(
    const std::string& stage, int step,
    const std::map<std::string, torch::Tensor>& batch) const {
  const fs::path file =
      path_ / fmt::format("not_finite-{}-{:06}.safetensors", stage, step);
  check_replaceable_file(file);
  agent::save_tensors(file, batch, {{"origin", std::string(kMarkWords)}});
  return file;
}

}  // namespace paperphone::rl
