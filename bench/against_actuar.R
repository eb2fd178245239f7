# The tower of five layers in R actuar (Debian: r-cran-actuar): compound Poisson by Panjer's recursion on a grid that
# lies on each layer, with annual aggregates. Prints milliseconds and the expected total; the right one is 34,273.845.
# Run it through against_actuar.sh, which puts the same job of this program beside it.
suppressMessages(library(actuar))
mu <- 10.8; sigma <- 1.7; threshold <- 1e6; weight <- .03; xi <- .6; beta <- 5e5; frequency <- .25
below <- pnorm((log(threshold) - mu) / sigma)
survival <- function(x) ifelse(x <= threshold, 1 - (1 - weight) * pnorm((log(pmax(x, 1e-12)) - mu) / sigma) / below,
                               weight * (1 + xi * pmax(x - threshold, 0) / beta)^(-1 / xi))
limited <- function(x) {
  t <- pmin(x, threshold)
  z <- (log(pmax(t, 1e-12)) - mu) / sigma
  body <- (1 - weight) / below * exp(mu + sigma^2 / 2) * pnorm(z - sigma) + t * survival(t)
  theta <- beta / xi; a <- 1 / xi; over <- pmax(x - threshold, 0)
  body + ifelse(over > 0, weight * theta / (a - 1) * (1 - (theta / (theta + over))^(a - 1)), 0)
}
masses <- function(attach, limit, points) {
  step <- limit / points
  curve <- limited(attach + (0:points) * step) - limited(attach)
  d <- diff(curve) / step
  c(1 - d[1], d[-points] - d[-1], d[points])
}
layers <- list(c(450e3, 50e3, 900e3), c(500e3, 500e3, 1e6), c(1e6, 1e6, 1e6), c(3e6, 2e6, 3e6), c(5e6, 5e6, 5e6))
tower <- function(points) sum(sapply(layers, function(layer) {
  step <- layer[1] / points
  total <- suppressWarnings(aggregateDist("recursive", model.freq = "poisson", x.scale = step, lambda = frequency,
                                          model.sev = masses(layer[2], layer[1], points), tol = 1e-12, maxit = 8 * points))
  at <- knots(total)
  p <- c(total(at[1]), diff(total(at)))
  sum(p * pmin(at, layer[3]))
}))
points <- 128
invisible(tower(points))
runs <- 20
elapsed <- system.time(for (i in 1:runs) value <- tower(points))[["elapsed"]] / runs
cat(sprintf("%.3f %.6f %d\n", elapsed * 1e3, value, points))
