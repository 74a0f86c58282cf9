#include "agent/ops/packed_layout.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>

#include "agent/kernels/kernel_dispatch.h"
#include "env/base/check.h"

namespace paperphone::agent {

using torch::Tensor;

namespace {

// Added to scores: far below any real one, but finite, so that no row is NaN.
constexpr float kMasked = -1e9f;

// Calls f(row of [B, H, S, E] or -1, its place's row) for every place of head h of
// sequence b.
template <class F>
void for_places(const PackedLayout& layout, std::int64_t K, std::int64_t G,
                std::int64_t b, std::int64_t h, F f) {
  const std::int64_t P = layout.P, M = layout.M, L = layout.L, S = layout.S;
  const std::int64_t unit = b * K + h / G, g = h % G, rows = (b * K * G + h) * S;
  const std::int32_t* position = layout.position_of_place.data() + b * (P + M * L);
  for (std::int64_t p = 0; p < P; ++p, ++position)
    f(*position < 0 ? -1 : rows + *position, true, (unit * G + g) * P + p);
  for (std::int64_t m = 0; m < M; ++m)
    for (std::int64_t l = 0; l < L; ++l, ++position)
      f(*position < 0 ? -1 : rows + *position, false, ((unit * M + m) * G + g) * L + l);
}

}  // namespace

Packed empty_packed(const Tensor& like_BHSE, std::int64_t K,
                    const PackedLayout& layout) {
  const std::int64_t B = layout.B, G = like_BHSE.size(1) / K, E = like_BHSE.size(3);
  return {torch::empty({B * K, G * layout.P, E}, like_BHSE.options()),
          torch::empty({B * K * layout.M, G * layout.L, E}, like_BHSE.options())};
}

Packed pack(const Tensor& x_BHSE, std::int64_t K, const PackedLayout& layout) {
  const Packed out = empty_packed(x_BHSE, K, layout);
  const std::int64_t H = x_BHSE.size(1), E = x_BHSE.size(3);
  dispatch_type(x_BHSE, [&]<class T>(T*) {
    const T* from = data<T>(x_BHSE);
    T* const to[2] = {data<T>(out.segments), data<T>(out.prefix)};
    at::parallel_for(0, layout.B * H, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i)
        for_places(layout, K, H / K, i / H, i % H,
                   [&](std::int64_t row, bool prefix, std::int64_t place) {
                     T* const target = to[prefix] + place * E;
                     if (row < 0)
                       std::fill_n(target, E, T{});
                     else
                       std::memcpy(target, from + row * E, std::size_t(E) * sizeof(T));
                   });
    });
  });
  return out;
}

Tensor unpack(const Packed& x, std::int64_t H, std::int64_t K,
              const PackedLayout& layout) {
  const std::int64_t E = x.prefix.size(2);
  const Tensor out = torch::zeros({layout.B, H, layout.S, E}, x.prefix.options());
  dispatch_type(out, [&]<class T>(T*) {
    T* const to = data<T>(out);
    const T* const from[2] = {data<T>(x.segments), data<T>(x.prefix)};
    at::parallel_for(0, layout.B * H, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i)
        for_places(layout, K, H / K, i / H, i % H,
                   [&](std::int64_t row, bool prefix, std::int64_t place) {
                     if (row >= 0)
                       std::memcpy(to + row * E, from[prefix] + place * E,
                                   std::size_t(E) * sizeof(T));
                   });
    });
  });
  return out;
}

namespace {

using Positions = std::vector<std::vector<std::vector<std::int32_t>>>;

std::vector<std::vector<PositionRun>> runs_of(const Positions& positions) {
  std::vector<std::vector<PositionRun>> runs_B;
  for (const auto& row : positions) {
    auto& runs = runs_B.emplace_back();
    for (const auto& part : row) {
      if (!part.empty() && part.back() - part.front() + 1 != std::int32_t(part.size()))
        return {};
      runs.push_back({part.empty() ? 0 : part.front(), int(part.size())});
    }
  }
  return runs_B;
}

}  // namespace

PackedLayoutPtr make_packed_layout(const Tensor& segments_in, const Tensor& x) {
  const auto made = std::make_shared<PackedLayout>();
  PackedLayout& layout = *made;
  const Tensor segments_BS = segments_in.contiguous();
  if (!has_kernels(x)) {
    layout.mask_BSS = attention_mask(segments_BS).to(x.device());
    return made;
  }
  layout.B = segments_BS.size(0);
  layout.S = segments_BS.size(1);
  const auto* ids = segments_BS.data_ptr<std::int64_t>();
  // positions[b][i]: of the prefix (0) and of each segment.
  Positions positions{std::size_t(layout.B)};
  for (std::int64_t b = 0; b < layout.B; ++b) {
    auto& row = positions[std::size_t(b)];
    row.resize(1);
    for (std::int64_t s = 0; s < layout.S; ++s) {
      const std::int64_t number = ids[b * layout.S + s];
      if (number < 0) continue;
      CHECK_TRUE(number + 1 >= std::int64_t(row.size()));
      row.resize(std::max(row.size(), std::size_t(number) + 1));
      row[std::size_t(number)].push_back(std::int32_t(s));
    }
    layout.prefix_lengths_B.push_back(int(row[0].size()));
    layout.P = std::max(layout.P, std::int64_t(row[0].size()));
    layout.M = std::max(layout.M, std::int64_t(row.size()) - 1);
    for (std::size_t m = 1; m < row.size(); ++m)
      layout.L = std::max(layout.L, std::int64_t(row[m].size()));
  }
  layout.runs_B = runs_of(positions);
  layout.P = std::max<std::int64_t>(layout.P, 1);
  const std::int64_t places = layout.P + layout.M * layout.L;
  layout.position_of_place.assign(std::size_t(layout.B * places), -1);
  for (std::int64_t b = 0; b < layout.B; ++b) {
    const auto& row = positions[std::size_t(b)];
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::int64_t first =
          i == 0 ? 0 : layout.P + (std::int64_t(i) - 1) * layout.L;
      std::copy(row[i].begin(), row[i].end(),
                layout.position_of_place.begin() + b * places + first);
    }
  }
  return made;
}

Tensor attention_mask(const Tensor& segments_BS) {
  const std::int64_t S = segments_BS.size(1);
  const auto query = segments_BS.unsqueeze(2), key = segments_BS.unsqueeze(1);
  const auto causal = torch::ones({S, S}, torch::kBool).tril();
  const auto visible = ((key == 0) | (key == query)) & causal;
  return torch::where(visible, torch::zeros({}, torch::kFloat32),
                      torch::full({}, kMasked, torch::kFloat32));
}

}  // namespace paperphone::agent
