#include "agent/model/batch.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "agent/model/position_ids.h"
#include "agent/ops/index_tensor.h"
#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/hash.h"

namespace paperphone::agent {
namespace {

struct Place {
  std::int64_t first_row = 0;  // in the vision tower's output
  PatchGrid grid;
};

Place add_picture(VisionBatch& vision, const PicturePtr& picture,
                  const ImageProcessorConfig& images) {
  CHECK_TRUE(picture != nullptr);
  const PatchGrid grid = grid_of(*picture, images);
  return {vision.add({{picture}}, picture->hash, grid), grid};
}

Place add_video(VisionBatch& vision, const VideoClip& video,
                const ImageProcessorConfig& images) {
  CHECK_TRUE(!video.frames.empty());
  Hasher hasher;
  for (const PicturePtr& frame : video.frames) hasher.add(frame->hash);
  PatchGrid grid = grid_of(*video.frames[0], images);
  const int step = images.temporal_patch_size;
  grid.t = (int(video.frames.size()) + step - 1) / step;
  return {vision.add(video, hasher.finish(), grid), grid};
}

// The pictures that a prompt shows, and where their tokens come from, in order.
struct Shown {
  std::vector<PatchGrid> grids;
  std::vector<std::int64_t> sources;
  void add(const Place& place, const ImageProcessorConfig& images) {
    grids.push_back(place.grid);
    for (std::int64_t i = 0; i < place.grid.num_tokens(images.merge_size); ++i)
      sources.push_back(place.first_row + i);
  }
};

// One row laid out: ids, positions, segments; targets relative to the row.
struct Layout {
  std::vector<std::int64_t> ids;
  std::vector<std::array<std::int64_t, 3>> positions;
  std::vector<std::int64_t> segments;
  std::vector<std::int64_t> target_from, target_ids;
  std::vector<int> segment_targets;
  std::int64_t next_position = 0;
};

void add_segment(const Segment& segment, std::int64_t number,
                 std::int64_t prefix_length, const ModelConfig& model, RopeWalk walk,
                 Layout* layout) {
  CHECK_TRUE(segment.first_target >= 0 &&
             segment.first_target <= int(segment.ids.size()));
  const auto begin = std::int64_t(layout->ids.size());
  for (std::int64_t id : segment.ids) {
    CHECK_TRUE(id >= 0 && id < model.vocab_size);
    layout->ids.push_back(id);
    layout->segments.push_back(number);
    // An image pad that a model wrote is an ordinary token.
    layout->positions.push_back({walk.next, walk.next, walk.next});
    ++walk.next;
  }
  for (auto i = std::int64_t(segment.first_target);
       i < std::int64_t(segment.ids.size()); ++i) {
    layout->target_from.push_back(i == 0 ? prefix_length - 1 : begin + i - 1);
    layout->target_ids.push_back(segment.ids[i]);
  }
  layout->segment_targets.push_back(int(segment.ids.size()) - segment.first_target);
}

Batch assemble(std::span<const Prompt* const> prefixes,
               std::span<const std::span<const Segment>> segments,
               const ModelConfig& model, const ImageProcessorConfig& images) {
  CHECK_TRUE(!prefixes.empty());
  Batch batch;
  batch.vision = VisionBatch(images);
  std::vector<Layout> rows;
  std::vector<std::int64_t> image_row, image_offset, image_source;
  std::size_t width = 0;
  for (std::size_t b = 0; b < prefixes.size(); ++b) {
    const Prompt& prompt = *prefixes[b];
    if (prompt.ids.empty()) throw DataError("a prompt is empty");
    Shown shown_images, shown_videos;
    std::vector<double> seconds;
    for (const PicturePtr& picture : prompt.images)
      shown_images.add(add_picture(batch.vision, picture, images), images);
    for (const VideoClip& video : prompt.videos) {
      shown_videos.add(add_video(batch.vision, video, images), images);
      seconds.push_back(video.seconds_per_grid);
    }
    Layout row;
    row.ids = prompt.ids;
    row.segments.assign(prompt.ids.size(), 0);
    RopeWalk walk;
    walk.model = &model;
    walk.image_grids = shown_images.grids;
    walk.video_grids = shown_videos.grids;
    walk.seconds_per_grid = seconds;
    append_positions(prompt.ids, walk, &row.positions);
    const auto check_count = [](const char* what, std::size_t given, std::size_t used) {
      if (given != used)
        throw DataError(
            fmt::format("a prompt has {} {}, but pads for {}", given, what, used));
    };
    check_count("images", prompt.images.size(), walk.image);
    check_count("videos", prompt.videos.size(), walk.video);
    row.next_position = walk.next;
    std::size_t image_pad = 0, video_pad = 0;
    for (std::size_t i = 0; i < prompt.ids.size(); ++i) {
      const std::int64_t id = prompt.ids[i];
      CHECK_TRUE(id >= 0 && id < model.vocab_size);
      if (id != model.image_token_id && id != model.video_token_id) continue;
      image_row.push_back(std::int64_t(b));
      image_offset.push_back(std::int64_t(i));
      image_source.push_back(id == model.image_token_id
                                 ? shown_images.sources[image_pad++]
                                 : shown_videos.sources[video_pad++]);
    }
    for (std::size_t s = 0; s < segments[b].size(); ++s)
      add_segment(segments[b][s], std::int64_t(s) + 1, std::int64_t(prompt.ids.size()),
                  model, walk, &row);
    if (segments[b].size() > 1) batch.single_segment = false;
    width = std::max(width, row.ids.size());
    rows.push_back(std::move(row));
  }

  const auto B = std::int64_t(rows.size()), S = std::int64_t(width);
  batch.ids_BS = torch::zeros({B, S}, torch::kInt64);
  batch.segments_BS = torch::full({B, S}, -1, torch::kInt64);
  batch.positions_3BS = torch::ones({3, B, S}, torch::kInt64);
  auto* ids = batch.ids_BS.data_ptr<std::int64_t>();
  auto* numbers = batch.segments_BS.data_ptr<std::int64_t>();
  auto* positions = batch.positions_3BS.data_ptr<std::int64_t>();
  std::vector<std::int64_t> target_index, target_ids;
  for (std::int64_t b = 0; b < B; ++b) {
    const Layout& row = rows[b];
    std::copy(row.ids.begin(), row.ids.end(), ids + b * S);
    std::copy(row.segments.begin(), row.segments.end(), numbers + b * S);
    for (std::size_t i = 0; i < row.positions.size(); ++i)
      for (int axis = 0; axis < 3; ++axis)
        positions[(axis * B + b) * S + std::int64_t(i)] = row.positions[i][axis];
    for (std::int64_t from : row.target_from) target_index.push_back(b * S + from);
    target_ids.insert(target_ids.end(), row.target_ids.begin(), row.target_ids.end());
    batch.segment_targets.insert(batch.segment_targets.end(),
                                 row.segment_targets.begin(),
                                 row.segment_targets.end());
    batch.lengths.push_back(int(row.ids.size()));
    batch.next_positions.push_back(int(row.next_position));
  }
  for (std::size_t i = 0; i < image_row.size(); ++i)
    image_offset[i] += image_row[i] * S;
  batch.image_index_M = index_tensor(image_offset);
  batch.image_source_M = index_tensor(image_source);
  batch.target_index_L = index_tensor(target_index);
  batch.target_ids_L = index_tensor(target_ids);
  return batch;
}

}  // namespace

std::int64_t VisionBatch::add(const VideoClip& clip, const Hash128& hash,
                              PatchGrid grid) {
  const auto known = std::find(hashes.begin(), hashes.end(), hash);
  if (known != hashes.end()) return first_rows_[std::size_t(known - hashes.begin())];
  const std::int64_t row =
      grids.empty() ? 0
                    : first_rows_.back() + grids.back().num_tokens(images_.merge_size);
  hashes.push_back(hash);
  grids.push_back(grid);
  clips_.push_back(clip);
  first_rows_.push_back(row);
  return row;
}

namespace {

std::int64_t values_per_patch(const ImageProcessorConfig& images) {
  return 3 * images.temporal_patch_size * images.patch_size * images.patch_size;
}

}  // namespace

torch::Tensor VisionBatch::patches_NP(std::size_t i) const {
  if (given_.defined()) {
    std::int64_t begin = 0;
    for (std::size_t j = 0; j < i; ++j) begin += grids[j].num_patches();
    return given_.narrow(0, begin, grids[i].num_patches());
  }
  const auto patches =
      torch::empty({grids[i].num_patches(), values_per_patch(images_)}, torch::kFloat32);
  write(i, patches.data_ptr<float>());
  return patches;
}

void VisionBatch::write(std::size_t i, float* patches) const {
  const auto& frames = clips_[i].frames;
  const auto size = std::size_t(grids[i].num_patches() * values_per_patch(images_));
  if (frames.size() == 1) {
    write_patches(*frames[0], images_, {patches, size});
    return;
  }
  std::vector<float> clip;
  append_video_patches(frames, images_, &clip);
  CHECK_EQ(clip.size(), size);
  std::copy(clip.begin(), clip.end(), patches);
}

torch::Tensor VisionBatch::patches_NP() const {
  if (given_.defined()) return given_;
  CHECK_TRUE(!empty());
  std::vector<std::int64_t> first = {0};
  for (const PatchGrid& grid : grids) first.push_back(first.back() + grid.num_patches());
  const auto all = torch::empty({first.back(), values_per_patch(images_)}, torch::kFloat32);
  at::parallel_for(0, std::int64_t(grids.size()), 1,
                   [&](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t i = begin; i < end; ++i)
                       write(std::size_t(i), all.data_ptr<float>() +
                                                 first[std::size_t(i)] * all.size(1));
                   });
  return all;
}

std::int64_t Batch::num_tokens() const {
  std::int64_t sum = 0;
  for (int length : lengths) sum += length;
  return sum;
}

Batch make_batch(std::span<const TrainingRow> rows, const ModelConfig& model,
                 const ImageProcessorConfig& images) {
  std::vector<const Prompt*> prefixes;
  std::vector<std::span<const Segment>> segments;
  for (const TrainingRow& row : rows) {
    prefixes.push_back(&row.prefix);
    segments.emplace_back(row.segments);
  }
  return assemble(prefixes, segments, model, images);
}

Batch make_prompt_batch(std::span<const Prompt> prompts, const ModelConfig& model,
                        const ImageProcessorConfig& images) {
  std::vector<const Prompt*> prefixes;
  for (const Prompt& prompt : prompts) prefixes.push_back(&prompt);
  const std::vector<std::span<const Segment>> none(prefixes.size());
  return assemble(prefixes, none, model, images);
}

}  // namespace paperphone::agent
