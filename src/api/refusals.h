// Refusals of the edge: how a command line can be wrong before any operation runs.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kUnknownOperation{9001, "unknown_operation"};
inline constexpr RefusalCode kUnknownOption{9002, "unknown_option"};
inline constexpr RefusalCode kOptionWithoutValue{9003, "option_without_value"};
inline constexpr RefusalCode kTooManyArguments{9004, "too_many_arguments"};
inline constexpr RefusalCode kOptionTwice{9005, "option_twice"};
inline constexpr RefusalCode kMissingOption{9006, "missing_option"};
inline constexpr RefusalCode kUnknownArtefact{9007, "unknown_artefact"};
inline constexpr RefusalCode kClockNotSettable{9008, "clock_not_settable"};
inline constexpr RefusalCode kDocumentInvalid{9009, "document_invalid"};
inline constexpr RefusalCode kMissingFacts{9010, "missing_facts"};
inline constexpr RefusalCode kMissingAnswers{9011, "missing_answers"};
inline constexpr RefusalCode kArtefactChanged{9012, "artefact_changed"};
inline constexpr RefusalCode kNoLossStated{9013, "no_loss_stated"};
inline constexpr RefusalCode kFingerprintShort{9014, "fingerprint_short"};
inline constexpr RefusalCode kFingerprintOther{9015, "fingerprint_other"};
inline constexpr RefusalCode kClockBehind{9016, "clock_behind"};
inline constexpr RefusalCode kPdfNotOffered{9017, "pdf_not_offered"};
inline constexpr RefusalCode kCodeMalformed{9030, "code_malformed"};
inline constexpr RefusalCode kPaperUnsigned{9031, "paper_unsigned"};
inline constexpr RefusalCode kPagesOther{9032, "pages_other"};
inline constexpr RefusalCode kPaperChanged{9033, "paper_changed"};
inline constexpr RefusalCode kPdfInsideHouse{9034, "pdf_inside_house"};
inline constexpr RefusalCode kPdfToOutput{9035, "pdf_to_output"};     // args option
inline constexpr RefusalCode kPaperUnplaced{9036, "paper_unplaced"};  // args number
inline constexpr RefusalCode kSectionUnknown{9070, "section_unknown"};
inline constexpr RefusalCode kSublimitMalformed{9071, "sublimit_malformed"};
inline constexpr RefusalCode kSublimitAboveLimit{9072, "sublimit_above_limit"};
inline constexpr RefusalCode kNoSectionLeft{9073, "no_section_left"};
inline constexpr RefusalCode kSublimitTwice{9074, "sublimit_twice"};
inline constexpr RefusalCode kAppetiteMalformed{9075, "appetite_malformed"};
inline constexpr RefusalCode kQuoteInputsMissing{9080, "quote_inputs_missing"};
inline constexpr RefusalCode kQuoteNotReproduced{9081, "quote_not_reproduced"};
inline constexpr RefusalCode kQuotesNotVouched{9082, "quotes_not_vouched"};
inline constexpr RefusalCode kQuoteOtherProgram{9083, "quote_other_program"};

inline constexpr RefusalCode kScriptUnknown{9090, "script_unknown"};
inline constexpr RefusalCode kWordingUnknown{9091, "wording_unknown"};
inline constexpr RefusalCode kCompareTwice{9092, "compare_twice"};
inline constexpr RefusalCode kCompareTooFew{9093, "compare_too_few"};
inline constexpr RefusalCode kCompareCompany{9094, "compare_company"};
inline constexpr RefusalCode kXlsxNotOffered{9095, "xlsx_not_offered"};
inline constexpr RefusalCode kInsuranceProductUnknown{9096,
                                                      "insurance_product_unknown"};  // args nearest
inline constexpr RefusalCode kCompareTooMany{9097, "compare_too_many"};              // args most

inline constexpr RefusalCode kRulesMissing{9120, "rules_missing"};  // args file
inline constexpr RefusalCode kOverrideMalformed{9121, "override_malformed"};
inline constexpr RefusalCode kOedRows{9140, "oed_rows"};  // args found
inline constexpr RefusalCode kFormLine{9141, "form_line"};
inline constexpr RefusalCode kNothingProposed{9142, "nothing_proposed"};
inline constexpr RefusalCode kBulkTooManyRows{9143, "bulk_too_many_rows"};  // args max
inline constexpr RefusalCode kFileFormUnknown{9144, "file_form_unknown"};   // args choices
inline constexpr RefusalCode kRowWithoutProduct{9145, "row_without_product"};
inline constexpr RefusalCode kRowTwice{9146, "row_twice"};  // args row
inline constexpr RefusalCode kInstrumentNotEligible{9160, "instrument_not_eligible"};
inline constexpr RefusalCode kNothingAsked{9190, "nothing_asked"};
inline constexpr RefusalCode kTextMissing{9191, "text_missing"};
inline constexpr RefusalCode kNoCertificates{9200, "no_certificates"};  // args product

