#include "agent/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "agent/position_ids.h"
#include "env/check.h"
#include "env/error.h"

namespace paperphone {
namespace {

torch::Tensor tensor_of(const std::vector<std::int64_t>& values) {
  return torch::tensor(values, torch::kInt64);
}

// Distinct pictures of a batch, each embedded once.
class PictureTable {
 public:
  // Index of the picture's first row in the vision tower's output.
  std::int64_t add(const PicturePtr& picture, const ImageProcessorConfig& images) {
    CHECK_TRUE(picture != nullptr);
    const auto [it, is_new] = first_row_.try_emplace(picture->hash, next_row_);
    if (is_new) {
      pictures_.push_back(picture.get());
      grids_.push_back(grid_of(*picture, images));
      next_row_ += grids_.back().num_tokens(images.merge_size);
    }
    return it->second;
  }

  VisionBatch finish(const ImageProcessorConfig& images) const {
    VisionBatch vision;
    vision.grids = grids_;
    if (pictures_.empty()) return vision;
    std::int64_t patches = 0;
    for (const PatchGrid& grid : grids_) patches += grid.num_patches();
    const std::int64_t values =
        3 * images.temporal_patch_size * images.patch_size * images.patch_size;
    vision.patches_NP = torch::empty({patches, values}, torch::kFloat32);
    float* out = vision.patches_NP.data_ptr<float>();
    for (std::size_t i = 0; i < pictures_.size(); ++i) {
      const auto count = std::size_t(grids_[i].num_patches() * values);
      write_patches(*pictures_[i], images, {out, count});
      out += count;
    }
    return vision;
  }

 private:
  std::map<Hash128, std::int64_t> first_row_;
  std::vector<const Picture*> pictures_;
  std::vector<PatchGrid> grids_;
  std::int64_t next_row_ = 0;
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
  PictureTable pictures;
  std::vector<Layout> rows;
  std::vector<std::int64_t> image_row, image_offset, image_source;
  std::size_t width = 0;
  for (std::size_t b = 0; b < prefixes.size(); ++b) {
    const Prompt& prompt = *prefixes[b];
    if (prompt.ids.empty()) throw DataError("a prompt is empty");
    std::vector<PatchGrid> grids;
    std::vector<std::int64_t> sources;  // of this row's image pads, in order
    for (const PicturePtr& picture : prompt.images) {
      const std::int64_t first = pictures.add(picture, images);
      grids.push_back(grid_of(*picture, images));
      for (std::int64_t i = 0; i < grids.back().num_tokens(images.merge_size); ++i)
        sources.push_back(first + i);
    }
    Layout row;
    row.ids = prompt.ids;
    row.segments.assign(prompt.ids.size(), 0);
    RopeWalk walk;
    walk.model = &model;
    walk.image_grids = grids;
    append_positions(prompt.ids, walk, &row.positions);
    if (walk.image != grids.size())
      throw DataError(fmt::format("a prompt has {} images, but pads for {}",
                                  grids.size(), walk.image));
    row.next_position = walk.next;
    std::size_t pad = 0;
    for (std::size_t i = 0; i < prompt.ids.size(); ++i) {
      CHECK_TRUE(prompt.ids[i] >= 0 && prompt.ids[i] < model.vocab_size);
      if (prompt.ids[i] != model.image_token_id) continue;
      image_row.push_back(std::int64_t(b));
      image_offset.push_back(std::int64_t(i));
      image_source.push_back(sources[pad++]);
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
  batch.image_index_M = tensor_of(image_offset);
  batch.image_source_M = tensor_of(image_source);
  batch.target_index_L = tensor_of(target_index);
  batch.target_ids_L = tensor_of(target_ids);
  batch.vision = pictures.finish(images);
  return batch;
}

}  // namespace

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

}  // namespace paperphone
