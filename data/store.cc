#include "data/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "data/sqlite.h"
#include "env/base/error.h"
#include "env/base/json_text.h"

namespace paperphone::data {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kFormat = 1;                  // user_version
constexpr std::int64_t kApplicationId = 0x50506e65;  // "PPne"

// Described in data/README.md; a change there and here raises kFormat.
constexpr const char* kSchema = R"sql(
CREATE TABLE episodes (
  id INTEGER PRIMARY KEY,
  seed INTEGER NOT NULL,
  task_id TEXT NOT NULL,
  app_id TEXT NOT NULL,
  split TEXT NOT NULL,
  instruction TEXT NOT NULL,
  asked_task_id TEXT NOT NULL,
  asked_split TEXT NOT NULL,
  asked_params TEXT NOT NULL,
  variation TEXT,
  initial_screen_id TEXT NOT NULL,
  initial_state_hash BLOB NOT NULL,
  initial_frame_hash BLOB NOT NULL,
  num_steps INTEGER NOT NULL,
  end_reason TEXT NOT NULL,
  success INTEGER NOT NULL,
  policy TEXT NOT NULL,
  app_set_hash TEXT NOT NULL,
  paperphone_version TEXT NOT NULL,
  metadata TEXT NOT NULL
);
CREATE TABLE steps (
  episode_id INTEGER NOT NULL REFERENCES episodes(id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  action TEXT NOT NULL,
  response TEXT NOT NULL,
  sentence TEXT NOT NULL,
  well_formed INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reward REAL NOT NULL,
  reward_task REAL NOT NULL,
  reward_progress REAL NOT NULL,
  reward_penalty REAL NOT NULL,
  screen_id TEXT NOT NULL,
  state_hash BLOB NOT NULL,
  frame_hash BLOB NOT NULL,
  terminated INTEGER NOT NULL,
  truncated INTEGER NOT NULL,
  thought TEXT NOT NULL,
  expert_distance INTEGER NOT NULL,
  acceptable INTEGER NOT NULL,
  PRIMARY KEY (episode_id, step)
) WITHOUT ROWID;
CREATE INDEX episodes_by_task ON episodes(task_id);
CREATE INDEX episodes_by_split ON episodes(split, app_id);
)sql";

std::string to_text(const Json& json) { return json_text(json); }

Json to_json(const Variation& v) {
  return {{"width", v.width},
          {"height", v.height},
          {"dark", v.dark},
          {"font_percent", v.font_percent},
          {"shuffle_icons", v.shuffle_icons},
          {"suite", v.suite},
          {"folders", v.folders},
          {"nav_buttons", v.nav_buttons},
          {"locked", v.locked}};
}

Variation variation_from(const Json& json) {
  Variation v;
  v.width = json.at("width");
  v.height = json.at("height");
  v.dark = json.at("dark");
  v.font_percent = json.at("font_percent");
  v.shuffle_icons = json.at("shuffle_icons");
  v.suite = json.at("suite");
  v.folders = json.value("folders", false);  // these are younger than format 1
  v.nav_buttons = json.value("nav_buttons", false);
  v.locked = json.value("locked", false);
  return v;
}

// The enumerator that `name_of` spells `text`; count: their number.
template <class Enum>
bool parse_name(std::string_view text, std::string_view (*name_of)(Enum), int count,
                Enum& out) {
  for (int i = 0; i < count; ++i) {
    if (name_of(Enum(i)) != text) continue;
    out = Enum(i);
    return true;
  }
  return false;
}

// Looks at the bytes before SQLite does: its own words for these are poor.
void check_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    throw DataError(
        fmt::format("{}: no such file; make one with 'paperphone generate --out {}'",
                    path.string(), path.string()));
  }
  if (!std::filesystem::is_regular_file(path, error)) {
    throw DataError(
        fmt::format("{}: not a file; name a trajectory database", path.string()));
  }
  std::array<unsigned char, 100> header{};
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw DataError(fmt::format("{}: cannot open: {}; make it readable", path.string(),
                                std::generic_category().message(errno)));
  }
  in.read(reinterpret_cast<char*>(header.data()), header.size());
  const auto have = std::size_t(in.gcount());
  const std::string_view magic("SQLite format 3\0", 16);
  if (have < 16 ||
      std::string_view(reinterpret_cast<const char*>(header.data()), 16) != magic) {
    throw DataError(
        fmt::format("{}: not a trajectory database; name a file written by "
                    "'paperphone generate' or 'paperphone eval --out'",
                    path.string()));
  }
  const auto big_endian = [&](int at, int bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8 | header[std::size_t(at + i)];
    return value;
  };
  const std::uint64_t size = std::filesystem::file_size(path, error);
  const std::uint64_t page = big_endian(16, 2) == 1 ? 65536 : big_endian(16, 2);
  const std::uint64_t expected = have < header.size() ? 100 : page * big_endian(28, 4);
  // Pages that are still in the log need not be in the file.
  const std::filesystem::path log = path.string() + "-wal";
  const bool has_log =
      std::filesystem::exists(log, error) && std::filesystem::file_size(log, error) > 0;
  if (size < expected && !has_log) {
    throw DataError(fmt::format("{}: truncated: {} of {} bytes; restore it from a copy",
                                path.string(), size, expected));
  }
}

