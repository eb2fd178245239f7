#include "house/append_check.h"

#include "house/journal_refusals.h"

namespace anlan::house {

Result<Head> head_after(const Head& head, std::span<const Record> records) {
  Head now = head;
  for (const Record& record : records) {
    if (record.seq != now.seq + 1 || record.chain != chain_after(now.chain, record)) {
      return Refusal{.code = refusals::kNotAfterHead,
                     .path = "seq",
                     .value = std::to_string(record.seq),
                     .args = {{.name = "head", .value = std::to_string(now.seq)},
                              {.name = "found", .value = std::to_string(record.seq)}},
                     .at = {}};
    }
    now = Head{.seq = record.seq, .chain = record.chain};
  }
  return now;
}

}  // namespace anlan::house
