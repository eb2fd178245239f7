// Codes that a wording refers to: perils, and heads of the coverage taxonomy. Each check refuses an
// unknown code and names the nearest one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/node_reader.h"
#include "terms/terms.h"

namespace anlan::terms {

struct WordTag {};  // a word that conditions and causes share with claims

// Whether the codes of all sections of the policy could be read: else a rule about a section that
// is not there would only follow from that.
bool sections_are_read(const ReadReport& report);

// kPerilUnknown, args peril, nearest.
void check_perils(NodeReader& reader, std::string_view key, const std::vector<std::string>& codes);

// kHeadUnknown, args head, nearest. True: a head of the taxonomy.
bool check_head(NodeReader& reader, std::string_view key, const std::string& head);

// Heads that the policy insures: a rule about another could never act. Also kHeadNotInsured, args
// head.
void check_heads(NodeReader& reader, const std::vector<std::string>& heads, const Terms& terms,
                 std::string_view key = "heads");

// Two capital letters each (ISO 3166-1 alpha-2); `any` allows "*". kCountryMalformed, args country.
void check_countries(NodeReader& reader, std::string_view key,
                     const std::vector<std::string>& countries, bool any = false);

// Whether the head is one of the codes or below one.
bool names_head(const std::vector<std::string>& codes, std::string_view head);

bool has_word(const std::vector<std::string>& words, std::string_view word);
void add_word_once(std::vector<std::string>& words, const std::string& word);

}  // namespace anlan::terms
