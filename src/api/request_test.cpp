#include "api/request.h"

#include <doctest/doctest.h>

#include "api/invocation.h"
#include "api/operation.h"
#include "api/refusals.h"
#include "base/refusals.h"
#include "claims/refusals.h"
#include "domain/refusals.h"
#include "engine/refusals.h"
#include "formats/refusals.h"
#include "house/refusals.h"
#include "ledger/refusals.h"
#include "platform/refusals.h"
#include "protection/refusals.h"
#include "terms/refusals.h"
#include "underwriting/refusals.h"

namespace anlan::api {
namespace {

using Words = std::vector<std::string>;

const std::vector<Option>& known() {
  static const std::vector<Option> kKnown{
      {.name = "enterprise", .required = true, .positional = true, .value = "ID"},
      {.name = "from", .value = "YYYY-MM-DD"},
      {.name = "quick", .kind = OptionKind::kFlag},
      {.name = "clause", .kind = OptionKind::kMany, .positional = true, .value = "REF"},
  };
  return kKnown;
}

// "enterprise=ent_1 from=2026-03-01 quick=true clause=[2.1,2.2]"
std::string taken(const Words& words) {
  const auto options = parse_options(words, known());
  if (!options.ok()) return "refused " + std::string(options.refusal().code.name);
  std::string out;
  for (const Member& member : options->members) {
    if (!out.empty()) out += " ";
    out += member.key + "=";
    if (!member.value.is_list()) {
      out += member.value.text;
      continue;
    }
    out += "[";
    for (const Node& item : member.value.items) out += (out.back() == '[' ? "" : ",") + item.text;
    out += "]";
  }
  return out;
}

TEST_CASE("options: by name, with an equals sign or by place, in any order") {
  const std::vector<std::pair<Words, std::string>> rows{
      {{"ent_1"}, "enterprise=ent_1"},
      {{"--enterprise", "ent_1"}, "enterprise=ent_1"},
      {{"--enterprise=ent_1"}, "enterprise=ent_1"},
      {{"--from", "2026-03-01", "ent_1"}, "from=2026-03-01 enterprise=ent_1"},
      {{"--enterprise=a=b"}, "enterprise=a=b"},
      {{"--enterprise="}, "refused option_without_value"},
      {{"--from", "--quick", "ent_1"}, "from=--quick enterprise=ent_1"},
      {{"--quick", "ent_1", "--quick"}, "quick=true enterprise=ent_1"},
      {{"ent_1", "2.1", "2.2"}, "enterprise=ent_1 clause=[2.1,2.2]"},
      {{"ent_1", "--clause", "2.1", "--clause=2.2"}, "enterprise=ent_1 clause=[2.1,2.2]"},
      {{"-"}, "enterprise=-"},
  };
  for (const auto& [words, expected] : rows) CHECK(taken(words) == expected);
}

struct Refused {
  Words words;
  RefusalCode code;
  std::string path;
  std::string value;
  std::string nearest;
};

TEST_CASE("refusals 9002 to 9006: what an operation's options can be wrong in") {
  const std::vector<Refused> rows{
      {{"ent_1", "--form", "x"}, refusals::kUnknownOption, "form", "form", "from"},
      {{"ent_1", "--zzzzzzzz"}, refusals::kUnknownOption, "zzzzzzzz", "zzzzzzzz", ""},
      {{"ent_1", "--"}, refusals::kUnknownOption, "", "", ""},
      {{"ent_1", "--from"}, refusals::kOptionWithoutValue, "from", "--from", ""},
      {{"ent_1", "--from="}, refusals::kOptionWithoutValue, "from", "--from=", ""},
      {{"ent_1", "--from", ""}, refusals::kOptionWithoutValue, "from", "--from", ""},
      {{"ent_1", "--from", "x", "--from=y"}, refusals::kOptionTwice, "from", "y", ""},
      {{"ent_1", "--enterprise", "ent_2"}, refusals::kOptionTwice, "enterprise", "ent_2", ""},
      {{}, refusals::kMissingOption, "enterprise", "", ""},
      {{"--quick"}, refusals::kMissingOption, "enterprise", "", ""},
  };
  for (const Refused& row : rows) {
    CAPTURE(row.path);
    const auto options = parse_options(row.words, known());
    REQUIRE(!options.ok());
    const Refusal& refusal = options.refusal();
    CHECK(refusal.code.name == row.code.name);
    CHECK(refusal.path == row.path);
    CHECK(refusal.value == row.value);
    if (refusal.code == refusals::kUnknownOption) CHECK(refusal.args[0].value == row.nearest);
    if (refusal.code == refusals::kMissingOption) CHECK(refusal.args[0].value == "ID");
  }
}

TEST_CASE("refusal 9004 too_many_arguments: nothing is left to take a word") {
  const std::vector<Option> one{{.name = "file", .positional = true}};
  const auto options = parse_options({"a.toml", "b.toml"}, one);
  REQUIRE(!options.ok());
  CHECK(options.refusal().code.name == refusals::kTooManyArguments.name);
  CHECK(options.refusal().value == "b.toml");
  CHECK(parse_options({"x"}, {}).refusal().code.name == refusals::kTooManyArguments.name);
}

TEST_CASE("refusal 9001 unknown_operation: the nearest command is named, by one word or two") {
  Session session(SessionOptions{.lang = Lang::kEn}, Library(platform::Artefacts()));
  const std::vector<std::pair<Words, std::string>> rows{
      {{"quote", "isue"}, "quote issue"},
      {{"claim", "ajudicate", "inc_1"}, "claim adjudicate"},
      {{"setle", "x.json"}, "settle"},
      {{}, ""},
      {{"xqzptwv"}, ""},
  };
  for (const auto& [words, nearest] : rows) {
    CAPTURE(nearest);
    const auto reply = run_operation(session, words);
    REQUIRE(!reply.ok());
    CHECK(reply.refusal().code.name == refusals::kUnknownOperation.name);
    CHECK(reply.refusal().args[0].value == nearest);
  }
}

TEST_CASE("invocation: global options stand anywhere and leave the words of the operation") {
  const Words orders[] = {
      {"--house", "h", "--as=wang", "quote", "issue", "ent_1", "--key", "k", "--lang", "en",
       "--json", "--at", "2026-03-01T00:00:00Z", "--data=d", "--from", "x"},
      {"quote", "--json", "issue", "--lang=en", "ent_1", "--from", "x", "--data", "d", "--key=k",
       "--as", "wang", "--house=h", "--at=2026-03-01T00:00:00Z"},
  };
  for (const Words& words : orders) {
    const auto read = read_invocation(words);
    REQUIRE(read.ok());
    CHECK(read->words == Words{"quote", "issue", "ent_1", "--from", "x"});
    CHECK(read->json);
    CHECK(wants_json(words));
    CHECK(read->session.folder == "h");
    CHECK(read->session.actor == "wang");
    CHECK(read->session.key == "k");
    CHECK(read->session.at == "2026-03-01T00:00:00Z");
    CHECK(read->session.lang == Lang::kEn);
    CHECK(read->session.data_folder == "d");
  }
}

TEST_CASE("invocation: without global options all stays as it is; help goes to the front") {
  const auto plain = read_invocation({"demo", "--lang", "zh"});
  REQUIRE(plain.ok());
  CHECK(plain->session.folder == SessionOptions{}.folder);
  CHECK(!plain->json);
  CHECK(!plain->session.at);
  CHECK(plain->session.lang == Lang::kZh);
  CHECK(plain->pdf.empty());
  CHECK(read_invocation({"policy", "show", "pol_1", "--pdf", "a.pdf"})->pdf == "a.pdf");
  CHECK(read_invocation({"quote", "issue", "--help"})->words == Words{"help", "quote", "issue"});
}

TEST_CASE("invocation: a global option without its value and an unknown language are refused") {
  for (const std::string name : {"house", "as", "key", "at", "lang", "data", "pdf"}) {
    CAPTURE(name);
    const auto read = read_invocation({"demo", "--" + name});
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == refusals::kOptionWithoutValue.name);
    CHECK(read.refusal().path == name);
    for (const auto& empty : {read_invocation({"demo", "--" + name + "="}),
                              read_invocation({"demo", "--" + name, ""})}) {
      REQUIRE(!empty.ok());
      CHECK(empty.refusal().code.name == refusals::kOptionWithoutValue.name);
    }
  }
  const auto french = read_invocation({"demo", "--lang", "fr"});
  REQUIRE(!french.ok());
  CHECK(french.refusal().code.name == anlan::refusals::kUnknownChoice.name);
  CHECK(french.refusal().path == "lang");
}

TEST_CASE(
    "exit status: 2 where the input alone is wrong, 1 where state, a rule or the world refuses") {
  const std::vector<std::pair<RefusalCode, int>> rows{
      {anlan::refusals::kMoneyNegative, 2}, {formats::refusals::kLooksLikeGbk, 2},
      {domain::kCreditCodeCheckDigit, 2},   {terms::refusals::kClauseUnknown, 2},
      {refusals::kUnknownOperation, 2},     {refusals::kUnknownOption, 2},
      {refusals::kMissingOption, 2},        {refusals::kUnknownArtefact, 2},
      {refusals::kDocumentInvalid, 2},      {ledger::refusals::kSubsidyBudgetExceeded, 1},
      {engine::refusals::kPerilUnknown, 1}, {underwriting::refusals::kPolicyEnded, 1},
      {protection::kProductNotOrdered, 1},  {claims::refusals::kApproverAuthority, 1},
      {house::refusals::kFourEyes, 1},      {platform::refusals::kHouseBusy, 1},
      {refusals::kClockNotSettable, 1},     {refusals::kArtefactChanged, 1},
      {refusals::kNoLossStated, 1},         {refusals::kClockBehind, 1},
      {refusals::kFingerprintShort, 2},     {refusals::kFingerprintOther, 2},
      {refusals::kQuoteInputsMissing, 1},   {refusals::kQuoteNotReproduced, 1},
      {refusals::kQuotesNotVouched, 1},     {formats::refusals::kPdfFontMissing, 1},
      {refusals::kPdfNotOffered, 2},
  };
  for (const auto& [code, status] : rows) {
    CAPTURE(code.name);
    CHECK(exit_status(Refusal{.code = code}) == status);
  }
}

}  // namespace
}  // namespace anlan::api
