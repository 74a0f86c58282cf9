#include "env/sim/map_view.h"

#include <algorithm>

#include "env/sim/top_screen.h"
#include "env/sim/transitions.h"

namespace paperphone::sim {

using app::Prop;
using app::Value;
using app::Widget;

MapView fitted(std::int64_t x, std::int64_t y, std::int64_t zoom) {
  MapView view;
  view.zoom = int(std::clamp<std::int64_t>(zoom, 0, kMapZooms));
  const int side = 1 << view.zoom;
  const std::int64_t half = (kMapSide / 2 + side - 1) / side;
  view.x = int(std::clamp(x, half, kMapSide - half));
  view.y = int(std::clamp(y, half, kMapSide - half));
  return view;
}

bool is_dragged(const Widget& map) { return map.place(Prop::kZoom) != nullptr; }

MapView map_view(const Machine& machine, const PhoneState& state, const Widget& map) {
  const app::EvalContext context = machine.context(state);
  const auto number = [&](Prop prop) {
    return app::read(*map.place(prop), context).as_int();
  };
  return fitted(number(Prop::kBindX), number(Prop::kBindY), number(Prop::kZoom));
}

MapView view_after(const Machine& machine, const PhoneState& state, const Widget& map,
                   const app::PartRule& part) {
  const MapView now = map_view(machine, state, map);
  if (part.tap == app::Default::kZoom)
    return fitted(now.x, now.y, now.zoom + part.amount);
  const app::EvalContext context = machine.context(state);
  return fitted(app::evaluate(*map.expr(Prop::kHereX), context).as_int(),
                app::evaluate(*map.expr(Prop::kHereY), context).as_int(),
                std::max(now.zoom, kNearZoom));
}

void write_view(Run& run, const Widget& map, const MapView& view) {
  const auto set = [&](Prop prop, int number) {
    write(run, *map.place(prop), run.context(), Value::of_int(number));
  };
  set(Prop::kBindX, view.x);
  set(Prop::kBindY, view.y);
  set(Prop::kZoom, view.zoom);
}

ActionOutcome pan(Run& run, const event::Pan& pan) {
  if (pan.target.where != Target::Where::kWidget) return ActionOutcome::kNoTarget;
  const Widget* map =
      live_widget(run.machine, run.state, pan.target.widget, pan.target.row);
  if (map == nullptr || !is_dragged(*map)) return ActionOutcome::kNoTarget;
  const MapView now = map_view(run.machine, run.state, *map);
  const MapView then =
      fitted(std::int64_t{now.x} + pan.dx, std::int64_t{now.y} + pan.dy, now.zoom);
  if (then == now) return ActionOutcome::kNoTarget;
  write_view(run, *map, then);
  return ActionOutcome::kApplied;
}

}  // namespace paperphone::sim
