#include "api/completion.h"

#include <algorithm>
#include <map>

#include "api/help.h"
#include "api/operation.h"
#include "base/refusals.h"

namespace anlan::api {
namespace {

// One command as a shell sees it.
struct Known {
  std::string name;  // "claim adjudicate"; "": what holds for all
  std::vector<Option> options;
};

std::vector<Known> known_commands() {
  std::vector<Known> all;
  for (const Operation& operation : operations())
    all.push_back({.name = std::string(operation.name), .options = operation.options});
  for (const std::string_view other : other_commands())
    all.push_back({.name = std::string(other), .options = options_of_other(other)});
  return all;
}

// The words that may follow each beginning of a name: "" -> "claim policy ...", in order.
std::map<std::string, std::vector<std::string>> following(const std::vector<Known>& all) {
  std::map<std::string, std::vector<std::string>> words;
  for (const Known& each : all) {
    std::string before;
    std::string rest = each.name;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      const std::string word = rest.substr(0, end);
      std::vector<std::string>& next = words[before];
      if (std::find(next.begin(), next.end(), word) == next.end()) next.push_back(word);
      before += (before.empty() ? "" : " ") + word;
      rest.erase(0, end + 1);
    }
  }
  return words;
}

bool takes_value(const Option& option) { return option.kind != OptionKind::kFlag; }
bool is_path(const Option& option) {
  return option.value == "FILE" || option.value == "DIR" || option.value == "HOUSE" ||
         option.value == "PATH";
}
// "customer|government" as it stands in help; empty: any text.
std::vector<std::string> choices_of(const Option& option) {
  std::vector<std::string> choices;
  std::string_view rest = option.value;
  if (rest.find('|') == std::string_view::npos) return choices;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    std::string_view word = rest.substr(0, end);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    choices.emplace_back(word);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return choices;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string option_words(const std::vector<Option>& options) {
  std::vector<std::string> words;
  for (const Option& option : options) {
    if (!option.positional) words.push_back("--" + std::string(option.name));
  }
  return joined(words);
}

// A value of an option, and of the argument that stands without its name ("=").
void add_values(std::string& out, const Known& command) {
  for (const Option& option : command.options) {
    const std::string key =
        command.name + ":" + (option.positional ? "=" : "--" + std::string(option.name));
    const std::vector<std::string> choices = choices_of(option);
    const std::string says = is_path(option) ? "@files" : joined(choices);
    if (takes_value(option) && !says.empty())
      out += "    " + shell_quoted(key) + ") echo " + shell_quoted(says) + " ;;\n";
  }
}

// The tables, as functions that both bash and zsh read.
std::string tables_of_shell(const std::vector<Known>& all) {
  const std::vector<Option> global(global_options().begin(), global_options().end());
  std::string out = "_anlan_words() {\n  case \"$1\" in\n";
  for (const auto& [before, words] : following(all))
    out += "    " + shell_quoted(before) + ") echo " + shell_quoted(joined(words)) + " ;;\n";
  out += "  esac\n}\n_anlan_options() {\n  case \"$1\" in\n";
  for (const Known& each : all) {
    const std::string options = option_words(each.options);
    if (!options.empty())
      out += "    " + shell_quoted(each.name) + ") echo " + shell_quoted(options) + " ;;\n";
  }
  out += "  esac\n  echo " + shell_quoted(option_words(global)) + "\n}\n";
  std::vector<std::string> taking;
  const auto note = [&](const std::vector<Option>& options) {
    for (const Option& option : options) {
      const std::string word = "--" + std::string(option.name);
      if (!option.positional && takes_value(option) &&
          std::find(taking.begin(), taking.end(), word) == taking.end())
        taking.push_back(word);
    }
  };
  note(global);
  for (const Known& each : all) note(each.options);
  std::string pattern;
  for (const std::string& word : taking) pattern += (pattern.empty() ? "" : "|") + word;
  out += "_anlan_takes() {\n  case \"$1\" in\n    " + pattern +
         ") return 0 ;;\n  esac\n  return 1\n}\n";
  out += "_anlan_values() {\n  case \"$1:$2\" in\n";
  for (const Known& each : all) add_values(out, each);
  out += "  esac\n  case \"$2\" in\n";
  for (const Option& option : global) {
    const std::string says = is_path(option) ? "@files" : joined(choices_of(option));
    if (takes_value(option) && !says.empty())
      out += "    '--" + std::string(option.name) + "') echo " + shell_quoted(says) + " ;;\n";
  }
  return out + "  esac\n}\n";
}

// Walks over the words before the one that is being typed: which command they name so far, and
// whether the last of them is an option that waits for its value.
constexpr std::string_view kWalk = R"(_anlan_walk() {
  anlan_command='' anlan_waiting=''
  local word next more=1
  for word in "$@"; do
    if [ -n "$anlan_waiting" ]; then anlan_waiting=''; continue; fi
    case "$word" in
      --*=*) continue ;;
      --*) if _anlan_takes "$word"; then anlan_waiting=$word; fi; continue ;;
    esac
    [ -n "$more" ] || continue
    next=" $(_anlan_words "$anlan_command") "
    case "$next" in
      *" $word "*) anlan_command="${anlan_command:+$anlan_command }$word" ;;
      *) more='' ;;
    esac
  done
  anlan_more=$more
}
_anlan_candidates() {
  if [ -n "$anlan_waiting" ]; then
    _anlan_values "$anlan_command" "$anlan_waiting"
    return
  fi
  case "$1" in
    -*) _anlan_options "$anlan_command"; return ;;
  esac
  [ -z "$anlan_more" ] || _anlan_words "$anlan_command"
  _anlan_values "$anlan_command" '='
}
)";

