#include "domain/enterprise.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/money.h"
#include "base/refusals.h"
#include "base/share.h"
#include "base/utf8.h"
#include "domain/refusals.h"
#include "domain/sector.h"

namespace anlan::domain {
namespace {

constexpr std::size_t kTextMax = 1000;  // code points of a text fact: a list of providers fits
constexpr std::size_t kShownMax = 80;   // code points of a value in a refusal: one line

// Upper bounds are assumptions: above every company that one policy of this system could cover.
constexpr std::int64_t kPeopleMax = 10'000'000;
constexpr std::int64_t kDevicesMax = 10'000'000;
constexpr std::int64_t kRecordsMax = 10'000'000'000;

constexpr std::array kFacts{
    FactKind{"sector", FactType::kSector, true, 0, 0,
             "属于哪个行业？（GB/T 4754 门类字母加代码，如 C39）",
             "Which sector? (GB/T 4754 section letter and code, e.g. C39)"},
    FactKind{"region", FactType::kRegion, true, 0, 0,
             "注册地的行政区划代码？（GB/T 2260，如宁波 3302）",
             "Where is it registered? (GB/T 2260 region code, e.g. 3302 for Ningbo)"},
    FactKind{"revenue", FactType::kMoney, true, 0, kAmountMax, "上一年度营业收入是多少元？",
             "What was last year's revenue, in yuan?"},
    FactKind{"gross_margin", FactType::kShare, false, 0, Share::kWhole, "毛利率是百分之几？",
             "What is the gross margin, in percent of revenue?"},
    FactKind{"employees", FactType::kCount, true, 1, kPeopleMax, "有多少名员工？",
             "How many people work there?"},
    FactKind{"it_dependence", FactType::kShare, false, 0, Share::kWhole,
             "信息系统停了，营业收入会停掉百分之几？",
             "Which share of revenue stops when the IT stops, in percent?"},
    FactKind{"online_revenue", FactType::kMoney, false, 0, kAmountMax,
             "其中通过自有网站或线上商城取得的年收入是多少元？",
             "How much of the revenue is earned through own web shops, in yuan a year?"},
    FactKind{"endpoints", FactType::kCount, true, 0, kDevicesMax, "有多少台办公电脑和笔记本？",
             "How many desktop and laptop computers are in use?"},
    FactKind{"servers", FactType::kCount, false, 0, kDevicesMax, "有多少台服务器（含云主机）？",
             "How many servers are in use, cloud instances included?"},
    FactKind{"ot_lines", FactType::kCount, false, 0, kDevicesMax, "有多少条由计算机控制的生产线？",
             "How many production lines are controlled by computers?"},
    FactKind{"records", FactType::kCount, false, 0, kRecordsMax, "保存了多少人的个人信息（条）？",
             "Of how many people is personal information held?"},
    FactKind{"sensitive_records", FactType::kCount, false, 0, kRecordsMax,
             "其中敏感个人信息有多少条？", "Of them, how many are sensitive records?"},
    FactKind{
        "providers", FactType::kText, false, 0, 0,
        "依赖哪些云、软件服务、外包运维、邮件和支付服务商？",
        "Which cloud, software, managed-service, mail and payment providers does it depend on?"},
    FactKind{"cii_operator", FactType::kFlag, false, 0, 0, "是否为关键信息基础设施运营者？",
             "Is it an operator of critical information infrastructure?"},
    FactKind{"other_cyber_sum_insured", FactType::kMoney, false, 0, kAmountMax,
             "其他网络安全保险的保险金额合计多少元？（没有填 0）",
             "What is the total sum insured of other cyber policies, in yuan? (0 if none)"},
    FactKind{
        "incidents_36m", FactType::kCount, true, 0, 1'000,
        "近 36 个月本企业系统发生过几次网络安全事件？（攻击、数据泄露、资金诈骗、内部滥用、系统"
        "故障均计入，供应商或云服务商的中断不计）",
        "How many incidents hit its own systems in the last 36 months (attacks, stolen data, funds "
        "fraud, abuse by insiders, failures of its own systems; not outages at a supplier or "
        "cloud)?"},
};

// First two digits of GB/T 2260: the province-level divisions.
constexpr std::string_view kProvinces =
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

Refusal refuse(RefusalCode code, std::string_view path, std::string_view text,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = shortened(text, kShownMax),
                 .args = std::move(args),
                 .at = {}};
}

std::vector<RefusalArg> range_args(std::string minimum, std::string maximum) {
  return {{.name = "min", .value = std::move(minimum)},
          {.name = "max", .value = std::move(maximum)}};
}

Result<std::string> canonical_count(const FactKind& kind, std::string_view text,
                                    std::string_view path) {
  if (!are_digits(text)) return refuse(kCountMalformed, path, text);
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < kind.minimum || count > kind.maximum) {
    return refuse(refusals::kOutOfRange, path, text,
                  range_args(std::to_string(kind.minimum), std::to_string(kind.maximum)));
  }
  return std::to_string(count);
}

