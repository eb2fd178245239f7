// Operation `submission bulk`: a sheet of companies, each registered and offered to its products,
// and the same sheet returned with what became of each row. A row is a request of its own: its key
// is what it says, so that the sheet may be sent again after a mistake was put right.
#include <algorithm>
#include <span>

#include "api/bulk.h"
#include "api/may.h"
#include "api/refusals.h"
#include "api/registration.h"
#include "api/render.h"
#include "api/sheets.h"
#include "api/submissions.h"
#include "house/decide.h"
#include "platform/executor_tbb.h"
#include "platform/files.h"

namespace anlan::api {
namespace {

using namespace domain;

enum class BulkStatus : std::uint8_t { kQuoted, kPartly, kReferred, kDeclined, kRefused };
constexpr std::array<std::string_view, 5> kStatusNames{"quoted", "partly", "referred", "declined",
                                                       "refused"};

std::string key_of(const BulkRow& row, std::string_view step) {
  return "bulk/" + to_hex(row.content) + "/" + std::string(step);
}

class BulkRun {
 public:
  BulkRun(Session& session, BulkSheet& sheet, ActorName actor)
      : session_(session), sheet_(sheet), actor_(std::move(actor)) {}

  // Prices are calculated on a copy of the house, and nobody waits for them; what has changed
  // meanwhile is refused, row by row, when it is recorded.
  Result<Done> run() {
    check_known_products();
    ANLAN_TRY(platform::HouseFolder * folder, session_.open(platform::HouseMode::kWrite));
    ANLAN_REQUIRE(session_.now());
    ANLAN_REQUIRE(companies(*folder));
    ANLAN_REQUIRE(session_.take_copy());
    ANLAN_TRY(const std::vector<Step> steps, submissions());
    ANLAN_TRY(folder, session_.open(platform::HouseMode::kWrite));
    submit(*folder, steps, [](BulkRow& row, const platform::Answer& answer) {
      row.sent = SubmissionId{answer.first_seq};
      row.repeated = answer.repeated;
    });
    return Done{};
  }

 private:
  const house::KeyUse* used(const house::House& house, const std::string& key) const {
    const auto use = house.keys.find({actor_, key});
    return use == house.keys.end() ? nullptr : &use->second;
  }

  void check_known_products() {
    for (BulkRow& row : sheet_.rows) {
      if (row.refused) continue;
      const Result<Done> known = check_products(session_, row.submission.products);
      if (!known.ok()) row.refused = known.refusal();
    }
  }

  struct Step {
    BulkRow* row;
    house::Envelope envelope;
  };

  // One transaction for all; the answer of each row is its own.
  template <class Take>
  void submit(platform::HouseFolder& folder, const std::vector<Step>& steps, Take take) {
    std::vector<house::Envelope> batch;
    for (const Step& step : steps) batch.push_back(step.envelope);
    const auto answers = session_.write_together(folder, batch);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (answers[i].ok()) {
        take(*steps[i].row, *answers[i]);
      } else {
        steps[i].row->refused = answers[i].refusal();
      }
    }
  }

  house::Envelope envelope(const BulkRow& row, std::string_view step, house::Command command) {
    return {.actor = actor_,
            .key = key_of(row, step),
            .command = std::move(command),
            .request = row.content};
  }

  // A company that is new, or whose facts the row knows better.
  Result<Done> companies(platform::HouseFolder& folder) {
    std::vector<Step> steps;
    const house::House& house = folder.house();
    ANLAN_TRY(const Instant now, session_.now());
    for (BulkRow& row : sheet_.rows) {
      if (row.refused) continue;
      const auto known = house.enterprise_by_credit_code.find(row.input.credit_code);
      if (known != house.enterprise_by_credit_code.end()) {
        row.enterprise = known->second;
        std::vector<Fact> newer = newer_facts(house, row);
        if (newer.empty() || used(house, key_of(row, "send"))) continue;
        steps.push_back({.row = &row,
                         .envelope = envelope(row, "facts",
                                              house::RecordFacts{.enterprise = row.enterprise,
                                                                 .facts = std::move(newer)})});
        continue;
      }
      house::RegisterEnterprise command{.enterprise = unregistered(row.input)};
      const auto decided = house::decide(
          house, {.at = now, .actor = actor_, .next_seq = house.head.seq + 1}, command);
      if (!decided.ok()) {
        row.refused = decided.refusal();
        continue;
      }
      ANLAN_TRY(command.enterprise.contact,
                store_contact(session_, row.input.contact, row.input.credit_code,
                              key_of(row, "company")));
      steps.push_back({.row = &row, .envelope = envelope(row, "company", std::move(command))});
    }
    submit(folder, steps, [&](BulkRow& row, const platform::Answer& answer) {
      if (!row.enterprise.exists()) row.enterprise = EnterpriseId{answer.first_seq};
    });
    return Done{};
  }

