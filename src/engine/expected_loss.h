// The engine's answer for one company and one wording: the record that a quote carries.
#pragma once

#include "base/executor.h"
#include "base/result.h"
#include "domain/loss_result.h"
#include "engine/interval.h"
#include "engine/risk_input.h"
#include "engine/year.h"

namespace anlan::engine {

// Expected annual losses before and after the terms, by peril and cover; the standard error of the
// payment; its range over the parameter ensemble; and the four corners of the price walk:
//                          sector's average controls   own controls
//   no terms               insured_full_sector         insured_full_cover
//   the wording            insured_sector              insured
// "No terms": covered perils and insured sections, without limits, deductibles, retentions and
// waiting.
//
// Amounts leave rounded half-up to minor units; those by peril and by cover are split by largest
// remainder and sum to their total. `bits` is SHA-256 over the bits of all doubles behind the
// record. Refuses kCurrencyMismatch, and what settle_columns refuses. Same bits for any executor.
// About 0.2 s on one thread.
Result<domain::LossResult> expected_loss(const YearSetting& setting, const RiskInput& company,
                                         Executor& executor);

// The part of it that a technical price reads, of the company's own controls only: no range, no
// corners, no digest. Equal to expected_loss in all else. A quarter of its cost.
Result<domain::LossResult> central_loss(const YearSetting& setting, const RiskInput& company,
                                        Executor& executor);
// The record of a year that was calculated already: all that a technical price reads; the range,
// the corners and the digest are left empty.
domain::LossResult loss_record(const YearSetting& setting, const LossModel& model,
                               const YearLoss& year);

// SHA-256 over every double of the results, in declared order.
Digest engine_digest(const YearLoss& own, const YearLoss& sector, const PaymentRange& range);

}  // namespace anlan::engine
