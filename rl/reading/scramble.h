// Words that mean nothing, in the place of those that stand on a screen. The apps' own are
// few enough to be known by heart: a reader that has only seen them recognises a text
// instead of reading it. Scrambled ones occur once.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "env/base/rng.h"
#include "env/layout/frame.h"

namespace paperphone::rl {

// Every Chinese character another one of `characters`, every digit a digit, every letter a
// letter; the rest as it is. REQUIRES: characters is not empty.
std::string scrambled(std::string_view text, std::span<const char32_t> characters, Rng& rng);

// Each text of the frame, with this probability; equal texts stay equal. What its nodes say
// follows; a node none of whose words were drawn says nothing any more.
layout::Frame scrambled(const layout::Frame& frame, double share,
                        std::span<const char32_t> characters, Rng& rng);

}  // namespace paperphone::rl
