// Compiled into every program that uses the installed package: tells the loader where
// the package's apps are (env/app/loader.cc).
extern "C" {
extern const char paperphone_installed_apps[] __attribute__((weak));
const char paperphone_installed_apps[] = PAPERPHONE_INSTALLED_APPS;
}
