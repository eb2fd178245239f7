#include <algorithm>
#include <system_error>

#include <sys/statvfs.h>

#include "platform/doctor_checks.h"
#include "platform/house_folder.h"
#include "platform/tls_certificate.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMicrosOfDay = 86'400'000'000;

std::uint64_t bytes_of_file(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t bytes = fs::file_size(file, error);
  return error ? 0 : bytes;
}

}  // namespace

std::optional<HouseFacts> facts_of(const Installation& installation, const ExaminedHouse& house) {
  const HousePaths paths{.folder = house.folder};
  struct statvfs medium {};
  std::error_code error;
  if (!fs::is_regular_file(paths.journal(), error) || ::statvfs(house.folder.c_str(), &medium) != 0)
    return std::nullopt;
  HouseFacts facts;
  facts.folder = house.folder;
  facts.name = house.name;
  facts.free_bytes = std::uint64_t{medium.f_bavail} * medium.f_frsize;
  facts.journal_bytes =
      bytes_of_file(paths.journal()) + bytes_of_file(paths.journal().string() + "-wal");
  if (house.report) {
    const VerifyReport& report = *house.report;
    facts.records = report.records;
    facts.head = report.head;
    const std::int64_t days =
        report.first_at && report.last_at
            ? (report.last_at->micros() - report.first_at->micros()) / kMicrosOfDay
            : 0;
    // Rounded up: a journal that grows at all does not last for ever.
    if (days > 0)
      facts.bytes_a_day = (static_cast<std::int64_t>(facts.journal_bytes) + days - 1) / days;
    if (facts.bytes_a_day && *facts.bytes_a_day > 0)
      facts.days_of_disk = static_cast<std::int64_t>(facts.free_bytes) / *facts.bytes_a_day;
  }
  if (!installation.backups.empty() && !house.name.empty())
    facts.backup = newest_backup(installation.backups, house.name);
  return facts;
}

std::optional<CertificateFacts> certificate_facts(const Installation& installation) {
  if (!installation.http || installation.http->certificate_file.empty()) return std::nullopt;
  const Result<TlsCertificate> read =
      read_tls_certificate(installation.http->certificate_file, installation.http->key_file);
  if (!read.ok()) return std::nullopt;
  const std::int64_t left = read->ends.micros() - installation.now.micros();
  // Whole days, rounded down also where it is over.
  const std::int64_t days = left / kMicrosOfDay - (left % kMicrosOfDay < 0 ? 1 : 0);
  return CertificateFacts{.begins = read->begins, .ends = read->ends, .days = days};
}

}  // namespace anlan::platform
