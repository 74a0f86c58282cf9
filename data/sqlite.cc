#include "data/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstring>

#include "env/base/error.h"

namespace paperphone::data {
namespace {

// "file:" with everything quoted that a URI could misread.
std::string file_uri(const std::filesystem::path& path, std::string_view query) {
  std::string uri = "file:";
  for (const unsigned char c : std::filesystem::absolute(path).string()) {
    if (std::isalnum(c) || c == '/' || c == '.' || c == '_' || c == '-') {
      uri += char(c);
    } else {
      uri += fmt::format("%{:02X}", c);
    }
  }
  return uri.append(query);
}

}  // namespace

Database::Database(const std::filesystem::path& path, Access access) : path_(path) {
  const int flags =
      (access == Access::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  const auto open = [&](std::string_view query) {
    const int result =
        sqlite3_open_v2(file_uri(path, query).c_str(), &handle_, flags, nullptr);
    if (result != SQLITE_OK) return result;
    sqlite3_busy_timeout(handle_, 5000);
    // The first look into the file; opening alone reads nothing.
    return sqlite3_exec(handle_, "PRAGMA schema_version", nullptr, nullptr, nullptr);
  };
  int result = open("");
  const int code = result & 0xff;
  if (access == Access::kReadOnly &&
      (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)) {
    // In a folder that cannot be written SQLite cannot keep its shared memory file.
    // Without a log beside it the file does not change, and needs none.
    std::error_code error;
    const std::filesystem::path log = path.string() + "-wal";
    if (!std::filesystem::exists(log, error) ||
        std::filesystem::file_size(log, error) == 0) {
      sqlite3_close(handle_);
      handle_ = nullptr;
      result = open("?immutable=1");
    } else {
      sqlite3_close(handle_);
      throw DataError(
          fmt::format("{}: its last trajectories are still in {}, and the folder "
                      "cannot be written; "
                      "copy both to a place that can",
                      path.string(), log.filename().string()));
    }
  }
  if (result != SQLITE_OK) {
    try {
      fail("cannot open");
    } catch (...) {
      sqlite3_close(handle_);
      throw;
    }
  }
}

Database::~Database() { sqlite3_close(handle_); }

void Database::run(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail("cannot save");
  }
}

std::int64_t Database::number(const char* sql) {
  Statement statement(*this, sql);
  return statement.next() ? statement.integer() : 0;
}

std::int64_t Database::last_row_id() const {
  return sqlite3_last_insert_rowid(handle_);
}

void Database::fail(std::string_view doing) const {
  const int extended = handle_ ? sqlite3_extended_errcode(handle_) : SQLITE_NOMEM;
  const int code = extended & 0xff;
  const std::string reason =
      handle_ ? sqlite3_errmsg(handle_) : std::string("out of memory");
  const char* remedy = "check the file with the sqlite3 tool";
  // A quota and a file size limit arrive as a failed write, not as "full".
  if (code == SQLITE_FULL || extended == SQLITE_IOERR_WRITE) {
    throw DataError(
        fmt::format("{}: {}: the disk is full; free some space and try again, "
                    "trajectories saved before are intact",
                    path_.string(), doing));
  }
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
    throw DataError(
        fmt::format("{}: {}: the file is damaged ({}); restore it from a copy",
                    path_.string(), doing, reason));
  }
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    remedy = "wait until the other program that writes to it has ended";
  } else if (code == SQLITE_READONLY || code == SQLITE_PERM ||
             code == SQLITE_CANTOPEN || code == SQLITE_AUTH) {
    remedy = "choose a place that can be written";
  } else if (code == SQLITE_TOOBIG) {
    remedy = "shorten the text";
  }
  throw DataError(fmt::format("{}: {}: {}; {}", path_.string(), doing, reason, remedy));
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
  check(sqlite3_prepare_v2(database.handle_, sql.data(), int(sql.size()), &handle_,
                           nullptr));
}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::check(int result) {
  if (result != SQLITE_OK) database_.fail("cannot read");
}

Statement& Statement::bind(std::int64_t value) {
  check(sqlite3_bind_int64(handle_, ++parameter_, value));
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  check(sqlite3_bind_text64(handle_, ++parameter_, text.data() ? text.data() : "",
                            text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(const Hash128& hash) {
  std::uint8_t bytes[16];
  for (int i = 0; i < 8; ++i) {
    bytes[i] = std::uint8_t(hash.high >> (56 - 8 * i));
    bytes[8 + i] = std::uint8_t(hash.low >> (56 - 8 * i));
  }
  check(sqlite3_bind_blob(handle_, ++parameter_, bytes, 16, SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_real(double value) {
  check(sqlite3_bind_double(handle_, ++parameter_, value));
  return *this;
}

Statement& Statement::bind_null() {
  check(sqlite3_bind_null(handle_, ++parameter_));
  return *this;
}

bool Statement::next() {
  column_ = 0;
  const int result = sqlite3_step(handle_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) database_.fail("cannot read");
  return false;
}

void Statement::run() {
  const int result = sqlite3_step(handle_);
  if (result != SQLITE_DONE && result != SQLITE_ROW) database_.fail("cannot save");
  sqlite3_reset(handle_);
  parameter_ = 0;
}

std::int64_t Statement::integer() { return sqlite3_column_int64(handle_, column_++); }

double Statement::real() { return sqlite3_column_double(handle_, column_++); }

std::string Statement::text() {
  const auto* data =
      reinterpret_cast<const char*>(sqlite3_column_text(handle_, column_));
  const int size = sqlite3_column_bytes(handle_, column_++);
  return data ? std::string(data, std::size_t(size)) : std::string();
}

Hash128 Statement::hash() {
  const auto* data =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column_));
  const int size = sqlite3_column_bytes(handle_, column_++);
  if (size != 16) {
    throw DataError(
        fmt::format("{}: a hash has {} bytes, not 16; restore the file from "
                    "a copy",
                    database_.path().string(), size));
  }
  Hash128 hash;
  for (int i = 0; i < 8; ++i) {
    hash.high = hash.high << 8 | data[i];
    hash.low = hash.low << 8 | data[8 + i];
  }
  return hash;
}

bool Statement::is_null() {
  return sqlite3_column_type(handle_, column_) == SQLITE_NULL;
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const DataError&) {
    // A full disk has already rolled it back.
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace paperphone::data
