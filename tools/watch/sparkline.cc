#include "tools/watch/sparkline.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <vector>

namespace paperphone::tools {
namespace {

constexpr std::array<std::string_view, 8> kBlocks = {"▁", "▂", "▃", "▄",
                                                     "▅", "▆", "▇", "█"};

std::vector<double> means(std::span<const double> values, std::size_t count) {
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = i * values.size() / count;
    const std::size_t end = (i + 1) * values.size() / count;
    const auto part = values.subspan(begin, end - begin);
    out.push_back(std::accumulate(part.begin(), part.end(), 0.0) / double(part.size()));
  }
  return out;
}

}  // namespace

std::string sparkline(std::span<const double> values, int width) {
  if (values.empty()) return "";
  const auto columns = means(values, std::min(values.size(), std::size_t(width)));
  const auto [low, high] = std::minmax_element(columns.begin(), columns.end());
  std::string out;
  for (const double value : columns) {
    const double share = *high > *low ? (value - *low) / (*high - *low) : 0.4;
    out += kBlocks[std::min(kBlocks.size() - 1,
                            std::size_t(share * double(kBlocks.size())))];
  }
  return out;
}

}  // namespace paperphone::tools
