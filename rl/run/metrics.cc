#include "rl/run/metrics.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "env/base/error.h"
#include "env/base/host/file.h"

namespace paperphone::rl {

struct MetricsLog::Impl {
  std::filesystem::path jsonl;
  std::filesystem::path db_path;
  std::ofstream out;
  sqlite3* db = nullptr;

  ~Impl() { sqlite3_close(db); }
  [[noreturn]] void fail(const std::filesystem::path& path, std::string_view why) const {
    throw DataError(fmt::format("{}: cannot be written: {}", path.string(), why));
  }
  void run(const std::string& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(db_path, sqlite3_errmsg(db));
  }
  void open_jsonl() {
    out.close();
    out.clear();
    out.open(jsonl, std::ios::binary | std::ios::app);
    if (!out) fail(jsonl, "is the folder writable?");
  }
};

MetricsLog::MetricsLog(const std::filesystem::path& folder)
    : impl_(std::make_unique<Impl>()) {
  impl_->jsonl = folder / "metrics.jsonl";
  impl_->db_path = folder / "metrics.db";
  if (sqlite3_open(impl_->db_path.c_str(), &impl_->db) != SQLITE_OK)
    impl_->fail(impl_->db_path, sqlite3_errmsg(impl_->db));
  impl_->run(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
      "CREATE TABLE IF NOT EXISTS metrics(stage TEXT, step INTEGER, name TEXT,"
      " value REAL, PRIMARY KEY(stage, step, name)) WITHOUT ROWID;");
  impl_->open_jsonl();
}

MetricsLog::~MetricsLog() = default;

void MetricsLog::add(const std::string& stage, std::int64_t step,
                     const Metrics& metrics) {
  nlohmann::ordered_json line = {{"stage", stage}, {"step", step}};
  for (const auto& [name, value] : metrics)
    line[name] = std::isfinite(value) ? nlohmann::ordered_json(value)
                                      : nlohmann::ordered_json(nullptr);
  impl_->out << line.dump() << '\n' << std::flush;
  if (!impl_->out) impl_->fail(impl_->jsonl, "is the disk full?");

  impl_->run("BEGIN");
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(impl_->db, "INSERT OR REPLACE INTO metrics VALUES(?,?,?,?)", -1,
                     &insert, nullptr);
  for (const auto& [name, value] : metrics) {
    sqlite3_bind_text(insert, 1, stage.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(insert, 2, step);
    sqlite3_bind_text(insert, 3, name.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_double(insert, 4, value);
    if (sqlite3_step(insert) != SQLITE_DONE) {
      const std::string why = sqlite3_errmsg(impl_->db);
      sqlite3_finalize(insert);
      impl_->fail(impl_->db_path, why);
    }
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  impl_->run("COMMIT");
}

void MetricsLog::rewind(const std::vector<std::string>& finished_stages,
                        const std::string& stage, std::int64_t step) {
  const auto keep = [&](const std::string& line_stage, std::int64_t line_step) {
    if (line_stage == stage) return line_step < step;
    return std::find(finished_stages.begin(), finished_stages.end(), line_stage) !=
           finished_stages.end();
  };
  std::string kept;
  std::ifstream in(impl_->jsonl, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (record.is_discarded() || !record.is_object()) continue;  // a torn last line
    if (keep(record.value("stage", ""), record.value("step", std::int64_t{0})))
      kept += line + "\n";
  }
  in.close();
  impl_->out.close();
  write_file(impl_->jsonl, kept);
  impl_->open_jsonl();

  impl_->run("CREATE TEMP TABLE IF NOT EXISTS kept(stage TEXT, before INTEGER)");
  impl_->run("DELETE FROM kept");
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(impl_->db, "INSERT INTO kept VALUES(?,?)", -1, &insert, nullptr);
  const auto remember = [&](const std::string& name, std::int64_t before) {
    sqlite3_bind_text(insert, 1, name.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(insert, 2, before);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  };
  for (const std::string& name : finished_stages)
    remember(name, std::numeric_limits<std::int64_t>::max());
  remember(stage, step);
  sqlite3_finalize(insert);
  impl_->run(
      "DELETE FROM metrics WHERE NOT EXISTS (SELECT 1 FROM kept WHERE"
      " kept.stage = metrics.stage AND metrics.step < kept.before)");
}

}  // namespace paperphone::rl
