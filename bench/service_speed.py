"""The service under load, beside a bare echo of the same library and the flushes of the same disk in the same minutes.

Usage: service_speed.py BUILD [POLICIES [SECONDS]]; needs the targets anlan, bench_service_book, bench_service_load,
bench_http_echo and bench_journal_bench of BUILD. With 100,000 policies it takes about ten minutes and 3 GB of disk.
Prints the table of docs/BENCHMARKS.md.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time

PASSWORD = "seven maple hills 2026"
AT = "2026-02-26T09:00:00+08:00"


def out(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, **more)
    if done.returncode:
        raise SystemExit("FAILED: %s\n%s%s" % (" ".join(words), done.stdout[-2000:], done.stderr[-2000:]))
    return done.stdout


class Bench:
    def __init__(self, build, folder, policies, seconds):
        self.bin, self.folder, self.policies, self.seconds = os.path.join(build, "bin"), folder, policies, seconds
        self.quotes = 20000 if policies >= 100000 else 5000
        self.house = os.path.join(folder, "bench")
        self.accounts = os.path.join(folder, "accounts.db")

    def anlan(self, *words):
        return json.loads(out(os.path.join(self.bin, "anlan"), *words, "--json"))

    def prepare(self):
        began = time.monotonic()
        self.ids = json.loads(out(os.path.join(self.bin, "bench_service_book"), self.house, str(self.policies), str(self.quotes)))
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="utf-8") as file:
            file.write(PASSWORD + "\n")
        self.anlan("admin", "create", "--accounts", self.accounts, "--login", "admin", "--password-file", password)
        self.anlan("admin", "join", "--accounts", self.accounts, "--login", "admin", "--house-name", "bench", "--actor", "uw")
        self.token = self.anlan("admin", "key", "--accounts", self.accounts, "--login", "admin", "--house-name", "bench",
                                "--actor", "uw", "--test")["token"]
        print("book: %d events, %d policies, made in %.0f s" % (
            self.ids["events"], len(self.ids["policies"]), time.monotonic() - began), flush=True)

    def start(self):
        began = time.monotonic()
        self.server = subprocess.Popen([os.path.join(self.bin, "anlan"), "serve", self.house, "--accounts", self.accounts,
                                        "--port", "0", *os.environ.get("SERVE", "").split()], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=open(os.path.join(self.folder, "log"), "ab"))
        self.port = int(json.loads(self.server.stdout.readline())["listening"].rsplit(":", 1)[1])
        return time.monotonic() - began, self.memory()

    def memory(self):
        with open("/proc/%d/status" % self.server.pid, encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+) kB", file.read()).group(1)) / 1024

    def stop(self):
        self.server.terminate()
        self.server.wait(timeout=120)

    def request(self, method, path, body=None, key=None):
        lines = ["%s %s HTTP/1.1" % (method, path), "Host: a", "Authorization: Bearer " + self.token, "Anlan-At: " + AT]
        text = "" if body is None else json.dumps(body)
        if key:
            lines.append("Idempotency-Key: " + key)
        if body is not None:
            lines.append("Content-Length: %d" % len(text))
        return "\r\n".join(lines) + "\r\n\r\n" + text

    def file(self, name, requests):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            for request in requests:
                file.write("%d\n%s" % (len(request.encode()), request))
        return path

    def load(self, file, connections, seconds=None, *mode):
        done = subprocess.run([os.path.join(self.bin, "bench_service_load"), str(self.port), str(connections),
                               str(seconds or self.seconds), file, *map(str, mode)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit("FAILED: load %s: %s" % (file, done.stderr))
        if done.stderr:
            print("  " + done.stderr[:700].replace("\n", "\n  "))
        return json.loads(done.stdout)

    def echo(self):
        said = out(os.path.join(self.bin, "bench_http_echo"), "2")
        return float(said.split()[0])

    def flushes(self):
        said = out(os.path.join(self.bin, "bench_journal_bench"), "--benchmark_filter=raw_fdatasync", "--benchmark_format=json",
                   env={**os.environ, "TMPDIR": self.folder})
        return json.loads(said)["benchmarks"][0]["items_per_second"]


def say(what, load, beside=""):
    print("%-28s %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  %s  %s" % (
        what, load["a_second"], load["p50"], load["p99"], json.dumps(load["statuses"]), beside), flush=True)


class Slow:
    """Connections that send a request's head a byte at a time, two hundred from each of several addresses."""

    def __init__(self, port, count):
        self.sockets = [socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.%d" % (2 + number // 200), 0))
                        for number in range(count)]

    def drip(self, byte=b"G"):
        for each in self.sockets:
            try:
                each.send(byte)
            except OSError:
                pass

    def close(self):
        for each in self.sockets:
            each.close()


def slow_clients(bench, reads):
    plain = bench.load(reads, 8, bench.seconds, "open", 1000)
    say("1,000 reads a second", plain)
    slow = Slow(bench.port, 1000)
    slow.drip()
    beside = bench.load(reads, 8, bench.seconds, "open", 1000)
    slow.drip(b"E")
    slow.close()
    say("beside 1,000 slow clients", beside, "p99 %.2f x" % (beside["p99"] / max(plain["p99"], 0.001)))


def overload(bench, quotes, peak):
    before = bench.memory()
    rate = 10 * peak["a_second"]
    load = bench.load(quotes, 240, 60 if bench.seconds >= 4 else bench.seconds, "open", rate)
    say("offered %.0f/s" % rate, load, "goodput %.0f %% of peak, memory %.0f -> %.0f MB" % (
        100 * load["a_second"] / peak["a_second"], before, bench.memory()))


def main():
    build, policies, seconds = sys.argv[1], int((sys.argv[2:] or ["100000"])[0]), float((sys.argv[3:] or ["5"])[0])
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        bench = Bench(os.path.abspath(build), folder, policies, seconds)
        bench.prepare()
        for first in (True, False):
            took, memory = bench.start()
            print("start with %d events: %.2f s, %.0f MB" % (bench.ids["events"], took, memory), flush=True)
            if first:
                bench.stop()
        echo, flushes = bench.echo(), bench.flushes()
        print("bare echo %.0f/s, fdatasync %.0f/s" % (echo, flushes))
        step = max(1, len(bench.ids["policies"]) // 50000)
        reads = bench.file("reads", (bench.request("GET", "/v1/policy/pol_%d" % number)
                                     for number in bench.ids["policies"][::step]))
        load = bench.load(reads, 32)
        say("read by id", load, "%.2f of the echo; %.0f MB" % (load["a_second"] / echo, bench.memory()))
        binds = bench.file("binds", (bench.request("POST", "/v1/policy/bind", {"quote": "quo_%d" % number}, "bind-%d" % number)
                                     for number in bench.ids["quotes"]))
        load = bench.load(binds, 32, seconds, "once")
        say("bind", load, "%.2f x fdatasync" % (load["a_second"] / flushes))
        quotes = bench.file("quotes", (bench.request("POST", "/v1/quote/issue", {
            "enterprise": "ent_%d" % number, "product": "ningbo-2023-a", "from": "2026-03-01"}, None)
            for number in bench.ids["enterprises"][:20000]))
        load = bench.load(quotes, 2)
        say("quote, 2 at once", load)
        load = bench.load(quotes, 8)
        say("quote, 8 at once", load)
        slow_clients(bench, reads)
        overload(bench, quotes, load)
        again = bench.echo(), bench.flushes()
        print("bare echo %.0f/s, fdatasync %.0f/s at the end; %.0f MB" % (*again, bench.memory()))
        bench.stop()


if __name__ == "__main__":
    main()
