#include "env/task/evidence/evidence_bytes.h"

#include <algorithm>

namespace paperphone::task {

namespace {

void write_numbers(ByteWriter& out, const std::vector<std::int32_t>& numbers) {
  out.put_count(numbers.size());
  for (const std::int32_t number : numbers) out.put(number);
}

std::vector<std::int32_t> read_numbers(ByteReader& in) {
  std::vector<std::int32_t> out(in.get_count(sizeof(std::int32_t)));
  for (std::int32_t& number : out) number = in.get<std::int32_t>();
  return out;
}

}  // namespace

void write_evidence(ByteWriter& out, const Evidence& evidence) {
  const std::vector<std::uint64_t> seen = evidence.seen();
  out.put_count(seen.size());
  for (const std::uint64_t key : seen) out.put(key);
  out.put_count(evidence.listings().size());
  for (const Listing* known : evidence.listings()) {
    const Listing& list = *known;
    out.put(list.list).put(list.key).put(list.table.app).put(list.table.table);
    write_numbers(out, list.rows);
    for (const std::uint8_t seen_row : list.seen) out.put(seen_row != 0);
    write_numbers(out, list.by);
    write_numbers(out, list.filters);
    out.put_count(list.words.size());
    for (const std::string& word : list.words) out.put_text(word);
    out.put(list.limited);
  }
}

Evidence read_evidence(ByteReader& in) {
  Evidence out;
  for (std::size_t i = in.get_count(sizeof(std::uint64_t)); i > 0; --i)
    out.add(in.get<std::uint64_t>());
  for (std::size_t i = in.get_count(); i > 0; --i) {
    Listing list;
    list.list = in.get_hash();
    list.key = in.get_hash();
    list.table.app = in.get<std::int32_t>();
    list.table.table = in.get<std::int32_t>();
    list.rows = read_numbers(in);
    for (std::size_t row = 0; row < list.rows.size(); ++row)
      list.seen.push_back(in.get_bool("a row that was seen") ? 1 : 0);
    list.by = read_numbers(in);
    list.filters = read_numbers(in);
    for (std::size_t word = in.get_count(); word > 0; --word)
      list.words.push_back(in.get_text());
    list.limited = in.get_bool("limited");
    out.keep(std::move(list));
  }
  return out;
}

}  // namespace paperphone::task
