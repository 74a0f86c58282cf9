#include "agent/kernels/flash_attention.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "agent/kernels/avx512_bf16.h"
#include "env/base/check.h"

namespace paperphone::agent::kernels {

bool has_flash_attention(std::int64_t E) {
  return has_avx512_bf16() && E > 0 && E % 16 == 0;
}

#ifndef PAPERPHONE_HAS_AVX512_BF16

void flash_attention(std::span<const KeyBlock>, std::span<const QueryBlock>,
                     std::int64_t, float, Scratch&) {
  CHECK_TRUE(false);
}
void flash_attention_backward(std::span<const KeyBlock>, std::span<const QueryBlock>,
                              std::int64_t, float, Scratch&) {
  CHECK_TRUE(false);
}

#else

namespace {

constexpr Index kKeys = 64;  // of a tile
constexpr Index kVectors = kKeys / kLanes;
constexpr Index kForward = 8;  // queries at a time
constexpr Index kBackward = 32;
constexpr float kLog2e = 1.44269504088896341f;

Index tiles_of(Index keys) { return (keys + kKeys - 1) / kKeys; }

// The number of each run's first tile, and of all.
std::vector<Index> first_tiles(std::span<const KeyBlock> runs) {
  std::vector<Index> first = {0};
  for (const KeyBlock& run : runs) first.push_back(first.back() + tiles_of(run.count));
  return first;
}

Index visible_keys(const AttentionMask& mask, Index query) {
  return std::min(mask.most, mask.first + mask.step * query);
}

// A tile and how many of its keys query i of a block sees: visible_keys(mask, i) -
// before.
struct VisibleTile {
  Index tile = 0;
  const AttentionMask* mask = nullptr;
  Index before = 0;
};

// What queries [begin, end) of a block look at.
void find_visible(const QueryBlock& block, Index begin, Index end,
                  const std::vector<Index>& first_tile, std::vector<VisibleTile>* out) {
  out->clear();
  for (int i = 0; i < block.num_masks; ++i) {
    const AttentionMask& mask = block.masks[std::size_t(i)];
    const Index most = std::max(visible_keys(mask, begin), visible_keys(mask, end - 1));
    for (Index t = 0; t < tiles_of(most); ++t)
      out->push_back({first_tile[std::size_t(mask.run)] + t, &mask, t * kKeys});
  }
}

// Rows [begin, end) of [.., E], as pairs along a row; zeros up to `rows`.
void copy_rows(const Bf16* from, Index begin, Index end, Index E, Index rows,
               Pair* to) {
  const Index used = end - begin;
  std::memcpy(to, from + begin * E, std::size_t(used * E) * sizeof(Bf16));
  std::memset(to + used * E / 2, 0, std::size_t((rows - used) * E) * sizeof(Bf16));
}

PAPERPHONE_AVX512_BF16_BEGIN

// Bits of the first `count` lanes of 16; count may lie outside 0..16.
PAPERPHONE_INLINE __mmask16 lane_mask(Index count) {
  return count >= kLanes ? __mmask16(0xffff)
                         : __mmask16((1u << (count < 0 ? 0 : unsigned(count))) - 1);
}

// 2^x, below one unit in the last place and a half; 2^x = 2^n 2^r with |r| <= 1/2, the
// latter by its series, whose coefficients are ln(2)^i / i!.
PAPERPHONE_INLINE __m512 exp2_ps(__m512 x) {
  const __m512 n = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT);
  const __m512 r = _mm512_sub_ps(x, n);
  __m512 y = _mm512_set1_ps(1.5403530393381609e-4f);
  y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.3333558146428443e-3f));
  y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(9.6181291076284772e-3f));
  y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(5.5504108664821580e-2f));
  y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(2.4022650695910071e-1f));
  y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(6.9314718055994531e-1f));
  y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f));
  return _mm512_scalef_ps(y, n);
}

// Rows [count, E] -> per tile [E/2, 64]: pairs along a row, one key per lane. For
// scores.
void pack_along(const Bf16* rows, Index count, Index E, Pair* out) {
  for (Index tile = 0; tile < tiles_of(count); ++tile, out += E / 2 * kKeys) {
    const Index used = std::min(kKeys, count - tile * kKeys);
    if (used < kKeys) std::memset(out, 0, std::size_t(E / 2 * kKeys) * sizeof(Pair));
    for (Index k = 0; k < used; ++k) {
      const Bf16* row = rows + (tile * kKeys + k) * E;
      for (Index pair = 0; pair < E / 2; ++pair)
        std::memcpy(out + pair * kKeys + k, row + 2 * pair, sizeof(Pair));
    }
  }
}