constexpr std::string_view kBash = R"(_anlan() {
  local anlan_command anlan_waiting anlan_more candidates file
  local cur=${COMP_WORDS[COMP_CWORD]}
  _anlan_walk "${COMP_WORDS[@]:1:COMP_CWORD-1}"
  candidates=$(_anlan_candidates "$cur")
  COMPREPLY=()
  case " ${candidates//$'\n'/ } " in
    *' @files '*)
      while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$cur")
      compopt -o filenames 2>/dev/null ;;
  esac
  while IFS= read -r file; do
    [ -z "$file" ] || COMPREPLY+=("$file")
  done < <(compgen -W "${candidates//@files/}" -- "$cur")
}
complete -F _anlan anlan
)";

constexpr std::string_view kZsh = R"(_anlan() {
  local anlan_command anlan_waiting anlan_more candidates
  local -a list
  _anlan_walk "${(@)words[2,CURRENT-1]}"
  candidates=$(_anlan_candidates "${words[CURRENT]}")
  list=(${=candidates})
  if (( ${list[(I)@files]} )); then _files; fi
  list=(${list:#@files})
  compadd -- $list
}
compdef _anlan anlan
)";

std::string fish_script(Session& session, const std::vector<Known>& all) {
  const auto said = [&](const Option& option) {
    return shell_quoted(session.lang() == Lang::kZh ? option.zh : option.en);
  };
  std::string out =
      "function __anlan_after\n"
      "  set -l words (string match -v -- '-*' (commandline -opc)[2..-1])\n"
      "  test \"$words[1..(count $argv)]\" = \"$argv\"\n"
      "end\n"
      "function __anlan_at\n"
      "  set -l words (string match -v -- '-*' (commandline -opc)[2..-1])\n"
      "  test \"$words\" = \"$argv\"\n"
      "end\n";
  const auto add = [&](const std::string& condition, const Option& option) {
    if (option.positional) return;
    out += "complete -c anlan" + condition + " -l " + std::string(option.name);
    if (takes_value(option)) out += is_path(option) ? " -rF" : " -x";
    const std::vector<std::string> choices = choices_of(option);
    if (!choices.empty()) out += " -a " + shell_quoted(joined(choices));
    out += " -d " + said(option) + "\n";
  };
  for (const auto& [before, words] : following(all)) {
    const std::string condition =
        before.empty() ? "test (count (string match -v -- '-*' (commandline -opc))) -eq 1"
                       : "__anlan_at " + before;
    out += "complete -c anlan -f -n " + shell_quoted(condition) + " -a " +
           shell_quoted(joined(words)) + "\n";
  }
  for (const Known& each : all) {
    const std::string condition = " -n " + shell_quoted("__anlan_after " + each.name);
    for (const Option& option : each.options) {
      add(condition, option);
      if (option.positional && is_path(option)) out += "complete -c anlan" + condition + " -F\n";
    }
  }
  for (const Option& option : global_options()) add("", option);
  return out;
}

}  // namespace

Result<std::string> completion_script(Session& session, const std::vector<std::string>& words) {
  ANLAN_TRY(const Node options,
            parse_options({words.begin() + 1, words.end()}, options_of_other("completion")));
  const std::string shell = options.find("shell")->text;
  const std::vector<Known> all = known_commands();
  const std::string tables = tables_of_shell(all) + std::string(kWalk);
  if (shell == "bash") return tables + std::string(kBash);
  if (shell == "zsh") return "#compdef anlan\n" + tables + std::string(kZsh);
  if (shell == "fish") return fish_script(session, all);
  return Refusal{.code = anlan::refusals::kUnknownChoice,
                 .path = "shell",
                 .value = shell,
                 .args = {{.name = "choices", .value = "bash | zsh | fish"}},
                 .at = {}};
}

}  // namespace anlan::api
