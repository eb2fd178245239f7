"""Each reference case as one or more case files, and how its expected numbers are read off the replies.

CASES[id] is a function of the case's inputs that returns (case files, reader); the reader takes the replies and
returns a table with the keys of "expected". Only arithmetic that a reader of a report would do stands here: sums and
differences of numbers of the replies, a share of one by another.
"""
import math

ONE = {"kind": "pmf", "p": [0, 1]}


def poisson(mean):
    return {"kind": "poisson", "mean": mean}


def lognormal(i):
    return {"kind": "lognormal", "mu": i["mu"], "sigma": i["sigma"]}


def discrete(table):
    return {"kind": "discrete", "x": [float(x) for x in table], "p": list(table.values())}


def lattice(masses, unit=1):
    return {"kind": "discrete", "x": [unit * n for n in range(len(masses))], "p": masses}


def counts(table):
    top = max(int(n) for n in table)
    return {"kind": "pmf", "p": [table.get(str(n), 0) for n in range(top + 1)]}


def case(severity, frequency=None, **more):
    out = {"severity": severity, **more}
    if frequency:
        out["frequency"] = frequency
    return out


def up(reply, key):
    return reply["ground_up"][key]


CASES = {}


def of(*ids):
    def add(function):
        for one in ids:
            CASES[one] = function
        return function
    return add


# ---- severities ----

@of("sev-01-lognormal-lev")
def _(i, e):
    return [case(lognormal(i), ask={"lev": i["limits"]})], lambda r: {"lev": up(r[0], "lev")}


@of("sev-02-ilf-fixed-alae")
def _(i, e):
    table = {"limits": i["limits"], "basic_limit": i["basic_limit"], "claim_expense": i["alae"]}
    return [case(lognormal(i), increased_limits=table)], lambda r: {"ilf": [x["factor"] for x in r[0]["increased_limits"]]}


@of("price-01-layer-premium-ilf")
def _(i, e):
    table = {"limits": i["limits"], "claim_expense": i["alae"], "variable_expense": i["variable_expense"]}
    made = case(lognormal(i), poisson(i["exposure"] * i["frequency"]), increased_limits=table)
    return [made], lambda r: {"premium": [x["premium"] for x in r[0]["increased_limits"]],
                              "layer_premium": [x["layer_premium"] for x in r[0]["increased_limits"]]}


@of("price-02-deductible-credits")
def _(i, e):
    table = {"deductibles": i["deductibles"], "basic_limit": i["basic_limit"], "expense_factor": i["alae_factor"]}
    keys = ["deductible", "eliminated", "lev", "credit", "count", "severity", "pure_premium"]
    return ([case(lognormal(i), poisson(i["frequency"]), deductibles=table)],
            lambda r: {"rows": [[x[k] for k in keys] for x in r[0]["deductibles"]]})


@of("sev-03-layer-moments")
def _(i, e):
    made = case(lognormal(i), poisson(i["poisson"]), layers=[{"attach": i["attach"], "limit": i["limit"]}])
    return [made], lambda r: {"agg_mean": r[0]["layers"][0]["expected"], "agg_sd": r[0]["layers"][0]["sd_before_annual"],
                              "excess_count": r[0]["layers"][0]["claims"]}


@of("sev-04-exponential-deductible-variance")
def _(i, e):
    made = case({"kind": "exponential", "mean": i["mean"], "deductible": i["deductible"]}, ask={"mean": True, "sd": True})
    return [made], lambda r: {"mean": up(r[0], "mean"), "variance": up(r[0], "sd") ** 2}


@of("sev-05-exponential-trend-leverage")
def _(i, e):
    terms = {"kind": "exponential", "mean": i["mean_before"], "deductible": i["deductible"], "limit": i["limit"]}
    after = dict(terms, trend=i["mean_after"] / i["mean_before"])
    return ([case(terms), case(after)],
            lambda r: {"increase": r[1]["payments"]["mean_per_payment"] / r[0]["payments"]["mean_per_payment"] - 1})


@of("coins-01-pareto-quota")
def _(i, e):
    # The insurer pays (1 - 0.15) of a loss up to the upper limit: the reinsurer takes its share and all above.
    loss = {"kind": "lomax", "alpha": i["alpha"], "theta": i["theta"], "limit": i["upper"]}
    paid = dict(loss, coinsurance=1 - i["reinsurer_share_below"])
    return ([case(paid, ask={"mean": True, "sd": True}), case(loss, ask={"mean": True})],
            lambda r: {"insurer_mean": up(r[0], "mean"), "insurer_sd": up(r[0], "sd"), "lev": up(r[1], "mean")})


