"""The same quote, bit for bit: on 1 and 2 threads, on a processor without FMA and AVX2, from another compiler.

Each run issues the quote in a fresh copy of one prepared house, with the same key at the same moment, so that even the
chain of the journal must come out the same.
"""

import os
import shutil

from _anlan import BIN, Check, Folder, anlan, house_rows, must, small_house

OLD_PROCESSOR = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4,-AVX512F"}
PRODUCTS = ("ningbo-2023-a", "ningbo-2023-b")
CLANG = os.environ.get("ANLAN_BIN_CLANG", "")
O0 = os.environ.get("ANLAN_BIN_O0", "")  # without optimisation


def variants():
    found = [("1 thread", ["--threads", "1"], {}, BIN), ("2 threads", ["--threads", "2"], {}, BIN),
             ("7 threads", ["--threads", "7"], {}, BIN),
             ("threads as the machine has", [], {}, BIN),
             ("1 thread, no FMA, no AVX2", ["--threads", "1"], OLD_PROCESSOR, BIN),
             ("2 threads, no FMA, no AVX2", ["--threads", "2"], OLD_PROCESSOR, BIN)]
    if O0 and os.access(O0, os.X_OK):
        found += [("-O0, 1 thread", ["--threads", "1"], {}, O0)]
    if CLANG and os.access(CLANG, os.X_OK):
        found += [("clang++, 1 thread", ["--threads", "1"], {}, CLANG),
                  ("clang++, 2 threads, no FMA, no AVX2", ["--threads", "2"], OLD_PROCESSOR, CLANG)]
    return found


def main():
    check = Check("bit_equality")
    with Folder() as folder:
        template = os.path.join(folder, "template")
        company = small_house(template)
        for product in PRODUCTS:
            first = None
            for name, words, env, program in variants():
                house = os.path.join(folder, "copy")
                shutil.copytree(template, house)
                quote = must("quote", "issue", company, "--product", product, "--from", "2026-03-01", *words,
                             house=house, as_="zhou.uw", at="2026-02-25T09:30:00+08:00", key="the-quote", lang="en",
                             json=True, env=env, program=program).json()
                bits, body = quote["loss"]["bits"], house_rows(house)[-1][9:]
                shutil.rmtree(house)
                if first is None:
                    first = (quote, bits, body)
                    check.that(len(bits) == 64 and set(bits) != {"0"}, "the bits are a SHA-256: %r" % bits)
                    print("%s: premium %d, expected loss %d, bits %s" % (
                        product, quote["premium"]["amount"], quote["loss"]["insured"]["amount"], bits))
                    continue
                check.equal(bits, first[1], "%s, %s: loss.bits" % (product, name))
                check.equal(quote, first[0], "%s, %s: the whole quote" % (product, name))
                check.that(body == first[2], "%s, %s: the record and its chain" % (product, name))
        check.that(anlan("quote", "issue", company, "--product", PRODUCTS[0], "--from", "2026-03-01", "--threads", "1",
                         house=template, as_="zhou.uw", at="2026-02-25T09:30:00+08:00", key="the-quote").status == 0,
                   "the template itself is still usable")
    print("%d variants of %d products%s" % (len(variants()), len(PRODUCTS),
                                            "" if len(variants()) > 8 else "; not every other build is here"))
    check.end()


if __name__ == "__main__":
    main()
