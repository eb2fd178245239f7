// A sandbox house for tests of operations: companies of all sizes, quotes, a clock that goes on.
#pragma once

#include <string>
#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "base/bytes.h"
#include "base/check.h"
#include "domain/enterprise.h"
#include "platform/files.h"
#include "platform/temporary_folder.h"

namespace anlan::api::fixture {

using Words = std::vector<std::string>;

// A sandbox house with an underwriter; the clock goes on by a minute a command.
class Desk {
 public:
  explicit Desk(Library library)
      : session_({.folder = root_.path() + "/house", .actor = "op", .lang = Lang::kEn},
                 std::move(library)) {
    must("op", {"init", "--name", "again", "--sandbox"});
    must("op", {"actor", "appoint", "broker", "--role", "broker"});
    must("op", {"actor", "appoint", "uw", "--role", "underwriter", "--authority", "1000000.00"});
  }

  Session& session() { return session_; }
  const std::string& root() const { return root_.path(); }
  SessionOptions options() const { return {.folder = root_.path() + "/house", .lang = Lang::kEn}; }

  Reply must(const std::string& actor, const Words& words) {
    tick(actor);
    auto reply = run_operation(session_, words);
    ANLAN_CHECK(reply.ok());
    return std::move(reply).value();
  }
  // So many days after the first.
  void to_day(std::int64_t day) { minutes_ = day * 1440; }
  void tick(const std::string& actor) {
    ++minutes_;
    session_.options().actor = actor;
    const Instant start = parse_instant("2026-02-23T09:00:00+08:00", "at").value();
    session_.options().at = to_text(Instant::from_micros(start.micros() + minutes_ * 60'000'000));
  }
  std::string file(const std::string& name, const std::string& text) {
    std::string path = root_.path() + "/" + name;
    ANLAN_CHECK(platform::write_file(path, bytes_of(text)).ok());
    return path;
  }
  // A company of its own size; the even ones have less than 50 staff and are assessed.
  std::string company(int i);
  domain::QuoteId quote(const std::string& enterprise, const std::string& product) {
    const Reply reply = must(
        "broker", {"quote", "issue", enterprise, "--product", product, "--from", "2026-03-10"});
    return parse_id<domain::QuoteTag>(reply.json.find("id")->text, "id").value();
  }

 private:
  platform::TemporaryFolder root_ = platform::TemporaryFolder::create().value();
  Session session_;
  std::int64_t minutes_ = 0;
};

// The check digit is the one that the refusal expects.
inline std::string credit_code(int i) {
  std::string code = "91330206MA2EX" + std::to_string(1000 + i) + "0";
  const auto parsed = domain::parse_credit_code(code, "code");
  if (!parsed.ok()) code.back() = parsed.refusal().args.at(0).value.at(0);
  return code;
}

inline std::string facts_text(int i) {
  const auto number = [](std::int64_t n) { return std::to_string(n); };
  return "[facts]\nsector = \"" + std::string(i % 3 == 0 ? "F52" : "C34") +
         "\"\nregion = \"330206\"\nrevenue = \"" + number(5'000'000 + 1'370'000 * i) +
         ".00\"\ngross_margin = \"" + number(10 + i % 40) +
         " %\"\nemployees = " + number(8 + (i % 2 == 0 ? 5 * i % 40 : 5 * i)) +
         "\nrecords = " + number(300 + 911 * i) +
         "\nendpoints = 30\ncii_operator = false\nincidents_36m = " + number(i % 2) + "\n";
}

// Company i with the facts of another number.
inline std::string company_text(int i, int facts) {
  return "legal_name = \"Company " + std::to_string(i) + "\"\ncredit_code = \"" + credit_code(i) +
         "\"\nassess_consent = true\nmonitor_consent = false\nstated_on = \"2026-02-20\"\n"
         "[contact]\nname = \"N\"\nphone = \"1\"\n" +
         facts_text(facts);
}

inline std::string Desk::company(int i) {
  const Reply reply =
      must("broker", {"enterprise", "register", file("company.toml", company_text(i, i))});
  const std::string id = reply.json.find("id")->text;
  if (i % 2 == 0) must("broker", {"assess", id, "--answers", "@demo/answers.toml"});
  return id;
}

}  // namespace anlan::api::fixture
