#include "rl/run/metrics.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <system_error>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/report.h"
#include "env/base/json_text.h"

namespace paperphone::rl {

namespace {

constexpr int kPatienceMs = 30'000;  // while another program writes to metrics.db
constexpr int kPatienceOfWaitersMs = 1000;  // once it was in vain

struct Record {
  std::string stage;
  std::int64_t step = 0;
  Metrics metrics;
};

std::string line_of(const Record& record) {
  nlohmann::ordered_json line = {{"stage", record.stage}, {"step", record.step}};
  for (const auto& [name, value] : record.metrics)
    line[name] = std::isfinite(value) ? nlohmann::ordered_json(value)
                                      : nlohmann::ordered_json(nullptr);
  return json_text(line) + "\n";
}

// nullopt: a line that was cut.
std::optional<Record> record_of(const std::string& line) {
  const auto json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("stage") || !json["stage"].is_string() ||
      !json.contains("step") || !json["step"].is_number_integer())
    return std::nullopt;
  Record record{json["stage"], json["step"], {}};
  for (const auto& [name, value] : json.items())
    if (name != "stage" && name != "step")
      record.metrics[name] = value.is_number() ? value.get<double>() : std::nan("");
  return record;
}

// Of a database that is none any more.
struct Damaged : DataError {
  using DataError::DataError;
};

}  // namespace

// What cannot be written waits and is tried again with the next record: a full disk or
// a lock is the end of a log, not of a run.
struct MetricsLog::Impl {
  std::filesystem::path jsonl;
  std::filesystem::path db_path;
  int out = -1;
  sqlite3* db = nullptr;
  std::string waiting_lines;
  std::vector<Record> waiting_rows;
  bool told_lines = false, told_rows = false;

  ~Impl() {
    if (out >= 0) ::close(out);
    sqlite3_close(db);
  }
  [[noreturn]] void fail(const std::filesystem::path& path,
                         std::string_view why) const {
    throw DataError(fmt::format("{}: cannot be written: {}", path.string(), why));
  }
  [[noreturn]] void fail_db() const {
    const int code = sqlite3_errcode(db) & 0xff;
    const std::string why = sqlite3_errmsg(db);
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) throw Damaged(why);
    fail(db_path, why);
  }
  void run(const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail_db();
  }
  void open_jsonl() {
    if (out >= 0) ::close(out);
    out = ::open(jsonl.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (out < 0) fail(jsonl, std::generic_category().message(errno));
  }
  void open_db() {
    sqlite3_close(db);
    db = nullptr;
    if (sqlite3_open(db_path.c_str(), &db) != SQLITE_OK) fail_db();
    sqlite3_busy_timeout(db, kPatienceMs);
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "CREATE TABLE IF NOT EXISTS metrics(stage TEXT, step INTEGER, name TEXT,"
        " value REAL, PRIMARY KEY(stage, step, name)) WITHOUT ROWID;");
  }
  // It is a copy of metrics.jsonl; what is left of it may still be of use to somebody.
  void put_aside(std::string_view why) {
    sqlite3_close(db);
    db = nullptr;
    const std::filesystem::path aside = db_path.string() + ".damaged";
    std::error_code error;
    if (std::filesystem::exists(aside, error))
      fail(db_path, fmt::format("{}, and {} is there already", why, aside.string()));
    for (const char* suffix : {"-wal", "-shm"})
      std::filesystem::remove(db_path.string() + suffix, error);
    std::filesystem::rename(db_path, aside, error);
    if (error) fail(db_path, error.message());
    report("{}: damaged ({}); made again from metrics.jsonl, the old one is {}\n",
           db_path.string(), why, aside.string());
    open_db();
  }

  void insert(const std::vector<Record>& records) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, "INSERT OR REPLACE INTO metrics VALUES(?,?,?,?)", -1,
                           &statement, nullptr) != SQLITE_OK)
      fail_db();
    for (const Record& record : records)
      for (const auto& [name, value] : record.metrics) {
        sqlite3_bind_text(statement, 1, record.stage.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_int64(statement, 2, record.step);
        sqlite3_bind_text(statement, 3, name.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_double(statement, 4, value);
        if (sqlite3_step(statement) != SQLITE_DONE) {
          sqlite3_finalize(statement);
          fail_db();
        }
        sqlite3_reset(statement);
      }
    sqlite3_finalize(statement);
  }
  void in_transaction(const auto& body) {
    run("BEGIN IMMEDIATE");
    try {
      body();
      run("COMMIT");
    } catch (...) {
      sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
      throw;
    }
  }

  void write_lines() {
    const off_t before = ::lseek(out, 0, SEEK_END);
    std::string_view rest = waiting_lines;
    while (!rest.empty()) {
      const ssize_t written = ::write(out, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        const std::string why = std::generic_category().message(errno);
        // No line is there by half.
        if (before >= 0 && ::ftruncate(out, before) != 0 && !told_lines)
          report("{}: its last line is cut\n", jsonl.string());
        if (!told_lines)
          report("{}: cannot be written: {}; it waits\n", jsonl.string(), why);
        told_lines = true;
        return;
      }
      rest.remove_prefix(std::size_t(written));
    }
    waiting_lines.clear();
    told_lines = false;
  }
  void write_rows() {
    try {
      sqlite3_busy_timeout(db, told_rows ? kPatienceOfWaitersMs : kPatienceMs);
      in_transaction([&] { insert(waiting_rows); });
      waiting_rows.clear();
      told_rows = false;
    } catch (const DataError& error) {
      if (!told_rows) report("{}; it waits\n", error.what());
      told_rows = true;
    }
  }
};

