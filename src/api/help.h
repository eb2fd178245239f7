// Help: from the table of operations, in the caller's language.
#pragma once

#include "api/operation.h"
#include "api/session.h"
#include "base/document.h"

namespace anlan::api {

Document help_document(Session& session);                         // all operations, by group
Document help_document(Session& session, std::string_view word);  // those that begin with this word
Document help_document(Session& session,
                       const Operation& operation);  // one, with its options and roles

// The group of help that an operation stands in; empty: none, which is a fault.
std::string_view help_group(std::string_view operation);
// Whether the word begins the names of several commands: "claim".
bool is_command_group(std::string_view word);
// The line of what runs beside the table ("demo", "batch"); empty: no such thing.
std::string other_help(Session& session, std::string_view word);

}  // namespace anlan::api
