#include "terms/quantities.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/int128.h"
#include "base/utf8.h"

namespace anlan::terms {
namespace {

constexpr std::int64_t kQuantityMax = 1'000'000'000'000'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

std::int64_t capped(Int128 value) {
  return static_cast<std::int64_t>(std::min<Int128>(value, kQuantityMax));
}

struct Word {
  std::string_view text;
  std::int64_t value;
};

// What a Chinese numeral is: a digit, or a power of ten; 0 bytes: none.
struct Numeral {
  std::int64_t digit = -1;
  std::int64_t power = 0;
  std::size_t bytes = 0;
};

Numeral numeral_at(std::string_view text) {
  constexpr std::size_t kBytes = 3;  // of each of them
  // No numeral starts with another byte.
  if (text.size() < kBytes || static_cast<unsigned char>(text[0]) < 0xE3) return {};
  const auto digit = [](std::int64_t value) { return Numeral{value, 0, kBytes}; };
  const auto power = [](std::int64_t value) { return Numeral{-1, value, kBytes}; };
  switch (first_code_point(text).value) {
    case U'〇':
    case U'零':
      return digit(0);
    case U'一':
    case U'壹':
      return digit(1);
    case U'二':
    case U'两':
    case U'贰':
      return digit(2);
    case U'三':
    case U'叁':
      return digit(3);
    case U'四':
    case U'肆':
      return digit(4);
    case U'五':
    case U'伍':
      return digit(5);
    case U'六':
    case U'陆':
      return digit(6);
    case U'七':
    case U'柒':
      return digit(7);
    case U'八':
    case U'捌':
      return digit(8);
    case U'九':
    case U'玖':
      return digit(9);
    case U'十':
    case U'拾':
      return power(10);
    case U'百':
    case U'佰':
      return power(100);
    case U'千':
    case U'仟':
      return power(1000);
    case U'万':
      return power(10'000);
    case U'亿':
      return power(100'000'000);
    default:
      return {};
  }
}

constexpr std::array kEnglishNumbers{
    Word{"one", 1},        Word{"two", 2},       Word{"three", 3},     Word{"four", 4},
    Word{"five", 5},       Word{"six", 6},       Word{"seven", 7},     Word{"eight", 8},
    Word{"nine", 9},       Word{"ten", 10},      Word{"eleven", 11},   Word{"twelve", 12},
    Word{"thirteen", 13},  Word{"fourteen", 14}, Word{"fifteen", 15},  Word{"sixteen", 16},
    Word{"seventeen", 17}, Word{"eighteen", 18}, Word{"nineteen", 19}, Word{"twenty", 20},
    Word{"thirty", 30},    Word{"forty", 40},    Word{"fifty", 50},    Word{"sixty", 60},
    Word{"seventy", 70},   Word{"eighty", 80},   Word{"ninety", 90}};
constexpr std::array kEnglishPowers{Word{"hundred", 100}, Word{"thousand", 1000},
                                    Word{"million", 1000000}, Word{"billion", 1000000000}};

std::string_view lower_word(std::string_view text, std::string& out) {
  out.clear();
  for (const char c : text) {
    if (!is_letter(c)) break;
    out.push_back(is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

template <std::size_t N>
const Word* whole_word(const std::array<Word, N>& words, std::string_view lower) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const Word& word) { return word.text == lower; });
  return found != words.end() ? &*found : nullptr;
}

// A number as read: its value and the bytes it takes; none: no number starts here.
struct Number {
  std::int64_t value = 0;  // ten-thousandths
  std::size_t bytes = 0;
};

// "400,000.00": a comma counts only between digits; decimals beyond four are passed over.
Number digits(std::string_view text) {
  Number out;
  Int128 value = 0;
  std::int64_t place = 0;  // 0: before the point
  while (out.bytes < text.size()) {
    const char c = text[out.bytes];
    const bool next_digit = out.bytes + 1 < text.size() && is_digit(text[out.bytes + 1]);
    if (is_digit(c)) {
      if (place == 0)
        value = std::min<Int128>(value * 10 + (c - '0') * kQuantityScale,
                                 static_cast<Int128>(kQuantityMax) * 10);
      if (place > 1) value += (c - '0') * (place /= 10);
    } else if (c == '.' && place == 0 && next_digit) {
      place = kQuantityScale;
    } else if (c != ',' || place != 0 || !next_digit) {
      break;
    }
    ++out.bytes;
  }
  out.value = capped(value);
  return out;
}

// "四十", "肆拾万", "一百二十".
Number chinese_words(std::string_view text) {
  Number out;
  Int128 total = 0;    // of 万 and 亿
  Int128 section = 0;  // below 万
  std::int64_t digit = -1;
  for (;;) {
    const Numeral found = numeral_at(text.substr(out.bytes));
    if (found.bytes == 0) break;
    if (found.digit >= 0) {
      digit = found.digit;
    } else if (out.bytes == 0 && found.power != 10) {
      break;  // 百 and 万 alone are no numbers
    } else {
      if (found.power >= 10'000) {
        total = (total + section + std::max<std::int64_t>(digit, 0)) * found.power;
        section = 0;
      } else {
        section += (digit < 0 ? 1 : digit) * static_cast<Int128>(found.power);
      }
      total = std::min<Int128>(total, kQuantityMax);
      section = std::min<Int128>(section, kQuantityMax);
      digit = -1;
    }
    out.bytes += found.bytes;
  }
  out.value = capped((total + section + std::max<std::int64_t>(digit, 0)) * kQuantityScale);
  return out;
}

// "eight", "twenty-four", "one hundred".
Number english_words(std::string_view text) {
  Number out;
  Int128 total = 0;
  std::string lower;
  for (;;) {
    std::size_t at = out.bytes;
    if (at > 0 && at < text.size() && (text[at] == ' ' || text[at] == '-')) ++at;
    const std::string_view word = lower_word(text.substr(at), lower);
    const Word* number = whole_word(kEnglishNumbers, word);
    const Word* power = at > 0 ? whole_word(kEnglishPowers, word) : nullptr;
    if (!number && !power) break;
    total = std::min<Int128>(number ? total + number->value : total * power->value, kQuantityMax);
    out.bytes = at + word.size();
  }
  out.value = capped(total * kQuantityScale);
  return out;
}

std::size_t blanks(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

struct Unit {
  std::string_view text;
  QuantityUnit unit;
  std::int64_t times;
};
constexpr std::array kChineseUnits{
    Unit{"元", QuantityUnit::kMoney, 1},       Unit{"圆", QuantityUnit::kMoney, 1},
    Unit{"美元", QuantityUnit::kMoney, 1},     Unit{"欧元", QuantityUnit::kMoney, 1},
    Unit{"港元", QuantityUnit::kMoney, 1},     Unit{"日元", QuantityUnit::kMoney, 1},
    Unit{"个小时", QuantityUnit::kTime, 1},    Unit{"小时", QuantityUnit::kTime, 1},
    Unit{"个工作日", QuantityUnit::kTime, 24}, Unit{"工作日", QuantityUnit::kTime, 24},
    Unit{"个自然日", QuantityUnit::kTime, 24}, Unit{"自然日", QuantityUnit::kTime, 24},
    Unit{"日", QuantityUnit::kTime, 24},       Unit{"天", QuantityUnit::kTime, 24},
    Unit{"%", QuantityUnit::kShare, 1},        Unit{"％", QuantityUnit::kShare, 1},
    Unit{"个百分点", QuantityUnit::kShare, 1}};
constexpr std::array kEnglishUnits{
    Unit{"hour", QuantityUnit::kTime, 1},     Unit{"hours", QuantityUnit::kTime, 1},
    Unit{"day", QuantityUnit::kTime, 24},     Unit{"days", QuantityUnit::kTime, 24},
    Unit{"percent", QuantityUnit::kShare, 1}, Unit{"yuan", QuantityUnit::kMoney, 1},
    Unit{"cny", QuantityUnit::kMoney, 1},     Unit{"rmb", QuantityUnit::kMoney, 1},
    Unit{"usd", QuantityUnit::kMoney, 1},     Unit{"eur", QuantityUnit::kMoney, 1}};
// Between a number and its unit.
constexpr std::array<std::string_view, 5> kEnglishBetween{"consecutive", "calendar", "working",
                                                          "business", "full"};

bool behind_currency(std::string_view before) {
  while (before.ends_with(' ')) before.remove_suffix(1);
  for (const std::string_view sign : {"人民币", "¥", "￥", "$", "€"}) {
    if (before.ends_with(sign)) return true;
  }
  for (const std::string_view code : {"CNY", "RMB", "USD", "EUR", "HKD", "JPY", "GBP"}) {
    if (!before.ends_with(code)) continue;
    return before.size() == code.size() || !is_letter(before[before.size() - code.size() - 1]);
  }
  return false;
}

class Scanner {
 public:
  Scanner(std::string_view text, Lang lang) : text_(text), lang_(lang) {}

  std::vector<Quantity> run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t next = lang_ == Lang::kZh ? chinese(at) : english(at);
      at = next > at ? next : at + first_code_point(text_.substr(at)).bytes;
    }
    return std::move(found_);
  }

 private:
  void add(QuantityUnit unit, Int128 value, std::size_t from, std::size_t to) {
    found_.push_back({.unit = unit,
                      .value = capped(value),
                      .at = from,
                      .text = std::string(text_.substr(from, to - from))});
  }

  // Behind the number that starts at `at`, with its unit where it has one; `at`: no number.
  std::size_t chinese(std::size_t at) {
    constexpr std::string_view kPercentOf = "百分之";
    const bool share = text_.substr(at).starts_with(kPercentOf);
    const std::size_t start = share ? at + kPercentOf.size() : at;
    const std::string_view text = text_.substr(start);
    const bool plain = !text.empty() && is_digit(text[0]);
    Number number = plain ? digits(text) : chinese_words(text);
    if (number.bytes == 0) return at;
    Int128 value = number.value;
    std::size_t end = start + number.bytes;
    if (share) return add(QuantityUnit::kShare, value, at, end), end;
    std::size_t unit_at = end + blanks(text_.substr(end));
    for (Numeral found = numeral_at(text_.substr(unit_at)); found.power > 0;
         found = numeral_at(text_.substr(unit_at))) {
      value = std::min<Int128>(value * found.power, kQuantityMax);
      unit_at += found.bytes;
      end = unit_at;
    }
    unit_at = end + blanks(text_.substr(end));
    std::string_view before = text_.substr(0, at);
    while (before.ends_with(' ')) before.remove_suffix(1);
    const bool date = before.ends_with("月");
    for (const Unit& unit : kChineseUnits) {
      if (!text_.substr(unit_at).starts_with(unit.text) || (date && unit.text == "日")) continue;
      end = unit_at + unit.text.size();
      return add(unit.unit, value * unit.times, at, end), end;
    }
    if (plain && behind_currency(text_.substr(0, at))) add(QuantityUnit::kMoney, value, at, end);
    return end;
  }

  std::size_t english(std::size_t at) {
    const bool inside = at > 0 && is_letter(text_[at - 1]);
    const std::string_view text = text_.substr(at);
    const Number number = inside              ? Number{}
                          : is_digit(text[0]) ? digits(text)
                                              : english_words(text);
    if (number.bytes == 0) return at;
    Int128 value = number.value;
    std::size_t end = at + number.bytes;
    std::string lower;
    std::size_t word_at = next_word(end);
    if (const Word* power = whole_word(kEnglishPowers, lower_word(text_.substr(word_at), lower))) {
      value = std::min<Int128>(value * power->value, kQuantityMax);
      end = word_at + power->text.size();
      word_at = next_word(end);
    }
    lower_word(text_.substr(word_at), lower);
    if (std::find(kEnglishBetween.begin(), kEnglishBetween.end(), lower) != kEnglishBetween.end()) {
      word_at = next_word(word_at + lower.size());
      lower_word(text_.substr(word_at), lower);
    }
    if (text_.substr(word_at).starts_with("%"))
      return add(QuantityUnit::kShare, value, at, word_at + 1), word_at + 1;
    if (text_.substr(word_at).starts_with("per cent"))
      return add(QuantityUnit::kShare, value, at, word_at + 8), word_at + 8;
    for (const Unit& unit : kEnglishUnits) {
      if (lower != unit.text) continue;
      const std::size_t behind = word_at + unit.text.size();
      return add(unit.unit, value * unit.times, at, behind), behind;
    }
    if (behind_currency(text_.substr(0, at))) add(QuantityUnit::kMoney, value, at, end);
    return end;
  }

  // Behind one blank or hyphen.
  std::size_t next_word(std::size_t at) const {
    const bool gap = at < text_.size() && (text_[at] == ' ' || text_[at] == '-');
    return gap ? at + 1 : at;
  }

  std::string_view text_;
  Lang lang_;
  std::vector<Quantity> found_;
};

}  // namespace

std::vector<Quantity> quantities_in(std::string_view text, Lang lang) {
  return Scanner(text, lang).run();
}

}  // namespace anlan::terms
