#include "agent/model/flops.h"

#include <ATen/record_function.h>
#include <gtest/gtest.h>

#include "agent/model/batch.h"
#include "agent/text/prompt.h"
#include "tests/agent/tiny_agent.h"

namespace paperphone::agent {
namespace {

// Two per multiply-add of every product that the library is asked for.
double products = 0;

double size(const c10::IValue& tensor, int axis) {
  return double(tensor.toTensor().size(axis));
}

std::unique_ptr<at::ObserverContext> count_products(
    const at::RecordFunction& function) {
  const std::string_view name = function.name();
  const auto in = function.inputs();
  if (name == "aten::mm")
    products += 2 * size(in[0], 0) * size(in[0], 1) * size(in[1], 1);
  else if (name == "aten::addmm")
    products += 2 * size(in[1], 0) * size(in[1], 1) * size(in[2], 1);
  else if (name == "aten::bmm")
    products += 2 * size(in[0], 0) * size(in[0], 1) * size(in[0], 2) * size(in[1], 2);
  else if (name == "aten::convolution")  // of the stem: places stay as they are
    products += 2 * size(in[0], 0) * size(in[0], 2) * size(in[0], 3) *
                double(in[1].toTensor().numel());
  return nullptr;
}

TEST(Flops, AreThoseOfTheProductsThatRun) {
  const Agent agent = testing::tiny_agent();
  const PromptBuilder prompts(agent.tokenizer, agent.images, agent.prompt);
  std::vector<TrainingRow> rows;
  for (int seed : {1, 2}) {
    const auto picture =
        make_picture({testing::screen_pixels(seed, 800, 360), 800, 360}, agent.images);
    const Segment answer = prompts.question("这里写着什么？", "信聊");
    rows.push_back({prompts.image_prefix(picture), {answer, answer}});
  }
  Qwen25Vl model = agent.model;
  const ModelConfig& config = model->config();
  ASSERT_GT(config.vision.stem_channels, 0);
  const Batch batch = make_batch(rows, config, agent.images);
  const auto P = double(rows[0].prefix.ids.size());
  const auto L = double(rows[0].segments[0].ids.size());
  ASSERT_EQ(batch.num_tokens(), 2 * std::int64_t(P + 2 * L));

  const auto handle =
      at::addThreadLocalCallback(at::RecordFunctionCallback(count_products)
                                     .needsInputs(true)
                                     .scopes({at::RecordScope::FUNCTION}));
  products = 0;
  model->forward(batch);
  at::removeCallback(handle);

  // In float32 attention multiplies whole rectangles: a prefix with itself, segments
  // with the prefix and themselves.
  const double pairs = 2 * (P * P + 2 * L * (P + L));
  const auto targets = double(batch.target_ids_L.size(0));
  EXPECT_DOUBLE_EQ(products,
                   decoder_flops(config, double(batch.num_tokens()), targets, pairs) +
                       head_flops(config, targets) +
                       vision_flops(config.vision, batch.vision.grids));
}

}  // namespace
}  // namespace paperphone::agent