@of("sev-06-misc-lev")
def _(i, e):
    items = [({"kind": "gamma", "shape": 2, "scale": 100}, [50, 175]),
             ({"kind": "burr", "alpha": 3, "gamma": 1, "theta": 2}, [10, 100]),
             ({"kind": "weibull", "shape": 0.7, "scale": 500}, [100, 1000]),
             ({"kind": "inverse_gaussian", "mean": 2, "shape": 1.5}, [1, 5])]
    return ([case(s, ask={"lev": at}) for s, at in items],
            lambda r: {"values": [x for one in r for x in up(one, "lev")]})


SPLICED = {"kind": "spliced", "body": {"kind": "lognormal", "mu": 10.8, "sigma": 1.7}, "threshold": 1e6,
           "tail_weight": 0.03, "tail": {"kind": "gpd", "xi": 0.6, "beta": 5e5}}


@of("sev-08-spliced-lognormal-gpd")
def _(i, e):
    breaks = i["breaks"]
    layers = [{"attach": a, "limit": b - a} for a, b in zip(breaks, breaks[1:])]
    return ([case(SPLICED, poisson(i["frequency"]), layers=layers), case(SPLICED, ask={"sf": breaks[1:], "mean": True})],
            lambda r: {"layer_loss_cost": [x["expected"] for x in r[0]["layers"]], "sf": up(r[1], "sf"),
                       "mean": up(r[1], "mean")})


# ---- compound distributions on a lattice ----

@of("agg-01-kpw-group-dental")
def _(i, e):
    grid = [i["unit"] * n for n in range(22)]
    made = case(lattice(i["sev_pmf"], i["unit"]), {"kind": "pmf", "p": i["freq_pmf"]},
                ask={"pmf": grid, "mean": True, "sd": True, "stop_loss": grid[:8]})
    return [made], lambda r: {"pmf_0_21": up(r[0], "pmf"), "mean": up(r[0], "mean"), "sd": up(r[0], "sd"),
                              "stop_loss_d0_to_7": up(r[0], "stop_loss")}


@of("agg-02-kpw-9.10")
def _(i, e):
    made = case(lattice(i["sev_pmf"]), poisson(i["poisson"]), ask={"pmf": list(range(10))})
    return [made], lambda r: {"pmf_0_9": up(r[0], "pmf"), "p2_times_exp3": up(r[0], "pmf")[2] * math.exp(3)}


@of("agg-03-kpw-9.11-zm-binomial")
def _(i, e):
    frequency = {"kind": "binomial", "m": i["m"], "q": i["q"], "zero_modified": i["p0M"]}
    made = case(lattice(i["sev_pmf"], i["unit"]), frequency, ask={"pmf": [i["unit"] * n for n in range(7)]})
    return [made], lambda r: {"pmf": up(r[0], "pmf")}


@of("agg-04-kpw-9.34")
def _(i, e):
    return ([case(discrete(i["sev"]), poisson(i["poisson"]), ask={"pmf": [600]})],
            lambda r: {"prob_600": up(r[0], "pmf")[0]})


@of("agg-05-kpw-9.57")
def _(i, e):
    return ([case(lattice(i["sev_pmf"]), poisson(i["poisson"]), ask={"cdf": list(range(9))})],
            lambda r: {"cdf_0_8": up(r[0], "cdf")})


@of("stop-01-kpw-9.24")
def _(i, e):
    made = case(discrete(i["sev"]), {"kind": "pmf", "p": i["freq_pmf"]}, ask={"mean": True, "lev": [i["agg_retention"]]})
    return [made], lambda r: {"gross": up(r[0], "mean"), "retained": up(r[0], "lev")[0],
                              "total_cost": up(r[0], "lev")[0] + i["stop_loss_premium"]}


@of("agg-07-kpw-9.19")
def _(i, e):
    mean = e["mean"]
    return ([case(discrete(i["sev"]), counts(i["freq"]), ask={"mean": True, "sf": [3 * mean]})],
            lambda r: {"mean": up(r[0], "mean"), "prob_gt_3_means": up(r[0], "sf")[0]})


