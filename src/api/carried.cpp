#include "api/carried.h"

#include <algorithm>

#include "api/http_route.h"
#include "api/paper.h"
#include "api/refusals.h"
#include "api/share_desk.h"
#include "api/visibility.h"
#include "api/webhook_desk.h"
#include "base/base64.h"
#include "base/node_reader.h"
#include "base/to_node.h"
#include "formats/json.h"
#include "platform/refusals.h"
#include "platform/temporary_folder.h"

namespace anlan::api {
namespace {

constexpr std::string_view kFile = "carried";

// A table each, since the same word may stand twice.
Node words_node(const std::vector<std::string>& words) {
  Node list = Node::list();
  for (const std::string& word : words)
    list.items.emplace_back(Node::table()).add("word", Node::string(word));
  return list;
}

Node bytes_node(const std::string& bytes) { return Node::string(to_base64(bytes_of(bytes))); }

std::string read_bytes_of(NodeReader& reader, std::string_view key) {
  std::optional<std::string> bytes = from_base64(reader.text_or(key, ""));
  if (!bytes) reader.refuse(key, refusals::kBodyValue, {{.name = "wanted", .value = "base64"}});
  return bytes ? std::move(*bytes) : std::string();
}

}  // namespace

std::string command_socket(const std::string& house) { return house + "/server.sock"; }

bool is_carried(const Operation& operation) {
  const auto all = routes();
  const bool offered = std::any_of(
      all.begin(), all.end(), [&](const Route& route) { return route.operation == &operation; });
  if (!offered || looks_at_machine(operation)) return false;
  if (!operation.command.empty() || operation.writes) return true;
  return is_webhook_operation(operation.name) || is_share_operation(operation.name) ||
         audience_of(operation) != Audience::kAll;
}

std::string carried_text(const CarriedRequest& request) {
  const SessionOptions& session = request.session;
  Node node = Node::table();
  node.add("words", words_node(request.words));
  node.add("folder", Node::string(session.folder));
  node.add("as", Node::string(session.actor));
  node.add("key", Node::string(session.key));
  if (session.at) node.add("at", Node::string(*session.at));
  node.add("lang", to_node(session.lang));
  node.add("dry_run", Node::boolean(session.rehearse));
  node.add("json", Node::boolean(request.json));
  node.add("pdf", Node::string(request.pdf));
  node.add("xlsx", Node::string(request.xlsx));
  Node& files = node.add("files", Node::list());
  for (const auto& [name, bytes] : *session.files) {
    Node& file = files.items.emplace_back(Node::table());
    file.add("name", Node::string(name));
    file.add("base64", bytes_node(bytes));
  }
  Node& outputs = node.add("outputs", Node::list());
  for (const platform::CarriedOutput& each : request.outputs) {
    Node& output = outputs.items.emplace_back(Node::table());
    output.add("name", Node::string(each.name));
    output.add("place", Node::string(name_of(each.place)));
    output.add("base64", bytes_node(each.bytes));
  }
  return formats::write_json(node);
}

Result<CarriedRequest> read_carried_request(std::string_view text) {
  ANLAN_TRY(const Node tree, formats::parse_json(text, kFile));
  ReadReport report{std::string(kFile)};
  NodeReader root(tree, report);
  CarriedRequest request;
  for (NodeReader& word : root.list("words")) request.words.push_back(word.text("word"));
  request.session.folder = root.text("folder");
  request.session.actor = root.text_or("as", "");
  request.session.key = root.text_or("key", "");
  if (tree.find("at")) request.session.at = root.text("at");
  request.session.lang = root.choice<Lang>("lang");
  request.session.rehearse = root.flag("dry_run", false);
  request.json = root.flag("json", false);
  request.pdf = root.text_or("pdf", "");
  request.xlsx = root.text_or("xlsx", "");
  request.session.files.emplace();
  for (NodeReader& file : root.list_or_empty("files")) {
    const std::string name = file.text("name");
    request.session.files->insert_or_assign(name, read_bytes_of(file, "base64"));
    file.finish();
  }
  for (NodeReader& output : root.list_or_empty("outputs")) {
    platform::CarriedOutput each;
    each.name = output.text("name");
    each.place = output.choice<platform::OutputPlace>("place");
    each.bytes = read_bytes_of(output, "base64");
    request.outputs.push_back(std::move(each));
    output.finish();
  }
  root.finish();
  return report.result(std::move(request));
}

std::string carried_text(const CarriedReply& reply) {
  Node node = Node::table();
  node.add("status", Node::number(reply.printed.status));
  node.add("out", bytes_node(reply.printed.out));
  node.add("err", bytes_node(reply.printed.err));
  node.add("missing", Node::string(reply.missing));
  Node& files = node.add("files", Node::list());
  for (const WrittenFile& each : reply.files) {
    Node& file = files.items.emplace_back(Node::table());
    file.add("name", Node::string(each.name));
    file.add("base64", bytes_node(each.bytes));
  }
  return formats::write_json(node) + "\n";
}

Result<CarriedReply> read_carried_reply(std::string_view text) {
  constexpr std::int64_t kStatusMax = 255;
  ANLAN_TRY(const Node tree, formats::parse_json(text, kFile));
  ReadReport report{std::string(kFile)};
  NodeReader root(tree, report);
  CarriedReply reply;
  reply.printed.status = static_cast<int>(root.whole("status", 0, kStatusMax));
  reply.printed.out = read_bytes_of(root, "out");
  reply.printed.err = read_bytes_of(root, "err");
  reply.missing = root.text_or("missing", "");
  for (NodeReader& file : root.list_or_empty("files")) {
    const std::string name = file.text("name");
    reply.files.push_back({.name = name, .bytes = read_bytes_of(file, "base64")});
    file.finish();
  }
  root.finish();
  return report.result(std::move(reply));
}

// ---- on the server

namespace {

// Where the operation finds its outputs, and how its caller calls them.
struct Places {
  std::vector<std::string> paths;  // as request.outputs
  Renames renames;
};

void add_rename(Places& places, const std::string& path, const std::string& name) {
  places.renames.emplace_back(path, name);
  if (shown_name(path) != path || shown_name(name) != name)
    places.renames.insert(places.renames.begin(), {shown_name(path), shown_name(name)});
}

Result<Places> make_places(const std::string& folder, const CarriedRequest& request,
                           std::vector<std::string>& words) {
  Places places;
  for (const platform::CarriedOutput& output : request.outputs) {
    ANLAN_TRY(std::string path, platform::make_output_place(folder, output));
    for (std::string& word : words) {
      if (word == "--out=" + output.name) word = "--out=" + path;
    }
    add_rename(places, path, output.name);
    places.paths.push_back(std::move(path));
  }
  return places;
}

}  // namespace

Result<CarriedAnswer> answer_carried(Session& session, const CarriedRequest& request,
                                     const RunWords& run) {
  ANLAN_TRY(const platform::TemporaryFolder folder, platform::TemporaryFolder::create());
  Invocation invocation{.session = {},
                        .json = request.json,
                        .pdf = request.pdf.empty() ? "" : folder.path() + "/pages",
                        .xlsx = request.xlsx.empty() ? "" : folder.path() + "/sheets",
                        .words = request.words};
  ANLAN_TRY(Places places, make_places(folder.path(), request, invocation.words));
  const bool inside =
      std::any_of(request.outputs.begin(), request.outputs.end(),
                  [](const auto& each) { return each.place == platform::OutputPlace::kInside; });
  if (inside) session.options().folder = platform::house_within(folder.path());
  if (!request.pdf.empty()) add_rename(places, invocation.pdf, shown_name(request.pdf));
  if (!request.xlsx.empty()) add_rename(places, invocation.xlsx, shown_name(request.xlsx));
  PrintedAnswer answer = print_answer(session, invocation, run, places.renames);
  CarriedAnswer out{.reply = {.printed = std::move(answer.printed), .missing = {}, .files = {}},
                    .refused = answer.refused};
  if (!answer.refused.ok()) {
    const Refusal& refusal = answer.refused.refusal();
    const bool wanted = refusal.code == platform::refusals::kFileMissing &&
                        refusal.path == "file" && !session.options().files->contains(refusal.value);
    if (wanted) out.reply.missing = refusal.value;
  }
  const auto give = [&](const std::string& path,
                        const platform::CarriedOutput& output) -> Result<Done> {
    ANLAN_TRY(std::optional<std::string> bytes,
              platform::written_output(path, output, kInputBytesMax));
    if (bytes) out.reply.files.push_back({.name = output.name, .bytes = std::move(*bytes)});
    return Done{};
  };
  for (std::size_t n = 0; n < places.paths.size(); ++n)
    ANLAN_REQUIRE(give(places.paths[n], request.outputs[n]));
  if (!request.pdf.empty()) ANLAN_REQUIRE(give(invocation.pdf, {.name = request.pdf}));
  if (!request.xlsx.empty()) ANLAN_REQUIRE(give(invocation.xlsx, {.name = request.xlsx}));
  return out;
}

}  // namespace anlan::api
