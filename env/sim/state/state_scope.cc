#include "env/sim/state/state_scope.h"

namespace paperphone::sim {

std::size_t Scope::count(Means means) const {
  switch (means) {
    case Means::kApp:
    case Means::kAppOrFolder:
      return apps->apps.size();
    case Means::kScreen:
      return app != nullptr ? app->screens.size() : 0;
    case Means::kWidget:
      return screen != nullptr ? screen->widgets.size() : 0;
    case Means::kTransition:
      return screen != nullptr ? screen->when.size() : 0;
    case Means::kItself:
    case Means::kNumber:
      break;
  }
  return 0;
}

std::size_t Scope::num_values() const {
  return screen != nullptr ? screen->args.size() + screen->vars.size() : 0;
}

Scope::Kept Scope::value(std::size_t number) const {
  const std::size_t args = screen->args.size();
  if (number < args) return {screen->args[number].name, screen->args[number].type};
  const app::VarSpec& var = app->vars[std::size_t(screen->vars[number - args])];
  return {var.name, var.type};
}

void Scope::enter(Means means, std::int64_t index) {
  if (means == Means::kApp) {
    app = index < 0 ? nullptr : &apps->apps[index];
    screen = nullptr;
  } else if (means == Means::kScreen) {
    screen = index < 0 ? nullptr : &app->screens[index];
  }
}

Scope scope_in_front(const app::AppSet& apps, const PhoneState& state) {
  Scope scope{&apps};
  if (const ScreenEntry* top = state.top()) {
    scope.enter(Means::kApp, state.front_app());
    scope.enter(Means::kScreen, top->screen);
  }
  return scope;
}

}  // namespace paperphone::sim
