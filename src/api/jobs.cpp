#include "api/jobs.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "api/refusals.h"
#include "base/to_node.h"
#include "formats/json.h"

namespace anlan::api {
namespace {

using platform::JobBoard;
using platform::JobView;

constexpr std::string_view kPrefix = "job_";

// "house\nactor\naccount\nkey", as owner_of makes it.
std::string actor_in(std::string_view owner) {
  const std::size_t from = owner.find('\n') + 1;
  return std::string(owner.substr(from, owner.find('\n', from) - from));
}

Node node_of(const JobView& job) {
  Node node = Node::table();
  node.add("id", Node::string(std::string(kPrefix) + std::to_string(job.number)));
  node.add("operation", Node::string(job.name));
  node.add("by", Node::string(actor_in(job.owner)));
  node.add("state", to_node(job.state));
  node.add("done", to_node(job.done));
  node.add("of", to_node(job.of));
  node.add("asked", to_node(job.asked));
  node.add("ended", job.ended ? to_node(*job.ended) : Node::null());
  node.add("status", job.status != 0 ? Node::number(job.status) : Node::null());
  Result<Node> reply = formats::parse_json(job.body.empty() ? "null" : job.body, "reply");
  node.add("reply", reply.ok() ? std::move(reply).value() : Node::null());
  return node;
}

// 0: no job has this id.
std::uint64_t number_of(std::string_view id) {
  std::uint64_t number = 0;
  if (!id.starts_with(kPrefix)) return 0;
  id.remove_prefix(kPrefix.size());
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  return error == std::errc() && end == id.data() + id.size() ? number : 0;
}

Result<Node> known(const std::optional<JobView>& job, std::string_view id) {
  if (job) return node_of(*job);
  return Refusal{.code = refusals::kJobUnknown, .path = "job", .value = std::string(id)};
}

}  // namespace

Result<Node> start_job(JobBoard& board, const std::string& owner, std::string_view operation,
                       JobBoard::Work work) {
  const std::optional<JobView> job = board.start(owner, std::string(operation), std::move(work));
  if (job) return node_of(*job);
  const std::string limit = std::to_string(platform::kJobsWaitingMax);
  return Refusal{.code = refusals::kTooManyJobs,
                 .path = "job",
                 .value = limit,
                 .args = {{.name = "limit", .value = limit}},
                 .at = {}};
}

Result<Node> job_node(const JobBoard& board, const std::string& owner, std::string_view id) {
  return known(board.show(owner, number_of(id)), id);
}

Result<Node> job_progress(const JobBoard& board, const std::string& owner, std::string_view id) {
  const std::uint64_t number = number_of(id);
  const std::vector<JobView> jobs = board.list(owner);
  const auto job = std::find_if(jobs.begin(), jobs.end(),
                                [&](const JobView& each) { return each.number == number; });
  if (job == jobs.end()) return known(std::nullopt, id);
  Node node = node_of(*job);
  std::erase_if(node.members, [](const Member& member) { return member.key == "reply"; });
  return node;
}

Result<Node> cancel_job(JobBoard& board, const std::string& owner, std::string_view id) {
  return known(board.cancel(owner, number_of(id)), id);
}

Node job_list(const JobBoard& board, const std::string& owner) {
  Node list = Node::list();
  for (const JobView& job : board.list(owner)) list.items.push_back(node_of(job));
  return list;
}

std::string owner_of(const Caller& caller) {
  const platform::Bearer& bearer = caller.bearer;
  return caller.house + "\n" + caller.actor.text + "\n" + to_text(bearer.account) + "\n" +
         (bearer.kind == platform::CredentialKind::kSession ? "" : to_text(bearer.api_key));
}

Node job_list_of_house(const JobBoard& board, std::string_view house) {
  Node list = Node::list();
  for (const JobView& job : board.list_of_all(std::string(house) + "\n"))
    list.items.push_back(node_of(job));
  return list;
}

}  // namespace anlan::api
