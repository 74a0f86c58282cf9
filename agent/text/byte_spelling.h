// GPT-2's printable spelling of bytes: vocab.json and merges.txt write every byte as
// one visible character (a space as "Ġ").
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace paperphone::agent {

// The character of each byte, UTF-8.
const std::array<std::string, 256>& byte_spellings();
// Bytes in the order in which GPT-2 numbers them: the visible ones first.
const std::array<std::uint8_t, 256>& byte_order();

std::string spelling_of_bytes(std::string_view bytes);
// nullopt if a character stands for no byte.
std::optional<std::string> bytes_of_spelling(std::string_view spelling);

}  // namespace paperphone::agent
