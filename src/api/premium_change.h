// What a change of a running policy does to its premium: for a sentence and for programs.
#pragma once

#include <string>
#include <vector>

#include "base/node.h"
#include "base/texts.h"
#include "house/house.h"
#include "underwriting/timeline.h"

namespace anlan::api {

std::vector<underwriting::PremiumSegment> segments_of(const house::PolicyFile& file);
Node segments_node(const std::vector<underwriting::PremiumSegment>& segments);

std::string whole(const domain::PremiumParts& parts);  // of both payers, grouped

// Written before and after by payer, who owes and who gets back: args before, after, customer,
// government, and, where they are not zero, back, back_government, owed.
TextArgs money_args(const house::PolicyFile& before, const house::PolicyFile& after);
Node money_node(const house::PolicyFile& before, const house::PolicyFile& after);

}  // namespace anlan::api