// Percent with at most four decimals is ppm exactly.
Result<std::string> canonical_share(std::string_view text, std::string_view path) {
  std::string_view digits = text;
  if (digits.ends_with('%')) digits.remove_suffix(1);
  if (digits.size() < text.size() && digits.ends_with(' ')) digits.remove_suffix(1);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::string decimals(digits.substr(std::min(point + 1, digits.size())));
  const std::string_view whole = digits.substr(0, point);
  const bool is_formed = are_digits(whole) && whole.size() <= 9 && decimals.size() <= 4 &&
                         (point == digits.size() || are_digits(decimals));
  if (!is_formed) return refuse(refusals::kShareMalformed, path, text);
  decimals.resize(4, '0');
  const std::int64_t ppm = std::stoll(std::string(whole) + decimals);
  if (ppm > Share::kWhole) {
    return refuse(refusals::kOutOfRange, path, text, range_args("0 %", "100 %"));
  }
  return std::to_string(ppm);
}

Result<std::string> canonical_flag(std::string_view text, std::string_view path) {
  if (text == "yes" || text == "true" || text == "是") return std::string("yes");
  if (text == "no" || text == "false" || text == "否") return std::string("no");
  return refuse(refusals::kUnknownChoice, path, text,
                {{.name = "choices", .value = "yes | no"}, {.name = "nearest", .value = ""}});
}

Result<std::string> canonical_region(std::string_view text, std::string_view path) {
  const bool has_length = text.size() == 2 || text.size() == 4 || text.size() == 6;
  if (!has_length || !are_digits(text) ||
      kProvinces.find(text.substr(0, 2)) == std::string_view::npos) {
    return refuse(kRegionMalformed, path, text);
  }
  std::string region(text);
  region.resize(6, '0');
  return region;
}

// One line of UTF-8 without control characters.
Result<std::string> canonical_text(std::string_view text, std::string_view path) {
  if (text.empty()) return refuse(refusals::kEmptyText, path, text);
  if (count_code_points(text) > kTextMax) {
    return refuse(refusals::kTextTooLong, path, text,
                  {{.name = "max", .value = std::to_string(kTextMax)}});
  }
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint next = first_code_point(rest);
    if (!next.valid || next.value < U' ' || next.value == U'\u007F') {
      return refuse(kTextMalformed, path, text);
    }
    rest.remove_prefix(next.bytes);
  }
  return std::string(text);
}

Result<std::string> canonical_money(std::string_view text, std::string_view path) {
  ANLAN_TRY(const Money amount, parse_money(text, Currency::kCny, path));
  return std::to_string(amount.minor());
}

// GB 32100-2015, table of characters: 31, without I O S V Z.
constexpr std::string_view kCreditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t kCreditLength = 18;

// GB 32100-2015, 4.7: C18 = 31 - sum of Ci x 3^(i-1) mod 31 over the first 17; 31 counts as 0.
char credit_check_character(std::string_view code) {
  std::size_t sum = 0;
  std::size_t weight = 1;
  for (std::size_t i = 0; i + 1 < kCreditLength; ++i) {
    sum += kCreditCharacters.find(code[i]) * weight;
    weight = weight * 3 % 31;
  }
  return kCreditCharacters[(31 - sum % 31) % 31];
}

}  // namespace

std::span<const FactKind> fact_kinds() { return kFacts; }

const FactKind* find_fact_kind(std::string_view name) {
  const auto* const found = std::find_if(kFacts.begin(), kFacts.end(),
                                         [&](const FactKind& kind) { return kind.name == name; });
  return found == kFacts.end() ? nullptr : &*found;
}

const Fact* find_fact(const std::vector<Fact>& facts, std::string_view name) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const Fact& fact) { return fact.name.text == name; });
  return found == facts.end() ? nullptr : &*found;
}

Result<std::string> canonical_fact_value(const FactKind& kind, std::string_view text,
                                         std::string_view path) {
  switch (kind.type) {
    case FactType::kMoney:
      return canonical_money(text, path);
    case FactType::kShare:
      return canonical_share(text, path);
    case FactType::kCount:
      return canonical_count(kind, text, path);
    case FactType::kText:
      return canonical_text(text, path);
    case FactType::kSector:
      return parse_sector(text, path);
    case FactType::kFlag:
      return canonical_flag(text, path);
    case FactType::kRegion:
      return canonical_region(text, path);
  }
  check_failed("a type of fact", __FILE__, __LINE__);
}

Result<std::string> parse_credit_code(std::string_view text, std::string_view path) {
  std::string code(text);
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const bool is_formed =
      code.size() == kCreditLength &&
      code.find_first_not_of(kCreditCharacters) == std::string::npos &&
      are_digits(std::string_view(code).substr(2, 6));  // the registering authority's region
  if (!is_formed) return refuse(kCreditCodeMalformed, path, text);
  const char expected = credit_check_character(code);
  if (code.back() == expected) return code;
  return refuse(kCreditCodeCheckDigit, path, text,
                {{.name = "expected", .value = std::string(1, expected)}});
}

}  // namespace anlan::domain
