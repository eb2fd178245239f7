#include "house/memory_ports.h"

#include <doctest/doctest.h>

#include "house/journal_port_test.h"
#include "house/journal_refusals.h"

namespace anlan::house {
namespace {

using journal_port::sealed_records;

TEST_CASE("journal port: the memory journal keeps the port's promises") {
  for (const auto& row : journal_port::kJournalBehaviours) {
    CAPTURE(row.sentence);
    MemoryJournal journal;
    CHECK(row.holds(journal));
  }
}

TEST_CASE("journal port: the faulty journal without a fault keeps the port's promises") {
  for (const auto& row : journal_port::kJournalBehaviours) {
    CAPTURE(row.sentence);
    MemoryJournal inner;
    FaultyJournal journal(inner);
    CHECK(row.holds(journal));
  }
}

TEST_CASE("faulty journal: the nth append is refused once and stores nothing") {
  MemoryJournal inner;
  FaultyJournal journal(inner);
  journal.refuse_append(2);
  const auto records = sealed_records({}, 2);
  const auto one = [&](std::size_t i) { return journal.append(std::span(&records[i], 1)); };
  CHECK(one(0).ok());
  CHECK(one(1).refusal().code == refusals::kStorageFailed);
  CHECK(inner.head()->seq == 1);
  CHECK(one(1).ok());
  CHECK(inner.head()->seq == 2);
  CHECK(journal.appends_seen() == 3);
}

TEST_CASE("faulty journal: a full disk refuses every append until it is freed") {
  MemoryJournal inner;
  FaultyJournal journal(inner);
  journal.fill_disk();
  const auto records = sealed_records({}, 1);
  for (int i = 0; i < 3; ++i) CHECK(journal.append(records).refusal().code == refusals::kDiskFull);
  CHECK(inner.head()->seq == 0);
  journal.free_disk();
  CHECK(journal.append(records).ok());
}

TEST_CASE("faulty journal: reads are refused while asked for") {
  MemoryJournal inner;
  FaultyJournal journal(inner);
  journal.refuse_reads(true);
  CHECK(journal.read(1, 1).refusal().code == refusals::kStorageFailed);
  CHECK(journal.head().refusal().code == refusals::kStorageFailed);
  journal.refuse_reads(false);
  CHECK(journal.head().ok());
}

TEST_CASE("memory blobs: what was put is found under its SHA-256, anything else is not") {
  MemoryBlobs blobs;
  const Digest digest = blobs.put(bytes_of("evidence")).value();
  CHECK(digest == sha256(bytes_of("evidence")));
  const auto found = blobs.find(digest).value();
  REQUIRE(found.has_value());
  CHECK(to_hex(*found) == to_hex(bytes_of("evidence")));
  CHECK_FALSE(blobs.find(sha256(bytes_of("other"))).value().has_value());
}

TEST_CASE("test signer: one message has one signature, another message another") {
  TestSigner signer;
  CHECK(signer.sign(bytes_of("a")) == signer.sign(bytes_of("a")));
  CHECK(signer.sign(bytes_of("a")) != signer.sign(bytes_of("b")));
}

}  // namespace
}  // namespace anlan::house
