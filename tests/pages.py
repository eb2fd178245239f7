"""The pages of the web application, out of the program itself."""

import gzip
import json
import re
import urllib.error
import urllib.request

from _anlan import Check, Folder, small_house
from _http import Server

check = Check("pages")
HOUSE, UW = "test-house", "zhou.uw"
PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def got(server, path, **headers):
    request = urllib.request.Request("http://127.0.0.1:%d%s" % (server.port, path), headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.read()
    except urllib.error.HTTPError as refused:
        return refused.code, {name.lower(): value for name, value in refused.headers.items()}, refused.read()


def addresses(server):
    """Every address of the application is its first page; the service keeps its own."""
    first = got(server, "/index.html")[2]
    for path in ("/", "/zh/price", "/en/policy/pol_9", "/zh/claims?after=clm_3"):
        status, headers, body = got(server, path, **PERSON)
        check.equal((status, body), (200, first), path)
        check.equal(headers["cache-control"], "no-cache", "asked for again: " + path)
        policy = headers["content-security-policy"]
        check.that("default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy, "what a page may load: " + policy)
    check.that(not re.search(rb"<script(?![^>]*\bsrc=)|<style|\son\w+=|https?://", first), "nothing is written into the page: %r" % first)
    for path in ("/v1/policy/list", "/v1/nothing", "/metrics", "/openapi.json", "/health"):
        check.that(got(server, path, **PERSON)[2] != first, "of the service: " + path)
    status, _, body = got(server, "/zh/price", Accept="application/json")
    check.equal((status, json.loads(body)["error"]["code"]), (404, "no_such_path"), "whoever asks for no page")
    for path in ("/assets/none.js", "/favicon.ico"):
        check.equal(got(server, path, **PERSON)[0], 404, path)
    for path in ("/..%2fetc/passwd", "/assets/../v1/x.js"):
        check.equal(got(server, path, **PERSON)[0], 400, path)


def files(server):
    """What the first page names is there, kept for good, and shorter by gzip."""
    names = re.findall(r'(?:src|href)="(/[^"]+)"', got(server, "/index.html")[2].decode())
    names += json.loads(got(server, "/assets.json")[2])
    check.that(any(name.endswith(".js") for name in names), "there are scripts: %s" % names)
    for name in sorted(set(names)):
        status, headers, plain = got(server, name)
        check.equal(status, 200, name)
        check.equal("immutable" in headers["cache-control"], name.startswith("/assets/"), "kept for good: " + name)
        squeezed = got(server, name, **{"Accept-Encoding": "gzip"})
        if squeezed[1].get("content-encoding") == "gzip":
            check.that(len(squeezed[2]) < len(plain) and gzip.decompress(squeezed[2]) == plain, "by gzip: " + name)
        again = got(server, name, **{"If-None-Match": headers["etag"]})
        check.equal((again[0], again[2]), (304, b""), "asked for again: " + name)
    first = [name for name in names if re.search(r"/index-[^/]*\.js$", name)]
    sizes = [len(got(server, name, **{"Accept-Encoding": "gzip"})[2]) for name in first]
    check.that(sizes and sum(sizes) <= 200_000, "the scripts of the first page, by gzip: %s" % sizes)


def main():
    with Folder() as folder:
        house = folder + "/house"
        small_house(house)
        with Server(folder, [house], [(HOUSE, UW)]) as server:
            if got(server, "/", **PERSON)[0] == 404:
                print("pages: skipped, the program was built without them (npm or its registry was not there)")
                return
            addresses(server)
            files(server)
        check.equal(server.status, 0, "the server ends as asked")
    check.end()


main()
