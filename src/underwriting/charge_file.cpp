#include "underwriting/charge_file.h"

#include "base/node_reader.h"
#include "base/refusals.h"

namespace anlan::underwriting {
namespace {

constexpr std::int64_t kDaysMax = 365;

void note(NodeReader& table, std::string key, ChargeFile& out) {
  out.sources.push_back({.load = std::move(key),
                         .status = table.choice<LoadStatus>("status"),
                         .source = table.text("source")});
  table.finish();
}

Share share_of(NodeReader& file, const std::string& key, ChargeFile& out) {
  NodeReader table = file.table(key);
  const Share share = table.percent("share");
  note(table, key, out);
  return share;
}

void read_days(NodeReader table, ChargeFile& out) {
  std::int64_t before = 0;
  const auto days = [&](std::string_view key) {
    before = table.whole(key, before, kDaysMax);
    return static_cast<std::int32_t>(before);
  };
  out.first_reminder = days("first_reminder");
  out.second_reminder = days("second_reminder");
  out.lapse_warning = days("lapse_warning");
  note(table, "dunning", out);
}

}  // namespace

Result<ChargeFile> read_charge_file(const Node& root, const PriceLoads& loads,
                                    std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "charges");
  ChargeFile out;
  domain::ChargeTerms all{.vat = loads.vat, .levy = loads.guarantee_fund};
  all.commission = share_of(reader, "commission", out);
  all.cession = share_of(reader, "cession", out);
  all.ceding_commission = share_of(reader, "ceding_commission", out);
  out.terms.push_back(all);
  for (NodeReader& item : reader.list_or_empty("products")) {
    domain::ChargeTerms own = all;
    own.product = item.name<domain::ProductTag>("product");
    own.commission = item.percent("commission");
    note(item, "commission " + own.product.text, out);
    out.terms.push_back(own);
  }
  read_days(reader.table("dunning"), out);
  reader.finish();
  return report.result(std::move(out));
}

}  // namespace anlan::underwriting
