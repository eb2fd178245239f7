// Operations of charges on premium and of the end of a month.
#include <algorithm>

#include "api/rehearsal.h"
#include "api/render.h"
#include "house/charges.h"
#include "house/month.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

std::string percent(Share share) {
  std::string text = std::to_string(share.ppm() / 10'000);
  std::string rest = std::to_string(10'000 + share.ppm() % 10'000).substr(1);
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  return text + (rest.empty() ? "" : "." + rest) + " %";
}

// ---- charges

Result<Digest> charges_source(Session& session) {
  ANLAN_TRY(const Digest own, session.library().digest("pricing/charges.toml"));
  ANLAN_TRY(const Digest loads, session.library().digest("pricing/loads.toml"));
  ByteWriter out;
  out.raw(own.bytes);
  out.raw(loads.bytes);
  return sha256(out.bytes());
}

Table rates_table(Session& session, const std::vector<ChargeTerms>& terms) {
  Table table;
  table.columns = {{.title = session.say("list.product")}};
  for (const auto& kind : enum_names(static_cast<ChargeKind*>(nullptr))) {
    table.columns.push_back({.title = word(session, "charge", kind.value), .align = Align::kRight});
  }
  for (const ChargeTerms& row : terms) {
    table.rows.push_back({row.product.exists() ? product_name(session, row.product)
                                               : session.say("charge_view.all_products"),
                          percent(row.vat), percent(row.commission), percent(row.levy),
                          percent(row.cession), percent(row.ceding_commission)});
  }
  return table;
}

Result<Reply> set_charges(Session& session, NodeReader& options) {
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const underwriting::ChargeFile* file, session.library().charges());
  ANLAN_TRY(const Digest source, charges_source(session));
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::SetCharges{.terms = file->terms, .source = source}));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& set = std::get<ChargesSet>(event);
  Node json = to_node(set);
  add_outcome(json, outcome);
  const auto assumed = std::count_if(file->sources.begin(), file->sources.end(),
                                     [](const underwriting::LoadSource& one) {
                                       return one.status == underwriting::LoadStatus::kAssumption;
                                     });
  Reply reply =
      brief_reply(session.say("charge_view.set", {{"count", std::to_string(set.terms.size())},
                                                  {"assumed", std::to_string(assumed)}}),
                  std::move(json));
  reply.document.table(rates_table(session, set.terms));
  return reply;
}

