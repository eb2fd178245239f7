#include "api/premium_change.h"

#include "base/to_node.h"
#include "house/life.h"
#include "house/views.h"

namespace anlan::api {

using namespace domain;
using house::PolicyFile;
using underwriting::PremiumSegment;

std::vector<PremiumSegment> segments_of(const PolicyFile& file) {
  return underwriting::premium_segments(house::timeline_of(file));
}

Node segments_node(const std::vector<PremiumSegment>& segments) {
  Node list = Node::list();
  for (const PremiumSegment& each : segments) list.items.push_back(to_node(each));
  return list;
}

std::string whole(const PremiumParts& parts) {
  return to_grouped(parts.customer + parts.government);
}

TextArgs money_args(const PolicyFile& before, const PolicyFile& after) {
  const PremiumParts was = house::written_of(before);
  const PremiumParts is = house::written_of(after);
  const Money back = house::owed_to(after, Payer::kCustomer);
  const Money back_government = house::owed_to(after, Payer::kGovernment);
  const auto unless_zero = [](Money amount) {
    return amount.is_zero() ? std::string() : to_grouped(amount);
  };
  return {{"before", whole(was)},
          {"after", whole(is)},
          {"customer", to_grouped(is.customer)},
          {"government", to_grouped(is.government)},
          {"back", unless_zero(back)},
          {"back_government", unless_zero(back_government)},
          {"owed", unless_zero(house::owed_by(after, Payer::kCustomer))}};
}

Node money_node(const PolicyFile& before, const PolicyFile& after) {
  Node node = Node::table();
  node.add("written_before", to_node(house::written_of(before)));
  node.add("written", to_node(house::written_of(after)));
  for (const Payer payer : {Payer::kCustomer, Payer::kGovernment}) {
    const std::string name(name_of(payer));
    node.add(name + "_owes", to_node(house::owed_by(after, payer)));
    node.add(name + "_gets_back", to_node(house::owed_to(after, payer)));
  }
  node.add("segments_before", segments_node(segments_of(before)));
  node.add("segments", segments_node(segments_of(after)));
  return node;
}

}  // namespace anlan::api