// Requests over HTTP.
inline constexpr RefusalCode kBodyValue{9210, "body_value"};  // args wanted
inline constexpr RefusalCode kNoSuchPath{9211, "no_such_path"};
inline constexpr RefusalCode kOtherMethod{9212, "other_method"};  // args allowed
inline constexpr RefusalCode kSignInNeeded{9213, "sign_in_needed"};
inline constexpr RefusalCode kKeyInFlight{9214, "key_in_flight"};
inline constexpr RefusalCode kScopeMissing{9215, "scope_missing"};     // args operation
inline constexpr RefusalCode kHouseNotNamed{9216, "house_not_named"};  // args choices
inline constexpr RefusalCode kPageMalformed{9217, "page_malformed"};

// What a server is told by its configuration, and by its environment.
inline constexpr RefusalCode kVariableUnknown{9250, "variable_unknown"};  // args nearest
inline constexpr RefusalCode kSealTwice{9251, "seal_twice"};
inline constexpr RefusalCode kNothingExamined{9252, "nothing_examined"};

// Long work, rehearsals, conditions on what is changed.
inline constexpr RefusalCode kRehearsed{9290, "rehearsed"};  // no error: what dry runs end with
inline constexpr RefusalCode kNotRehearsed{9291, "not_rehearsed"};  // args operation
inline constexpr RefusalCode kCancelled{9292, "cancelled"};
inline constexpr RefusalCode kJobUnknown{9293, "job_unknown"};
inline constexpr RefusalCode kTooManyJobs{9294, "too_many_jobs"};  // args limit
inline constexpr RefusalCode kTagStale{9295, "tag_stale"};
inline constexpr RefusalCode kFaultForced{9296, "fault_forced"};    // args fault
inline constexpr RefusalCode kFaultUnknown{9297, "fault_unknown"};  // args choices
inline constexpr RefusalCode kReplyShape{9298, "reply_shape"};

inline constexpr std::array kApi{kUnknownOperation,
                                 kUnknownOption,
                                 kOptionWithoutValue,
                                 kTooManyArguments,
                                 kOptionTwice,
                                 kMissingOption,
                                 kUnknownArtefact,
                                 kClockNotSettable,
                                 kDocumentInvalid,
                                 kMissingFacts,
                                 kMissingAnswers,
                                 kArtefactChanged,
                                 kNoLossStated,
                                 kFingerprintShort,
                                 kFingerprintOther,
                                 kClockBehind,
                                 kPdfNotOffered,
                                 kCodeMalformed,
                                 kPaperUnsigned,
                                 kPagesOther,
                                 kPaperChanged,
                                 kPdfInsideHouse,
                                 kPdfToOutput,
                                 kPaperUnplaced,
                                 kSectionUnknown,
                                 kSublimitMalformed,
                                 kSublimitAboveLimit,
                                 kNoSectionLeft,
                                 kSublimitTwice,
                                 kAppetiteMalformed,
                                 kQuoteInputsMissing,
                                 kQuoteNotReproduced,
                                 kQuotesNotVouched,
                                 kQuoteOtherProgram,
                                 kScriptUnknown,
                                 kWordingUnknown,
                                 kCompareTwice,
                                 kCompareTooFew,
                                 kCompareCompany,
                                 kXlsxNotOffered,
                                 kInsuranceProductUnknown,
                                 kCompareTooMany,
                                 kRulesMissing,
                                 kOverrideMalformed,
                                 kOedRows,
                                 kFormLine,
                                 kNothingProposed,
                                 kBulkTooManyRows,
                                 kFileFormUnknown,
                                 kRowWithoutProduct,
                                 kRowTwice,
                                 kInstrumentNotEligible,
                                 kNothingAsked,
                                 kTextMissing,
                                 kNoCertificates,
                                 kBodyValue,
                                 kNoSuchPath,
                                 kOtherMethod,
                                 kSignInNeeded,
                                 kKeyInFlight,
                                 kScopeMissing,
                                 kHouseNotNamed,
                                 kPageMalformed,
                                 kVariableUnknown,
                                 kSealTwice,
                                 kNothingExamined,
                                 kRehearsed,
                                 kNotRehearsed,
                                 kCancelled,
                                 kJobUnknown,
                                 kTooManyJobs,
                                 kTagStale,
                                 kFaultForced,
                                 kFaultUnknown,
                                 kReplyShape};

}  // namespace anlan::api::refusals
