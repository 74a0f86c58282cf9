#include "env/app/load/app_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "env/app/load/templates.h"
#include "env/base/host/parallel.h"
#include "env/base/utf8.h"

namespace paperphone::app {
namespace {

namespace fs = std::filesystem;

// Reads files and remembers their hashes: together the app set's identity.
class FileReader {
 public:
  FileReader(fs::path apps_dir, Loading& loading)
      : apps_dir_(std::move(apps_dir)), loading_(loading) {}

  // As one gets there from where one stands; from elsewhere in full.
  std::string shown(const fs::path& path) const {
    std::error_code error;
    const fs::path near = path.lexically_relative(fs::current_path(error));
    const bool below = !near.empty() && *near.begin() != "..";
    return (below ? near : path).generic_string();
  }

  std::optional<std::string> read(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (!error && size > 4 * kMaxYamlBytes) {
      loading_.findings.add(
          {shown(path), 1, 1},
          fmt::format("{} bytes; too large to be an app's file", size));
      return std::nullopt;
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
      loading_.findings.add({shown(path), 1, 1}, "cannot be read");
      return std::nullopt;
    }
    std::string bytes = std::move(text).str();
    seen_.emplace_back(name_in_set(path), hash_bytes(std::string_view(bytes)));
    return bytes;
  }

  std::optional<YamlFile> yaml(const fs::path& path) {
    const auto ready = parsed_.find(path);
    if (ready == parsed_.end()) return std::nullopt;  // unreadable: has its finding
    Parsed& parsed = ready->second;
    for (Finding& finding : parsed.findings.sorted())
      loading_.findings.add(std::move(finding.pos), std::move(finding.message));
    if (parsed.file) collect_texts(parsed.file->root);
    return std::move(parsed.file);
  }

  // Reads the files, then parses them on several threads: most of loading is YAML's
  // share. yaml() hands the results out in whatever order they are wanted.
  void parse_ahead(const std::vector<fs::path>& paths) {
    std::vector<std::pair<Parsed*, std::string>> texts;
    for (const fs::path& path : paths) {
      auto text = read(path);
      if (!text) continue;
      Parsed& parsed = parsed_[path];
      parsed.name = shown(path);
      texts.emplace_back(&parsed, std::move(*text));
    }
    const std::size_t threads = std::min<std::size_t>(
        {std::thread::hardware_concurrency(), kMaxParsers, texts.size() / 2 + 1});
    parallel_for(int(texts.size()), int(threads), [&](int, int i) {
      auto& [parsed, text] = texts[std::size_t(i)];
      parsed->file = parse_yaml(parsed->name, std::move(text), parsed->findings);
    });
  }

  Hash128 hash() {
    std::sort(seen_.begin(), seen_.end());
    Hasher hasher;
    for (const auto& [name, hash] : seen_) hasher.add(std::string_view(name)).add(hash);
    return hasher.finish();
  }

 private:
  // "apps/shop/app.yaml", wherever the folder lies.
  std::string name_in_set(const fs::path& path) const {
    const fs::path inside = path.lexically_relative(apps_dir_);
    return (apps_dir_.filename() / inside).generic_string();
  }

  void collect_texts(const YamlNode& node) {
    const auto is_plain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::all_of(node.text.begin(), node.text.end(), is_plain))
      loading_.texts.emplace_back(node.pos(), node.text);
    for (const YamlNode& item : node.items) collect_texts(item);
    for (const auto& [key, value] : node.entries) collect_texts(value);
  }

  struct Parsed {
    std::string name;
    std::optional<YamlFile> file;
    Findings findings;
  };
  static constexpr std::size_t kMaxParsers = 4;

  fs::path apps_dir_;
  Loading& loading_;
  std::vector<std::pair<std::string, Hash128>> seen_;
  std::map<fs::path, Parsed> parsed_;
};

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
      line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

bool is_tasks_file(std::string_view name) {
  return name == "tasks.yaml" ||
         (name.starts_with("tasks_") && name.ends_with(".yaml"));
}

// In the order in which tasks are numbered: tasks.yaml, then tasks_*.yaml by name.
std::vector<fs::path> tasks_files(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const fs::path& path : sorted_entries(folder))
    if (is_tasks_file(path.filename().string())) out.push_back(path);
  const auto main = std::find(out.begin(), out.end(), folder / "tasks.yaml");
  if (main != out.end()) std::rotate(out.begin(), main, main + 1);
  return out;
}

// The files that will be asked for: templates, apps, tasks over several apps.
std::vector<fs::path> yaml_files(const fs::path& root) {
  std::vector<fs::path> out;
  const auto add_all = [&](const fs::path& folder) {
    for (const fs::path& path : sorted_entries(folder)) {
      const std::string name = path.filename().string();
      if (path.extension() == ".yaml" &&
          (name == "app.yaml" || name == "templates.yaml" || is_tasks_file(name) ||
           name.starts_with("screens_") || folder.filename() == "templates"))
        out.push_back(path);
    }
  };
  add_all(root / "_common" / "templates");
  for (const fs::path& folder : sorted_entries(root)) {
    const std::string name = folder.filename().string();
    const bool is_app = name == "_phone" || (name[0] != '_' && name[0] != '.');
    if (is_app) add_all(folder);
  }
  for (const fs::path& path : tasks_files(root / "_cross")) out.push_back(path);
  return out;
}

