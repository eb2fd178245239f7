// A claim that is rendered wholly in kind, from the report to the letter: settled with its
// approval.
#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"
#include "house/house.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using fixture::Desk;
using fixture::Words;

struct Served {
  Desk desk{Library(platform::Artefacts())};
  std::string policy;
  std::string incident;
  std::string claim;

  Served() {
    desk.must("op", {"actor", "appoint", "handler", "--role", "claims_handler", "--authority",
                     "100000.00"});
    desk.must("op", {"actor", "appoint", "manager", "--role", "claims_manager", "--authority",
                     "100000.00"});
    const std::string company = desk.company(0);
    desk.must("op", {"actor", "appoint", "senior", "--role", "underwriter", "--authority",
                     "100000000.00"});
    const std::string quote = desk.must("senior", {"quote", "issue", company, "--product",
                                                   "service-in-kind", "--from", "2026-03-10"})
                                  .json.find("id")
                                  ->text;
    desk.must("broker", {"quote", "explain", quote, "--confirmed-by", "e-sign"});
    policy = desk.must("senior", {"policy", "bind", quote}).json.find("id")->text;
    // The desk's clock stands before the cover begins: it is moved by the day of the report.
    desk.to_day(20);
    const std::string path = desk.file("loss.toml",
                                       "peril = \"ransomware\"\n"
                                       "occurred = \"2026-03-12T08:00:00+08:00\"\n"
                                       "discovered = \"2026-03-12T08:20:00+08:00\"\n"
                                       "summary = \"x\"\n[[items]]\nhead = \"FP.IR\"\n"
                                       "amount = \"60000.00\"\nnote = \"n\"\n");
    incident = desk.must("broker", {"incident", "report", policy, path}).json.find("id")->text;
    desk.must("broker", {"incident", "loss", incident, path});
    claim = desk.must("handler", {"claim", "adjudicate", incident}).json.find("id")->text;
    desk.must("manager", {"claim", "approve", claim});
  }
  const house::ClaimFile& file() {
    const house::House* house = desk.session().house().value();
    return house->claims.begin()->second;
  }
};

}  // namespace

TEST_CASE("a claim rendered in kind alone is settled on the day of its approval") {
  Served served;
  CHECK(served.file().state == domain::ClaimState::kPaid);
  CHECK(served.file().paid_at == served.file().approved_at);
  CHECK(served.file().decision.payable.is_zero());
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    served.desk.session().options().lang = lang;
    const Reply shown = served.desk.must("handler", {"claim", "show", served.claim});
    bool in_kind = false;
    for (const Block& block : shown.document.blocks) {
      const auto* paragraph = std::get_if<Paragraph>(&block);
      if (!paragraph) continue;
      CHECK(paragraph->text.find("1970") == std::string::npos);
      in_kind = in_kind || paragraph->text.find("60,000.00") != std::string::npos;
    }
    CHECK(in_kind);
  }
}

}  // namespace anlan::api
