// The small grammar of the column options_or_unit: what the parts of an answer may be.
#pragma once

#include <string_view>
#include <vector>

#include "protection/questionnaire.h"

namespace anlan::protection {

// The grammar stands at read_questionnaire. Refuses kOptionsMalformed with args expected: what the
// answer type or the grammar asks for.
Result<std::vector<AnswerPart>> parse_answer_parts(AnswerType type, std::string_view options,
                                                   std::string_view path);

}  // namespace anlan::protection
