#!/usr/bin/env python3
"""Writes src/api/operations.ts and operations_desk.ts: types of the operations that the pages use. operations.py SOURCE, a file or
http://SERVER/openapi.json

The types are those of clients/typescript/generate.py; only what is named here is taken, and what only the desk uses stands apart,
so that the owner loads little.
"""

import json
import pathlib
import re
import sys

WEB = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(WEB.parent / "clients"))
sys.path.insert(0, str(WEB.parent / "clients" / "typescript"))
import description  # noqa: E402
import generate  # noqa: E402

USED = ["assess", "claim_clocks", "claim_list", "claim_show", "enterprise_list", "enterprise_register", "enterprise_show", "incident_list",
        "incident_report", "incident_show", "order_list", "order_place", "order_show", "package_list", "policy_bind", "policy_document",
        "policy_list", "policy_show", "print", "product_list", "questions", "quote_explain", "quote_indicate", "quote_issue", "quote_list",
        "quote_show", "wording_show",
        # the life of a policy
        "policy_cancel", "policy_clocks", "policy_history", "policy_renewal", "premium_invoices", "premium_pay", "premium_payments",
        "premium_sandbox", "quote_renew", "verify"]
BROKER = ["compare", "incident_library", "incident_script", "policy_renewal", "quote_options", "quote_renew", "risk_grid", "risk_tower",
          "share_list", "share_make", "share_revoke", "share_views", "submission_bulk", "wording_codes", "wording_compare", "wording_play"]
DESK = ["account_key_list", "account_key_make", "account_key_revoke", "claim_adjudicate", "claim_approve", "claim_return",
        "incident_condition", "instrument_decide", "instrument_list", "instrument_show", "job_cancel", "job_list", "job_show", "journal_show",
        "quote_decide", "quote_refer", "quote_verify", "risk", "sale_replay", "search", "subsidy_budget", "subsidy_decide"]
DESK += ["incident_library", "observe", "premium_statement", "quote_options", "risk_grid", "risk_worth", "wording_check", "wording_codes", "wording_compare", "wording_lint",
         "wording_list", "wording_play"]
DESK += ["actor_list", "backup_verify", "doctor", "journal_head", "journal_verify", "subsidy_show", "wording_draft_compare",
         "wording_draft_play"]
DESK = [*DESK, *(name for name in BROKER if name not in (*DESK, *USED))]


def write(document, file, used):
    types, rows, roles = [], [], []
    for operation in description.operations(document):
        if operation.id in used:
            found, row = generate.of_operation(operation)
            types += found
            rows.append(row)
            if operation.roles:
                roles.append("  %s: %s," % (operation.id, json.dumps(operation.roles)))
    missing = set(used) - {re.match(r"\s*(\w+):", row).group(1) for row in rows}
    if missing:
        sys.exit("not in the description: %s" % ", ".join(sorted(missing)))
    schemas = {name: generate.type_of(schema) for name, schema in document["components"]["schemas"].items()}
    needed, text = {}, "\n".join(types)
    while True:
        more = {name for name in schemas if name not in needed and re.search(r"\b%s\b" % name, text)}
        if not more:
            break
        for name in more:
            needed[name] = schemas[name]
            text += schemas[name]
    lines = ["// The operations that the pages use, from the description of the service. Do not edit: tools/operations.py.", ""]
    for name in sorted(needed):
        lines += ["export type %s = %s;" % (name, needed[name]), ""]
    lines += ["export interface Operations {", *types, "}", "", "export const operations = {", *rows, "} as const;", "",
              "/** Who may give the command; what is not named here only shows. */",
              "export const roles: Record<string, readonly string[]> = {", *roles, "};", ""]
    (WEB / "src" / "api" / file).write_text("\n".join(lines))


def main():
    document = description.read(sys.argv[1])
    write(document, "operations.ts", USED)
    write(document, "operations_desk.ts", DESK)


main()