@of("layer-01-kpw-9.31-mixed-severity")
def _(i, e):
    # 2 claims of one kind and 3 of the other: five claims of a mixture with weights .4 and .6.
    mixture = {"kind": "mixture", "weights": [0.4, 0.6], "deductible": i["deductible"],
               "parts": [{"kind": "uniform", "low": 0, "high": 1000}, {"kind": "uniform", "low": 0, "high": 200}]}
    one = case(mixture, {"kind": "pmf", "p": [0, 0, 0, 0, 0, 1]}, ask={"mean": True})
    return [one], lambda r: {"expected_excess": up(r[0], "mean") / 5}


@of("agg-09-kpw-9.45")
def _(i, e):
    return ([case(discrete(i["sev"]), poisson(i["poisson"]), ask={"pmf": list(range(13))})],
            lambda r: {"pmf_0_12": up(r[0], "pmf")})


@of("profit-01-kpw-9.47-dividend")
def _(i, e):
    # A dividend of max(0, k - S), k = 0.75 premium: k - E[min(S, k)]; then what is left of the premium.
    k = 0.75 * i["premium"]
    made = case(discrete(i["sev"]), poisson(i["poisson"]), ask={"lev": [k], "mean": True})

    def read(r):
        dividend = k - up(r[0], "lev")[0]
        return {"expected_dividend": dividend, "excess": i["premium"] - up(r[0], "mean") - dividend}
    return [made], read


@of("agg-11-kpw-9.60-neyman")
def _(i, e):
    made = case(discrete(i["sev"]), {"kind": "poisson_poisson", "mean1": 10, "mean2": 4}, ask={"sf": [400], "mean": True})
    return [made], lambda r: {"prob_gt_400": up(r[0], "sf")[0], "mean": up(r[0], "mean")}


@of("agg-12-bahnemann-4.1")
def _(i, e):
    made = case(lattice(i["sev_pmf"]), {"kind": "pmf", "p": i["freq_pmf"]},
                ask={"pmf": list(range(7)), "mean": True, "sd": True})
    return [made], lambda r: {"pmf": up(r[0], "pmf"), "mean": up(r[0], "mean"), "variance": up(r[0], "sd") ** 2}


@of("risk-01-discrete-var-tvar")
def _(i, e):
    made = case(lattice(i["sev_pmf"]), poisson(i["poisson"]), ask={"var": i["levels"], "tvar": i["levels"][:3]})
    return [made], lambda r: {"VaR": up(r[0], "var"), "TVaR_acerbi_tasche": up(r[0], "tvar")}


@of("risk-02-lda-10.3.4-var")
def _(i, e):
    return [case(discrete(i["pmf"]), ask={"var": i["levels"]})], lambda r: {"VaR": up(r[0], "var")}


@of("agg-14-lda-5.3.1")
def _(i, e):
    return ([case(discrete(i["sev"]), poisson(i["poisson"]), ask={"sd": True})],
            lambda r: {"variance": up(r[0], "sd") ** 2})


@of("agg-15-lda-5.3.2")
def _(i, e):
    # The budget is the mean and one standard deviation.
    return ([case(discrete(i["sev"]), counts(i["freq"]), ask={"mean": True, "sd": True})],
            lambda r: {"budget": up(r[0], "mean") + up(r[0], "sd")})


@of("agg-16-lda-5.3.3-geometric")
def _(i, e):
    sev = {"kind": "discrete", "x": [1, 2, 3, 4], "p": [0.25] * 4}
    made = case(sev, {"kind": "geometric", "mean": i["geometric_mean"]}, ask={"cdf": [3], "pmf": list(range(7))})
    return [made], lambda r: {"F3": up(r[0], "cdf")[0], "pmf_0_6": up(r[0], "pmf")}


@of("stop-02-lda-5.3.6")
def _(i, e):
    made = case(discrete(i["sev"]), {"kind": "geometric", "mean": i["geometric_beta"]},
                ask={"stop_loss": [i["agg_deductible"]]})
    return [made], lambda r: {"expected_overtime": up(r[0], "stop_loss")[0]}


