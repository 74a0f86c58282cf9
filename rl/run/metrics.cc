#include "rl/run/metrics.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <sstream>
#include <system_error>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/report.h"
#include "rl/run/waiting_file.h"

namespace paperphone::rl {

namespace {

constexpr int kPatienceMs = 30'000;  // while another program writes to metrics.db
constexpr int kPatienceOfWaitersMs = 1000;  // once it was in vain

// Of a database that is none any more.
struct Damaged : DataError {
  using DataError::DataError;
};

}  // namespace

// What cannot be written waits and is tried again with the next record: a full disk or
// a lock is the end of a log, not of a run.
struct MetricsLog::Impl {
  Impl(const std::filesystem::path& folder, StageStarts starts)
      : lines(folder / "metrics.jsonl"),
        tensorboard(folder, std::move(starts)),
        db_path(folder / "metrics.db") {}
  ~Impl() { sqlite3_close(db); }

  WaitingFile lines;
  TensorboardLog tensorboard;
  std::filesystem::path db_path;
  sqlite3* db = nullptr;
  std::vector<MetricRecord> waiting_rows;
  bool told_rows = false;

  [[noreturn]] void fail(std::string_view why) const {
    throw DataError(fmt::format("{}: cannot be written: {}", db_path.string(), why));
  }
  [[noreturn]] void fail_db() const {
    const int code = sqlite3_errcode(db) & 0xff;
    const std::string why = sqlite3_errmsg(db);
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) throw Damaged(why);
    fail(why);
  }
  void run(const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail_db();
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
      fail(fmt::format("{}, and {} is there already", why, aside.string()));
    for (const char* suffix : {"-wal", "-shm"})
      std::filesystem::remove(db_path.string() + suffix, error);
    std::filesystem::rename(db_path, aside, error);
    if (error) fail(error.message());
    report("{}: damaged ({}); made again from metrics.jsonl, the old one is {}\n",
           db_path.string(), why, aside.string());
    open_db();
  }

  void insert(const std::vector<MetricRecord>& records) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, "INSERT OR REPLACE INTO metrics VALUES(?,?,?,?)", -1,
                           &statement, nullptr) != SQLITE_OK)
      fail_db();
    for (const MetricRecord& record : records)
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

MetricsLog::MetricsLog(const std::filesystem::path& folder, StageStarts starts)
    : impl_(std::make_unique<Impl>(folder, std::move(starts))) {
  try {
    impl_->open_db();
  } catch (const Damaged& error) {
    impl_->put_aside(error.what());
  }
  impl_->lines.open();
}

MetricsLog::~MetricsLog() {
  const bool lines = impl_->lines.flush(), events = impl_->tensorboard.flush();
  if (!impl_->waiting_rows.empty()) impl_->write_rows();
  if (!lines || !events || !impl_->waiting_rows.empty())
    report("{}: the last updates are missing in the log\n",
           impl_->db_path.parent_path().string());
}

void MetricsLog::add(const std::string& stage, std::int64_t step,
                     const Metrics& metrics) {
  const MetricRecord record{stage, step, metrics};
  impl_->lines.append(line_of(record));
  impl_->tensorboard.add(record);
  impl_->waiting_rows.push_back(record);
  impl_->write_rows();
}

void MetricsLog::sync() {
  try {
    sync_to_disk(impl_->lines.path());
  } catch (const DataError& error) {
    report("{}\n", error.what());
  }
}

std::vector<MetricRecord> MetricsLog::rewind(
    const std::vector<std::string>& finished_stages, const std::string& stage,
    std::int64_t step) {
  const auto keep = [&](const MetricRecord& record) {
    if (record.stage == stage) return record.step < step;
    return std::find(finished_stages.begin(), finished_stages.end(), record.stage) !=
           finished_stages.end();
  };
  std::string kept;
  std::vector<MetricRecord> records;
  std::istringstream in(read_file(impl_->lines.path()));
  for (std::string line; std::getline(in, line);) {
    auto record = record_of(line);
    if (!record || !keep(*record)) continue;
    kept += line + "\n";
    records.push_back(*std::move(record));
  }
  write_file(impl_->lines.path(), kept, Lasts::kPowerCut);
  impl_->lines.open();
  impl_->tensorboard.rewrite(records);

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
  return records;
}

}  // namespace paperphone::rl
