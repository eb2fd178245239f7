# The jobs of ratios.sh in R actuar (Debian: r-cran-actuar): compound Poisson by Panjer's recursion, aggregateDist
# "recursive", on grids that lie on the layer, with masses that keep the mean. The expected total of the tower is
# 34,273.845. Usage: Rscript against_actuar.R JOB [POINTS]; prints one line of JSON.
suppressMessages(library(actuar))
job <- commandArgs(TRUE)[1]; asked <- as.integer(commandArgs(TRUE)[2])
xi <- .6; beta <- 5e5; threshold <- 1e6; weight <- .03
limited <- function(x, mu, sigma) {
  below <- pnorm((log(threshold) - mu) / sigma)
  t <- pmin(x, threshold)
  z <- (log(pmax(t, 1e-12)) - mu) / sigma
  body <- (1 - weight) / below * exp(mu + sigma^2 / 2) * pnorm(z - sigma) + t * (1 - (1 - weight) / below * pnorm(z))
  theta <- beta / xi; a <- 1 / xi; over <- pmax(x - threshold, 0)
  body + ifelse(over > 0, weight * theta / (a - 1) * (1 - (theta / (theta + over))^(a - 1)), 0)
}
masses <- function(attach, limit, points, mu, sigma) {
  step <- limit / points
  curve <- limited(attach + (0:points) * step, mu, sigma) - limited(attach, mu, sigma)
  d <- diff(curve) / step
  c(1 - d[1], d[-points] - d[-1], d[points])
}
layers <- list(c(450e3, 50e3, 2), c(500e3, 500e3, 2), c(1e6, 1e6, 1), c(3e6, 2e6, 1), c(5e6, 5e6, 1))
total <- function(claim, frequency, step, count) suppressWarnings(
  aggregateDist("recursive", model.freq = "poisson", x.scale = step, lambda = frequency, model.sev = claim, tol = 1e-12,
                maxit = count))
tower <- function(points, frequency = .25, mu = 10.8, sigma = 1.7, deductible = 0) sum(sapply(layers, function(layer) {
  step <- layer[1] / points
  from <- if (layer[2] == 50e3) deductible * layer[1] else 0
  sums <- total(masses(layer[2], layer[1], points, mu, sigma), frequency, step, 8 * points)
  at <- knots(sums)
  p <- c(sums(at[1]), diff(sums(at)))
  sum(p * pmin(pmax(at - from, 0), layer[3] * layer[1]))
}))
market <- function(points, companies = 200) {
  place <- (seq_len(companies) - .5) / companies
  sum(sapply(place, function(p) tower(points, .02 + .5 * p, 9.8 + 2 * p, 1.4 + .6 * (1 - p), .25))) * 10000 / companies
}
lattice <- function(count, step = 5000) {
  d <- diff(limited((0:count) * step, 10.8, 1.7)) / step
  sums <- suppressWarnings(aggregateDist("recursive", model.freq = "poisson", x.scale = step, lambda = .5,
                                         model.sev = pmax(c(1 - d[1], d[-count] - d[-1]), 0), tol = 1e-6, maxit = count))
  1 - sums(400 * step)
}
work <- switch(job, tower = list(function() tower(asked), 20, 1), market = list(function() market(asked), 1, 10000 / 200),
               panjer = list(function() lattice(2^12), 1, 1), fft = list(function() lattice(2^16), 1, 1))
if (job == "tower") invisible(work[[1]]())  # the first call compiles
elapsed <- system.time(for (i in 1:work[[2]]) value <- work[[1]]())
kib <- as.integer(sub("[^0-9]*([0-9]+).*", "\\1", grep("VmHWM", readLines("/proc/self/status"), value = TRUE)))
cat(sprintf('{"job": "%s", "seconds": %.9f, "value": %.12g, "detail": %d, "kib": %d}\n', job,
            sum(elapsed[1:2]) / work[[2]] * work[[3]], value, asked, kib))
