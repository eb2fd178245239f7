// Refusals in words, for people (a sentence) and for programs (a tree).
//
// The sentences stand in data/locales/{zh,en}.toml, one table per code name:
//   [out_of_range]
//   rule = "{value} is not between {min} and {max}."
//   fix = "Write a number from {min} to {max}."
// Those of the findings of a wording stand in the table [lint], as [lint.sublimit_above_aggregate].
// {name} is replaced by the argument of that name, or by value, path, file, line or column; {@name}
// looks the argument up in the table [words] first ("whole number" -> "整数"), and where it is a
// list
// ("broker, finance", "a | b") each of its items; {#name} keeps what must be typed and puts the
// word behind it ("customer（企业）"); {?name:text} is its text where the argument is there and not
// empty. A path that stands in no file is shown by its name in the table [path]. Control characters
// of arguments are shown as \u001b, so that no file can drive a terminal.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/lang.h"
#include "base/node.h"
#include "base/result.h"

namespace anlan::formats {

struct Sentence {
  std::string rule;
  std::string fix;
};

struct LanguageSentences {
  std::map<std::string, Sentence, std::less<>> by_code;
  std::map<std::string, std::string, std::less<>> words;
  std::map<std::string, std::string, std::less<>> paths;
};

struct Sentences {
  LanguageSentences zh;
  LanguageSentences en;
  const LanguageSentences& of(Lang lang) const { return lang == Lang::kZh ? zh : en; }
};

// From the trees of the two files. Tables without rule and fix are somebody else's and are passed
// over.
Sentences load_sentences(const Node& zh, const Node& en);
// The names of `groups` of a tree become words, its [path] the names of paths; a word that is there
// already stays.
void add_names(LanguageSentences& language, const Node& tree,
               std::span<const std::string_view> groups);

// "case.json:3:17: policy.sections[2].coins_bp: 10001 is not between 0 and 10000. Fix: ..."; what
// is not known (file, line, path) is left out. Without a sentence of its own a refusal is told by
// its code name and value.
std::string refusal_sentence(const Refusal& refusal, const Sentences& sentences, Lang lang);

// {"error": {"code", "path", "value", "rule", "fix", "zh", "en"}}: rule and fix in `lang`, zh and
// en whole sentences.
Node refusal_node(const Refusal& refusal, const Sentences& sentences, Lang lang);

}  // namespace anlan::formats
