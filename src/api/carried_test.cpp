#include "api/carried.h"

#include <doctest/doctest.h>

#include "house/refusals.h"
#include "platform/refusals.h"
#include "platform/temporary_folder.h"

namespace anlan::api {
namespace {

TEST_CASE("carried: what is not a house's own business, and what works on folders, is not") {
  for (const std::string name : {"policy list", "policy bind", "enterprise register",
                                 "webhook list", "webhook add", "journal show", "print"})
    CHECK_MESSAGE(is_carried(*find_operation(name)), name);
  for (const std::string name :
       {"init", "backup", "restore", "journal verify", "journal head", "doctor", "upgrade",
        "admin key", "wording list", "settle", "product list"})
    CHECK_MESSAGE(!is_carried(*find_operation(name)), name);
}

TEST_CASE("carried: a request and a reply are read as they were written") {
  CarriedRequest request;
  request.words = {"print", "policy", "--policy=pol_1", "--policy=pol_1"};
  request.session.folder = "houses/x";
  request.session.actor = "wang.broker";
  request.session.key = "k";
  request.session.at = "2026-03-01T09:00:00+08:00";
  request.session.lang = Lang::kEn;
  request.session.rehearse = true;
  request.session.files.emplace();
  (*request.session.files)["a.toml"] = std::string("\0\xff\n", 3);
  request.json = true;
  request.pdf = "a.pdf";
  request.outputs.push_back(
      {.name = "out.pdf", .place = platform::OutputPlace::kFile, .bytes = "bytes"});
  const CarriedRequest read = read_carried_request(carried_text(request)).value();
  CHECK(carried_text(read) == carried_text(request));
  CHECK(read.words == request.words);
  CHECK(read.session.files == request.session.files);
  CHECK(read.session.at == request.session.at);
  CHECK(read.outputs.at(0).bytes == "bytes");
  CarriedReply reply;
  reply.printed = {.out = "安澜\n", .err = std::string("\xff", 1), .status = 2};
  reply.missing = "b.toml";
  reply.files.push_back({.name = "out.pdf", .bytes = std::string("\0", 1)});
  const CarriedReply back = read_carried_reply(carried_text(reply)).value();
  CHECK(carried_text(back) == carried_text(reply));
  CHECK(back.printed.err == reply.printed.err);
  CHECK(!read_carried_request("{}").ok());
  CHECK(
      !read_carried_request(R"({"words": [{"word": "x"}], "folder": "x", "lang": "en", "more": 1})")
           .ok());
  CHECK(!read_carried_reply(R"({"status": 0, "out": "?"})").ok());
}

TEST_CASE("carried: names of files are put back before anything is laid out") {
  Session session({}, Library(platform::Artefacts()));
  const std::string there = "there/0123456789abcdef/free/x.pdf";
  const RunWords run = [&](Session&, const std::vector<std::string>&) -> Result<Reply> {
    Reply reply;
    reply.document.paragraph("Written to " + there + std::string(30, 'a') +
                             " and more words behind it.");
    reply.json = Node::table();
    reply.json.add("file", Node::string(there));
    return reply;
  };
  const Invocation plain{.session = {}, .json = false, .pdf = {}, .words = {"x"}};
  const PrintedAnswer answer = print_answer(session, plain, run, {{there, "x.pdf"}});
  CHECK(answer.printed.out.find("Written to x.pdf" + std::string(30, 'a') +
                                " and more words behind it.") != std::string::npos);  // on one line
  Invocation json = plain;
  json.json = true;
  CHECK(print_answer(session, json, run, {{there, "x.pdf"}}).printed.out ==
        "{\n \"file\": \"x.pdf\"\n}\n");
  const Refusal refusal{.code = platform::refusals::kFileExists,
                        .path = "file",
                        .value = there,
                        .args = {{.name = "reason", .value = "at " + there}},
                        .at = {.file = there}};
  const Refusal shown = renamed(refusal, {{there, "x.pdf"}});
  CHECK(shown.value == "x.pdf");
  CHECK(shown.args[0].value == "at x.pdf");
  CHECK(shown.at.file == "x.pdf");
}

}  // namespace
}  // namespace anlan::api
