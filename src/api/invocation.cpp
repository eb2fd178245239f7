#include "api/invocation.h"

#include <algorithm>

#include "api/door_refusals.h"
#include "api/operation.h"
#include "api/payment_refusals.h"
#include "api/refusals.h"
#include "base/refusals.h"
#include "formats/refusals.h"
#include "house/refusals.h"
#include "platform/access_refusals.h"
#include "platform/environment.h"
#include "platform/refusals.h"
#include "platform/webhook_refusals.h"
#include "protection/refusals.h"

namespace anlan::api {
namespace {

// "zh_CN.UTF-8" is Chinese, "C" and "POSIX" say nothing and so does no value: then Chinese, the
// language of most who will use this.
Lang language_of(std::string_view locale) {
  return locale.starts_with("en") ? Lang::kEn : Lang::kZh;
}

std::string* global_option(Invocation& invocation, std::string_view name, std::string& lang,
                           std::string& at) {
  if (name == "house") return &invocation.session.folder;
  if (name == "as") return &invocation.session.actor;
  if (name == "key") return &invocation.session.key;
  if (name == "at") return &at;
  if (name == "lang") return &lang;
  if (name == "data") return &invocation.session.data_folder;
  if (name == "pdf") return &invocation.pdf;
  if (name == "xlsx") return &invocation.xlsx;
  return nullptr;
}

}  // namespace

void try_out(std::vector<std::string>& words, SessionOptions& session) {
  const Operation* operation = operation_of(words).operation;
  const auto own = [](const Option& option) { return option.name == "dry-run"; };
  session.rehearse =
      !operation || std::none_of(operation->options.begin(), operation->options.end(), own);
  if (!session.rehearse) words.emplace_back("--dry-run");
}

bool wants_json(const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), "--json") != words.end();
}

Result<Invocation> read_invocation(const std::vector<std::string>& words) {
  Invocation invocation;
  std::string lang;
  std::string at;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--json") {
      invocation.json = true;
      continue;
    }
    if (word == "--dry-run") {
      invocation.session.rehearse = true;
      continue;
    }
    if (word == "--help" || word == "-h") {
      invocation.words.insert(invocation.words.begin(), "help");
      continue;
    }
    const std::size_t equals = word.find('=');
    const bool option = word.starts_with("--");
    const std::string name =
        option ? word.substr(2, equals == std::string::npos ? equals : equals - 2) : "";
    std::string* value = option ? global_option(invocation, name, lang, at) : nullptr;
    if (!value) {
      invocation.words.push_back(word);
    } else if (equals != std::string::npos) {
      *value = word.substr(equals + 1);
    } else if (i + 1 < words.size()) {
      *value = words[++i];
    } else {
      return Refusal{.code = refusals::kOptionWithoutValue, .path = name, .value = word};
    }
    if (value && value->empty()) {
      return Refusal{.code = refusals::kOptionWithoutValue, .path = name, .value = word};
    }
  }
  if (!at.empty()) invocation.session.at = at;
  if (invocation.session.rehearse) try_out(invocation.words, invocation.session);
  // `journal verify --key` is the key that must have signed, not an idempotency key.
  const auto& operation = invocation.words;
  if (operation.size() > 1 && operation[0] == "journal" && operation[1] == "verify" &&
      !invocation.session.key.empty()) {
    invocation.words.insert(invocation.words.end(), {"--key", invocation.session.key});
    invocation.session.key.clear();
  }
  if (lang.empty()) {
    invocation.session.lang = language_of(platform::locale_name());
  } else if (const auto stated = enum_from<Lang>(lang)) {
    invocation.session.lang = *stated;
  } else {
    return Refusal{.code = anlan::refusals::kUnknownChoice,
                   .path = "lang",
                   .value = lang,
                   .args = {{.name = "choices", .value = "zh | en"}}};
  }
  return invocation;
}

namespace {

// Codes of modules that mostly speak of state or of a rule, where what was typed is wrong whatever
// the house holds; and codes of the input modules that speak of what the house or the machine
// holds.
bool is_input_alone(const RefusalCode& code) {
  constexpr RefusalCode kTyped[] = {platform::refusals::kWebhookUrlMalformed,
                                    platform::refusals::kWebhookUrlPlain,
                                    platform::refusals::kWebhookTargetPrivate,
                                    house::refusals::kKeyMalformed,
                                    platform::refusals::kOriginMalformed,
                                    protection::kOptionsMalformed,
                                    platform::refusals::kHexMalformed,
                                    protection::kControlUnknown,
                                    protection::kAnswerNotAChoice,
                                    protection::kAnswerOutOfRange,
                                    protection::kAnswerMalformed,
                                    protection::kAnswerPartMissing,
                                    protection::kAnswerPartUnknown,
                                    protection::kAnswerInFuture,
                                    protection::kAnswerTwice,
                                    protection::kPackageUnknown,
                                    protection::kSignalFormatWrong,
                                    protection::kNoSignals};
  constexpr RefusalCode kHeld[] = {refusals::kClockNotSettable,
                                   refusals::kArtefactChanged,
                                   refusals::kNoLossStated,
                                   refusals::kMissingFacts,
                                   refusals::kClockBehind,
                                   refusals::kMissingAnswers,
                                   refusals::kQuoteInputsMissing,
                                   refusals::kQuoteNotReproduced,
                                   refusals::kQuotesNotVouched,
                                   refusals::kPaperChanged,
                                   refusals::kPaperUnplaced,
                                   refusals::kServedByOther,
                                   refusals::kServerSilent,
                                   refusals::kGatewayNone,
                                   refusals::kPaymentHeld,
                                   refusals::kPayeeAccount,
                                   formats::refusals::kPdfFontMissing};
  if (std::find(std::begin(kHeld), std::end(kHeld), code) != std::end(kHeld)) return false;
  if (std::find(std::begin(kTyped), std::end(kTyped), code) != std::end(kTyped)) return true;
  return code.number < 2000 || code.number >= 9000;
}

}  // namespace

int exit_status(const Refusal& refusal) {
  constexpr int kInputAlone = 2;
  constexpr int kStateOrWorld = 1;
  return is_input_alone(refusal.code) ? kInputAlone : kStateOrWorld;
}

}  // namespace anlan::api