@of("agg-17-lda-5.5.5-negbin-deductible-trend")
def _(i, e):
    sev = {"kind": "discrete", "x": i["sev"], "p": [0.25] * 4, "trend": i["trend"], "deductible": i["deductible"]}
    frequency = {"kind": "negbin", "mean": i["negbin_mean"], "variance_to_mean": i["negbin_var"] / i["negbin_mean"]}
    return ([case(sev, frequency, ask={"mean": True, "sd": True})],
            lambda r: {"mean": up(r[0], "mean"), "variance": up(r[0], "sd") ** 2})


DICE = {"kind": "pmf", "p": [0] + [1 / 6] * 6}


@of("re-01-dice-occ-and-agg")
def _(i, e):
    dice = {"kind": "discrete", "x": [1, 2, 3, 4, 5, 6], "p": [1 / 6] * 6}
    net = {"kind": "discrete", "x": [1, 2, 3, 4, 4, 4], "p": [1 / 6] * 6}
    agg = {"attach": 0, "annual_deductible": 12, "annual_limit": 8}
    return ([case(dice, DICE, ask={"mean": True, "pmf": [1, 36]}, layers=[{"annual_deductible": 24, "annual_limit": 12}]),
             case(net, DICE, ask={"mean": True}, layers=[agg])],
            lambda r: {"gross_mean": up(r[0], "mean"), "p_gross_1": up(r[0], "pmf")[0], "p_gross_36": up(r[0], "pmf")[1],
                       "net_occ_mean": up(r[1], "mean"),
                       "net_final_mean": up(r[1], "mean") - r[1]["layers"][0]["expected"],
                       "agg_12xs24_on_gross": r[0]["layers"][0]["expected"]})


@of("coins-02-dice-share-of")
def _(i, e):
    net = {"kind": "discrete", "x": [x - 0.5 * min(max(x - 2, 0), 2) - min(max(x - 4, 0), 2) for x in range(1, 7)],
           "p": [1 / 6] * 6}
    # 25 % of 4 xs 10: the amounts of the year are the layer's own, after the share.
    layer = {"share": 0.25, "annual_deductible": 2.5, "annual_limit": 1}
    return ([case(net, DICE, ask={"mean": True}, layers=[layer])],
            lambda r: {"net_occ_mean": up(r[0], "mean"), "net_mean": up(r[0], "mean") - r[0]["layers"][0]["expected"]})


# ---- compound distributions of continuous claims ----

@of("agg-08-kpw-9.39-binomial-exponential")
def _(i, e):
    made = case({"kind": "exponential", "mean": 100}, {"kind": "binomial", **i["binomial"]}, ask={"cdf": [300]})
    return [made], lambda r: {"cdf_300": up(r[0], "cdf")[0]}


@of("agg-10-kpw-9.59-poisson-gamma")
def _(i, e):
    # The second number is that of a span of 100 with rounding: the same claims put on that lattice by hand.
    gamma = {"kind": "gamma", "shape": 0.5, "scale": 2500}
    cells = [math.erf(math.sqrt((n + 0.5) * 100 / 2500)) for n in range(800)]
    masses = [cells[0]] + [b - a for a, b in zip(cells, cells[1:])]
    rounded = lattice(masses + [1 - sum(masses)], 100)
    return ([case(gamma, poisson(i["poisson"]), ask={"sf": [i["benefit_max"]]}),
             case(rounded, poisson(i["poisson"]), ask={"sf": [i["benefit_max"] - 100]})],
            lambda r: {"prob_ge_20000_exact": up(r[0], "sf")[0], "prob_ge_20000_rounding_span100": up(r[1], "sf")[0]})


@of("layer-02-kpw-9.14-deductible-coinsurance-limit")
def _(i, e):
    sev = {"kind": "lomax", "alpha": 4, "theta": 10, "deductible": i["deductible"], "loss_limit": i["loss_limit"],
           "coinsurance": i["coinsurance"]}
    return ([case(sev, poisson(i["poisson"]), ask={"mean": True, "sd": True})],
            lambda r: {"mean": up(r[0], "mean"), "variance": up(r[0], "sd") ** 2,
                       "payment_count_mean": r[0]["payments"]["count_mean"]})


@of("layer-03-kpw-9.63-negbin")
def _(i, e):
    sev = {"kind": "gamma", "shape": 2, "scale": 100, "deductible": i["deductible"], "loss_limit": i["loss_limit"]}
    return ([case(sev, {"kind": "negbin", **i["negbin"]}, ask={"mean": True, "sd": True})],
            lambda r: {"mean": up(r[0], "mean"), "variance": up(r[0], "sd") ** 2,
                       "payment_count_negbin_beta": r[0]["payments"]["frequency"]["beta"]})


