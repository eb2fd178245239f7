// Invocation: a command line split into what holds for every operation and the words of the one
// that is meant.
#pragma once

#include <string>
#include <vector>

#include "api/session.h"
#include "base/result.h"

namespace anlan::api {

struct Invocation {
  SessionOptions session;
  bool json = false;
  std::string pdf;        // --pdf: the file for the answer's pages; empty: none is asked for
  std::string xlsx = {};  // --xlsx: the file for the answer as a spreadsheet; empty: none
  std::vector<std::string> words;  // operation and its options
};

// Global options may stand anywhere: --house, --as, --key, --at, --lang, --data take a value,
// so do --pdf and --xlsx; --json and --dry-run do not. Without --lang the language follows LC_ALL,
// LC_MESSAGES, LANG as the caller gives it in `locale`. Refuses kOptionWithoutValue (also where it
// is empty), kUnknownChoice (--lang).
Result<Invocation> read_invocation(const std::vector<std::string>& words);

// A dry run of these words: by the option of the operation where it has one of its own, else by
// deciding without recording.
void try_out(std::vector<std::string>& words, SessionOptions& session);

// Whether an unreadable command line asks for JSON all the same.
bool wants_json(const std::vector<std::string>& words);

// 2 for a refusal of the input alone (base, formats, domain, terms, the command line itself),
// else 1.
int exit_status(const Refusal& refusal);

}  // namespace anlan::api
