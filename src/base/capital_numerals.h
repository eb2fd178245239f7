// Amounts in Chinese capital numerals, as they stand beside figures on instruments that must not be
// altered: 人民币肆拾万元整.
#pragma once

#include <string>

#include "base/money.h"

namespace anlan {

// The currency, then the amount. Rules: Payment and Settlement Measures of the People's Bank of
// China 1997 (Yinfa [1997] 393), annex 1, articles 1 to 4: 壹 to 玖, 拾佰仟万亿, 元角分; 整 after
// 元 and after 角, not after 分; one 零 for zeros between two digits, also between 元 and 分; where
// the digit of 万 or of 元 is zero and the next one is not, 零 stands after 元 and not after 万
// (107,000.53 is 壹拾万柒仟元零伍角叁分, the first of the two ways that article 4 (3) allows). A
// negative amount has 负 before its digits. Exact for every amount of Money.
std::string capital_numerals(Money amount);

}  // namespace anlan