Result<Reply> charges_of_policy(Session& session, const house::House& house, PolicyId id) {
  const house::PolicyFile* file = house::find_policy(house, id);
  if (!file) return not_found("policy", to_text(id));
  const house::PremiumHeld held = house::premium_held(house, id);
  const std::vector<ChargeTotal> totals = house::charges_of(house, *file);
  Reply reply;
  reply.json = Node::table();
  reply.json.add("premium_written", to_node(held.kept));
  reply.json.add("premium_earned", to_node(held.earned));
  reply.json.add("terms", file->money.charges ? to_node(*file->money.charges) : Node::null());
  reply.json.add("charges", to_node(totals));
  Table table;
  table.columns = {{.title = ""},
                   {.title = session.say("charge_view.written"), .align = Align::kRight},
                   {.title = session.say("charge_view.earned"), .align = Align::kRight},
                   {.title = session.say("charge_view.deferred"), .align = Align::kRight}};
  const auto row = [&](std::string name, Money written, Money earned) {
    table.rows.push_back(
        {std::move(name), to_grouped(written), to_grouped(earned), to_grouped(written - earned)});
  };
  row(session.say("charge_view.gross"), held.kept, held.earned);
  for (const ChargeTotal& total : totals)
    row(word(session, "charge", total.kind), total.written, total.earned);
  reply.document.table(std::move(table));
  reply.brief.push_back(session.say("charge_view.of_policy",
                                    {{"policy", to_text(id)}, {"written", to_grouped(held.kept)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Result<Reply> show_charges(Session& session, NodeReader& options) {
  PolicyId id;
  if (options.has("policy")) id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  if (id.exists()) return charges_of_policy(session, *house, id);
  Reply reply;
  reply.json = house->money.charges ? to_node(*house->money.charges) : Node::null();
  if (house->money.charges) reply.document.table(rates_table(session, house->money.charges->terms));
  reply.brief.push_back(
      session.say(house->money.charges ? "charge_view.in_force" : "charge_view.none"));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

// ---- the end of a month

// "2026-03" is its first day.
Result<Date> month_option(NodeReader& options) {
  const std::string text = options.text("month");
  if (options.refused()) return options.report().refusal();
  return parse_date(text + "-01", "month");
}

std::string month_text(Date first) { return to_text(first).substr(0, 7); }

// Earns the month in slices, each under a key of its own where the caller gave one.
Result<Done> earn_through(Session& session, Date last) {
  const std::string key = session.options().key;
  for (std::size_t slice = 1;; ++slice) {
    if (!key.empty()) session.options().key = key + "/" + std::to_string(slice);
    const auto outcome = session.submit(house::EarnPremium{.through = last});
    session.options().key = key;
    if (outcome.ok()) continue;
    if (outcome.refusal().code == house::refusals::kAlreadyDone) return Done{};
    return outcome.refusal();
  }
}

// What this closing has above the one before it.
MonthLine less(MonthLine line, const std::vector<MonthLine>& before) {
  const auto same = std::find_if(before.begin(), before.end(), [&](const MonthLine& other) {
    return other.product == line.product;
  });
  if (same == before.end()) return line;
  line.exposure_days -= same->exposure_days;
  line.written_customer -= same->written_customer;
  line.written_government -= same->written_government;
  line.earned_customer -= same->earned_customer;
  line.earned_government -= same->earned_government;
  for (std::size_t n = 0; n < line.charges.size(); ++n) {
    line.charges[n].written -= same->charges[n].written;
    line.charges[n].earned -= same->charges[n].earned;
  }
  return line;
}

void add(MonthLine& sum, const MonthLine& line) {
  sum.policies += line.policies;
  sum.exposure_days += line.exposure_days;
  sum.written_customer += line.written_customer;
  sum.written_government += line.written_government;
  sum.earned_customer += line.earned_customer;
  sum.earned_government += line.earned_government;
  sum.unearned += line.unearned;
  for (std::size_t n = 0; n < line.charges.size(); ++n) {
    sum.charges[n].written += line.charges[n].written;
    sum.charges[n].earned += line.charges[n].earned;
  }
}

// The months of one product, or of all: written and earned by payer, and what is taken of both.
void product_table(Session& session, const MonthLine& line, Document& document) {
  Table table;
  table.columns = {{.title = ""},
                   {.title = session.say("charge_view.written"), .align = Align::kRight},
                   {.title = session.say("charge_view.earned"), .align = Align::kRight}};
  const auto row = [&](std::string name, Money written, Money earned) {
    table.rows.push_back({std::move(name), to_grouped(written), to_grouped(earned)});
  };
  row(word(session, "payer", Payer::kCustomer), line.written_customer, line.earned_customer);
  row(word(session, "payer", Payer::kGovernment), line.written_government, line.earned_government);
  for (const ChargeTotal& total : line.charges)
    row(word(session, "charge", total.kind), total.written, total.earned);
  document.table(std::move(table));
  document.paragraph(session.say("month.exposure", {{"policies", std::to_string(line.policies)},
                                                    {"days", std::to_string(line.exposure_days)},
                                                    {"unearned", to_grouped(line.unearned)}}));
}

// A month in which nothing of the product was covered, written or earned.
bool is_still(const MonthLine& line) {
  return line.exposure_days == 0 && line.unearned.is_zero() && line.written_customer.is_zero() &&
         line.written_government.is_zero() && line.earned_customer.is_zero() &&
         line.earned_government.is_zero();
}

struct MonthView {
  Date first;
  bool closed = false;
  std::vector<MonthLine> lines;  // of this month alone
};

Result<MonthView> month_view(const house::House& house, Date first) {
  const auto& months = house.money.months;
  const auto closed = months.find(first);
  const auto open = house::open_month(house);
  if (closed == months.end() && open && first != *open) {
    return Refusal{.code = house::refusals::kMonthNotNext,
                   .path = "month",
                   .value = month_text(first),
                   .args = {{.name = "expected", .value = month_text(*open)}}};
  }
  MonthView view{.first = first, .closed = closed != months.end(), .lines = {}};
  const auto current = view.closed ? closed->second.lines : house::month_lines(house, first);
  const auto next = view.closed ? closed : months.end();
  static const std::vector<MonthLine> kNothing;
  const auto& before = next == months.begin() ? kNothing : std::prev(next)->second.lines;
  for (const MonthLine& line : current) view.lines.push_back(less(line, before));
  return view;
}

Reply month_reply(Session& session, const house::House& house, const MonthView& view) {
  Reply reply;
  reply.json = Node::table();
  reply.json.add("month", to_node(month_text(view.first)));
  reply.json.add("closed", Node::boolean(view.closed));
  reply.json.add("products", to_node(view.lines));
  if (view.closed)
    reply.json.add("trial_balance", to_node(house.money.months.at(view.first).trial_balance));
  Money written = Money::zero(house.currency());
  Money earned = written;
  std::optional<MonthLine> sum;
  for (const MonthLine& line : view.lines) {
    if (!is_still(line)) {
      reply.document.heading(2, product_name(session, line.product));
      product_table(session, line, reply.document);
    }
    if (sum) {
      add(*sum, line);
    } else {
      sum = line;
    }
  }
  if (sum) {
    written = sum->written_customer + sum->written_government;
    earned = sum->earned_customer + sum->earned_government;
    reply.json.add("sum", to_node(*sum));
    if (view.lines.size() > 1) {
      reply.document.heading(2, session.say("label.sum"));
      product_table(session, *sum, reply.document);
    }
  }
  const bool late = !view.closed && !house.money.months.empty();
  reply.brief.push_back(session.say(view.closed ? "month.closed_line" : "month.open_line",
                                    {{"month", month_text(view.first)},
                                     {"written", to_grouped(written)},
                                     {"earned", to_grouped(earned)},
                                     {"late", late ? "1" : ""}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

// Each slice on what the slices before it would have earned.
Result<Reply> rehearse_close(Session& session, Date first, Date last) {
  ANLAN_TRY(Rehearsal rehearsal, Rehearsal::begin(session));
  Result<Done> earned = Done{};
  while (earned.ok()) earned = rehearsal.submit(house::EarnPremium{.through = last});
  if (earned.refusal().code != house::refusals::kAlreadyDone) return earned.refusal();
  ANLAN_REQUIRE(rehearsal.submit(house::CloseMonth{.month = first}));
  return rehearsed_reply(session, rehearsal.events());
}

Result<Reply> close_month(Session& session, NodeReader& options) {
  ANLAN_TRY(const Date first, month_option(options));
  const Date last = plus_days(house::next_month(first), -1);
  if (session.options().rehearse && !session.known()) return rehearse_close(session, first, last);
  if (!session.known()) ANLAN_REQUIRE(earn_through(session, last));
  ANLAN_TRY(const Session::Outcome outcome, session.submit(house::CloseMonth{.month = first}));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const MonthView view, month_view(*house, first));
  Reply reply = month_reply(session, *house, view);
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> show_month(Session& session, NodeReader& options) {
  ANLAN_TRY(const Date first, month_option(options));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const MonthView view, month_view(*house, first));
  return month_reply(session, *house, view);
}

}  // namespace

std::vector<Operation> month_operations() {
  const Option month = positional("month", "YYYY-MM", "月份，例如 2026-03", "e.g. 2026-03");
  return {
      {.name = "charge set",
       .command = house::SetCharges::kName,
       .zh = "采用 data/pricing 中的增值税、手续费、保障基金与分出比例（此后承保的保单适用）",
       .en = "take over VAT, commission, levy and cession of data/pricing for later policies",
       .options = {},
       .run = set_charges},
      {.name = "charge show",
       .command = "",
       .zh = "查看费率，或一张保单的税、手续费、保障基金与分保",
       .en = "show the rates, or what one policy's premium carries of them",
       .options = {positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30", false)},
       .run = show_charges},
      {.name = "month close",
       .command = house::CloseMonth::kName,
       .zh = "月结：先计提该月保费，再结账",
       .en = "earn the premium of a month and close it for good",
       .options = {month},
       .run = close_month},
      {.name = "month show",
       .command = "",
       .zh = "查看一个月：承保、已赚、未到期、责任天数，按产品与付款人",
       .en = "show a month: written, earned, unearned, exposure, by product and payer",
       .options = {month},
       .run = show_month},
  };
}

}  // namespace anlan::api
