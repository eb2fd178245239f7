// How decisions of underwriting are told: findings of rules, overrides, referrals, conditions.
#pragma once

#include <string>
#include <vector>

#include "api/session.h"
#include "base/document.h"
#include "base/node.h"
#include "house/house.h"
#include "house/offer.h"
#include "house/rules_preview.h"
#include "house/subjectivities.h"

namespace anlan::api {

// The first word of "control_gap BKP-02" or "above 50.0 %" from that table of texts, the rest as it
// stands.
std::string with_word(Session& session, std::string_view group, const std::string& text);
// "BKP-02 gap 100.0 % (rule: above 50.0 %)", one for each test that held.
std::string inputs_text(Session& session, const std::vector<domain::RuleInput>& inputs);
// "offline_backup: its sentence [inputs] -> condition".
std::string finding_text(Session& session, const domain::RuleFinding& finding);
// One override with its rule, inputs, old and new value, reason, and who; one referral decision.
std::string override_text(Session& session, const house::OverrideOnFile& file);
std::string referral_text(Session& session, const house::ReferralOnFile& file);
// The answers of a quote that say more than the signals show; empty: none. Whoever decides or binds
// it sees them first.
std::string conflicts_text(Session& session, const domain::Quote& quote);
// What another set of rules makes of a quote: old and new decision and premium, findings that go
// and come.
std::vector<std::string> preview_texts(Session& session, const house::PreviewRow& row);

// Rules, overrides, referral and conditions of a quote, with what the rules in force now would make
// of it where others judged it. Adds nothing where there is nothing to tell.
Result<Done> add_decisions(Session& session, const house::House& house,
                           const house::QuoteFile& file, Instant now, Document& document);
Node decisions_node(const house::House& house, const house::QuoteFile& file, Instant at);

// Whether it binds, advises, or what is proposed when its day has passed.
std::string effect_text(Session& session, domain::SubjectivityEffect effect);
void add_subjectivities(Session& session, const house::House& house,
                        const std::vector<const house::SubjectivityFile*>& files, Instant at,
                        Document& document);
Node subjectivity_node(const house::House& house, const house::SubjectivityFile& file, Instant at);

}  // namespace anlan::api
