#include "underwriting/document_facts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/int128.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/share.h"
#include "base/utf8.h"
#include "domain/enterprise.h"

namespace anlan::underwriting {
namespace {

constexpr std::size_t kProposedMax = 500;  // of one document; a person reads each

using namespace domain;

// Full-width signs become their plain ones, letters small, runs of blanks one: what is compared.
// Colons and brackets stay, since they part a label from its figure.
std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    const std::size_t bytes = next.bytes;
    char32_t c = next.valid ? next.value : U' ';
    if (c >= U'\uFF01' && c <= U'\uFF5E') c -= 0xFEE0;
    if (c == U'\u3000' || c == U'\u00A0' || c == U'\t') c = U' ';
    if (c == U'￥') c = U'¥';
    if (c >= U'A' && c <= U'Z') c = c - U'A' + U'a';
    if (c != U' ' || (!out.empty() && out.back() != ' ')) append_code_point(out, c);
    text.remove_prefix(bytes);
  }
  return out;
}

bool has_any(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

void skip_blanks(std::string_view& text) {
  while (take(text, " ")) {
  }
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Scale {
  std::string_view word;
  int zeros;
};
// Longer words first.
constexpr std::array kScales{Scale{"亿", 8},       Scale{"百万", 6},    Scale{"万", 4},
                             Scale{"千", 3},       Scale{"million", 6}, Scale{"billion", 9},
                             Scale{"thousand", 3}, Scale{"bn", 9},      Scale{"mn", 6},
                             Scale{"m", 6},        Scale{"k", 3}};
constexpr std::array<std::string_view, 6> kYuan{"元", "人民币", "rmb", "cny", "yuan", "¥"};
constexpr std::array<std::string_view, 8> kForeign{"usd", "us$",  "$",    "eur",
                                                   "€",   "美元", "欧元", "hkd"};

std::optional<int> take_scale(std::string_view& text) {
  for (const Scale& scale : kScales) {
    std::string_view rest = text;
    if (!take(rest, scale.word)) continue;
    const bool latin = scale.word[0] >= 'a' && scale.word[0] <= 'z';
    if (latin && !rest.empty() && rest[0] >= 'a' && rest[0] <= 'z') continue;
    text = rest;
    return scale.zeros;
  }
  return std::nullopt;
}

// The unit of amounts that a bracket or a line of its own states: zeros of the scale.
std::optional<int> stated_scale(std::string_view text) {
  if (has_any(text, kForeign)) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view rest = text.substr(i);
    if (i > 0 && is_letter(text[i - 1]) && !(static_cast<unsigned char>(text[i]) & 0x80)) continue;
    const auto zeros = take_scale(rest);
    if (zeros) return zeros;
  }
  if (has_any(text, kYuan)) return 0;
  return std::nullopt;
}

struct Figure {
  std::string digits;  // of the whole number, commas dropped
  std::string decimals;
};

std::optional<Figure> take_figure(std::string_view& text) {
  Figure figure;
  while (!text.empty() && (is_digit(text[0]) || text[0] == ',')) {
    if (text[0] == ',' && (text.size() < 2 || !is_digit(text[1]) || figure.digits.empty())) break;
    if (text[0] != ',') figure.digits += text[0];
    text.remove_prefix(1);
  }
  if (figure.digits.empty() || figure.digits.size() > 15) return std::nullopt;
  if (text.size() > 1 && text[0] == '.' && is_digit(text[1])) {
    text.remove_prefix(1);
    while (!text.empty() && is_digit(text[0])) {
      figure.decimals += text[0];
      text.remove_prefix(1);
    }
  }
  return figure;
}

// The figure times 10^zeros as text that canonical_fact_value reads; nothing where a part of the
// smallest unit would be lost.
std::optional<std::string> shifted(const Figure& figure, int zeros, std::size_t decimals_max) {
  std::string decimals = figure.decimals;
  std::string digits = figure.digits;
  for (int i = 0; i < zeros; ++i) {
    digits += decimals.empty() ? '0' : decimals.front();
    if (!decimals.empty()) decimals.erase(0, 1);
  }
  while (decimals.ends_with('0')) decimals.pop_back();
  if (decimals.size() > decimals_max) return std::nullopt;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return decimals.empty() ? digits : digits + "." + decimals;
}

// Words between a label and its figure.
constexpr std::array<std::string_view, 16> kFillers{
    "约为", "约", "为",  "是", "达到",  "达",      "共计",  "共",
    "合计", "is", "was", "of", "about", "approx.", "total", "approximately"};

// Behind a label: brackets (which may state the unit), a colon, filler words. What is left begins
// with the figure, or the label was part of another word.
struct Behind {
  std::string_view rest;
  std::optional<int> scale;
};
std::optional<Behind> behind(std::string_view text) {
  Behind out{.rest = text, .scale = std::nullopt};
  for (;;) {
    skip_blanks(out.rest);
    if (out.rest.empty()) return std::nullopt;
    if (out.rest[0] == '(') {
      const std::size_t end = out.rest.find(')');
      if (end == std::string_view::npos) return std::nullopt;
      const std::string_view inside = out.rest.substr(1, end - 1);
      if (has_any(inside, kForeign)) return std::nullopt;
      if (const auto scale = stated_scale(inside)) out.scale = scale;
      out.rest.remove_prefix(end + 1);
      continue;
    }
    if (take(out.rest, ":") || take(out.rest, "=") || take(out.rest, "|")) continue;
    bool filled = false;
    for (const std::string_view word : kFillers) {
      std::string_view rest = out.rest;
      if (!take(rest, word)) continue;
      const bool latin = word[0] >= 'a' && word[0] <= 'z';
      if (latin && !rest.empty() && rest[0] != ' ' && rest[0] != ':') continue;
      out.rest = rest;
      filled = true;
      break;
    }
    if (!filled) return out;
  }
}

std::optional<std::string> amount_at(Behind at, std::optional<int> page_scale) {
  bool yuan = false;
  for (const std::string_view word : kYuan) {
    if (word != "元" && take(at.rest, word)) yuan = true;
  }
  skip_blanks(at.rest);
  const auto figure = take_figure(at.rest);
  if (!figure) return std::nullopt;
  skip_blanks(at.rest);
  if (at.rest.starts_with('%') || has_any(at.rest.substr(0, 8), kForeign)) return std::nullopt;
  const auto scale = take_scale(at.rest);
  skip_blanks(at.rest);
  const bool yuan_behind = has_any(at.rest.substr(0, 9), kYuan);
  const bool has_unit = yuan || yuan_behind || at.scale || page_scale;
  if (!has_unit) return std::nullopt;
  const int zeros = scale ? *scale : yuan_behind || yuan ? 0 : at.scale ? *at.scale : *page_scale;
  return shifted(*figure, zeros, 2);
}

std::optional<std::string> share_at(Behind at) {
  const auto figure = take_figure(at.rest);
  if (!figure) return std::nullopt;
  skip_blanks(at.rest);
  if (!at.rest.starts_with('%')) return std::nullopt;
  const auto text = shifted(*figure, 0, 4);
  return text ? std::optional(*text + "%") : std::nullopt;
}

std::optional<std::string> count_at(Behind at) {
  const auto figure = take_figure(at.rest);
  if (!figure) return std::nullopt;
  skip_blanks(at.rest);
  if (at.rest.starts_with('%') || at.rest.starts_with('-') || at.rest.starts_with("年"))
    return std::nullopt;
  const auto scale = take_scale(at.rest);
  return shifted(*figure, scale.value_or(0), 0);
}

// "c39", "c3982": a section letter and its digits, and nothing right behind.
std::optional<std::string> sector_at(Behind at) {
  if (at.rest.empty() || at.rest[0] < 'a' || at.rest[0] > 't') return std::nullopt;
  std::string code(1, static_cast<char>(at.rest[0] - 'a' + 'A'));
  at.rest.remove_prefix(1);
  while (!at.rest.empty() && is_digit(at.rest[0])) {
    code += at.rest[0];
    at.rest.remove_prefix(1);
  }
  if (!at.rest.empty() && at.rest[0] >= 'a' && at.rest[0] <= 'z') return std::nullopt;
  return code;
}

struct Label {
  std::string_view fact;
  std::string_view word;
};
// A longer word stands before a shorter one that it holds.
constexpr std::array kLabels{Label{"sector", "国民经济行业代码"},
                             Label{"sector", "国民经济行业分类"},
                             Label{"sector", "行业代码"},
                             Label{"sector", "industry code"},
                             Label{"sector", "sector code"},
                             Label{"online_share", "线上收入占比"},
                             Label{"online_share", "网上销售占比"},
                             Label{"online_share", "线上销售占比"},
                             Label{"online_share", "online share of revenue"},
                             Label{"online_share", "share of online revenue"},
                             Label{"online_share", "online revenue share"},
                             Label{"online_revenue", "线上收入"},
                             Label{"online_revenue", "网上销售额"},
                             Label{"online_revenue", "线上销售额"},
                             Label{"online_revenue", "online revenue"},
                             Label{"online_revenue", "online sales"},
                             Label{"revenue", "年营业收入"},
                             Label{"revenue", "营业收入"},
                             Label{"revenue", "营业总收入"},
                             Label{"revenue", "年营业额"},
                             Label{"revenue", "annual revenue"},
                             Label{"revenue", "total revenue"},
                             Label{"revenue", "annual turnover"},
                             Label{"revenue", "revenue"},
                             Label{"gross_margin", "毛利率"},
                             Label{"gross_margin", "gross margin"},
                             Label{"gross_margin", "gross profit margin"},
                             Label{"employees", "员工总数"},
                             Label{"employees", "员工人数"},
                             Label{"employees", "职工人数"},
                             Label{"employees", "从业人数"},
                             Label{"employees", "在职员工"},
                             Label{"employees", "number of employees"},
                             Label{"employees", "employees"},
                             Label{"employees", "headcount"},
                             Label{"endpoints", "办公电脑"},
                             Label{"endpoints", "终端数量"},
                             Label{"endpoints", "number of endpoints"},
                             Label{"endpoints", "endpoints"},
                             Label{"records", "个人信息条数"},
                             Label{"records", "个人信息数量"},
                             Label{"records", "个人信息记录数"},
                             Label{"records", "personal records"},
                             Label{"records", "number of records"}};

std::optional<std::string> value_at(std::string_view fact, const Behind& at,
                                    std::optional<int> page_scale) {
  if (fact == "sector") return sector_at(at);
  if (fact == "revenue" || fact == "online_revenue") return amount_at(at, page_scale);
  if (fact == "gross_margin" || fact == "online_share") return share_at(at);
  return count_at(at);
}

// ppm of an amount in minor units, half up.
std::string part_of(const std::string& minor, const std::string& ppm) {
  const Int128 product = Int128{std::stoll(minor)} * std::stoll(ppm) + Share::kWhole / 2;
  return std::to_string(static_cast<std::int64_t>(product / Share::kWhole));
}

constexpr std::array<std::string_view, 6> kMfa{"多因素认证", "多因子认证", "双因素认证",
                                               "双因子认证", "mfa",        "multi-factor"};
constexpr std::array<std::string_view, 6> kRemote{"远程", "vpn", "云桌面", "remote", "vdi", "rdp"};
constexpr std::array<std::string_view, 4> kAdmin{"管理员", "特权", "admin", "privileged"};
constexpr std::array<std::string_view, 5> kMail{"邮箱", "邮件", "email", "e-mail", "mailbox"};
constexpr std::array<std::string_view, 9> kAll{"全部", "均已", "全员",  "所有", "全面",
                                               "100%", "all ", "every", "fully"};
constexpr std::array<std::string_view, 12> kPlanned{
    "计划", "拟", "将于", "将在", "考虑", "建议", "应当", "plan", "will ", "should", "intend", "?"};
constexpr std::array<std::string_view, 10> kDenied{"未",   "没有", "尚无", "不具备", "否",
                                                   "not ", "no ",  "none", "n't",    "without"};
constexpr std::array<std::string_view, 2> kBackup{"备份", "backup"};
constexpr std::array<std::string_view, 7> kOffline{"离线",     "不可变",    "不可篡改",  "offline",
                                                   "off-line", "immutable", "air-gapped"};
constexpr std::array<std::string_view, 4> kOffsite{"异地", "offsite", "off-site", "another site"};
struct Frequency {
  std::string_view word;
  std::string_view hours;
};
constexpr std::array kFrequencies{Frequency{"每小时", "1"},  Frequency{"hourly", "1"},
                                  Frequency{"每日", "24"},   Frequency{"每天", "24"},
                                  Frequency{"daily", "24"},  Frequency{"每周", "168"},
                                  Frequency{"weekly", "168"}};

class Proposer {
 public:
  explicit Proposer(const std::vector<TextLine>& lines) : lines_(lines) {}

  std::vector<ProposedItem> run() {
    for (const TextLine& line : lines_) {
      if (line.page != page_) page_scale_.reset();
      page_ = line.page;
      line_ = &line;
      text_ = plain(line.text);
      note_unit();
      credit_codes();
      facts();
      answers();
    }
    return std::move(items_);
  }

 private:
  void add(ProposedKind kind, std::string_view name, const std::string& value) {
    const bool known = std::any_of(items_.begin(), items_.end(), [&](const ProposedItem& item) {
      return item.kind == kind && item.name == name && item.value == value;
    });
    if (known || items_.size() == kProposedMax) return;
    items_.push_back({.kind = kind,
                      .name = std::string(name),
                      .value = value,
                      .page = line_->page,
                      .line = line_->line,
                      .quoted = sha256(bytes_of(line_->text))});
  }

  // "单位：万元" holds for the figures below it on the page.
  void note_unit() {
    for (const std::string_view word : {"单位", "unit", "in rmb"}) {
      const std::size_t at = text_.find(word);
      if (at == std::string::npos) continue;
      const auto scale = stated_scale(std::string_view(text_).substr(at + word.size(), 40));
      if (scale) page_scale_ = scale;
    }
  }

  void credit_codes() {
    constexpr std::size_t kLength = 18;
    for (std::size_t i = 0; i + kLength <= text_.size(); ++i) {
      const std::string_view code = std::string_view(text_).substr(i, kLength);
      const auto part_of_word = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); };
      if (i > 0 && part_of_word(text_[i - 1])) continue;
      if (i + kLength < text_.size() && part_of_word(text_[i + kLength])) continue;
      if (!std::all_of(code.begin(), code.end(), part_of_word)) continue;
      const auto parsed = parse_credit_code(code, "credit_code");
      if (parsed.ok()) add(ProposedKind::kCreditCode, "credit_code", *parsed);
    }
  }

  // Each label's first place in the line that a longer one does not take.
  void facts() {
    std::string left = text_;
    for (const Label& label : kLabels) {
      const std::size_t at = left.find(label.word);
      if (at == std::string::npos) continue;
      const bool latin = label.word[0] >= 'a' && label.word[0] <= 'z';
      const bool inside = latin && at > 0 && left[at - 1] >= 'a' && left[at - 1] <= 'z';
      const std::string_view rest = std::string_view(text_).substr(at + label.word.size());
      const auto where = inside ? std::nullopt : behind(rest);
      left.replace(at, label.word.size(), std::string(label.word.size(), '#'));
      if (!where) continue;
      if (const auto value = value_at(label.fact, *where, page_scale_)) state(label.fact, *value);
    }
  }

  void state(std::string_view fact, const std::string& text) {
    const bool share = fact == "online_share";
    const FactKind* kind = find_fact_kind(share ? "gross_margin" : fact);
    const auto value = canonical_fact_value(*kind, text, fact);
    if (!value.ok()) return;
    if (!share) return add(ProposedKind::kFact, fact, *value);
    // A share says an amount only beside the revenue of the same document.
    const auto revenue = std::find_if(items_.begin(), items_.end(), [](const ProposedItem& item) {
      return item.name == "revenue";
    });
    if (revenue != items_.end())
      add(ProposedKind::kFact, "online_revenue", part_of(revenue->value, *value));
  }

  void answers() {
    if (has_any(text_, kPlanned)) return;
    if (has_any(text_, kMfa)) multi_factor();
    if (has_any(text_, kBackup) && !has_any(text_, kDenied)) backup();
  }

  // A share in the line, "all", or that there is none; anything between says too little.
  void multi_factor() {
    std::optional<std::string> percent;
    const std::size_t sign = text_.find('%');
    if (sign != std::string::npos) {
      std::size_t start = sign;
      while (start > 0 && is_digit(text_[start - 1])) --start;
      const std::string digits = text_.substr(start, sign - start);
      if (!digits.empty() && digits.size() <= 3 && std::stoi(digits) <= 100) percent = digits;
    } else if (has_any(text_, kDenied)) {
      percent = "0";
    } else if (has_any(text_, kAll)) {
      percent = "100";
    }
    if (!percent) return;
    const std::string value = std::to_string(std::stoi(*percent));
    if (has_any(text_, kRemote)) add(ProposedKind::kAnswer, "IAM-01", value);
    if (has_any(text_, kAdmin)) add(ProposedKind::kAnswer, "IAM-02", value);
    if (has_any(text_, kMail)) add(ProposedKind::kAnswer, "IAM-03", value);
  }

  void backup() {
    for (const Frequency& frequency : kFrequencies) {
      if (text_.find(frequency.word) == std::string::npos) continue;
      add(ProposedKind::kAnswer, "BKP-01", std::string(frequency.hours));
      break;
    }
    if (has_any(text_, kOffline)) {
      add(ProposedKind::kAnswer, "BKP-02", "offline_or_immutable");
    } else if (has_any(text_, kOffsite)) {
      add(ProposedKind::kAnswer, "BKP-02", "offsite");
    }
  }

  const std::vector<TextLine>& lines_;
  const TextLine* line_ = nullptr;
  std::string text_;
  std::uint32_t page_ = 0;
  std::optional<int> page_scale_;
  std::vector<ProposedItem> items_;
};

}  // namespace

std::vector<TextLine> text_lines(std::string_view text) {
  std::vector<TextLine> lines;
  std::uint32_t page = 1;
  std::uint32_t line = 1;
  std::string current;
  const auto finish = [&] {
    if (current.find_first_not_of(" \t\r") != std::string::npos)
      lines.push_back({.page = page, .line = line, .text = current});
    current.clear();
  };
  for (const char c : text) {
    if (c == '\n' || c == '\f') {
      finish();
      line = c == '\n' ? line + 1 : 1;
      if (c == '\f') ++page;
    } else {
      current += c;
    }
  }
  finish();
  return lines;
}

std::vector<ProposedItem> proposed_items(const std::vector<TextLine>& lines) {
  return Proposer(lines).run();
}

}  // namespace anlan::underwriting