  // Facts that differ. What a stronger source said stays, and what was observed later: a sheet does
  // not undo a document, nor yesterday's list what is known since.
  static std::vector<Fact> newer_facts(const house::House& house, const BulkRow& row) {
    const std::vector<Fact> known =
        house::find_enterprise(house, row.enterprise)->enterprise.facts.get();
    std::vector<Fact> newer;
    for (const Fact& fact : row.input.facts) {
      const Fact* before = find_fact(known, fact.name.text);
      const bool same = before && before->value == fact.value && before->source == fact.source;
      const bool older = before && before->observed_on > fact.observed_on;
      if (same || older || (before && before->source > fact.source)) continue;
      newer.push_back(fact);
    }
    return newer;
  }

  Result<std::vector<Step>> submissions() {
    ANLAN_TRY(const house::House* house, session_.house());
    ANLAN_TRY(const PricingBasis basis, pricing_basis(session_));
    ANLAN_TRY(const engine::Hazard* hazard, session_.library().hazard());
    platform::TbbExecutor executor(0);
    GrowingTable tables(*hazard, session_.library().tables(), executor);
    std::vector<Step> steps;
    std::vector<Quote> quotes;
    session_.begin_steps(sheet_.rows.size());
    for (BulkRow& row : sheet_.rows) {
      static_cast<void>(session_.step());  // companies are registered: it goes on to its end
      if (row.refused) continue;
      if (const house::KeyUse* before = used(*house, key_of(row, "send"))) {
        row.sent = SubmissionId{before->first_seq};
        row.repeated = true;
        continue;
      }
      row.submission.enterprise = row.enterprise;
      Offers offers = offers_of(basis, row.submission, tables);
      quotes.insert(quotes.end(), offers.quotes.begin(), offers.quotes.end());
      steps.push_back(
          {.row = &row,
           .envelope = envelope(row, "send",
                                house::SendSubmission{.entered = row.submission,
                                                      .quotes = std::move(offers.quotes),
                                                      .refused = std::move(offers.refused)})});
    }
    ANLAN_REQUIRE(keep_files_of(session_, quotes));
    return steps;
  }

  Session& session_;
  BulkSheet& sheet_;
  ActorName actor_;
};

// What a row says in its own columns of the returned sheet.
struct RowAnswer {
  BulkStatus status = BulkStatus::kRefused;
  std::string zh;
  std::string en;
  std::string quotes;
};

void add_to(std::string& list, const std::string& one, std::string_view separator) {
  list += (list.empty() ? "" : std::string(separator)) + one;
}

BulkStatus status_of(std::size_t bindable, std::size_t referred, std::size_t declined,
                     std::size_t all) {
  if (bindable == all) return BulkStatus::kQuoted;
  if (bindable > 0) return BulkStatus::kPartly;
  if (referred > 0) return BulkStatus::kReferred;
  return declined > 0 ? BulkStatus::kDeclined : BulkStatus::kRefused;
}

class Answers {
 public:
  static Result<Answers> create(Session& session, const house::House& house) {
    ANLAN_TRY(Texts zh, session.library().texts(Lang::kZh));
    ANLAN_TRY(Texts en, session.library().texts(Lang::kEn));
    return Answers(session, house, std::move(zh), std::move(en));
  }

