#include "env/render/packed_tile.h"

#include "env/base/compression.h"

namespace paperphone::render {

PackedTile pack(const Tile& tile) {
  return {tile.width, tile.height, compress(tile.pixels_HWC)};
}

Tile unpack(const PackedTile& packed) {
  Tile tile{packed.width, packed.height, {}};
  tile.pixels_HWC.resize(std::size_t(packed.width) * packed.height * 3);
  decompress(packed.bytes, tile.pixels_HWC);
  return tile;
}

}  // namespace paperphone::render