void create_file(const std::filesystem::path& path) {
  // SQLite would take these for the new file's own.
  for (const char* suffix : {"-wal", "-shm", "-journal"}) {
    std::error_code error;
    const std::filesystem::path beside = path.string() + suffix;
    if (std::filesystem::exists(std::filesystem::symlink_status(beside, error)))
      throw DataError(fmt::format("{}: exists already; choose another name or remove it "
                                  "first",
                                  beside.string()));
  }
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
  if (file >= 0) {
    ::close(file);
    return;
  }
  if (errno == EEXIST) {
    throw DataError(fmt::format(
        "{}: exists already; choose another name or remove it first", path.string()));
  }
  throw DataError(fmt::format("{}: cannot create: {}; {}", path.string(),
                              std::generic_category().message(errno),
                              errno == ENOENT ? "create the folder first"
                                              : "choose a place that can be written"));
}

}  // namespace

struct TrajectoryStore::Impl {
  Impl(const std::filesystem::path& path, Database::Access access)
      : database(path, access) {}

  void create_tables();
  void check_version();
  void append_step(Statement& insert, std::int64_t id, int step,
                   const TrajectoryStep& s);
  TrajectoryStep read_step(Statement& row, std::int64_t id, std::size_t step) const;
  EndReason parse_end_reason(const std::string& text, std::int64_t id) const;
  [[noreturn]] void damaged(std::int64_t id, std::string_view what) const {
    throw DataError(fmt::format("{}: trajectory {}: {}; restore the file from a copy",
                                database.path().string(), id, what));
  }

  mutable Database database;  // SQLite writes to its handle even when reading
};

void TrajectoryStore::Impl::create_tables() {
  Transaction transaction(database);
  database.run(kSchema);
  database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                           kApplicationId, kFormat)
                   .c_str());
  transaction.commit();
}

EndReason TrajectoryStore::Impl::parse_end_reason(const std::string& text,
                                                  std::int64_t id) const {
  EndReason reason;
  if (!parse_name(text, end_reason_name, int(EndReason::kDeviceLost) + 1, reason)) {
    damaged(id, fmt::format("unknown end reason '{}'", text));
  }
  return reason;
}

void TrajectoryStore::Impl::check_version() {
  const std::string name = database.path().string();
  if (database.number("PRAGMA application_id") != kApplicationId) {
    throw DataError(
        fmt::format("{}: a database of another program; name a file written "
                    "by 'paperphone generate' or 'paperphone eval --out'",
                    name));
  }
  const std::int64_t format = database.number("PRAGMA user_version");
  if (format > kFormat) {
    throw DataError(
        fmt::format("{}: written by a newer paperphone (format {}, this one "
                    "reads {}); update paperphone",
                    name, format, kFormat));
  }
  if (format < kFormat) {
    throw DataError(
        fmt::format("{}: format {} does not exist (this paperphone reads "
                    "{}); restore the file from a copy",
                    name, format, kFormat));
  }
}

TrajectoryStore::TrajectoryStore(const std::filesystem::path& path, Mode mode) {
  if (mode == Mode::kCreate) {
    create_file(path);
  } else {
    check_file(path);
  }
  try {
    impl_ = std::make_unique<Impl>(path, mode == Mode::kRead
                                             ? Database::Access::kReadOnly
                                             : Database::Access::kReadWrite);
    if (mode != Mode::kCreate) impl_->check_version();
    if (mode != Mode::kRead) {
      impl_->database.run(
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
          "PRAGMA foreign_keys = ON");
    }
    if (mode == Mode::kCreate) impl_->create_tables();
  } catch (const DataError&) {
    if (mode == Mode::kCreate) {  // nothing half-made stays behind
      impl_.reset();
      std::error_code ignored;
      std::filesystem::remove(path, ignored);
    }
    throw;
  }
}

