#include "rl/losses/packing.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "agent/ops/index_tensor.h"
#include "env/base/check.h"
#include "env/base/hash.h"

namespace paperphone::rl {

std::vector<std::vector<int>> group_by_prompt(std::span<const agent::Sample* const> samples,
                                              int limit) {
  std::vector<std::vector<int>> groups;
  std::map<Hash128, std::size_t> open;  // prompt -> its last group
  for (std::size_t i = 0; i < samples.size(); ++i) {
    Hasher hasher;
    hasher.add(samples[i]->prompt.ids.size());
    for (std::int64_t id : samples[i]->prompt.ids) hasher.add(id);
    for (const agent::PicturePtr& picture : samples[i]->prompt.images) hasher.add(picture->hash);
    const auto [found, added] = open.try_emplace(hasher.finish(), groups.size());
    if (added || int(groups[found->second].size()) >= limit) {
      found->second = groups.size();
      groups.emplace_back();
    }
    groups[found->second].push_back(int(i));
  }
  return groups;
}

namespace {

// Where a prompt's words begin: behind the last picture and the mark that ends it.
std::size_t end_of_pictures(const agent::Prompt& prompt, std::int64_t image_pad_id) {
  const auto last = std::find(prompt.ids.rbegin(), prompt.ids.rend(), image_pad_id);
  if (last == prompt.ids.rend()) return 0;
  return std::min(prompt.ids.size(), std::size_t(prompt.ids.rend() - last) + 1);
}

Hash128 beginning_of(const agent::Prompt& prompt, std::size_t length) {
  Hasher hasher;
  for (std::size_t i = 0; i < length; ++i) hasher.add(prompt.ids[i]);
  for (const agent::PicturePtr& picture : prompt.images) hasher.add(picture->hash);
  return hasher.finish();
}

}  // namespace

std::vector<SharedRow> shared_rows(std::span<const agent::Sample* const> samples,
                                   std::int64_t image_pad_id, int limit) {
  std::vector<SharedRow> rows;
  std::map<Hash128, std::size_t> open;  // beginning -> its last row
  for (const std::vector<int>& group : group_by_prompt(samples, limit)) {
    const agent::Sample& first = *samples[std::size_t(group[0])];
    if (group.size() > 1) {
      SharedRow& shared = rows.emplace_back();
      shared.row.prefix = first.prompt;
      for (const int index : group)
        shared.row.segments.push_back({samples[std::size_t(index)]->response_ids, 0});
      shared.members = group;
      continue;
    }
    const std::size_t cut = end_of_pictures(first.prompt, image_pad_id);
    const auto [found, is_new] =
        open.try_emplace(beginning_of(first.prompt, cut), rows.size());
    if (is_new || int(rows[found->second].members.size()) >= limit) {
      found->second = rows.size();
      agent::Prompt& prefix = rows.emplace_back().row.prefix;
      prefix.ids.assign(first.prompt.ids.begin(), first.prompt.ids.begin() + cut);
      prefix.images = first.prompt.images;
    }
    SharedRow& shared = rows[found->second];
    agent::Segment segment;
    segment.ids.assign(first.prompt.ids.begin() + cut, first.prompt.ids.end());
    segment.first_target = int(segment.ids.size());
    segment.ids.insert(segment.ids.end(), first.response_ids.begin(),
                       first.response_ids.end());
    shared.row.segments.push_back(std::move(segment));
    shared.members.push_back(group[0]);
  }
  return rows;
}

namespace {

torch::Tensor flat_places(const std::vector<int>& lengths_N, std::int64_t width) {
  std::vector<std::int64_t> places;
  for (std::size_t n = 0; n < lengths_N.size(); ++n)
    for (int t = 0; t < lengths_N[n]; ++t)
      places.push_back(std::int64_t(n) * width + t);
  return agent::index_tensor(places);
}

std::int64_t longest(const std::vector<int>& lengths_N) {
  CHECK_TRUE(!lengths_N.empty());
  return std::max(1, *std::max_element(lengths_N.begin(), lengths_N.end()));
}

}  // namespace

torch::Tensor pad_segments(const torch::Tensor& values_L,
                           const std::vector<int>& lengths_N) {
  const std::int64_t width = longest(lengths_N);
  const auto rows = std::int64_t(lengths_N.size());
  const auto total =
      std::accumulate(lengths_N.begin(), lengths_N.end(), std::int64_t(0));
  CHECK_EQ(values_L.size(0), total);
  return torch::zeros({rows * width}, values_L.options())
      .index_copy(0, flat_places(lengths_N, width), values_L)
      .view({rows, width});
}

torch::Tensor segment_mask(const std::vector<int>& lengths_N) {
  const std::int64_t total =
      std::accumulate(lengths_N.begin(), lengths_N.end(), std::int64_t{0});
  return pad_segments(torch::ones({total}), lengths_N);
}

}  // namespace paperphone::rl
