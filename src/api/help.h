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
// What runs beside the table of operations: "demo", "batch" and the like; in the order of help.
std::span<const std::string_view> other_commands();
// The options that hold for every command, and those of what runs beside the table.
std::span<const Option> global_options();
std::vector<Option> options_of_other(std::string_view word);
// "anlan claim adjudicate INCIDENT [--on DATE]"
std::string usage_of(std::string_view name, const std::vector<Option>& options);
// The line of what runs beside the table ("demo", "batch"); empty: no such thing.
std::string other_help(Session& session, std::string_view word);

}  // namespace anlan::api
