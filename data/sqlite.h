// SQLite with destructors: the two types that store.cc needs. Private to data/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "env/base/hash.h"
#include "env/base/utf8.h"

struct sqlite3;
struct sqlite3_stmt;

namespace paperphone::data {

// One connection. Every error becomes a DataError naming the file and a remedy.
class Database {
 public:
  enum class Access : std::uint8_t { kReadOnly, kReadWrite };
  // REQUIRES: the file exists (it may be empty).
  Database(const std::filesystem::path& path, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Statements without results, separated by semicolons.
  void run(const char* sql);
  std::int64_t number(const char* sql);  // first column of the only row
  std::int64_t last_row_id() const;
  const std::filesystem::path& path() const { return path_; }
  // Throws for the last error; `doing` says what failed: "cannot save".
  [[noreturn]] void fail(std::string_view doing) const;

 private:
  friend class Statement;
  std::filesystem::path path_;
  sqlite3* handle_ = nullptr;
};

// A prepared statement. Parameters are bound in the order of bind() calls, columns
// read in the order of the getters.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);
  // What may hold bytes that are not UTF-8; bytes() gives them back.
  Statement& bind_bytes(std::string_view bytes) {
    return bind(std::string_view(escape_bytes(bytes)));
  }
  Statement& bind(const Hash128& hash);  // 16 bytes, big-endian
  Statement& bind_real(double value);
  Statement& bind_null();
  // Next row; false: no more.
  bool next();
  // Runs a statement without results, ready to be bound again.
  void run();

  std::int64_t integer();
  double real();
  std::string text();
  std::string bytes() { return unescape_bytes(text()); }
  Hash128 hash();  // DataError unless it has 16 bytes
  bool is_null();  // of the next column, which is not consumed
  void skip() { ++column_; }

 private:
  void check(int result);

  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
  int parameter_ = 0;
  int column_ = 0;
};

// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace paperphone::data
