#!/usr/bin/env python3
"""Writes src/locales/words_{zh,en}.ts: the words of the house that the pages show, from data/locales. No arguments."""

import json
import pathlib
import tomllib

WEB = pathlib.Path(__file__).resolve().parent.parent
LOCALES = WEB.parent / "data" / "locales"
KINDS = ["answer", "answer_part", "claim_state", "clock", "clock_state", "condition", "control_do", "cover_status", "decision",
         "fact", "order_state", "outcome", "policy_state", "quote_state", "role", "triage"]


def words_of(lang):
    found = {}
    for name in (lang, lang + "_views"):
        with open(LOCALES / (name + ".toml"), "rb") as file:
            for kind, table in tomllib.load(file).items():
                if kind in KINDS:
                    found.setdefault(kind, {}).update({key: text for key, text in table.items() if isinstance(text, str)})
    return {kind: dict(sorted(found.get(kind, {}).items())) for kind in KINDS}


for lang in ("zh", "en"):
    lines = ["// From data/locales. Do not edit: tools/words.py.", "export const words: Record<string, Record<string, string>> = {"]
    for kind, table in words_of(lang).items():
        lines.append("  %s: {" % json.dumps(kind))
        lines += ["    %s: %s," % (json.dumps(key), json.dumps(text, ensure_ascii=False)) for key, text in table.items()]
        lines.append("  },")
    lines += ["};", ""]
    (WEB / "src" / "locales" / ("words_%s.ts" % lang)).write_text("\n".join(lines))
