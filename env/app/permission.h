// What an app asks the phone's owner for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace paperphone::app {

enum class Permission : std::uint8_t {
  kLocation, kCamera, kMicrophone, kContacts, kStorage, kCalendar,
};

struct PermissionName {
  std::string_view id;       // in app files: `ask: location`
  std::string_view label;    // “信聊”想要<label>
  std::string_view english;  // Allow 信聊 to <english>?
  std::string_view icon;
};
std::span<const PermissionName> permission_names();  // by Permission
inline const PermissionName& name_of(Permission permission) {
  return permission_names()[std::size_t(permission)];
}

}  // namespace paperphone::app