  RowAnswer of(const BulkRow& row) const {
    RowAnswer out;
    if (row.refused) {
      out.zh = sentence_in(session_, *row.refused, Lang::kZh);
      out.en = sentence_in(session_, *row.refused, Lang::kEn);
      return out;
    }
    const house::SubmissionFile* file = house::find_submission(house_, row.sent);
    ANLAN_CHECK(file && file->sent);
    std::array<std::size_t, 3> decided{};
    for (const SubmissionResult& result : file->sent->results) {
      if (!result.quote.exists()) {
        add_reason(out, result.product, refused_sentence(session_, result, Lang::kZh),
                   refused_sentence(session_, result, Lang::kEn));
        continue;
      }
      const Quote& quote = house::find_quote(house_, result.quote)->quote;
      ++decided[static_cast<std::size_t>(quote.decision) - 1];
      add_to(out.quotes,
             result.product.text + " " + to_text(result.quote) + " " +
                 std::string(name_of(quote.decision)) + " " + to_decimal(quote.premium),
             "; ");
      for (const RuleFinding& finding : quote.applied) {
        if (finding.outcome >= RuleOutcome::kCondition)
          add_reason(out, result.product, finding.zh, finding.en);
      }
      for (const TriageFinding& finding : quote.findings) {
        const std::string key = "triage." + std::string(name_of(finding.reason));
        add_reason(out, result.product, zh_.say(key), en_.say(key));
      }
    }
    out.status = status_of(decided[0], decided[1], decided[2], file->sent->results.size());
    return out;
  }

 private:
  Answers(Session& session, const house::House& house, Texts zh, Texts en)
      : session_(session), house_(house), zh_(std::move(zh)), en_(std::move(en)) {}
  static void add_reason(RowAnswer& out, const ProductName& product, const std::string& zh,
                         const std::string& en) {
    add_to(out.zh, product.text + "：" + zh, "；");
    add_to(out.en, product.text + ": " + en, "; ");
  }

  Session& session_;
  const house::House& house_;
  Texts zh_;
  Texts en_;
};

// The rows as they came, with the answer's columns behind them.
std::vector<std::vector<std::string>> returned_rows(const BulkSheet& sheet,
                                                    const std::vector<RowAnswer>& answers) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> kept;
  std::vector<std::string> head;
  for (std::size_t i = 0; i < sheet.head.size(); ++i) {
    if (sheet.head[i].empty()) continue;
    kept.push_back(i);
    head.push_back(sheet.head[i]);
  }
  for (const std::string_view column : kBulkAnswerColumns) head.emplace_back(column);
  rows.push_back(std::move(head));
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    const BulkRow& row = sheet.rows[i];
    std::vector<std::string> out;
    for (const std::size_t column : kept) out.push_back(row.cells->text(column));
    out.emplace_back(kStatusNames[static_cast<std::size_t>(answers[i].status)]);
    out.push_back(answers[i].zh);
    out.push_back(answers[i].en);
    out.push_back(row.enterprise.exists() ? to_text(row.enterprise) : "");
    out.push_back(row.sent.exists() ? to_text(row.sent) : "");
    out.push_back(answers[i].quotes);
    rows.push_back(std::move(out));
  }
  return rows;
}

Node row_node(const BulkRow& row, const RowAnswer& answer) {
  Node node = Node::table();
  node.add("row", to_node(row.cells->row));
  node.add("status", Node::string(kStatusNames[static_cast<std::size_t>(answer.status)]));
  node.add("enterprise", to_node(row.enterprise));
  node.add("submission", to_node(row.sent));
  node.add("quotes", Node::string(answer.quotes));
  node.add("code", row.refused ? Node::string(row.refused->code.name) : Node::null());
  node.add("repeated", to_node(row.repeated));
  node.add("zh", Node::string(answer.zh));
  node.add("en", Node::string(answer.en));
  return node;
}

