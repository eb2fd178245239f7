"""What a server gives without an account, of the house that it names: products, wordings, an indicative price."""

import threading

from _anlan import Check, Folder, house_rows, small_house
from _http import Server

check = Check("http_open")
HOUSE, UW = "test-house", "zhou.uw"
PRICE = "/v1/quote/indicate?product=ningbo-2023-a&sector=C39&revenue=30000000&employees=50"
OPEN = ["/v1/product/list", "/v1/package/list", "/v1/wording/list", "/v1/wording/ningbo-2023-a", PRICE]
SHUT = ["/v1/quote/list", "/v1/enterprise/list", "/v1/policy/pol_1", "/v1/compare?products=ningbo-2023-a", "/v1/events",
        "/v1/search?text=a", "/v1/actor/list", "/v1/job/list", "/v1/ledger/show"]


def code(reply):
    return reply[0], ((reply[1] or {}).get("error") or {}).get("code")


def opened(server, house):
    """Anybody is answered as somebody with a key; what is of the house's business stays shut."""
    rows = len(house_rows(house))
    key = {"Authorization": "Bearer " + server.tokens[(HOUSE, UW)]}
    for path in OPEN:
        found = server.send("GET", path)
        check.equal(found[0], 200, "anybody: %s %s" % (path, found[1] if found[0] != 200 else ""))
        check.equal(found[1], server.send("GET", path, headers=key)[1], "as with a key: " + path)
    price = server.send("GET", PRICE)[1]
    check.that(price, "an indicative price: %s" % price)
    for path in SHUT:
        check.equal(code(server.send("GET", path)), (401, "sign_in_needed"), "shut: " + path)
    check.equal(code(server.send("POST", "/v1/enterprise/register", {})), (401, "sign_in_needed"), "nothing is recorded by anybody")
    check.equal(server.send("GET", OPEN[0], headers={"Authorization": "Bearer anl_test_" + "A" * 52})[0], 401, "a key that is none is told so")
    check.equal(server.send("GET", "/v1/wording/" + "..%2f..%2fetc%2fpasswd")[0] in (400, 404), True, "no other file is read")
    check.equal(len(house_rows(house)), rows, "nothing was recorded")


def limited(server):
    """One network asks ten times a second and a hundred at once, and is told when to come again."""
    def many():
        for _ in range(100):
            answers.append(server.send("GET", OPEN[0]))
    answers = []
    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {code(each) for each in answers}
    check.that({(200, None), (429, "too_many_requests")} <= found <= {(200, None), (429, "too_many_requests"), (503, "house_loaded")},
               "one network is limited, and not shut out: %s" % found)
    check.that(all(each[2].get("retry-after") for each in answers if each[0] != 200), "it is told when to come again")


def main():
    with Folder() as folder:
        house = folder + "/house"
        small_house(house)
        with Server(folder, [house], [(HOUSE, UW)], ["--open-house", HOUSE]) as server:
            opened(server, house)
            limited(server)
        check.equal(server.status, 0, "the server ends as asked")
        with Server(folder, [house], [], fresh=False) as server:
            for path in OPEN:
                check.equal(code(server.send("GET", path)), (401, "sign_in_needed"), "not opened: " + path)
    check.end()


main()