@of("freq-01-lda-5.5.4-zm-poisson-deductible")
def _(i, e):
    sev = {"kind": "burr", "alpha": 3, "gamma": 1, "theta": 50, "deductible": i["deductible"]}
    return ([case(sev, {"kind": "poisson", "mean": i["lam"], "zero_modified": i["p0M"]})],
            lambda r: {"E_NP": r[0]["payments"]["count_mean"], "Var_NP": r[0]["payments"]["count_variance"]})


@of("agg-18-lda-5.5.7")
def _(i, e):
    made = case({"kind": "exponential", "mean": 200, "deductible": i["deductible"]},
                poisson(i["poisson"] * (1 + i["frequency_change"])), ask={"mean": True})
    return [made], lambda r: {"mean": up(r[0], "mean")}


@of("cont-01-poisson-exponential")
def _(i, e):
    made = case({"kind": "exponential", "mean": 1}, poisson(i["poisson"]),
                ask={"sf": i["x"], "stop_loss": i["x"], "density": [2]})
    return [made], lambda r: {"sf": up(r[0], "sf"), "stop_loss": up(r[0], "stop_loss"),
                              "density_bessel_at_2": up(r[0], "density")[0]}


@of("cont-03-tweedie-bahnemann-4.2")
def _(i, e):
    made = case({"kind": "gamma", "shape": 3, "scale": 400}, poisson(i["poisson"]),
                ask={"cdf": i["x"], "pmf": [0], "mean": True, "sd": True, "skew": True})
    return [made], lambda r: {"F0": up(r[0], "pmf")[0], "cdf": up(r[0], "cdf"), "mean": up(r[0], "mean"),
                              "variance": up(r[0], "sd") ** 2, "skewness": up(r[0], "skew")}


@of("cont-04-tweedie-bahnemann-4.3b")
def _(i, e):
    made = case({"kind": "gamma", "shape": 0.05, "scale": 6000}, poisson(i["poisson"]), ask={"cdf": i["x"]})
    return [made], lambda r: {"cdf": up(r[0], "cdf")}


@of("cont-06-geometric-exponential-closed")
def _(i, e):
    made = case({"kind": "exponential", "mean": 1}, {"kind": "geometric", "mean": i["geometric_mean"]},
                ask={"var": i["levels"], "tvar": i["levels"], "stop_loss": [10]})
    return [made], lambda r: {"VaR": up(r[0], "var"), "TVaR": up(r[0], "tvar"), "stop_loss_10": up(r[0], "stop_loss")[0]}


@of("layer-04-occ-limit-agg-limit-exact")
def _(i, e):
    layer = {"attach": i["deductible"], "limit": i["occurrence_limit"]}
    layers = [layer] + [dict(layer, annual_limit=limit) for limit in i["aggregate_limits"]]
    return ([case({"kind": "exponential", "mean": 3}, poisson(i["poisson"]), layers=layers)],
            lambda r: {"unlimited": r[0]["layers"][0]["expected"], "limited": [x["expected"] for x in r[0]["layers"][1:]]})


@of("reinst-01-exact")
def _(i, e):
    layer = {"attach": i["deductible"], "limit": i["layer_limit"]}
    layers = [dict(layer, reinstatements=i["rates_a"]), dict(layer, reinstatements=i["rates_b"])]

    def read(r):
        a, b = r[0]["layers"]
        paid = 1 + sum(rate * band / i["layer_limit"] for rate, band in zip(i["rates_a"], a["bands"]))
        return {"expected_loss": a["expected"], "layer_bands": a["bands"],
                "initial_premium_100pct": a["reinstatement_base_premium"],
                "initial_premium_50_100": b["reinstatement_base_premium"],
                "expected_total_premium_a": a["reinstatement_base_premium"] * paid}
    return [case({"kind": "exponential", "mean": 3}, poisson(i["poisson"]), layers=layers)], read


