#include "house/instruments.h"

#include <algorithm>

#include "house/charges.h"

namespace anlan::house {

using namespace domain;

const InstrumentFile* find_instrument(const House& house, InstrumentId id) {
  const auto found = house.money.instruments.find(id);
  return found == house.money.instruments.end() ? nullptr : &found->second;
}

Money instrument_amount(const House& house, const PolicyFile& file, const InstrumentTerms& terms) {
  const KeptByPayer kept = kept_by_payer(file);
  const Money none = Money::zero(house.currency());
  const Money own = std::max(none, kept.customer - file.life.customer.written_off);
  const Money government = std::max(none, kept.government - file.life.government.written_off);
  const Money base = terms.kind == InstrumentKind::kTaxDeduction ? own : own + government;
  return std::min(base.times_ratio(terms.share.ppm(), Share::kWhole), terms.maximum);
}

Money instrument_due(const House& house, const InstrumentFile& application) {
  if (!application.decision || !application.decision->granted) return Money::zero(house.currency());
  const PolicyFile* file = find_policy(house, application.application.policy);
  return std::min(application.decision->amount,
                  instrument_amount(house, *file, application.application.terms));
}

PremiumBorne premium_borne(const House& house, const PolicyFile& file) {
  const KeptByPayer kept = kept_by_payer(file);
  PremiumBorne borne{.kept = kept.customer + kept.government,
                     .customer = kept.customer,
                     .subsidy = kept.government,
                     .instruments = {}};
  for (const InstrumentId id : file.money.instruments) {
    const InstrumentFile* application = find_instrument(house, id);
    const Money given = application->paid - application->clawed_back;
    borne.customer -= given;
    borne.instruments.emplace_back(id, given);
  }
  return borne;
}

Money public_money(const House& house, const PolicyFile& file, InstrumentId except) {
  Money sum = kept_by_payer(file).government;
  for (const InstrumentId id : file.money.instruments) {
    if (id == except) continue;
    const InstrumentFile* application = find_instrument(house, id);
    if (!application->decision) {
      sum += application->application.amount;
    } else if (application->decision->granted) {
      sum += instrument_due(house, *application);
    }
  }
  return sum;
}

}  // namespace anlan::house
