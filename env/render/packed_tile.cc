#include "env/render/packed_tile.h"

#include <lz4.h>

#include "env/base/check.h"

namespace paperphone::render {

PackedTile pack(const Tile& tile) {
  const int size = int(tile.pixels_HWC.size());
  PackedTile packed{tile.width, tile.height, {}};
  packed.bytes.resize(std::size_t(LZ4_compressBound(size)));
  const int used = LZ4_compress_default(
      reinterpret_cast<const char*>(tile.pixels_HWC.data()),
      reinterpret_cast<char*>(packed.bytes.data()), size, int(packed.bytes.size()));
  CHECK_GE(used, 1);
  packed.bytes.resize(std::size_t(used));
  packed.bytes.shrink_to_fit();
  return packed;
}

Tile unpack(const PackedTile& packed) {
  Tile tile{packed.width, packed.height, {}};
  tile.pixels_HWC.resize(std::size_t(packed.width) * packed.height * 3);
  const int size = LZ4_decompress_safe(
      reinterpret_cast<const char*>(packed.bytes.data()),
      reinterpret_cast<char*>(tile.pixels_HWC.data()), int(packed.bytes.size()),
      int(tile.pixels_HWC.size()));
  CHECK_EQ(size, int(tile.pixels_HWC.size()));
  return tile;
}

}  // namespace paperphone::render