// Rows [count, E] -> [ceil(count/2), E]: pairs of two rows, one column per lane. For
// sums over rows. Zeros up to `rows` rows.
void pack_across(const Bf16* from, Index count, Index E, Index rows, Pair* out) {
  for (Index r = 0; r < rows; r += 2, out += E)
    for (Index e = 0; e < E; ++e) {
      const Pair low = r < count ? from[r * E + e].bits : 0;
      const Pair high = r + 1 < count ? from[(r + 1) * E + e].bits : 0;
      out[e] = low | high << 16;
    }
}

// ---- forwards ---------------------------------------------------------------

// Scores of 4 queries against a tile: out[i * stride + k].
PAPERPHONE_INLINE void scores_of_four(const Pair* queries, Index pairs,
                                      const Pair* tile, float* out, Index stride) {
  __m512 sum[4][kVectors];
  zero(sum);
  microkernel({queries, pairs, 1}, tile, kKeys, pairs, sum);
  store(sum, out, stride);
}

// One row of scores [tiles * 64] -> bfloat16 weights, not yet divided by their sum,
// which is returned; *log_sum of the scaled scores.
PAPERPHONE_INLINE float softmax(const float* scores,
                                const std::vector<VisibleTile>& tiles, Index query,
                                float scale2, Bf16* weights, float* log_sum) {
  const __m512 nothing = _mm512_set1_ps(-1e30f);
  __m512 most = nothing;
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    const Index visible = visible_keys(*tiles[t].mask, query) - tiles[t].before;
    for (int v = 0; v < kVectors; ++v)
      most = _mm512_max_ps(
          most, _mm512_mask_loadu_ps(nothing, lane_mask(visible - v * kLanes),
                                     scores + Index(t) * kKeys + v * kLanes));
  }
  const float top = _mm512_reduce_max_ps(most);
  const __m512 shift = _mm512_set1_ps(-top * scale2), factor = _mm512_set1_ps(scale2);
  __m512 sum = _mm512_setzero_ps();
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    const Index visible = visible_keys(*tiles[t].mask, query) - tiles[t].before;
    for (int v = 0; v < kVectors; ++v) {
      const Index at = Index(t) * kKeys + v * kLanes;
      const __m512 x = _mm512_fmadd_ps(_mm512_load_ps(scores + at), factor, shift);
      const __m512 weight =
          _mm512_maskz_mov_ps(lane_mask(visible - v * kLanes), exp2_ps(x));
      sum = _mm512_add_ps(sum, weight);
      _mm256_store_si256(reinterpret_cast<__m256i*>(weights + at), to_bf16(weight));
    }
  }
  const float total = _mm512_reduce_add_ps(sum);
  *log_sum = top * scale2 + std::log2(total);
  return total;
}

// out[i] = sum over the tiles' keys of weights[i] values / totals[i], for `rows` of 8
// queries and kVec vectors of columns; weights of query i as pairs at i * stride.
template <int kVec>
PAPERPHONE_INLINE void weighted_sum(const Pair* weights, Index stride,
                                    const std::vector<VisibleTile>& tiles,
                                    const Pair* values, Index E, Index column,
                                    const float* totals, Index rows, Bf16* out) {
  __m512 sum[kForward][kVec];
  zero(sum);
  for (std::size_t t = 0; t < tiles.size(); ++t)
    microkernel({weights + Index(t) * kKeys / 2, stride, 1},
                values + tiles[t].tile * kKeys / 2 * E + column, E, kKeys / 2, sum);
#pragma GCC unroll 8
  for (int i = 0; i < kForward; ++i) {
    if (i >= rows) break;
    const __m512 share = _mm512_set1_ps(1.0f / totals[i]);
#pragma GCC unroll 2
    for (int v = 0; v < kVec; ++v)
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i * E + column + v * kLanes),
                          to_bf16(_mm512_mul_ps(sum[i][v], share)));
  }
}

// ---- backwards --------------------------------------------------------------

