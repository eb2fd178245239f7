#include "api/share_desk.h"

#include <algorithm>

#include "api/http_route.h"
#include "api/missing_option.h"
#include "api/render.h"
#include "api/request.h"
#include "base/refusals.h"
#include "base/to_node.h"
#include "domain/cover.h"
#include "formats/json.h"
#include "house/refusals.h"
#include "house/views.h"
#include "platform/share_refusals.h"

namespace anlan::api {
namespace {

using platform::MadeShare;
using platform::Share;
using platform::ShareId;
using platform::ShareKind;
using platform::Shares;
using platform::ShareTag;

constexpr std::size_t kLabelMax = 200;  // bytes

// ---- what is shared

// Of a quote, what its customer is told: what it covers, what it costs, until when it stands. What
// the model and the insurer think of the company is not in it.
constexpr std::string_view kOfQuote[] = {
    "id",          "product",    "wording",     "wording_artefact", "registration",
    "policy_year", "from",       "until",       "aggregate_limit",  "incident_maximum",
    "scheme",      "to_explain", "valid_until",
};
// As a person of the insurer may have decided them.
constexpr std::string_view kDecided[] = {"state", "decision", "premium", "subsidy",
                                         "customer_pays"};

Node name_node(const std::string& zh, const std::string& en) {
  Node out = Node::table();
  out.add("zh", Node::string(zh));
  out.add("en", Node::string(en));
  return out;
}

Node sections_node(const terms::Terms& terms) {
  const auto money = [&](const std::optional<std::int64_t>& minor) {
    return minor ? to_node(Money::from_minor(*minor, terms.currency)) : Node::null();
  };
  const auto taken = [&](std::int64_t minor) {
    return to_node(Money::from_minor(minor, terms.currency));
  };
  Node out = Node::list();
  for (const terms::Section& section : terms.sections) {
    const domain::CoverKind* kind = domain::find_cover_kind(section.code);
    Node row = Node::table();
    row.add("code", Node::string(section.code));
    row.add("name", kind ? name_node(std::string(kind->zh), std::string(kind->en))
                         : name_node(section.code, section.code));
    row.add("limit_incident", money(section.sublimit_occ));
    row.add("limit_year", money(section.sublimit_agg));
    row.add("deductible", taken(section.deductible));
    row.add("own_retention", taken(section.own_retention));
    row.add("waiting_hours", Node::number(section.time.waiting_hours));
    out.items.push_back(std::move(row));
  }
  return out;
}

struct Shared {
  ShareKind kind = ShareKind::kQuote;
  std::string subject;
  std::string stands_until;
  Node answer;
};

Result<Shared> shared_quote(Session& session, const std::string& id) {
  ANLAN_TRY(const Reply shown, run_operation(session, {"quote", "show", id}));
  Shared out{.kind = ShareKind::kQuote, .subject = id, .stands_until = {}, .answer = Node::table()};
  for (const std::string_view key : kOfQuote) {
    const Node* value = shown.json.find(key);
    if (value) out.answer.add(key, *value);
  }
  const Node& decided = *shown.json.find("decided");
  for (const std::string_view key : kDecided) out.answer.add(key, *decided.find(key));
  out.answer.add("other_terms", Node::boolean(!decided.find("overrides")->items.empty()));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const auto quote_id, parse_id<domain::QuoteTag>(id, "quote"));
  const house::QuoteFile* file = house::find_quote(*house, quote_id);
  ANLAN_CHECK(file);
  const domain::Quote& quote = file->quote;
  ANLAN_TRY(const terms::Wording* wording,
            session.library().wording(quote.wording, quote.wording_artefact));
  ANLAN_TRY(const underwriting::Product* product,
            session.library().product(quote.product, quote.product_artefact));
  const house::EnterpriseFile* company = house::find_enterprise(*house, quote.enterprise);
  out.answer.add("company", Node::string(company->enterprise.legal_name));
  out.answer.add("product_name", name_node(product->zh, product->en));
  out.answer.add("wording_title", name_node(wording->title.zh, wording->title.en));
  out.answer.add("retention", to_node(Money::from_minor(wording->terms.occurrence_retention,
                                                        wording->terms.currency)));
  out.answer.add("sections", sections_node(wording->terms));
  out.stands_until = shown.json.find("valid_until")->text;
  return out;
}

// With the names of products and covers in both languages, which the reader has no other way to.
Result<Shared> shared_comparison(Session& session, const std::string& company,
                                 const std::string& products) {
  ANLAN_TRY(const Reply shown,
            run_operation(session, {"compare", company, "--products=" + products}));
  Shared out{
      .kind = ShareKind::kComparison, .subject = company, .stands_until = {}, .answer = shown.json};
  Node names = Node::list();
  for (const Node& under : shown.json.find("simulated")->find("under")->items) {
    const std::string& id = under.find("name")->text;
    ANLAN_TRY(const underwriting::Product* product,
              session.library().product(domain::ProductName{id}));
    Node row = Node::table();
    row.add("id", Node::string(id));
    row.add("name", name_node(product->zh, product->en));
    names.items.push_back(std::move(row));
  }
  Node covers = Node::list();
  for (const Node& cover : shown.json.find("covers")->items) {
    const std::string& code = cover.find("cover")->text;
    const domain::CoverKind* kind = domain::find_head(code);
    Node row = Node::table();
    row.add("code", Node::string(code));
    row.add("name",
            kind ? name_node(std::string(kind->zh), std::string(kind->en)) : name_node(code, code));
    covers.items.push_back(std::move(row));
  }
  out.answer.add("products", std::move(names));
  out.answer.add("cover_names", std::move(covers));
  return out;
}

// ---- as an answer of ours

std::string_view state_of(const Share& share, Instant now) {
  if (share.revoked) return "revoked";
  return share.expires <= now ? "expired" : "open";
}

Node share_node(const Share& share, Instant now) {
  Node node = Node::table();
  node.add("id", to_node(share.id));
  node.add("kind", to_node(share.kind));
  node.add("subject", Node::string(share.subject));
  node.add("label", Node::string(share.label));
  node.add("state", Node::string(std::string(state_of(share, now))));
  node.add("stands_until",
           share.stands_until.empty() ? Node::null() : Node::string(share.stands_until));
  node.add("digest", to_node(share.digest));
  node.add("made", to_node(share.made));
  node.add("expires", to_node(share.expires));
  node.add("revoked", share.revoked ? to_node(*share.revoked) : Node::null());
  node.add("views", to_node(share.views));
  node.add("viewed", share.viewed ? to_node(*share.viewed) : Node::null());
  return node;
}

// Shares live by the clock of the machine, as sessions do: a sandbox does not hold them open.
Instant now_here() { return platform::SystemClock().now(); }

Reply brief(std::string text, Node json) {
  Reply reply;
  reply.json = std::move(json);
  reply.document.paragraph(text);
  reply.brief.push_back(std::move(text));
  return reply;
}

// ---- the operations

Result<Reply> make(const ShareDesk& desk, Session& session, NodeReader& options) {
  const std::string quote =
      options.has("quote") ? to_text(options.id<domain::QuoteTag>("quote")) : "";
  const std::string company =
      options.has("enterprise") ? to_text(options.id<domain::EnterpriseTag>("enterprise")) : "";
  const std::string products = options.text_or("products", "");
  const std::string label = options.text_or("label", "");
  const std::int64_t days = whole_option(
      options, "days", {.lo = 1, .hi = platform::kShareDaysMax, .fallback = platform::kShareDays});
  if (label.size() > kLabelMax) {
    options.refuse(
        "label", anlan::refusals::kOutOfRange,
        {{.name = "min", .value = "0"}, {.name = "max", .value = std::to_string(kLabelMax)}});
  }
  if (options.refused()) return options.report().refusal();
  if (quote.empty() == (company.empty() || products.empty()))
    return missing_option(quote.empty() && !company.empty() ? "products" : "quote", "share make");
  ANLAN_TRY(const Shared shared, quote.empty() ? shared_comparison(session, company, products)
                                               : shared_quote(session, quote));
  ANLAN_TRY(const MadeShare made,
            desk.shares.make({.owner = desk.by,
                              .kind = shared.kind,
                              .subject = shared.subject,
                              .products = products,
                              .label = label,
                              .stands_until = shared.stands_until,
                              .answer = formats::write_json(shared.answer, {.indent = 0}),
                              .days = static_cast<int>(days),
                              .key = desk.key}));
  Node json = share_node(made.share, now_here());
  const std::string lang = session.lang() == Lang::kZh ? "zh" : "en";
  json.add("token", made.token.empty() ? Node::null() : Node::string(made.token));
  json.add("path",
           made.token.empty() ? Node::null() : Node::string("/" + lang + "/shared#" + made.token));
  json.add("repeated", Node::boolean(made.token.empty()));
  const std::string text = made.token.empty() ? "share.repeated" : "share.made";
  return brief(session.say(text, {{"id", to_text(made.share.id)},
                                  {"path", "/" + lang + "/shared#" + made.token},
                                  {"expires", to_text(made.share.expires)}}),
               std::move(json));
}

Result<Reply> list(const ShareDesk& desk, Session& session, NodeReader&) {
  ANLAN_TRY(const std::vector<Share> shares, desk.shares.list(desk.by));
  const Instant now = now_here();
  Reply reply;
  reply.json = Node::list();
  Table table{.columns = {{session.say("share.link")},
                          {session.say("share.of")},
                          {session.say("share.label")},
                          {session.say("share.state")},
                          {session.say("share.views"), Align::kRight},
                          {session.say("share.expires")}}};
  for (const Share& share : shares) {
    table.rows.push_back({to_text(share.id), share.subject, share.label,
                          session.say("share_state." + std::string(state_of(share, now))),
                          std::to_string(share.views), to_text(share.expires)});
    reply.json.items.push_back(share_node(share, now));
  }
  reply.document.heading(1, session.say("share.title"));
  reply.document.table(std::move(table));
  return reply;
}

Result<Reply> views(const ShareDesk& desk, Session& session, NodeReader& options) {
  const auto id = options.id<ShareTag>("link");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Share share, desk.shares.find(desk.by, id));
  ANLAN_TRY(const std::vector<platform::ShareView> found, desk.shares.views(desk.by, id));
  Reply reply;
  reply.json = share_node(share, now_here());
  Node& log = reply.json.add("log", Node::list());
  Table table{.columns = {{session.say("share.at")}, {session.say("share.client")}}};
  for (const platform::ShareView& view : found) {
    Node row = Node::table();
    row.add("at", to_node(view.at));
    row.add("client", to_node(view.by.client));
    row.add("phone", Node::boolean(view.by.phone));
    log.items.push_back(std::move(row));
    std::string client = session.say("share_client." + std::string(name_of(view.by.client)));
    if (view.by.phone) client = session.say("share.on_phone", {{"client", client}});
    table.rows.push_back({to_text(view.at), std::move(client)});
  }
  reply.document.heading(1, session.say("share.log", {{"id", to_text(id)}}));
  reply.document.table(std::move(table));
  return reply;
}

