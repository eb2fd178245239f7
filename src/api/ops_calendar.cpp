// Operation of the calendar: working days, periods of law, terms and premium by day, for one date
// or for a file of dates.
#include "api/refusals.h"
#include "api/render.h"
#include "claims/clocks.h"
#include "formats/json.h"
#include "house/views.h"
#include "underwriting/cancel.h"

namespace anlan::api {
namespace {

using claims::WorkCalendar;

constexpr std::int64_t kDaysMax = 20'000;
constexpr std::int64_t kYearsMax = 20;

// What is asked of one date.
struct Question {
  Date from = {};
  std::optional<std::int64_t> days = {};
  std::optional<std::int64_t> working_days = {};
  std::optional<std::int64_t> term = {};  // years
  std::optional<Date> until = {};         // working days up to it
  std::optional<Date> on = {};            // the first day without cover, within the term
  std::optional<Money> amount = {};       // the premium of the term
  bool clocks = false;
};

std::optional<Date> date_or_none(NodeReader& reader, std::string_view key) {
  if (!reader.has(key)) {
    reader.text_or(key, "");
    return {};
  }
  return reader.date(key);
}

std::optional<std::int64_t> whole_or_none(NodeReader& reader, std::string_view key,
                                          const WholeRange& range) {
  if (!reader.has(key)) {
    reader.text_or(key, "");
    return {};
  }
  // An option is text, a line of a file has a number.
  const Node* node = reader.node().find(key);
  if (node->kind == Node::Kind::kNumber) return reader.whole(key, range.lo, range.hi);
  return whole_option(reader, key, range);
}

Question read_question(NodeReader& reader) {
  Question out;
  out.from = reader.date("from");
  out.days = whole_or_none(reader, "days", {.lo = 0, .hi = kDaysMax});
  out.working_days = whole_or_none(reader, "working-days", {.lo = 0, .hi = kDaysMax});
  out.term = whole_or_none(reader, "term", {.lo = 1, .hi = kYearsMax});
  out.until = date_or_none(reader, "until");
  out.on = date_or_none(reader, "on");
  out.amount = reader.money_or_null("amount", Currency::kCny);
  out.clocks = reader.flag("clocks", false);
  return out;
}

int weekday_of(Date date) {
  return ((date.days() + 3) % 7 + 7) % 7 + 1;  // 1970-01-01 was a Thursday; Monday is 1
}

struct Answered {
  Node json = Node::table();
  FactTable table = {};
};

Result<Done> add_days(Session& session, const WorkCalendar& calendar, const Question& asked,
                      Answered& out) {
  if (asked.days) {
    const Date nominal = plus_days(asked.from, static_cast<std::int32_t>(*asked.days));
    ANLAN_REQUIRE(claims::require_known(calendar, nominal, "days"));
    const Date due = claims::roll_forward(calendar, nominal);
    ANLAN_REQUIRE(claims::require_known(calendar, due, "days"));
    out.json.add("nominal", to_node(nominal));
    out.json.add("due", to_node(due));
    out.table.row(session.say("calendar.days", {{"days", std::to_string(*asked.days)}}),
                  to_text(due));
  }
  if (asked.working_days) {
    const auto count = static_cast<std::int32_t>(*asked.working_days);
    ANLAN_TRY(const Date day, claims::plus_working_days(calendar, asked.from, count));
    out.json.add("working_day_on", to_node(day));
    out.table.row(session.say("calendar.working_days", {{"days", std::to_string(count)}}),
                  to_text(day));
  }
  if (asked.until) {
    ANLAN_TRY(const std::int32_t count,
              claims::working_days_between(calendar, asked.from, *asked.until));
    out.json.add("working_days", to_node(count));
    out.table.row(session.say("calendar.between", {{"until", to_text(*asked.until)}}),
                  std::to_string(count));
  }
  return Done{};
}

Result<Done> add_clocks(Session& session, const WorkCalendar& calendar, const Question& asked,
                        Answered& out) {
  if (!asked.clocks) return Done{};
  Node& list = out.json.add("clocks", Node::table());
  for (const claims::DayClockRule& rule : claims::day_clocks()) {
    const claims::Deadline last = claims::deadline(rule.clock, asked.from, calendar);
    ANLAN_REQUIRE(claims::require_known(calendar, last.nominal, "clocks"));
    ANLAN_REQUIRE(claims::require_known(calendar, last.due, "clocks"));
    list.add(std::string(name_of(rule.clock)), to_node(last.due));
    out.table.row(session.say("clock." + std::string(name_of(rule.clock))), to_text(last.due));
  }
  return Done{};
}

// The days of cover are half-open: from the first day until the day after the last.
Result<Done> add_term(Session& session, const Question& asked, Answered& out) {
  if (!asked.term) return Done{};
  const Date until = plus_years(asked.from, static_cast<int>(*asked.term));
  domain::Policy policy;
  policy.from = start_of_day(asked.from, policy.offset);
  policy.until = start_of_day(until, policy.offset);
  const domain::Refund days = underwriting::days_of_cover(policy, asked.on.value_or(until));
  out.json.add("until", to_node(until));
  out.json.add("days_total", to_node(days.days_total));
  out.table.row(session.say("label.until"), to_text(plus_days(until, -1)));
  out.table.row(session.say("calendar.days_total"), std::to_string(days.days_total));
  if (!asked.on) return Done{};
  out.json.add("days_on_risk", to_node(days.days_on_risk));
  out.table.row(session.say("calendar.days_on_risk"), std::to_string(days.days_on_risk));
  if (!asked.amount) return Done{};
  policy.premium = policy.customer_part = *asked.amount;
  policy.subsidy_part = Money::zero(asked.amount->currency());
  const Money unearned =
      *asked.amount - underwriting::earned_through(policy, plus_days(*asked.on, -1));
  out.json.add("unearned", to_node(unearned));
  out.json.add("earned", to_node(*asked.amount - unearned));
  out.table.amount(session.say("calendar.unearned"), unearned);
  out.table.amount(session.say("calendar.earned"), *asked.amount - unearned);
  return Done{};
}

Result<Answered> answer(Session& session, const WorkCalendar& calendar, const Question& asked) {
  Answered out;
  const bool known = claims::is_known(calendar, asked.from);
  const bool works = claims::is_working_day(calendar, asked.from);
  out.json.add("from", to_node(asked.from));
  out.json.add("weekday", to_node(weekday_of(asked.from)));
  out.json.add("working_day", known ? Node::boolean(works) : Node::null());
  const std::string day = session.say("calendar.weekday_" + std::to_string(weekday_of(asked.from)));
  out.table.row(to_text(asked.from), session.say(!known  ? "calendar.unknown"
                                                 : works ? "calendar.works"
                                                         : "calendar.rests",
                                                 {{"day", day}}));
  ANLAN_REQUIRE(add_days(session, calendar, asked, out));
  ANLAN_REQUIRE(add_clocks(session, calendar, asked, out));
  ANLAN_REQUIRE(add_term(session, asked, out));
  return out;
}

Refusal nothing_asked() {
  return Refusal{.code = refusals::kNothingAsked, .path = "from", .value = {}, .args = {}};
}

// One line, one question; a line that is refused says so in its place.
Result<Reply> of_file(Session& session, const WorkCalendar& calendar, const std::string& path) {
  ANLAN_TRY(const std::string text, session.read_text(path));
  Reply reply;
  reply.json = Node::table();
  Node& rows = reply.json.add("rows", Node::list());
  std::size_t count = 0;
  std::size_t refused = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    ++count;
    ANLAN_TRY(const Node tree, formats::parse_json(line, path));
    ReadReport report(path);
    NodeReader reader(tree, report);
    const Question asked = read_question(reader);
    reader.finish();
    Result<Answered> answered =
        report.refused() ? Result<Answered>(report.refusal()) : answer(session, calendar, asked);
    if (answered.ok()) {
      rows.items.push_back(std::move(answered.value().json));
    } else {
      ++refused;
      rows.items.push_back(session.refusal_node(answered.refusal()));
    }
  }
  if (count == 0) return nothing_asked();
  reply.brief.push_back(session.say(
      "calendar.read", {{"count", std::to_string(count)}, {"refused", std::to_string(refused)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Result<Reply> show(Session& session, NodeReader& options) {
  const std::string file = options.text_or("file", "");
  const bool one = options.has("from");
  if (!one && file.empty()) return nothing_asked();
  ANLAN_TRY(const WorkCalendar* calendar, session.library().work_calendar());
  if (!one) return of_file(session, *calendar, file);
  const Question asked = read_question(options);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(Answered answered, answer(session, *calendar, asked));
  Reply reply;
  reply.json = std::move(answered.json);
  reply.document.heading(1, session.say("calendar.title"));
  reply.document.table(answered.table.take());
  reply.document.paragraph(
      session.say("calendar.reach", {{"first", to_text(calendar->known_from)},
                                     {"last", to_text(plus_days(calendar->known_until, -1))}}));
  reply.brief.push_back(session.say("calendar.brief", {{"from", to_text(asked.from)}}));
  return reply;
}

}  // namespace

std::vector<Operation> calendar_operations() {
  return {
      {.name = "calendar show",
       .command = "",
       .zh = "日历：工作日、法定期间的最后一日、保险期间与按日计算",
       .en = "the calendar: working days, last days of periods of law, terms, premium by day",
       .options = {named("from", "YYYY-MM-DD", "起始日（期间的当日不计）",
                         "the day from which it is counted (that day is not)"),
                   named("days", "N", "若干日后的最后一日，遇休息日顺延",
                         "the last day of so many days, moved past days of rest"),
                   named("working-days", "N", "第几个工作日", "the n-th working day after it"),
                   named("until", "YYYY-MM-DD", "到此日之前有几个工作日",
                         "how many working days lie before this day"),
                   named("term", "YEARS", "保险期间（年）", "a term of so many years"),
                   named("on", "YYYY-MM-DD", "期间内无保障的第一天",
                         "the first day without cover within the term"),
                   named("amount", "AMOUNT", "全期保险费，按日计算",
                         "the premium of the term, by day"),
                   flag("clocks", "《保险法》各期间的最后一日",
                        "the last days of the periods of the Insurance Law"),
                   named("file", "FILE", "每行一个问题（JSON）", "one question a line (JSON)")},
       .run = show},
  };
}

}  // namespace anlan::api
