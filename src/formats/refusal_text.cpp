#include "formats/refusal_text.h"

#include <fmt/core.h>

#include "base/utf8.h"

namespace anlan::formats {
namespace {

void add_sentences(const Node& root, LanguageSentences& loaded) {
  for (const Member& member : root.members) {
    const Node* rule = member.value.find("rule");
    const Node* fix = member.value.find("fix");
    if (rule != nullptr && fix != nullptr) {
      loaded.by_code[member.key] = Sentence{.rule = rule->text, .fix = fix->text};
    }
  }
}

LanguageSentences load_language(const Node& root) {
  LanguageSentences loaded;
  add_sentences(root, loaded);
  if (const Node* lint = root.find("lint")) add_sentences(*lint, loaded);
  if (const Node* words = root.find("words")) {
    for (const Member& word : words->members) loaded.words[word.key] = word.value.text;
  }
  return loaded;
}

// C0, DEL and C1 as \u escapes.
std::string shown_safely(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    const bool control = next.value < 0x20 || (next.value >= 0x7F && next.value < 0xA0);
    if (control) {
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(next.value));
    } else {
      append_code_point(out, next.value);
    }
    text.remove_prefix(next.bytes);
  }
  return out;
}

// A list of ours keeps its lines; everything else in it is shown as in any argument.
std::string shown_lines(std::string_view text) {
  std::string out;
  for (;;) {
    const std::size_t end = text.find('\n');
    out += shown_safely(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

std::string argument(const Refusal& refusal, std::string_view name) {
  for (const RefusalArg& arg : refusal.args) {
    if (arg.name == name) return name == "list" ? shown_lines(arg.value) : shown_safely(arg.value);
  }
  if (name == "value") return shown_safely(refusal.value);
  if (name == "path") return shown_safely(refusal.path);
  if (name == "file") return shown_safely(refusal.at.file);
  if (name == "line") return std::to_string(refusal.at.line);
  if (name == "column") return std::to_string(refusal.at.column);
  return "";
}

// Behind the brace that closes the one at `open`; npos where none does.
std::size_t behind_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

std::string word_of(const std::string& value, const LanguageSentences& language) {
  const auto word = language.words.find(value);
  return word == language.words.end() ? std::string() : word->second;
}

// How an argument is shown: as it stands, in words, or as it must be typed with its word.
enum class Showing : unsigned char { kPlain, kWords, kTyped };

std::string shown_item(const std::string& item, Showing showing, const LanguageSentences& language,
                       Lang lang) {
  const std::string word = word_of(item, language);
  if (word.empty() || word == item) return item;
  if (showing == Showing::kWords) return word;
  return lang == Lang::kZh ? item + "（" + word + "）" : item;
}

// A list is shown item by item; a value that is a word as a whole is no list.
std::string shown_list(const std::string& value, Showing showing, const LanguageSentences& language,
                       Lang lang) {
  const bool bars = value.find(" | ") != std::string::npos;
  const std::string_view mark = bars ? " | " : ", ";
  if (showing == Showing::kPlain) return value;
  if (!word_of(value, language).empty() || value.find(mark) == std::string::npos)
    return shown_item(value, showing, language, lang);
  std::string out;
  for (std::string_view rest = value;;) {
    const std::size_t end = std::min(rest.find(mark), rest.size());
    out += shown_item(std::string(rest.substr(0, end)), showing, language, lang);
    if (end == rest.size()) return out;
    out += lang == Lang::kZh ? "、" : ", ";
    rest.remove_prefix(end + mark.size());
  }
}

std::string filled(std::string_view text, const Refusal& refusal, const LanguageSentences& language,
                   Lang lang) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t end = open == std::string_view::npos ? open : behind_brace(text, open);
    if (end == std::string_view::npos) break;
    out += text.substr(at, open - at);
    std::string_view inner = text.substr(open + 1, end - open - 2);
    at = end;
    if (inner.starts_with('?')) {
      const std::size_t colon = inner.find(':');
      const bool is_there = !argument(refusal, inner.substr(1, colon - 1)).empty();
      if (is_there && colon != std::string_view::npos)
        out += filled(inner.substr(colon + 1), refusal, language, lang);
      continue;
    }
    Showing showing = Showing::kPlain;
    if (inner.starts_with('@')) showing = Showing::kWords;
    if (inner.starts_with('#')) showing = Showing::kTyped;
    if (showing != Showing::kPlain) inner.remove_prefix(1);
    out += shown_list(argument(refusal, inner), showing, language, lang);
  }
  return out.append(text.substr(at));
}

// In a Chinese sentence an amount has its unit in Chinese: "150,000.00 CNY" is 150,000.00 元.
std::string in_yuan(std::string text) {
  constexpr std::string_view kCode = " CNY";
  for (std::size_t at = text.find(kCode); at != std::string::npos; at = text.find(kCode, at + 1)) {
    const std::size_t end = at + kCode.size();
    const bool amount = at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
    const bool whole = text[end] < 'A' || text[end] > 'Z';
    if (!amount || !whole) continue;
    const bool blank = text[end] == ' ';  // of the sentence: none stands behind a Chinese word
    text.replace(at + 1, kCode.size() - 1 + (blank ? 1 : 0), "元");
  }
  return text;
}

struct Told {
  std::string rule;
  std::string fix;
};

Told told(const Refusal& refusal, const LanguageSentences& language, Lang lang) {
  const auto found = language.by_code.find(refusal.code.name);
  if (found == language.by_code.end()) {
    const std::string value = shown_safely(refusal.value);
    return {.rule = std::string(refusal.code.name) + (value.empty() ? "" : " (" + value + ")"),
            .fix = ""};
  }
  Told words{.rule = filled(found->second.rule, refusal, language, lang),
             .fix = filled(found->second.fix, refusal, language, lang)};
  if (lang != Lang::kZh) return words;
  return {.rule = in_yuan(std::move(words.rule)), .fix = in_yuan(std::move(words.fix))};
}

}  // namespace

