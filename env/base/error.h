// The user's mistakes: one family of exceptions, each message naming the thing,
// where it stands and what would mend it. Lower case, no final period.
#pragma once

#include <stdexcept>
#include <string>

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

}  // namespace paperphone
