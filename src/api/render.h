// Small pieces that every operation's reply is made of.
#pragma once

#include <string>
#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "base/document.h"
#include "base/to_node.h"
#include "domain/enterprise.h"
#include "house/refusals.h"

namespace anlan::api {

// Two columns without a head: what, and its value.
class FactTable {
 public:
  void row(std::string label, std::string value) {
    rows_.push_back({std::move(label), std::move(value)});
  }
  void amount(std::string label, Money value) { row(std::move(label), to_grouped(value)); }
  Table take(Align value_align = Align::kLeft);

 private:
  std::vector<std::vector<std::string>> rows_;
};

// What decides which questions a company is asked.
protection::AssessmentScope assessment_scope(const std::vector<domain::Fact>& facts);

// A reply of one brief line that is its whole document, with the record's JSON view.
Reply brief_reply(std::string line, Node json);

Refusal not_found(std::string_view what, std::string id);

// {"first_seq", "last_seq", "repeated"} and the id of what was made.
Node outcome_node(const Session::Outcome& outcome);
void add_outcome(Node& json, const Session::Outcome& outcome);

// Common options of the tables.
Option positional(std::string_view name, std::string_view value, std::string_view zh,
                  std::string_view en, bool required = true);
Option named(std::string_view name, std::string_view value, std::string_view zh,
             std::string_view en, bool required = false);
Option flag(std::string_view name, std::string_view zh, std::string_view en);
Option many(std::string_view name, std::string_view value, std::string_view zh, std::string_view en,
            bool required = false);

// A whole number within [lo, hi] from an option's text; refuses kOutOfRange with the option as its
// path.
struct WholeRange {
  std::int64_t lo = 0;
  std::int64_t hi = 0;
  std::int64_t fallback = 0;
};
std::int64_t whole_option(NodeReader& options, std::string_view name, const WholeRange& range);

// Names from the taxonomies, in the session's language; an unknown code is its own name, "" stays
// "".
std::string cover_name(Session& session, std::string_view code);
std::string peril_name(Session& session, const domain::PerilName& peril);
std::string head_name(Session& session, std::string_view code);  // a cover or a head below it
// Names from the data; what is no longer there is its own name.
std::string product_name(Session& session, const domain::ProductName& product);
std::string package_name(Session& session, const domain::PackageName& package);
std::string security_product_name(Session& session, const domain::SecurityProductName& product);
std::string company_name(const house::House& house, domain::EnterpriseId id);
// "宁波网安保（ningbo-2023-a）": a name, and what is typed for it.
std::string with_id(Session& session, const std::string& name, const std::string& id);
// What a company's facts and answers say, for people: amounts grouped, words in the language.
std::string fact_name(Session& session, const domain::FactName& name);
std::string fact_text(Session& session, const domain::Fact& fact);
// "anlan-loss 0.1，标定 sme-50": the model by the name that it has in quotes, in the language.
std::string model_name(Session& session, const std::string& name);
// "2026-03-09 08:00", of a moment as it is stored: "2026-03-09T08:00:00+08:00". Seconds where there
// are some. For people, in the zone of the house; anything else stays as it is.
std::string moment_text(std::string_view stored);

// Of a price for somebody who is not registered: what was stated, that the rest is assumed, and the
// day. Refuses a malformed --at.
Result<std::string> basis_line(Session& session, const std::vector<domain::Fact>& stated);

// The text of `key`, or `fallback` where the language has none.
std::string say_or(Session& session, const std::string& key, std::string_view fallback);

// A canonical answer for people: its parts in the words of the language, "60;50" as it is.
std::string answer_words(Session& session, const std::string& canonical);

// The word of an enum value in the session's language: key "<enum>.<name>".
template <NamedEnum E>
std::string word(Session& session, std::string_view group, E value) {
  return session.say(std::string(group) + "." + std::string(name_of(value)));
}

}  // namespace anlan::api
