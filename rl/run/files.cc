#include "rl/run/files.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <system_error>

#include "env/base/error.h"

namespace paperphone::rl {

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path temporary = path.string() + ".tmp";
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), std::streamsize(bytes.size()));
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(temporary, path, error);
  if (!out || error) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw DataError(fmt::format(
        "{}: cannot be written, is the disk full or the folder read-only?",
        path.string()));
  }
}

std::string read_text_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw DataError(fmt::format("{}: cannot be read", path.string()));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error)
    throw DataError(
        fmt::format("{}: cannot be made: {}", path.string(), error.message()));
}

}  // namespace paperphone::rl
