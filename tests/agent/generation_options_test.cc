#include "agent/generation/generation_options.h"

#include <gtest/gtest.h>

#include "env/base/error.h"

namespace paperphone::agent {
namespace {

TEST(GenerationOptions, ReadOneOrSeveralStopTokens) {
  EXPECT_EQ(parse_generation_options(R"({"eos_token_id": 5})", "x").stop_ids,
            (std::vector<std::int64_t>{5}));
  const auto options = parse_generation_options(
      R"({"eos_token_id":[5,6],"do_sample":true,"temperature":0.7,"top_p":0.9})", "x");
  EXPECT_EQ(options.stop_ids, (std::vector<std::int64_t>{5, 6}));
  EXPECT_EQ(options.temperature, 0.7);
  EXPECT_EQ(parse_generation_options("{}", "x").temperature, 0);
}

TEST(GenerationOptions, SurviveWritingAndReading) {
  GenerationOptions options;
  options.stop_ids = {1, 2};
  options.top_k = 40;
  const std::string text = generation_options_to_json(options);
  EXPECT_EQ(generation_options_to_json(parse_generation_options(text, "x")), text);
}

TEST(GenerationOptions, RefuseImpossibleNumbers) {
  EXPECT_THROW(parse_generation_options(R"({"top_p": 0})", "x"), DataError);
  EXPECT_THROW(parse_generation_options(R"({"top_k": -1})", "x"), DataError);
  EXPECT_THROW(parse_generation_options(R"({"repetition_penalty": 0})", "x"),
               DataError);
}

}  // namespace
}  // namespace paperphone::agent
