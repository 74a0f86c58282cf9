// The user's mistakes: one family of exceptions, each message naming the thing,
// where it stands and what would mend it. Lower case, no final period.
#pragma once

#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

namespace paperphone {

class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// YAML, recipes, command line, unknown ids.
class ConfigError : public Error {
 public:
  using Error::Error;
};

// Databases, checkpoints, fixtures: damaged, missing, too new, does not fit.
class DataError : public Error {
 public:
  using Error::Error;
};

// A real phone or emulator that stopped answering.
class DeviceError : public Error {
 public:
  using Error::Error;
};

// Throws it again, of the same kind, as "where: what it said"; what is none of ours as
// Error. REQUIRES: not null.
[[noreturn]] void rethrow_with(std::string_view where, const std::exception_ptr& error);

}  // namespace paperphone