// app: whose own they are, -1: of all.
void read_lexicons(const fs::path& folder, int app, FileReader& reader,
                   Loading& loading) {
  for (const fs::path& path : sorted_entries(folder)) {
    if (path.extension() != ".txt") continue;
    const auto text = reader.read(path);
    if (!text) continue;
    Lexicon lexicon{
        .name = path.stem().string(), .app = app, .pos = {reader.shown(path), 1, 1}};
    if (!is_identifier(lexicon.name))
      loading.findings.add(
          lexicon.pos,
          fmt::format("lexicon '{}' must be English snake_case", lexicon.name));
    int line_number = 0;
    for (std::string& line : lines_of(*text)) {
      ++line_number;
      if (line.empty() || line[0] == '#') continue;
      const SourcePos pos{reader.shown(path), line_number, 1};
      loading.texts.emplace_back(pos, line);
      if (std::find(lexicon.entries.begin(), lexicon.entries.end(), line) !=
          lexicon.entries.end())
        loading.findings.add(pos, fmt::format("'{}' stands here twice", line));
      lexicon.values.push_back(Value::of_text(line));
      lexicon.entries.push_back(std::move(line));
    }
    if (lexicon.entries.empty())
      loading.findings.add({reader.shown(path), 1, 1}, "the lexicon is empty");
    loading.apps.lexicons.push_back(std::move(lexicon));
  }
}

void read_icons(const fs::path& path, FileReader& reader, Loading& loading) {
  std::error_code error;
  if (!fs::exists(path, error)) return;
  const auto text = reader.read(path);
  if (!text) return;
  loading.icons.emplace();
  for (const std::string& line : lines_of(*text))
    if (!line.empty() && line[0] != '#')
      loading.icons->insert(line.substr(0, line.find(' ')));
}

void read_templates(const fs::path& folder, FileReader& reader, Loading& loading) {
  for (const fs::path& path : sorted_entries(folder)) {
    if (path.extension() != ".yaml") continue;
    if (auto file = reader.yaml(path))
      add_template(loading, path.stem().string(), std::move(*file));
  }
}

std::optional<AppDraft> read_app(const fs::path& folder, FileReader& reader,
                                 Loading& loading) {
  AppDraft draft{.folder = reader.shown(folder), .path = folder};
  std::error_code error;
  const fs::path main = folder / "app.yaml";
  if (!fs::exists(main, error)) {
    loading.findings.add({reader.shown(main), 1, 1}, "the app has no app.yaml");
    return std::nullopt;
  }
  auto file = reader.yaml(main);
  if (!file) return std::nullopt;
  draft.files.push_back(std::move(*file));
  for (const fs::path& path : sorted_entries(folder)) {
    const std::string name = path.filename().string();
    if (name.starts_with("screens_") && path.extension() == ".yaml") {
      if (auto screens = reader.yaml(path)) draft.files.push_back(std::move(*screens));
    } else if (name == "templates.yaml") {
      draft.template_file = reader.yaml(path);
    } else if (path.extension() == ".csv") {
      if (auto text = reader.read(path)) draft.fixtures[name] = std::move(*text);
    } else if (path.extension() == ".yaml" && name != "app.yaml" &&
               !is_tasks_file(name)) {
      loading.findings.add({reader.shown(path), 1, 1},
                           "unknown file; an app has app.yaml, screens_*.yaml, "
                           "templates.yaml, tasks.yaml and tasks_*.yaml");
    }
  }
  for (const fs::path& path : tasks_files(folder))
    if (auto tasks = reader.yaml(path)) draft.tasks.push_back(std::move(*tasks));
  return draft;
}

}  // namespace

void read_app_files(const fs::path& apps_dir, Loading& loading) {
  // "apps/" and "apps" alike; "." gets a name of its own.
  fs::path root = fs::absolute(apps_dir).lexically_normal();
  if (!root.has_filename()) root = root.parent_path();
  FileReader reader(root, loading);
  reader.parse_ahead(yaml_files(root));
  read_lexicons(root / "_common" / "lexicon", -1, reader, loading);
  read_icons(root / "_common" / "fonts" / "icons.txt", reader, loading);
  read_templates(root / "_common" / "templates", reader, loading);
  std::error_code error;
  if (!fs::is_directory(root, error)) {
    loading.findings.add({root.filename().string(), 1, 1},
                         fmt::format("no such folder: {}", root.string()));
    return;
  }
  std::vector<fs::path> folders;
  for (const fs::path& path : sorted_entries(root)) {
    const std::string name = path.filename().string();
    const bool is_app = !name.empty() && name[0] != '_' && name[0] != '.';
    if (is_app && fs::is_directory(path, error)) folders.push_back(path);
  }
  if (fs::is_directory(root / "_phone", error)) {
    folders.insert(folders.begin(), root / "_phone");
  } else {
    loading.findings.add({reader.shown(root / "_phone"), 1, 1},
                         "the phone's own variables are missing: _phone/app.yaml");
  }
  for (const fs::path& folder : folders) {
    auto draft = read_app(folder, reader, loading);
    if (!draft) continue;
    read_lexicons(folder / "lexicon", int(loading.drafts.size()), reader, loading);
    loading.drafts.push_back(std::move(*draft));
    AppSpec app;
    app.id = folder.filename() == "_phone" ? "phone" : folder.filename().string();
    loading.apps.apps.push_back(std::move(app));
  }
  for (const fs::path& path : tasks_files(root / "_cross"))
    if (auto tasks = reader.yaml(path))
      loading.cross_tasks.push_back(std::move(*tasks));
  loading.apps.content_hash = reader.hash();
}

}  // namespace paperphone::app
