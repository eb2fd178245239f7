#include "house/record.h"

#include "house/refusals.h"

namespace anlan::house {
namespace {

Refusal broken(RefusalCode code, std::string path, std::uint64_t seq, std::string found) {
  return Refusal{.code = code,
                 .path = std::move(path),
                 .value = found,
                 .args = {{.name = "seq", .value = std::to_string(seq)},
                          {.name = "found", .value = std::move(found)}},
                 .at = {}};
}

void write_record(ByteWriter& out, const Record& record) {
  out.whole(record.seq);
  out.whole(record.at.micros());
  out.whole(record.kind);
  out.whole(record.version);
  out.whole(record.ordinal);
  out.whole(record.count);
  out.text(record.actor.text);
  out.text(record.key);
  out.raw(record.input.bytes);
  out.block(record.body);
}

// The key and the input hash stand in the first event of a command and nowhere else.
bool identified_as_due(const Record& record) {
  if (record.ordinal == 0) return !record.key.empty();
  return record.key.empty() && record.input == Digest{};
}

}  // namespace

Bytes record_bytes(const Record& record) {
  ByteWriter out;
  write_record(out, record);
  return out.take();
}

Digest chain_after(const Digest& before, const Record& record) {
  ByteWriter out;
  out.raw(before.bytes);
  write_record(out, record);
  return sha256(out.bytes());
}

void seal(const Head& head, Record& record) {
  record.seq = head.seq + 1;
  record.chain = chain_after(head.chain, record);
}

Result<Done> ChainWalk::accept(const Record& record) {
  const std::uint64_t seq = head_.seq + 1;
  if (record.seq != seq) {
    return broken(refusals::kSeqGap, "seq", seq, std::to_string(record.seq));
  }
  if (record.at < last_at_ || (expected_ordinal_ > 0 && record.at != last_at_)) {
    return broken(refusals::kTimeBackwards, "at", seq, std::to_string(record.at.micros()));
  }
  const bool in_command = expected_ordinal_ > 0;
  if (record.ordinal != expected_ordinal_ || record.ordinal >= record.count ||
      (in_command && record.count != expected_count_) || !identified_as_due(record)) {
    return broken(refusals::kCommandTorn, "ordinal", seq,
                  std::to_string(record.ordinal) + "/" + std::to_string(record.count));
  }
  if (record.chain != chain_after(head_.chain, record)) {
    return broken(refusals::kChainBroken, "chain", seq, to_hex(record.chain));
  }
  head_ = Head{.seq = record.seq, .chain = record.chain};
  last_at_ = record.at;
  expected_count_ = record.count;
  expected_ordinal_ = record.ordinal + 1 == record.count ? 0 : record.ordinal + 1;
  return Done{};
}

Result<Done> ChainWalk::finish() const {
  if (expected_ordinal_ == 0) return Done{};
  return broken(refusals::kCommandTorn, "ordinal", head_.seq, "the end");
}

}  // namespace anlan::house
