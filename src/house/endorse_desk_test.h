// Endorsements for the tests of house.
#pragma once

#include <string>

#include "house/desk_test.h"

namespace anlan::house::desk {

inline ChosenOption option_a8(Money premium = yuan(2'380)) {
  return {.id = "a8",
          .wording = {"ningbo-2023-a8"},
          .wording_artefact = sha256(bytes_of("a8")),
          .premium = premium,
          .low = yuan(1'666),
          .high = yuan(3'094),
          .aggregate_limit = yuan(400'000),
          .incident_maximum = yuan(150'000)};
}

inline ChosenFactor factor_at(std::string_view id, std::int64_t ppm) {
  return {.id = std::string(id), .ppm = ppm, .low_ppm = 700'000, .high_ppm = 1'300'000};
}

inline Endorsement change(EndorsementKind kind, Date from) {
  Endorsement endorsement{.kind = kind, .from = from, .reason = "asked for"};
  return endorsement;
}
inline Endorsement factor_change(Date from, std::int64_t ppm, std::string_view id = "protection") {
  Endorsement endorsement = change(EndorsementKind::kFactor, from);
  endorsement.factor = factor_at(id, ppm);
  return endorsement;
}
inline Endorsement terms_change(Date from, Money premium = yuan(2'380)) {
  Endorsement endorsement = change(EndorsementKind::kTerms, from);
  endorsement.option = option_a8(premium);
  return endorsement;
}

}  // namespace anlan::house::desk