Result<Reply> revoke(const ShareDesk& desk, Session& session, NodeReader& options) {
  const auto id = options.id<ShareTag>("link");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Share share, desk.shares.revoke(desk.by, id));
  return brief(session.say("share.was_revoked", {{"id", to_text(id)}}),
               share_node(share, now_here()));
}

struct Row {
  std::string_view name;
  Result<Reply> (*run)(const ShareDesk&, Session&, NodeReader&);
};
constexpr Row kRows[] = {
    {"share make", make}, {"share list", list}, {"share views", views}, {"share revoke", revoke}};

// ---- whoever has the link

Result<Node> open_shared(AccountCall& call) {
  const std::string token = call.body.text("token");
  if (!call.shares) {
    return Refusal{
        .code = platform::refusals::kShareGone, .path = "token", .value = {}, .args = {}, .at = {}};
  }
  const std::string agent(call.request.header("user-agent").value_or(""));
  ANLAN_TRY(const platform::SharedAnswer found,
            call.shares->look(token, platform::share_viewer(agent)));
  const Share& share = found.share;
  Node node = Node::table();
  node.add("kind", to_node(share.kind));
  node.add("label", Node::string(share.label));
  node.add("made", to_node(share.made));
  node.add("expires", to_node(share.expires));
  node.add("stands_until",
           share.stands_until.empty() ? Node::null() : Node::string(share.stands_until));
  node.add("digest", to_node(share.digest));
  node.add("answer", Node::string(found.answer));
  return node;
}

}  // namespace

