// Retention: how long the records of a contract are kept by law (Insurance Law art 87): from its
// end, five years where its term is a year or less, else ten.
#pragma once

#include "api/session.h"
#include "house/house.h"

namespace anlan::api {

struct Retention {
  Date ended;  // the first day without cover, as it stands
  int years = 5;
  Date earliest;  // the first day on which anything may be erased
  template <class E = Retention>
  static constexpr auto fields() {
    return std::tuple{field("ended", &E::ended), field("years", &E::years),
                      field("earliest_erasure", &E::earliest)};
  }
};

Retention retention_of(const house::PolicyFile& policy);
std::string retention_text(Session& session, const Retention& kept);

}  // namespace anlan::api