// Lanes of two vectors of bfloat16, one from each in turn.
PAPERPHONE_INLINE __m512i interleaved(__m256i first, __m256i second) {
  return _mm512_or_si512(_mm512_cvtepu16_epi32(first),
                         _mm512_slli_epi32(_mm512_cvtepu16_epi32(second), 16));
}

// What two queries have with a tile on the way back.
struct PairOfQueries {
  const Pair* query[2];
  const Pair* dout[2];
  float log_sum[2];
  float product[2];  // sum of out * dout
  Index visible[2];
};

// Weights as pairs of the two queries; gradients of scores so and as rows of each.
PAPERPHONE_INLINE void score_gradients(const PairOfQueries& two, Index pairs,
                                       const Pair* keys, const Pair* values,
                                       float scale, Pair* weight_pairs,
                                       Pair* dscore_pairs, Bf16* dscores,
                                       Index stride) {
  __m512 score[2][kVectors], dweight[2][kVectors];
#pragma GCC unroll 2
  for (int i = 0; i < 2; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v)
      score[i][v] = dweight[i][v] = _mm512_setzero_ps();
  for (Index p = 0; p < pairs; ++p) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const __m512i key = load_pairs(keys + p * kKeys + v * kLanes);
      const __m512i value = load_pairs(values + p * kKeys + v * kLanes);
#pragma GCC unroll 2
      for (int i = 0; i < 2; ++i) {
        score[i][v] = dpbf16(score[i][v], key, broadcast(two.query[i][p]));
        dweight[i][v] = dpbf16(dweight[i][v], value, broadcast(two.dout[i][p]));
      }
    }
  }
  const __m512 scale2 = _mm512_set1_ps(scale * kLog2e), factor = _mm512_set1_ps(scale);
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    __m256i weight[2], dscore[2];
#pragma GCC unroll 2
    for (int i = 0; i < 2; ++i) {
      const __m512 w =
          _mm512_maskz_mov_ps(lane_mask(two.visible[i] - v * kLanes),
                              exp2_ps(_mm512_fmsub_ps(score[i][v], scale2,
                                                      _mm512_set1_ps(two.log_sum[i]))));
      weight[i] = to_bf16(w);
      const __m512 slope = _mm512_sub_ps(dweight[i][v], _mm512_set1_ps(two.product[i]));
      dscore[i] = to_bf16(_mm512_mul_ps(_mm512_mul_ps(w, slope), factor));
      _mm256_store_si256(reinterpret_cast<__m256i*>(dscores + i * stride + v * kLanes),
                         dscore[i]);
    }
    _mm512_store_si512(weight_pairs + v * kLanes, interleaved(weight[0], weight[1]));
    _mm512_store_si512(dscore_pairs + v * kLanes, interleaved(dscore[0], dscore[1]));
  }
}

// sums[e, k] += sum over pairs of queries of rows[pair, e] weights[pair, k]; [E, 64].
PAPERPHONE_INLINE void add_to_keys(const Pair* rows, const Pair* weights, Index pairs,
                                   Index E, float* sums) {
  for (Index e = 0; e < E; e += 4) {
    __m512 sum[4][kVectors];
    load(sums + e * kKeys, kKeys, sum);
    microkernel({rows + e, 1, E}, weights, kKeys, pairs, sum);
    store(sum, sums + e * kKeys, kKeys);
  }
}

// sums[i, e] += sum over a tile's keys of dscores[i] keys, 8 queries, kVec vectors of
// e.
template <int kVec>
PAPERPHONE_INLINE void add_to_queries(const Pair* dscores, Index stride,
                                      const Pair* keys, Index E, Index column,
                                      float* sums) {
  __m512 sum[8][kVec];
  load(sums + column, E, sum);
  microkernel({dscores, stride, 1}, keys + column, E, kKeys / 2, sum);
  store(sum, sums + column, E);
}

// [E, 64] sums of each tile -> rows [count, E].
void write_keys(const float* sums, Index count, Index E, Bf16* out) {
  for (Index k = 0; k < count; ++k) {
    const float* tile = sums + k / kKeys * E * kKeys + k % kKeys;
    for (Index e = 0; e < E; e += kLanes) {
      alignas(64) float row[kLanes];
      for (Index i = 0; i < kLanes; ++i) row[i] = tile[(e + i) * kKeys];
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + k * E + e),
                          to_bf16(_mm512_load_ps(row)));
    }
  }
}

