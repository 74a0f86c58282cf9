// How a map that can be dragged and zoomed is looked at.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

inline constexpr int kMapZooms = 4;    // 0 shows the whole, each is twice as near
inline constexpr int kNearZoom = 2;    // what a locate button comes at least as near as
inline constexpr int kMapSide = 1000;  // of the whole map, in which its pins stand

struct MapView {
  int x = kMapSide / 2;  // its middle
  int y = kMapSide / 2;
  int zoom = 0;
  bool operator==(const MapView&) const = default;
};

// The nearest view to this that shows nothing beyond the map's edges.
MapView fitted(std::int64_t x, std::int64_t y, std::int64_t zoom);

bool is_dragged(const app::Widget& map);  // it says where its view stands
// What is shown: nothing beyond the map's edges. REQUIRES: is_dragged(map).
MapView map_view(const Machine& machine, const PhoneState& state,
                 const app::Widget& map);
// What a tap on its part would show: a zoom's, the locate button's.
MapView view_after(const Machine& machine, const PhoneState& state,
                   const app::Widget& map, const app::PartRule& part);
void write_view(Run& run, const app::Widget& map, const MapView& view);
// The finger has drawn the middle elsewhere.
ActionOutcome pan(Run& run, const event::Pan& pan);

}  // namespace paperphone::sim
