#include "env/sim/system/controls.h"

namespace paperphone::sim {

using app::PhoneVars;

std::span<const Control> controls() {
  // The first two are drawn wide.
  static constexpr Control kControls[] = {
      {"wifi", "wifi", "WLAN", "WLAN", &PhoneVars::wifi},
      {"mobile_data", "swap-vertical", "移动数据", "Mobile data",
       &PhoneVars::mobile_data},
      {"bluetooth", "bluetooth", "蓝牙", "Bluetooth", &PhoneVars::bluetooth},
      {"airplane", "airplane", "飞行模式", "Airplane", &PhoneVars::airplane},
      {"flashlight", "flashlight", "手电筒", "Torch", &PhoneVars::flashlight},
      {"do_not_disturb", "sleep", "勿扰", "Do not disturb", &PhoneVars::do_not_disturb},
      {"dark_mode", "theme-light-dark", "深色模式", "Dark mode", &PhoneVars::dark_mode},
      {"eye_comfort", "eye", "护眼模式", "Eye comfort", &PhoneVars::eye_comfort},
      {"auto_rotate", "screen-rotation", "自动旋转", "Auto-rotate",
       &PhoneVars::auto_rotate},
      {"vibrate", "vibrate", "振动", "Vibrate", &PhoneVars::vibrate},
      {"location", "map-marker", "位置信息", "Location", &PhoneVars::location},
      {"hotspot", "access-point", "热点", "Hotspot", &PhoneVars::hotspot},
      {"battery_saver", "battery-50", "省电模式", "Saver", &PhoneVars::battery_saver},
      {"nfc", "nfc", "NFC", "NFC", &PhoneVars::nfc},
  };
  return kControls;
}

}  // namespace paperphone::sim
