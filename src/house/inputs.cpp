#include "house/inputs.h"

#include "base/codec.h"
#include "house/certificates.h"
#include "house/views.h"

namespace anlan::house {

Digest pricing_inputs(const House& house, domain::EnterpriseId id) {
  ByteWriter out;
  const EnterpriseFile* file = find_enterprise(house, id);
  ANLAN_CHECK(file != nullptr);
  encode(out, file->enterprise);
  encode(out, file->assessment);
  for (const domain::OrderId order_id : file->orders) {
    const OrderFile* order = find_order(house, order_id);
    ANLAN_CHECK(order != nullptr);
    encode(out, order->order);
    encode(out, order->observations);
  }
  for (const domain::PolicyId policy : file->policies) {
    encode(out, find_policy(house, policy)->incidents);
  }
  encode(out, member_incidents(house, id));
  return sha256(out.bytes());
}

Digest adjudication_inputs(const House& house, domain::IncidentId id) {
  ByteWriter out;
  const IncidentFile* incident = find_incident(house, id);
  ANLAN_CHECK(incident != nullptr);
  for (const IncidentFile* part : with_parts(house, *incident)) {
    encode(out, part->incident);
    encode(out, part->loss);
    encode(out, part->conditions);
    encode(out, part->facts);
  }
  const PolicyFile* policy = find_policy(house, incident->incident.policy);
  ANLAN_CHECK(policy != nullptr);
  encode(out, policy->policy);
  encode(out, policy->customer_due);
  encode(out, policy->customer_paid);
  encode(out, policy->money.plans);
  encode(out, policy->cancelled.optional());
  encode(out, policy->lapsed.optional());
  encode(out, policy->life.changes->endorsements);
  encode(out, policy->life.changes->gaps);
  if (const CertificateOnFile* own = find_certificate(*policy, incident->incident.certificate))
    encode(out, *own);
  for (const domain::ClaimId claim : policy->claims)
    encode(out, find_claim(house, claim)->decision);
  return sha256(out.bytes());
}

}  // namespace anlan::house