Reply bulk_reply(Session& session, const BulkSheet& sheet, const std::vector<RowAnswer>& answers) {
  Reply reply;
  std::array<std::size_t, kStatusNames.size()> counts{};
  reply.json = Node::table();
  Node rows = Node::list();
  Table table;
  table.columns = {{.title = session.say("bulk.row"), .align = Align::kRight},
                   {.title = session.say("list.company")},
                   {.title = session.say("list.state")},
                   {.title = session.say("bulk.reason")}};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const BulkRow& row = sheet.rows[i];
    const RowAnswer& answer = answers[i];
    const auto status = static_cast<std::size_t>(answer.status);
    ++counts[status];
    rows.items.push_back(row_node(row, answer));
    if (answer.status == BulkStatus::kQuoted) continue;
    table.rows.push_back({std::to_string(row.cells->row), row.input.legal_name,
                          session.say("bulk." + std::string(kStatusNames[status])),
                          session.lang() == Lang::kZh ? answer.zh : answer.en});
  }
  for (std::size_t i = 0; i < counts.size(); ++i)
    reply.json.add(kStatusNames[i], to_node(counts[i]));
  reply.json.add("rows", std::move(rows));
  reply.brief.push_back(session.say("brief.bulk", {{"rows", std::to_string(answers.size())},
                                                   {"quoted", std::to_string(counts[0])},
                                                   {"partly", std::to_string(counts[1])},
                                                   {"referred", std::to_string(counts[2])},
                                                   {"declined", std::to_string(counts[3])},
                                                   {"refused", std::to_string(counts[4])}}));
  reply.document.paragraph(reply.brief.back());
  if (!table.rows.empty()) reply.document.table(std::move(table));
  return reply;
}

Result<BulkDefaults> defaults_of(Session& session, NodeReader& options) {
  BulkDefaults defaults;
  for (const std::string& text : options.texts_or_empty("product")) {
    ANLAN_TRY(const ProductName product, parse_name<ProductTag>(text, "product"));
    defaults.products.push_back(product);
  }
  if (options.has("from")) defaults.from = options.date("from");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  defaults.today = date_of(now, house->offset());
  return defaults;
}

Result<Reply> bulk(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const std::string name = options.text_or("sheet", "");
  const std::string out = options.text_or("out", "");
  ANLAN_TRY(const BulkDefaults defaults, defaults_of(session, options));
  if (!out.empty()) ANLAN_REQUIRE(platform::check_absent(out));
  ANLAN_TRY(const ActorName actor, parse_name<ActorTag>(session.options().actor, "as"));
  ANLAN_REQUIRE(check_may(session, {house::RegisterEnterprise::kName, house::RecordFacts::kName,
                                    house::SendSubmission::kName}));
  ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
  ANLAN_TRY(formats::SheetTable table, sheet_table(bytes, path, name));
  ANLAN_TRY(BulkSheet sheet, read_bulk(std::move(table), defaults, path, sha256(bytes)));
  ANLAN_REQUIRE(BulkRun(session, sheet, actor).run());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Answers said, Answers::create(session, *house));
  std::vector<RowAnswer> answers;
  for (const BulkRow& row : sheet.rows) answers.push_back(said.of(row));
  Reply reply = bulk_reply(session, sheet, answers);
  if (out.empty()) return reply;
  ANLAN_TRY(const Bytes file,
            sheet_file(returned_rows(sheet, answers), "submissions", out, defaults.today));
  ANLAN_REQUIRE(platform::write_new_file(out, file));
  reply.brief.push_back(session.say("brief.bulk_file", {{"file", out}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> bulk_operations() {
  return {
      {.name = "submission bulk",
       .command = house::SendSubmission::kName,
       .zh = "批量投保：CSV 或 XLSX，每行一家企业，逐行给出结果",
       .en = "a sheet of companies (CSV, XLSX); an answer for each row",
       .options = {positional("file", "FILE", "企业名单（.csv 或 .xlsx）",
                              "the companies (.csv or .xlsx)"),
                   many("product", "PRODUCT", "未写产品的行所投产品，可重复",
                        "the products of rows that name none"),
                   named("from", "YYYY-MM-DD", "未写起始日的行的保障起始日",
                         "first day of cover of rows that name none"),
                   sheet_option(),
                   named("out", "FILE", "回执文件（.csv 或 .xlsx，新文件）",
                         "the returned file (.csv or .xlsx, new)")},
       .run = bulk,
       .lengthy = true},
  };
}

}  // namespace anlan::api