PAPERPHONE_INLINE __m512 to_f32(const Bf16* x) {
  return _mm512_castsi512_ps(_mm512_slli_epi32(
      _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(x))),
      16));
}

float dot(const Bf16* a, const Bf16* b, Index E) {
  __m512 sum = _mm512_setzero_ps();
  for (Index e = 0; e < E; e += kLanes)
    sum = _mm512_fmadd_ps(to_f32(a + e), to_f32(b + e), sum);
  return _mm512_reduce_add_ps(sum);
}

}  // namespace

void flash_attention(std::span<const KeyBlock> runs, std::span<const QueryBlock> blocks,
                     std::int64_t E, float scale, Scratch& scratch) {
  const std::vector<Index> first_tile = first_tiles(runs);
  const Index T = first_tile.back(), width = T * kKeys, pairs = E / 2;
  Pair *keys = nullptr, *values = nullptr, *queries = nullptr;
  float* scores = nullptr;
  Bf16* weights = nullptr;
  const auto cut = [&](Arena arena) {
    keys = arena.take<Pair>(width * pairs);
    values = arena.take<Pair>(width / 2 * E);
    queries = arena.take<Pair>(kForward * pairs);
    scores = arena.take<float>(kForward * width);
    weights = arena.take<Bf16>(kForward * width);
    return arena.used();
  };
  cut(Arena(scratch.take(cut(Arena(nullptr)))));
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Index count = runs[r].count, at = first_tile[r] * kKeys;
    pack_along(runs[r].keys, count, E, keys + at * pairs);
    pack_across(runs[r].values, count, E, tiles_of(count) * kKeys, values + at / 2 * E);
  }
  std::vector<VisibleTile> tiles;
  for (const QueryBlock& block : blocks)
    for (Index begin = 0; begin < block.count; begin += kForward) {
      const Index end = std::min(block.count, begin + kForward), rows = end - begin;
      find_visible(block, begin, end, first_tile, &tiles);
      copy_rows(block.queries, begin, end, E, kForward, queries);
      for (std::size_t t = 0; t < tiles.size(); ++t)
        for (Index i = 0; i < rows; i += 4)
          scores_of_four(queries + i * pairs, pairs,
                         keys + tiles[t].tile * kKeys * pairs,
                         scores + i * width + Index(t) * kKeys, width);
      float totals[kForward];
      for (Index i = 0; i < rows; ++i)
        totals[i] = softmax(scores + i * width, tiles, begin + i, scale * kLog2e,
                            weights + i * width, block.log_sums + begin + i);
      const auto* weight_pairs = reinterpret_cast<const Pair*>(weights);
      Bf16* const out = block.out + begin * E;
      Index column = 0;
      for (; column + 2 * kLanes <= E; column += 2 * kLanes)
        weighted_sum<2>(weight_pairs, width / 2, tiles, values, E, column, totals, rows,
                        out);
      if (column < E)
        weighted_sum<1>(weight_pairs, width / 2, tiles, values, E, column, totals, rows,
                        out);
    }
}

