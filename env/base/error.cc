#include "env/base/error.h"

#include <fmt/format.h>

namespace paperphone {

void rethrow_with(std::string_view where, const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const ConfigError& e) {
    throw ConfigError(fmt::format("{}: {}", where, e.what()));
  } catch (const DataError& e) {
    throw DataError(fmt::format("{}: {}", where, e.what()));
  } catch (const DeviceError& e) {
    throw DeviceError(fmt::format("{}: {}", where, e.what()));
  } catch (const std::exception& e) {
    throw Error(fmt::format("{}: {}", where, e.what()));
  } catch (...) {
    throw Error(fmt::format("{}: threw something that is no std::exception", where));
  }
}

}  // namespace paperphone