void add_names(LanguageSentences& language, const Node& tree,
               std::span<const std::string_view> groups) {
  for (const std::string_view group : groups) {
    const Node* names = tree.find(group);
    if (!names) continue;
    for (const Member& name : names->members) language.words.emplace(name.key, name.value.text);
  }
  const Node* paths = tree.find("path");
  if (!paths) return;
  for (const Member& path : paths->members) language.paths.emplace(path.key, path.value.text);
}

Sentences load_sentences(const Node& zh, const Node& en) {
  return Sentences{.zh = load_language(zh), .en = load_language(en)};
}

std::string refusal_sentence(const Refusal& refusal, const Sentences& sentences, Lang lang) {
  const Told words = told(refusal, sentences.of(lang), lang);
  const bool zh = lang == Lang::kZh;
  const std::string_view colon = zh ? "：" : ": ";
  std::string out = shown_safely(refusal.at.file);
  if (!out.empty() && refusal.at.line > 0) {
    out += ":" + std::to_string(refusal.at.line);
    if (refusal.at.column > 0) out += ":" + std::to_string(refusal.at.column);
  }
  if (!out.empty()) out += colon;
  const auto name = refusal.at.file.empty() ? sentences.of(lang).paths.find(refusal.path)
                                            : sentences.of(lang).paths.end();
  const bool named = name != sentences.of(lang).paths.end();
  if (!refusal.path.empty())
    out.append(named ? name->second : shown_safely(refusal.path)).append(colon);
  out += words.rule;
  if (!words.fix.empty()) out.append(zh ? "改法：" : " Fix: ").append(words.fix);
  return out;
}

Node refusal_node(const Refusal& refusal, const Sentences& sentences, Lang lang) {
  const Told words = told(refusal, sentences.of(lang), lang);
  Node error = Node::table();
  error.add("code", Node::string(refusal.code.name));
  error.add("path", Node::string(refusal.path));
  error.add("value", Node::string(refusal.value));
  error.add("rule", Node::string(words.rule));
  error.add("fix", Node::string(words.fix));
  error.add("zh", Node::string(refusal_sentence(refusal, sentences, Lang::kZh)));
  error.add("en", Node::string(refusal_sentence(refusal, sentences, Lang::kEn)));
  Node root = Node::table();
  root.add("error", std::move(error));
  return root;
}

}  // namespace anlan::formats
