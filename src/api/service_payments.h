// Payments of a server: takes what the gateways of its houses tell, also after a restart.
#pragma once

#include <memory>

#include "api/service.h"
#include "platform/artefacts.h"

namespace anlan::api {

// Thread rule: made and ended by one thread; it works on one of its own.
class ServedPayments {
 public:
  // The houses outlive it.
  ServedPayments(const Service::Houses& houses, const platform::Artefacts& artefacts,
                 platform::HttpLog log);
  ~ServedPayments();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anlan::api