MetricsLog::MetricsLog(const std::filesystem::path& folder)
    : impl_(std::make_unique<Impl>()) {
  impl_->jsonl = folder / "metrics.jsonl";
  impl_->db_path = folder / "metrics.db";
  try {
    impl_->open_db();
  } catch (const Damaged& error) {
    impl_->put_aside(error.what());
  }
  impl_->open_jsonl();
}

MetricsLog::~MetricsLog() {
  if (!impl_->waiting_lines.empty()) impl_->write_lines();
  if (!impl_->waiting_rows.empty()) impl_->write_rows();
  if (!impl_->waiting_lines.empty() || !impl_->waiting_rows.empty())
    report("{}: the last updates are missing in the log\n",
           impl_->jsonl.parent_path().string());
}

void MetricsLog::add(const std::string& stage, std::int64_t step,
                     const Metrics& metrics) {
  impl_->waiting_rows.push_back({stage, step, metrics});
  impl_->waiting_lines += line_of(impl_->waiting_rows.back());
  impl_->write_lines();
  impl_->write_rows();
}

void MetricsLog::sync() {
  try {
    sync_to_disk(impl_->jsonl);
  } catch (const DataError& error) {
    report("{}\n", error.what());
  }
}

void MetricsLog::rewind(const std::vector<std::string>& finished_stages,
                        const std::string& stage, std::int64_t step) {
  const auto keep = [&](const Record& record) {
    if (record.stage == stage) return record.step < step;
    return std::find(finished_stages.begin(), finished_stages.end(), record.stage) !=
           finished_stages.end();
  };
  std::string kept;
  std::vector<Record> records;
  std::istringstream in(read_file(impl_->jsonl));
  for (std::string line; std::getline(in, line);) {
    auto record = record_of(line);
    if (!record || !keep(*record)) continue;
    kept += line + "\n";
    records.push_back(*std::move(record));
  }
  write_file(impl_->jsonl, kept, Lasts::kPowerCut);
  impl_->open_jsonl();

  const auto copy = [&] {
    impl_->in_transaction([&] {
      impl_->run("DELETE FROM metrics");
      impl_->insert(records);
    });
  };
  try {
    copy();
  } catch (const Damaged& error) {
    impl_->put_aside(error.what());
    copy();
  }
}

}  // namespace paperphone::rl
