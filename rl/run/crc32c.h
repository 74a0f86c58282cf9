// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), as iSCSI and TFRecord files
// take it: RFC 3720, appendix B.4. Its check value: crc32c("123456789") = 0xE3069283.
#pragma once

#include <cstdint>
#include <string_view>

namespace paperphone::rl {

std::uint32_t crc32c(std::string_view bytes);

// As TFRecord files store one: rotated by 15 bits and moved by a constant, so that the
// sum of bytes which hold sums is a good one too.
std::uint32_t masked_crc32c(std::string_view bytes);

}  // namespace paperphone::rl