TrajectoryStore::~TrajectoryStore() = default;

std::int64_t TrajectoryStore::append(const Trajectory& t) {
  Transaction transaction(impl_->database);
  Statement episode(impl_->database,
                    "INSERT INTO episodes(seed, task_id, app_id, split, instruction,"
                    " asked_task_id, asked_split, asked_params, variation,"
                    " initial_screen_id, initial_state_hash, initial_frame_hash,"
                    " num_steps, end_reason, success, policy, app_set_hash,"
                    " paperphone_version, metadata)"
                    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  episode.bind(std::int64_t(t.seed))
      .bind_bytes(t.task_id)
      .bind_bytes(t.app_id)
      .bind_bytes(t.split)
      .bind_bytes(t.instruction)
      .bind_bytes(t.options.task_id)
      .bind_bytes(t.options.split)
      .bind(to_text(t.options.params));
  if (t.options.variation) {
    episode.bind(to_text(to_json(*t.options.variation)));
  } else {
    episode.bind_null();
  }
  episode.bind_bytes(t.initial_screen_id)
      .bind(t.initial_state_hash)
      .bind(t.initial_frame_hash)
      .bind(std::int64_t(t.steps.size()))
      .bind(end_reason_name(t.end_reason))
      .bind(std::int64_t(t.success))
      .bind_bytes(t.policy)
      .bind(t.app_set_hash)
      .bind(t.paperphone_version)
      .bind(to_text(t.metadata))
      .run();
  const std::int64_t id = impl_->database.last_row_id();
  Statement insert(impl_->database,
                   "INSERT INTO steps VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  for (std::size_t i = 0; i < t.steps.size(); ++i) {
    impl_->append_step(insert, id, int(i), t.steps[i]);
  }
  transaction.commit();
  return id;
}

void TrajectoryStore::Impl::append_step(Statement& insert, std::int64_t id, int step,
                                        const TrajectoryStep& s) {
  for (const float term : {s.reward, s.reward_breakdown.task,
                           s.reward_breakdown.progress, s.reward_breakdown.penalty}) {
    if (std::isfinite(term)) continue;
    throw DataError(
        fmt::format("{}: cannot save step {}: a reward term is {}; rewards "
                    "must be finite",
                    database.path().string(), step, term));
  }
  const std::string action = action_to_json(s.action);
  if (const ParsedAction again = action_from_json(action); !again.action) {
    throw DataError(
        fmt::format("{}: cannot save step {}: its action could not be read "
                    "again ({}); mark the step invalid",
                    database.path().string(), step, again.error));
  }
  insert.bind(id)
      .bind(step)
      .bind(action)
      .bind_bytes(s.response)
      .bind_bytes(s.sentence)
      .bind(std::int64_t(s.well_formed))
      .bind(outcome_name(s.outcome))
      .bind_real(s.reward)
      .bind_real(s.reward_breakdown.task)
      .bind_real(s.reward_breakdown.progress)
      .bind_real(s.reward_breakdown.penalty)
      .bind_bytes(s.screen_id)
      .bind(s.state_hash)
      .bind(s.frame_hash)
      .bind(std::int64_t(s.terminated))
      .bind(std::int64_t(s.truncated))
      .bind_bytes(s.thought)
      .bind(std::int64_t(s.expert_distance))
      .bind(std::int64_t(s.acceptable))
      .run();
}

std::int64_t TrajectoryStore::size() const {
  return impl_->database.number("SELECT COUNT(*) FROM episodes");
}

std::vector<std::int64_t> TrajectoryStore::ids() const {
  Statement select(impl_->database, "SELECT id FROM episodes ORDER BY id");
  std::vector<std::int64_t> ids;
  while (select.next()) ids.push_back(select.integer());
  return ids;
}

std::vector<TrajectorySummary> TrajectoryStore::summaries() const {
  Statement row(impl_->database,
                "SELECT id, task_id, app_id, split, instruction, policy, num_steps,"
                " end_reason, success FROM episodes ORDER BY id");
  std::vector<TrajectorySummary> summaries;
  while (row.next()) {
    TrajectorySummary s;
    s.id = row.integer();
    s.task_id = row.bytes();
    s.app_id = row.bytes();
    s.split = row.bytes();
    s.instruction = row.bytes();
    s.policy = row.bytes();
    s.num_steps = int(row.integer());
    s.end_reason = impl_->parse_end_reason(row.text(), s.id);
    s.success = row.integer() != 0;
    summaries.push_back(std::move(s));
  }
  return summaries;
}

Trajectory TrajectoryStore::read(std::int64_t id) const {
  Statement row(impl_->database,
                "SELECT seed, task_id, app_id, split, instruction, asked_task_id,"
                " asked_split, asked_params, variation, initial_screen_id,"
                " initial_state_hash, initial_frame_hash, num_steps, end_reason,"
                " success, policy, app_set_hash, paperphone_version, metadata"
                " FROM episodes WHERE id = ?");
  row.bind(id);
  if (!row.next()) {
    const std::int64_t count = size();
    throw DataError(
        fmt::format("{}: no trajectory {} ({})", impl_->database.path().string(), id,
                    count == 0 ? std::string("it has none")
                               : fmt::format("it has {}, from {} to {}", count,
                                             ids().front(), ids().back())));
  }
  Trajectory t;
  t.id = id;
  std::int64_t num_steps = 0;
  try {
    t.seed = std::uint64_t(row.integer());
    t.task_id = row.bytes();
    t.app_id = row.bytes();
    t.split = row.bytes();
    t.instruction = row.bytes();
    t.options.task_id = row.bytes();
    t.options.split = row.bytes();
    t.options.params = Json::parse(row.text());
    if (row.is_null()) {
      row.skip();
    } else {
      t.options.variation = variation_from(Json::parse(row.text()));
    }
    t.initial_screen_id = row.bytes();
    t.initial_state_hash = row.hash();
    t.initial_frame_hash = row.hash();
    num_steps = row.integer();
    t.end_reason = impl_->parse_end_reason(row.text(), id);
    t.success = row.integer() != 0;
    t.policy = row.bytes();
    t.app_set_hash = row.text();
    t.paperphone_version = row.text();
    t.metadata = Json::parse(row.text());
  } catch (const Json::exception&) {
    impl_->damaged(id, "a column does not hold its JSON");
  }
  Statement steps(impl_->database,
                  "SELECT action, response, sentence, well_formed, outcome, reward,"
                  " reward_task, reward_progress, reward_penalty, screen_id,"
                  " state_hash, frame_hash, terminated, truncated, thought,"
                  " expert_distance, acceptable"
                  " FROM steps WHERE episode_id = ? ORDER BY step");
  steps.bind(id);
  while (steps.next()) t.steps.push_back(impl_->read_step(steps, id, t.steps.size()));
  if (std::int64_t(t.steps.size()) != num_steps) {
    impl_->damaged(id, fmt::format("{} of {} steps", t.steps.size(), num_steps));
  }
  return t;
}

TrajectoryStep TrajectoryStore::Impl::read_step(Statement& row, std::int64_t id,
                                                std::size_t step) const {
  TrajectoryStep s;
  ParsedAction parsed = action_from_json(row.text());
  if (!parsed.action) damaged(id, fmt::format("step {}: {}", step, parsed.error));
  s.action = *std::move(parsed.action);
  s.response = row.bytes();
  s.sentence = row.bytes();
  s.well_formed = row.integer() != 0;
  const std::string outcome = row.text();
  if (!parse_name(outcome, outcome_name, int(ActionOutcome::kInvalid) + 1, s.outcome)) {
    damaged(id, fmt::format("step {}: unknown outcome '{}'", step, outcome));
  }
  s.reward = float(row.real());
  s.reward_breakdown.task = float(row.real());
  s.reward_breakdown.progress = float(row.real());
  s.reward_breakdown.penalty = float(row.real());
  s.screen_id = row.bytes();
  s.state_hash = row.hash();
  s.frame_hash = row.hash();
  s.terminated = row.integer() != 0;
  s.truncated = row.integer() != 0;
  s.thought = row.bytes();
  s.expert_distance = int(row.integer());
  s.acceptable = row.integer() != 0;
  return s;
}

}  // namespace paperphone::data
