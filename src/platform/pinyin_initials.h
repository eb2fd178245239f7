// First letters of the pinyin of a Chinese text, by which somebody who types Latin letters finds
// it: "nbsl" for a company whose name begins so.
#pragma once

#include <string>
#include <string_view>

namespace anlan::platform {

// One small letter for each character of level 1 of GB/T 2312-1980, the 3,755 usual ones, which
// that standard puts in the order of their pinyin: 23 boundaries say which letter. A character with
// several readings has the one by which it is ordered there. Latin letters and digits stand as they
// are, in lower case. Left out is all else: the 3,008 rarer characters of level 2, which are
// ordered by their strokes, whatever GB/T 2312 does not have, spaces and marks. Empty where the C
// library knows no GB/T 2312.
std::string pinyin_initials(std::string_view text);

}  // namespace anlan::platform