bool is_share_operation(std::string_view name) {
  return std::any_of(std::begin(kRows), std::end(kRows),
                     [&](const Row& row) { return row.name == name; });
}

Result<Reply> run_share(const ShareDesk& desk, Session& session, std::string_view operation,
                        NodeReader& options) {
  const auto row = std::find_if(std::begin(kRows), std::end(kRows),
                                [&](const Row& each) { return each.name == operation; });
  ANLAN_CHECK(row != std::end(kRows));
  return row->run(desk, session, options);
}

Result<Reply> run_share_words(const ShareDesk& desk, Session& session, const Operation& operation,
                              const std::vector<std::string>& words) {
  std::vector<Option> known = operation.options;
  std::erase_if(known, [](const Option& option) { return is_local(option); });
  const NamedOperation named = operation_of(words);
  const std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(named.used),
                                      words.end());
  Result<Node> parsed = parse_options(rest, known);
  if (!parsed.ok()) {
    Refusal refusal = parsed.refusal();
    refusal.args.push_back({.name = "command", .value = std::string(operation.name)});
    return refusal;
  }
  const Node options = std::move(parsed).value();
  ReadReport report("");
  NodeReader reader(options, report, "options");
  Result<Reply> reply = run_share(desk, session, operation.name, reader);
  if (report.refused()) return report.refusal();
  return reply;
}

Result<Reply> run_share_typed(Shares& shares, Session& session,
                              const std::vector<std::string>& words) {
  const Operation& operation = *operation_of(words).operation;
  if (session.options().actor.empty()) return missing_option("as", operation.name);
  ANLAN_TRY(const house::House* house, session.house());
  const platform::Membership by{.house = house->opening->name, .actor = {session.options().actor}};
  if (!house->actors.contains(by.actor))
    return Refusal{.code = house::refusals::kUnknownActor, .path = "as", .value = by.actor.text};
  std::vector<std::string> rest = words;
  std::erase_if(rest, [](const std::string& word) { return word.starts_with("--accounts="); });
  return run_share_words({.shares = shares, .by = by, .key = session.options().key}, session,
                         operation, rest);
}

std::vector<AccountRoute> share_routes() {
  return {{.method = HttpMethod::kPost,
           .path = "/v1/account/shared",
           .caller = AccountCaller::kAnybody,
           .zh = "凭链接查看别人分享的一份答复，每次查看都会记录",
           .en = "the answer behind a link that somebody shared; every view is noted",
           .fields = {{.name = "token",
                       .zh = "链接中 # 之后的部分",
                       .en = "what stands behind the # of the link",
                       .required = true}},
           .run = open_shared}};
}

}  // namespace anlan::api
