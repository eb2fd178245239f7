#include "platform/payment_gateway.h"

#include <sodium.h>

#include "platform/webhook_signature.h"

namespace anlan::platform {

std::string notice_signature(const PaymentNotice& notice, std::string_view secret) {
  const std::string text = notice.payment + "\n" + (notice.paid ? "paid" : "declined") + "\n" +
                           std::to_string(notice.amount.minor()) + "\n" +
                           std::string(currency_code(notice.amount.currency()));
  return webhook_hmac(secret, notice.seconds, text);
}

bool is_signed(const PaymentNotice& notice, std::string_view secret) {
  const std::string right = notice_signature(notice, secret);
  return notice.signature.size() == right.size() &&
         sodium_memcmp(notice.signature.data(), right.data(), right.size()) == 0;
}

}  // namespace anlan::platform
