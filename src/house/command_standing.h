// Commands of what stands behind the business: filings, the licence, consents, adjusters.
#pragma once

#include <string>

#include "base/fields.h"
#include "domain/event.h"

namespace anlan::house {

// What the regulator holds of a product; quotes, sales and changes keep to it from its first day.
struct RecordFiling {
  static constexpr std::uint16_t kKind = 140;
  static constexpr std::string_view kName = "record_filing";
  domain::Filing filing;
  template <class E = RecordFiling>
  static constexpr auto fields() {
    return std::tuple{field("filing", &E::filing)};
  }
};

// The licence of the insurer whose house this is (house/access.h, check_licensed).
struct RecordLicence {
  static constexpr std::uint16_t kKind = 141;
  static constexpr std::string_view kName = "record_licence";
  domain::LicenceRecorded licence;
  template <class E = RecordLicence>
  static constexpr auto fields() {
    return std::tuple{field("licence", &E::licence)};
  }
};

// Given or withdrawn, at any time. Without consent to be assessed nothing new is assessed and
// quoted, without consent to be monitored no signal is taken; what is in force stays in force.
struct ChangeConsent {
  static constexpr std::uint16_t kKind = 142;
  static constexpr std::string_view kName = "change_consent";
  domain::ConsentChanged change;
  template <class E = ChangeConsent>
  static constexpr auto fields() {
    return std::tuple{field("change", &E::change)};
  }
};

// Of an incident that is not decided. The organisation sees the incident, and its adjusters may
// state the loss, record conditions and facts of it.
struct AppointAdjuster {
  static constexpr std::uint16_t kKind = 143;
  static constexpr std::string_view kName = "appoint_adjuster";
  domain::AdjusterAppointed appointment;
  template <class E = AppointAdjuster>
  static constexpr auto fields() {
    return std::tuple{field("appointment", &E::appointment)};
  }
};

}  // namespace anlan::house
