// Files that are either the old or the new, never half of each: written under a
// temporary name in the same folder, then renamed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace paperphone::rl {

// Throws DataError naming the path and the likely remedy.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);
std::string read_text_file(const std::filesystem::path& path);
// Throws DataError.
void make_folder(const std::filesystem::path& path);

}  // namespace paperphone::rl
