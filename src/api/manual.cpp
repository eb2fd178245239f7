#include "api/manual.h"

#include <algorithm>

#include "api/help.h"
#include "api/operation.h"
#include "api/refusals.h"
#include "api/version.h"

namespace anlan::api {
namespace {

// As roff shows it: a backslash and a hyphen are commands of its own, a point or an apostrophe at
// the beginning of a line as well.
std::string plain(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out = "\\&";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c == '\n' ? ' ' : c;
    }
  }
  return out;
}

std::string_view first_word(std::string_view name) { return name.substr(0, name.find(' ')); }

std::string_view text_of(Session& session, std::string_view zh, std::string_view en) {
  return session.lang() == Lang::kZh ? zh : en;
}

std::string capitals(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

class Page {
 public:
  Page(Session& session, const std::string& name) : session_(session) {
    out_ =
        ".TH " + plain(capitals(name)) + " 1 \"\" \"anlan " + std::string(kVersion) + "\" Anlan\n";
    // Lines are broken, never spread: a wide gap between two signs of Chinese is no gap.
    out_ += ".nh\n.ad l\n";
  }
  void section(const std::string& title) { out_ += ".SH " + plain(title) + "\n"; }
  void subsection(std::string_view title) { out_ += ".SS " + plain(title) + "\n"; }
  void paragraph(std::string_view text) { out_ += ".PP\n" + plain(text) + "\n"; }
  void item(std::string_view term, std::string_view text) {
    out_ += ".TP\n.B " + plain(term) + "\n" + plain(text) + "\n";
  }
  void line(std::string_view text) { out_ += plain(text) + "\n"; }

  void options(const std::vector<Option>& all) {
    for (const Option& option : all) {
      std::string term =
          option.positional ? std::string(option.value) : "--" + std::string(option.name);
      if (!option.positional && option.kind != OptionKind::kFlag)
        term += " " + std::string(option.value);
      item(term, text_of(session_, option.zh, option.en));
    }
  }

  std::string take() { return std::move(out_); }

 private:
  Session& session_;
  std::string out_;
};

// All first words in the order of help, each once.
std::vector<std::string_view> first_words() {
  std::vector<std::string_view> words;
  for (const Operation& operation : operations()) {
    const std::string_view word = first_word(operation.name);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

std::string main_page(Session& session) {
  Page page(session, "anlan");
  page.section(session.say("man.name"));
  page.line("anlan - " + session.say("man.what"));
  page.section(session.say("man.synopsis"));
  page.line("anlan COMMAND [ACTION] [ARGUMENT...] [--OPTION VALUE...]");
  page.section(session.say("man.commands"));
  for (const std::string_view word : first_words()) {
    std::string actions;
    for (const Operation& operation : operations()) {
      if (first_word(operation.name) != word) continue;
      actions +=
          (actions.empty() ? "" : "; ") + std::string(text_of(session, operation.zh, operation.en));
    }
    page.item(word, actions);
  }
  for (const std::string_view other : other_commands()) {
    page.item(usage_of(other, options_of_other(other)), other_help(session, other));
    page.options(options_of_other(other));
  }
  page.section(session.say("man.options"));
  page.options({global_options().begin(), global_options().end()});
  page.section(session.say("man.exit_status"));
  page.item("0", session.say("man.status_done"));
  page.item("1", session.say("man.status_refused"));
  page.item("2", session.say("man.status_input"));
  page.item("70", session.say("man.status_fault"));
  page.item("75", session.say("man.status_flush"));
  page.section(session.say("man.environment"));
  page.item("LC_ALL, LC_MESSAGES, LANG", session.say("man.locale"));
  page.item("ANLAN_SERVE_*", session.say("man.variables"));
  page.section(session.say("man.see_also"));
  std::string others;
  for (const std::string_view word : first_words())
    others += (others.empty() ? "anlan-" : ", anlan-") + std::string(word) + "(1)";
  page.line(others);
  return page.take();
}

std::string group_page(Session& session, std::string_view word) {
  Page page(session, "anlan-" + std::string(word));
  page.section(session.say("man.name"));
  page.line("anlan-" + std::string(word) + " - " +
            session.say("group." + std::string(help_group(word))));
  page.section(session.say("man.commands"));
  for (const Operation& operation : operations()) {
    if (first_word(operation.name) != word) continue;
    page.subsection(usage_of(operation.name, operation.options));
    page.line(text_of(session, operation.zh, operation.en));
    page.options(operation.options);
  }
  page.section(session.say("man.see_also"));
  page.line("anlan(1)");
  return page.take();
}

}  // namespace

Result<std::string> manual_page(Session& session, const std::vector<std::string>& words) {
  std::string wanted;
  for (std::size_t n = 1; n < words.size(); ++n) {
    if (words[n] != "--man") wanted = words[n];
  }
  if (wanted.empty()) return main_page(session);
  const std::vector<std::string_view> known = first_words();
  if (std::find(known.begin(), known.end(), wanted) != known.end())
    return group_page(session, wanted);
  return Refusal{
      .code = refusals::kUnknownOperation,
      .path = "command",
      .value = wanted,
      .args = {{.name = "nearest", .value = nearest(wanted, {known.begin(), known.end()})}}};
}

}  // namespace anlan::api
