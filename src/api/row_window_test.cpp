#include "api/row_window.h"

#include <vector>

#include <doctest/doctest.h>

#include "api/service_reply.h"
#include "formats/json.h"

using namespace anlan;
using namespace anlan::api;

namespace {

std::vector<std::string> all_rows() {
  std::vector<std::string> rows;
  for (int number = 1; number <= 20; ++number) rows.push_back("pol_" + std::to_string(number));
  return rows;
}

bool even(std::string_view row) { return (row.back() - '0') % 2 == 0; }

std::vector<std::string> made(RowWindow window) {
  std::vector<std::string> rows;
  for (const std::string& row : all_rows()) {
    if (window.wants(row)) rows.push_back(row);
  }
  return rows;
}

Node as_list(const std::vector<std::string>& rows) {
  Node list = Node::list();
  for (const std::string& row : rows) {
    Node node = Node::table();
    node.add("id", Node::string(row));
    list.items.push_back(std::move(node));
  }
  return list;
}

}  // namespace

TEST_CASE("row window: of a long list the rows of the page are made, and one more") {
  CHECK(made({"", 3, {}}) == std::vector<std::string>{"pol_1", "pol_2", "pol_3", "pol_4"});
  CHECK(made({"pol_5", 2, {}}) == std::vector<std::string>{"pol_5", "pol_6", "pol_7", "pol_8"});
  CHECK(made({"pol_5", 2, even}) == std::vector<std::string>{"pol_5", "pol_6", "pol_8", "pol_10"});
  CHECK(made({"pol_19", 5, {}}) == std::vector<std::string>{"pol_19", "pol_20"});
  CHECK(made({"pol_99", 5, {}}).empty());
}

TEST_CASE("row window: a page of what it wants is the page of the whole list") {
  const std::vector<std::string> rows = all_rows();
  for (const bool some : {false, true}) {
    const RowWindow::Seen seen = some ? RowWindow::Seen(even) : RowWindow::Seen();
    for (const std::size_t limit : {1U, 2U, 3U, 9U, 10U, 19U, 20U, 21U}) {
      std::vector<std::string> starts{"", "pol_99"};
      starts.insert(starts.end(), rows.begin(), rows.end());
      for (const std::string& after : starts) {
        const Page page{.limit = limit, .after = after};
        const auto whole = paged(as_list(rows), page, seen);
        const auto part = paged(as_list(made({after, limit, seen})), page, seen);
        REQUIRE(whole.ok() == part.ok());
        if (!whole.ok()) {
          CHECK(whole.refusal() == part.refusal());
          continue;
        }
        CHECK(formats::write_json(*whole) == formats::write_json(*part));
      }
    }
  }
}
