#include "env/app/permission.h"

namespace paperphone::app {

std::span<const PermissionName> permission_names() {
  static constexpr PermissionName kNames[] = {
      {"location", "获取此设备的位置信息", "access this device's location",
       "map-marker"},
      {"camera", "拍摄照片和录制视频", "take pictures and record video", "camera"},
      {"microphone", "录制音频", "record audio", "microphone"},
      {"contacts", "访问你的通讯录", "access your contacts", "account-box"},
      {"storage", "访问你的照片和文件", "access your photos and files", "folder"},
      {"calendar", "访问你的日历", "access your calendar", "calendar"},
  };
  return kNames;
}

}  // namespace paperphone::app
