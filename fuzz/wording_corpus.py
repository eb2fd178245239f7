"""Seeds for fuzz_wording, made from the wordings as they are: python3 fuzz/wording_corpus.py FOLDER

Each wording whole, each without its clause texts (short files are mutated faster), and each of its parts
with what every wording needs. FOLDER/../wording.dict gets the keys and words of the language."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def without_texts(text: str) -> str:
    return re.sub(r'^(zh|en) = ".*"$', lambda m: f'{m[1]} = "{"条款 8 小时" if m[1] == "zh" else "Clause, 8 hours"}"', text, flags=re.M)


def parts(text: str) -> list[str]:
    return re.split(r"\n(?=\[)", text)


def words(text: str) -> set[str]:
    found = set(re.findall(r"^\s*([a-z_]+) =", text, flags=re.M)) | set(re.findall(r'"([A-Za-z_.]+)"', text))
    return found | set(re.findall(r"^(\[+[a-z_.]+\]+)$", text, flags=re.M))


def source_words() -> set[str]:
    found = set()
    for path in sorted((ROOT / "src/terms").glob("*.[ch]*")):
        if not path.name.endswith(("_test.cpp", "_test.h")):
            found |= set(re.findall(r'"([a-z_]{2,30})"', path.read_text(encoding="utf-8")))
    return found


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    known = source_words()
    for path in sorted((ROOT / "data/wordings").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        known |= words(text)
        short = without_texts(text)
        pieces = parts(short)
        seeds = [text, short] + [pieces[0] + "\n" + piece for piece in pieces[1:12]]
        for i, seed in enumerate(seeds):
            (folder / f"{path.stem}-{i:02}.toml").write_text(seed, encoding="utf-8")
    entries = "\n".join(f'"{word}"' for word in sorted(known)) + "\n"
    (folder.parent / "wording.dict").write_text(entries, encoding="utf-8")


if __name__ == "__main__":
    main()
