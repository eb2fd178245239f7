#!/usr/bin/env python3
"""The jobs of ratios.sh in plain numpy, one of them in each process: prints one line of JSON.

Claims lognormal(10.8, 1.7) below 1e6 (weight 0.97) and generalised Pareto(0.6, 5e5) above, the year Poisson, as in
ratios.cpp. Everything is an array operation; Panjer's recursion runs over all layers and companies at once.
Usage: against_numpy.py JOB
"""
import json
import math
import resource
import sys
import time

import numpy as np

THRESHOLD, WEIGHT, XI, BETA = 1e6, 0.03, 0.6, 5e5
ATTACH = np.array([50e3, 500e3, 1e6, 2e6, 5e6])
LIMIT = np.array([450e3, 500e3, 1e6, 3e6, 5e6])
ANNUAL = np.array([2, 2, 1, 1, 1])  # full limits that a year pays
_erfc = np.frompyfunc(math.erfc, 1, 1)


def normal_cdf(z):
    return 0.5 * np.asarray(_erfc(-z / math.sqrt(2.0)), float)


def limited(x, mu, sigma):
    """E[min(X, x)]; the arguments broadcast."""
    below_threshold = normal_cdf((math.log(THRESHOLD) - mu) / sigma)
    body = (1.0 - WEIGHT) / below_threshold
    t = np.minimum(x, THRESHOLD)
    z = (np.log(np.maximum(t, 1e-12)) - mu) / sigma
    value = body * np.exp(mu + 0.5 * sigma**2) * normal_cdf(z - sigma) + t * (1.0 - body * normal_cdf(z))
    theta, a = BETA / XI, 1.0 / XI
    over = np.maximum(x - THRESHOLD, 0.0)
    return value + WEIGHT * theta / (a - 1.0) * (1.0 - (theta / (theta + over)) ** (a - 1.0))


def masses(curve, step):
    """Masses on a grid from E[min(X, x)] at its points (last axis), so that the mean is kept."""
    slope = np.diff(curve, axis=-1) / step
    return np.concatenate([1.0 - slope[..., :1], slope[..., :-1] - slope[..., 1:], slope[..., -1:]], axis=-1)


def panjer(rate, f, count):
    """g(0) .. g(count - 1) of a Poisson number of claims with masses f (last axis), for all rows at once."""
    top = f.shape[-1] - 1
    weighted = f * np.arange(top + 1)
    g = np.zeros(f.shape[:-1] + (count,))
    g[..., 0] = np.exp(-rate * (1.0 - f[..., 0]))
    for n in range(1, count):
        k = min(n, top)
        g[..., n] = rate / n * np.einsum("...j,...j", weighted[..., 1:k + 1], g[..., n - k:n][..., ::-1])
    return g


def tower(rate, mu, sigma, points, deductible=0):
    """Expected payments (companies x layers); the lowest layer with an annual deductible of so many grid steps."""
    rate, mu, sigma = (np.asarray(v, float).reshape(-1, 1) for v in (rate, mu, sigma))
    step = LIMIT / points
    grid = ATTACH[:, None] + step[:, None] * np.arange(points + 1)
    f = masses(limited(grid, mu[..., None], sigma[..., None]), step[:, None])
    g = panjer(rate, f, 2 * points + deductible)
    above = 1.0 - np.cumsum(g, axis=-1)
    cells = np.arange(g.shape[-1])
    start = np.where(np.arange(5) == 0, deductible, 0)[:, None]
    paid = (cells >= start) & (cells < start + ANNUAL[:, None] * points)
    return (above * paid).sum(axis=-1) * step


def job_tower(points=16):
    return tower(0.25, 10.8, 1.7, points).sum(), points


def job_market(points=128):
    place = (np.arange(10_000) + 0.5) / 10_000
    total = sum(tower(0.02 + 0.5 * p, 9.8 + 2.0 * p, 1.4 + 0.6 * (1.0 - p), points, points // 4).sum()
                for p in place.reshape(100, -1))  # blocks that stay in the cache
    return total, points


def job_fft(count=2**16, step=5000.0, rate=0.5):
    """P(S > 2e6): one transform, padded so that nothing wraps around below `count`."""
    curve = limited(np.arange(count + 1) * step, 10.8, 1.7)
    slope = np.diff(curve) / step
    f = np.concatenate([[1.0 - slope[0]], slope[:-1] - slope[1:]])
    g = np.fft.irfft(np.exp(rate * (np.fft.rfft(f, 2 * count) - 1.0)), 2 * count)[:count]
    return 1.0 - g[:401].sum(), count


def job_panjer(count=2**12, step=5000.0, rate=0.5):
    curve = limited(np.arange(count + 1) * step, 10.8, 1.7)
    slope = np.diff(curve) / step
    f = np.concatenate([[1.0 - slope[0]], slope[:-1] - slope[1:]])
    return 1.0 - panjer(rate, f, count)[:401].sum(), count


def job_years(years=1_000_000, rate=0.25):
    """The lowest layer of a million simulated years; the last number is the relative standard error."""
    draw = np.random.default_rng(20261122)
    counts = draw.poisson(rate, years)
    n = counts.sum()
    large = draw.random(n) < WEIGHT
    x = np.empty(n)
    tail = large.sum()
    x[large] = THRESHOLD + BETA / XI * (draw.random(tail) ** -XI - 1.0)
    body = draw.lognormal(10.8, 1.7, n - tail)
    while (over := np.flatnonzero(body > THRESHOLD)).size:  # the body is cut at the threshold
        body[over] = draw.lognormal(10.8, 1.7, over.size)
    x[~large] = body
    layer = np.clip(x - ATTACH[0], 0.0, LIMIT[0])
    paid = np.minimum(np.bincount(np.repeat(np.arange(years), counts), layer, years), ANNUAL[0] * LIMIT[0])
    return paid.mean(), paid.std() / math.sqrt(years) / paid.mean()


def main():
    job = sys.argv[1]
    call = globals()["job_" + job]
    runs = {"tower": 50, "market": 1, "panjer": 2, "fft": 5, "years": 3}[job]
    if job != "market":
        call()
    best = math.inf
    for _ in range(runs):
        start = time.process_time()
        value, detail = call()
        best = min(best, time.process_time() - start)
    print(json.dumps({"job": job, "seconds": best, "value": float(value), "detail": float(detail),
                      "kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


if __name__ == "__main__":
    main()
