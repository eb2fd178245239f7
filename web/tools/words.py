#!/usr/bin/env python3
"""Writes src/locales/words_{zh,en}.ts and desk_words_{zh,en}.ts: the words of the house that the pages and the desk show, from
data/locales. No arguments.
"""

import json
import pathlib
import tomllib

WEB = pathlib.Path(__file__).resolve().parent.parent
LOCALES = WEB.parent / "data" / "locales"
KINDS = ["answer", "answer_part", "claim_state", "clock", "clock_state", "condition", "control_do", "cover_status", "decision",
         "fact", "order_state", "outcome", "policy_state", "quote_state", "role", "triage",
         "document_kind", "endorsement_kind", "renewal_choice"]
DESK_KINDS = ["event", "fact_source", "instrument_kind", "instrument_state", "referral_outcome", "settle_stage", "short", "subjectivity_state",
              "walk_brief"]
DESK_KINDS += ["clause_kind", "product_state", "severity", "signal_format"]


def words_of(lang, kinds):
    found = {}
    for name in (lang, lang + "_views"):
        with open(LOCALES / (name + ".toml"), "rb") as file:
            for kind, table in tomllib.load(file).items():
                if kind in kinds:
                    found.setdefault(kind, {}).update({key: text for key, text in table.items() if isinstance(text, str)})
    return {kind: dict(sorted(found.get(kind, {}).items())) for kind in kinds}


def write(name, lang, kinds):
    lines = ["// From data/locales. Do not edit: tools/words.py.", "export const words: Record<string, Record<string, string>> = {"]
    for kind, table in words_of(lang, kinds).items():
        lines.append("  %s: {" % json.dumps(kind))
        lines += ["    %s: %s," % (json.dumps(key), json.dumps(text, ensure_ascii=False)) for key, text in table.items()]
        lines.append("  },")
    lines += ["};", ""]
    (WEB / "src" / "locales" / ("%s_%s.ts" % (name, lang))).write_text("\n".join(lines))


for each in ("zh", "en"):
    write("words", each, KINDS)
    write("desk_words", each, DESK_KINDS)
