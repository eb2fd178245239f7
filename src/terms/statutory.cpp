#include "terms/statutory.h"

#include <array>

namespace anlan::terms {
namespace {

using enum Statute;

constexpr std::array kRules{
    StatutoryRule{
        kInsuranceLaw, "16",
        "投保人只需如实回答保险人的询问；保险人合同订立时已知道未如实告知的，不得解除合同；解除权自"
        "知道之日起三十日、自合同成立之日起两年不行使而消灭。",
        "The policyholder answers what is asked; what the insurer knew at conclusion gives no "
        "right "
        "to rescind, and the right ends 30 days after knowledge and two years after conclusion.",
        "claims/disclosure"},
    StatutoryRule{
        kInsuranceLaw, "17", "免除保险人责任的条款，订立时未作提示和明确说明的，不产生效力。",
        "A clause that relieves the insurer has no effect unless it was shown and clearly "
        "explained when the contract was made.",
        "terms/clause_court"},
    StatutoryRule{
        kInsuranceLaw, "19", "免除保险人法定义务、加重投保人责任或者排除其法定权利的格式条款无效。",
        "Standard terms that remove a statutory duty of the insurer, or a statutory right "
        "of the insured, are void.",
        ""},
    StatutoryRule{kInsuranceLaw, "21", "未及时通知的，保险人仅对因此无法确定的部分不承担赔偿责任。",
                  "Late notice frees the insurer of that part only which could not be determined "
                  "because of it.",
                  "terms/admission"},
    StatutoryRule{kInsuranceLaw, "22", "索赔材料不完整的，保险人应当及时一次性通知补充。",
                  "Missing claim documents are asked for once, completely.", "claims/clocks"},
    StatutoryRule{kInsuranceLaw, "23", "三十日内作出核定；达成赔偿协议后十日内支付。",
                  "A claim is decided within 30 days and paid within 10 days of the agreement.",
                  "claims/clocks"},
    StatutoryRule{kInsuranceLaw, "24",
                  "不属于保险责任的，自核定之日起三日内发出拒赔通知并说明理由。",
                  "A denial is notified within three days of the decision, with its reasons.",
                  "claims/clocks"},
    StatutoryRule{kInsuranceLaw, "25", "六十日内不能确定赔偿数额的，先予支付可以确定的数额。",
                  "Where the amount is not settled after 60 days, what can be determined is paid "
                  "first.",
                  "claims/clocks"},
    StatutoryRule{kInsuranceLaw, "26", "非人寿保险的索赔时效为两年，自知道保险事故之日起计算。",
                  "A claim lapses two years after the insured learned of the incident.",
                  "claims/letter"},
    StatutoryRule{kInsuranceLaw, "30", "格式条款有两种以上解释的，作有利于被保险人的解释。",
                  "Standard terms with more than one meaning are read in favour of the insured.",
                  ""},
    StatutoryRule{kInsuranceLaw, "52",
                  "危险程度显著增加未通知的，保险人仅对因此发生的事故不承担赔偿责任。",
                  "An increase of danger that was not notified frees the insurer only of incidents "
                  "that it caused.",
                  ""},
    StatutoryRule{kInsuranceLaw, "53", "危险程度明显减少的，保险人应当降低保险费，并按日退还。",
                  "Where the danger clearly decreased the insurer lowers the premium, by the day.",
                  ""},
    StatutoryRule{kInsuranceLaw, "54", "投保人解除合同的，退还未到期保险费。",
                  "On termination by the policyholder the unearned premium is refunded.",
                  "underwriting/cancel"},
    StatutoryRule{kInsuranceLaw, "57",
                  "必要、合理的施救费用在赔偿金额以外另行计算，最高不超过保险金额。",
                  "Necessary and reasonable cost to prevent or lessen the loss is paid beside the "
                  "indemnity, up to the sum insured.",
                  "terms/settle"},
    StatutoryRule{kInsuranceLaw, "64", "查明事故原因、性质和损失程度的必要费用由保险人承担。",
                  "Necessary cost to establish cause, nature and extent of the loss is the "
                  "insurer's.",
                  ""},
    StatutoryRule{kInsuranceLaw, "65",
                  "被保险人未向第三者赔偿的，保险人不得向被保险人支付责任保险赔款。",
                  "Under a liability cover the insurer does not pay the insured before the insured "
                  "has paid the third party.",
                  ""},
    StatutoryRule{kInterpretationTwo, "9",
                  "免赔额、免赔率、比例赔付等减轻保险人责任的条款属于免除责任条款。",
                  "Deductibles, participations and proportional payment count as clauses that "
                  "relieve the insurer.",
                  "terms/clause"},
    StatutoryRule{kInterpretationTwo, "13", "保险人对履行明确说明义务负举证责任。",
                  "The insurer bears the proof that it explained.", "terms/clause_court"},
    StatutoryRule{kInterpretationFour, "6", "施救措施未产生实际效果的，施救费用仍由保险人承担。",
                  "Cost of mitigation is owed even where the measure had no effect.",
                  "terms/settle"},
};

}  // namespace

std::span<const StatutoryRule> statutory_rules() { return kRules; }

}  // namespace anlan::terms