@of("re-02-bear-nemlick-1-4-aad-retro")
def _(i, e):
    # Claims above 40 of each part: expected layer loss over the mean of a claim in the layer 160 xs 40.
    def layer_mean(alpha):
        return (40 / (alpha - 1)) * (1 - (40 / 200) ** (alpha - 1))
    n = [premium * rate / layer_mean(alpha)
         for premium, rate, alpha in zip(i["subject_premium"], i["loss_rate"], i["single_pareto_shape"])]
    total = sum(n)
    sev = {"kind": "mixture", "weights": [x / total for x in n],
           "parts": [{"kind": "pareto", "alpha": a, "theta": 40} for a in i["single_pareto_shape"]]}
    layer = {"attach": 40, "limit": 160}
    aad = dict(layer, annual_deductible=i["agg_deductible"])
    # Premium clip(L / 0.75, 360, 1200) = 360 + the part of L between 270 and 900, divided by 0.75.
    retro = dict(layer, annual_deductible=270, annual_limit=630)
    negbin = {"kind": "negbin", "r": 20, "beta": total / 20}

    def read(r):
        plain, net, band = r[0]["layers"]
        return {"count": plain["claims"], "gross": plain["expected"], "cv": plain["sd_before_annual"] / plain["expected"],
                "net_aad360_poisson": net["expected"], "net_aad360_negbin_c05": r[1]["layers"][0]["expected"],
                "retro_premium": 360 + band["expected"] / 0.75}
    return [case(sev, poisson(total), layers=[layer, aad, retro]), case(sev, negbin, layers=[aad])], read


@of("risk-03-lognormal-tvar")
def _(i, e):
    return ([case(lognormal(i), ask={"var": [i["level"]], "tvar": [i["level"]]})],
            lambda r: {"VaR": up(r[0], "var")[0], "TVaR": up(r[0], "tvar")[0]})


@of("risk-04-gpd-var-tvar")
def _(i, e):
    # Only the tail is given: below u any body does.
    sev = {"kind": "spliced", "body": {"kind": "uniform", "low": 0, "high": i["u"]}, "threshold": i["u"],
           "tail_weight": i["tail_prob"], "tail": {"kind": "gpd", "xi": i["xi"], "beta": i["beta"]}}
    return ([case(sev, ask={"var": [i["level"]], "tvar": [i["level"]]})],
            lambda r: {"VaR": up(r[0], "var")[0], "TVaR": up(r[0], "tvar")[0]})


@of("risk-05-oep")
def _(i, e):
    made = case({"kind": "gpd", "xi": 0.6, "beta": 5e5}, poisson(i["poisson"]), ask={"oep": i["x"]})
    return [made], lambda r: {"OEP": up(r[0], "oep")}


@of("tower-poisson-0.05", "tower-poisson-0.25", "tower-poisson-0.5", "tower-poisson-5.0")
def _(i, e):
    layers = [{"attach": x["attach"], "limit": x["limit"], "annual_limit": x["annual_aggregate"]} for x in i["layers"]]

    def read(r):
        each = [x["expected"] for x in r[0]["layers"]]
        return {"layer": each, "total": sum(each)}
    return [case(SPLICED, poisson(i["mean"]), layers=layers)], read


# ---- own history, FAIR ----

@of("cred-06-poisson-gamma")
def _(i, e):
    def read(r):
        c = r[0]["credibility"]
        return {**{k: c[k] for k in ["posterior_mean", "posterior_shape", "posterior_rate", "predictive_p0"]},
                "predictive_negbin": {k: c["predictive"][k] for k in ["r", "beta"]}}
    return [{"credibility": {"prior": i["prior"], "claims": i["claims"]}}], read


@of("cred-07-poisson-gamma-exposure")
def _(i, e):
    made = {"credibility": {"prior": i["prior"], "claims": i["claims"], "years": i["exposure_years"]}}
    return [made], lambda r: {k: r[0]["credibility"][k] for k in ["posterior_mean", "credibility"]}


@of("fair-01-riskquant-simpleloss")
def _(i, e):
    sev = {"kind": "lognormal", "low": i["p90"][0], "high": i["p90"][1], "confidence": 0.9}
    made = [case(sev, poisson(f), ask={"mean": True}) for f in i["frequency"]]
    return made, lambda r: {**r[0]["severity"], "annualized": [up(x, "mean") for x in r]}


@of("fair-02-pert")
def _(i, e):
    sev = {"kind": "pert", **i}
    made = case(sev, ask={"mean": True, "sd": True, "var": [0.95]})
    return [made], lambda r: {**r[0]["severity"], "mean": up(r[0], "mean"), "sd": up(r[0], "sd"), "p95": up(r[0], "var")[0]}
