#include "base/result.h"

namespace anlan {

Refused::Refused(Refusal refusal) : refusal_(std::make_unique<Refusal>(std::move(refusal))) {}
Refused::Refused(const Refused& other) : refusal_(std::make_unique<Refusal>(other.refusal())) {}
Refused::Refused(Refused&& other) noexcept = default;
Refused& Refused::operator=(const Refused& other) {
  if (this != &other) refusal_ = std::make_unique<Refusal>(other.refusal());
  return *this;
}
Refused& Refused::operator=(Refused&& other) noexcept = default;
Refused::~Refused() = default;

}  // namespace anlan