void flash_attention_backward(std::span<const KeyBlock> runs,
                              std::span<const QueryBlock> blocks, std::int64_t E,
                              float scale, Scratch& scratch) {
  const std::vector<Index> first_tile = first_tiles(runs);
  const Index T = first_tile.back(), width = T * kKeys, pairs = E / 2;
  // Of a tile: pairs along keys and values for scores, across keys for queries' sums.
  Pair *keys = nullptr, *values = nullptr, *across = nullptr;
  float *dkeys = nullptr, *dvalues = nullptr;
  // Of some queries: rows, pairs of rows, weights and gradients of scores in a tile.
  Pair *queries = nullptr, *douts = nullptr, *query_pairs = nullptr,
       *dout_pairs = nullptr;
  Pair *weight_pairs = nullptr, *dscore_pairs = nullptr;
  Bf16* dscores = nullptr;
  float* dqueries = nullptr;
  const auto cut = [&](Arena arena) {
    keys = arena.take<Pair>(width * pairs);
    values = arena.take<Pair>(width * pairs);
    across = arena.take<Pair>(width / 2 * E);
    dkeys = arena.take<float>(width * E);
    dvalues = arena.take<float>(width * E);
    queries = arena.take<Pair>(kBackward * pairs);
    douts = arena.take<Pair>(kBackward * pairs);
    query_pairs = arena.take<Pair>(kBackward / 2 * E);
    dout_pairs = arena.take<Pair>(kBackward / 2 * E);
    weight_pairs = arena.take<Pair>(kBackward / 2 * kKeys);
    dscore_pairs = arena.take<Pair>(kBackward / 2 * kKeys);
    dscores = arena.take<Bf16>(kBackward * kKeys);
    dqueries = arena.take<float>(kBackward * E);
    return arena.used();
  };
  cut(Arena(scratch.take(cut(Arena(nullptr)))));
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Index count = runs[r].count, at = first_tile[r] * kKeys;
    pack_along(runs[r].keys, count, E, keys + at * pairs);
    pack_along(runs[r].values, count, E, values + at * pairs);
    pack_across(runs[r].keys, count, E, tiles_of(count) * kKeys, across + at / 2 * E);
  }
  std::memset(dkeys, 0, std::size_t(width * E) * sizeof(float));
  std::memset(dvalues, 0, std::size_t(width * E) * sizeof(float));

  std::vector<VisibleTile> tiles;
  for (const QueryBlock& block : blocks)
    for (Index begin = 0; begin < block.count; begin += kBackward) {
      const Index end = std::min(block.count, begin + kBackward), rows = end - begin;
      const Index used = (rows + 7) / 8 * 8;  // with rows of zeros
      find_visible(block, begin, end, first_tile, &tiles);
      copy_rows(block.queries, begin, end, E, used, queries);
      copy_rows(block.dout, begin, end, E, used, douts);
      pack_across(block.queries + begin * E, rows, E, used, query_pairs);
      pack_across(block.dout + begin * E, rows, E, used, dout_pairs);
      std::memset(dqueries, 0, std::size_t(used * E) * sizeof(float));
      float log_sums[kBackward] = {}, products[kBackward] = {};
      for (Index i = 0; i < rows; ++i) {
        log_sums[i] = block.log_sums[begin + i];
        products[i] = dot(block.out + (begin + i) * E, block.dout + (begin + i) * E, E);
      }
      for (const VisibleTile& visible : tiles) {
        for (Index i = 0; i < used; i += 2) {
          PairOfQueries two;
          for (int j = 0; j < 2; ++j) {
            two.query[j] = queries + (i + j) * pairs;
            two.dout[j] = douts + (i + j) * pairs;
            two.log_sum[j] = log_sums[i + j];
            two.product[j] = products[i + j];
            two.visible[j] = i + j < rows ? visible_keys(*visible.mask, begin + i + j) -
                                                visible.before
                                          : 0;
          }
          score_gradients(two, pairs, keys + visible.tile * kKeys * pairs,
                          values + visible.tile * kKeys * pairs, scale,
                          weight_pairs + i / 2 * kKeys, dscore_pairs + i / 2 * kKeys,
                          dscores + i * kKeys, kKeys);
        }
        add_to_keys(dout_pairs, weight_pairs, used / 2, E,
                    dvalues + visible.tile * kKeys * E);
        add_to_keys(query_pairs, dscore_pairs, used / 2, E,
                    dkeys + visible.tile * kKeys * E);
        const Pair* tile = across + visible.tile * kKeys / 2 * E;
        for (Index i = 0; i < used; i += 8) {
          const auto* rows_of = reinterpret_cast<const Pair*>(dscores + i * kKeys);
          Index column = 0;
          for (; column + 2 * kLanes <= E; column += 2 * kLanes)
            add_to_queries<2>(rows_of, kKeys / 2, tile, E, column, dqueries + i * E);
          if (column < E)
            add_to_queries<1>(rows_of, kKeys / 2, tile, E, column, dqueries + i * E);
        }
      }
      for (Index i = 0; i < rows * E; i += kLanes)
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(block.dqueries + begin * E + i),
                            to_bf16(_mm512_load_ps(dqueries + i)));
    }
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Index at = first_tile[r] * kKeys * E;
    write_keys(dkeys + at, runs[r].count, E, runs[r].dkeys);
    write_keys(dvalues + at, runs[r].count, E, runs[r].dvalues);
  }
}

PAPERPHONE_AVX512_BF16_END

#endif

}  // namespace paperphone::agent::kernels
