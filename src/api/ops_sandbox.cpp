// Operation `sandbox`: a house with a year of business in it, accounts and test keys, for whoever
// builds on the service.
#include "api/demo.h"
#include "api/render.h"
#include "api/test_keys.h"
#include "platform/house_folder.h"

namespace anlan::api {
namespace {

Result<Reply> sandbox(Session& session, NodeReader& options) {
  const std::string folder = options.text("folder");
  if (options.refused()) return options.report().refusal();
  TestAccount account;
  std::string name;
  const auto fill = [&](const platform::HousePaths& paths) -> Result<Done> {
    SessionOptions own;
    own.folder = paths.folder.string() + "/house";
    own.lang = session.lang();
    Session year(own, Library(session.library().artefacts()));
    ANLAN_REQUIRE(run_demo(year, {"demo"}, [](const std::string&) {}));
    ANLAN_TRY(const house::House* house, year.house());
    name = house->opening->name;
    ANLAN_TRY(account,
              make_test_account(paths.folder.string() + "/accounts.db", "sandbox", *house));
    return Done{};
  };
  ANLAN_REQUIRE(platform::build_house_folder(folder, fill));
  Reply reply;
  reply.json = Node::table();
  reply.brief.push_back(session.say("sandbox.made", {{"house", name}, {"folder", folder}}));
  reply.document.paragraph(reply.brief.back());
  tell_account(session, account, name, folder, reply);
  return reply;
}

}  // namespace

std::vector<Operation> sandbox_operations() {
  return {
      {.name = "sandbox",
       .command = "",
       .zh = "建立一个沙箱：一年的业务、账号和每人的测试密钥",
       .en = "make a sandbox: a year of business, an account, a test key for each actor",
       .options = {positional("folder", "FOLDER", "新目录", "a new folder")},
       .run = sandbox,
       .writes = true},
  };
}

}  // namespace anlan::api
