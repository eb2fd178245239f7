#include "domain/cover.h"

#include <algorithm>
#include <array>

namespace anlan::domain {
namespace {

constexpr auto kProperty = CoverSide::kProperty;
constexpr auto kLiability = CoverSide::kLiability;

// REFERENCE.md 3.1. TP.VENDORWARR is cover that a vendor buys for what it promises of its product.
constexpr std::array kCovers{
    CoverKind{"FP.BI", kProperty, "营业中断", "Business interruption"},
    CoverKind{"FP.CBI", kProperty, "从属营业中断", "Dependent business interruption (IT provider)"},
    CoverKind{"FP.CBI_NONIT", kProperty, "从属营业中断（非信息技术供应商）",
              "Dependent business interruption (other supplier)"},
    CoverKind{"FP.SYSFAIL", kProperty, "系统故障与操作失误", "System failure and operating error"},
    CoverKind{"FP.VOLSHUT", kProperty, "主动关停", "Voluntary or ordered shutdown"},
    CoverKind{"FP.EXT", kProperty, "网络勒索", "Cyber extortion"},
    CoverKind{"FP.DATA", kProperty, "数据重置", "Data restoration"},
    CoverKind{"FP.HW", kProperty, "硬件改善", "Hardware improvement"},
    CoverKind{"FP.BETTER", kProperty, "改进费用", "Betterment"},
    CoverKind{"FP.IR", kProperty, "应急响应", "Incident response and forensics"},
    CoverKind{"FP.LEGAL", kProperty, "法律合规咨询", "Legal and compliance advice"},
    CoverKind{"FP.NOTIFY", kProperty, "通知费用", "Notification"},
    CoverKind{"FP.CREDIT", kProperty, "信用监控", "Credit monitoring"},
    CoverKind{"FP.PR", kProperty, "危机公关", "Crisis communication"},
    CoverKind{"FP.REP", kProperty, "声誉损失", "Loss of reputation"},
    CoverKind{"FP.FTF", kProperty, "社会工程资金损失", "Funds lost to social engineering"},
    CoverKind{"FP.THEFT", kProperty, "黑客盗窃", "Theft by intrusion"},
    CoverKind{"FP.CRYPTOJACK", kProperty, "算力盗用", "Theft of computing power"},
    CoverKind{"FP.MITIG", kProperty, "施救费用", "Mitigation cost"},
    CoverKind{"FP.SERVICE", kProperty, "服务给付", "Service in kind"},
    CoverKind{"TP.PRIV", kLiability, "隐私与数据保密责任", "Privacy liability"},
    CoverKind{"TP.SEC", kLiability, "网络安全责任", "Network security liability"},
    CoverKind{"TP.SPRING", kLiability, "对链主企业责任", "Liability to a chain-leader company"},
    CoverKind{"TP.REG.DEF", kLiability, "监管抗辩", "Defence before a regulator"},
    CoverKind{"TP.REG.FINE", kLiability, "行政罚款", "Administrative fine"},
    CoverKind{"TP.PCI", kLiability, "支付卡行业罚金与评估", "Payment card assessments"},
    CoverKind{"TP.MEDIA", kLiability, "媒体责任", "Media liability"},
    CoverKind{"TP.DEF", kLiability, "抗辩费用", "Defence costs"},
    CoverKind{"TP.TECHEO", kLiability, "科技职业责任", "Technology errors and omissions"},
    CoverKind{"TP.PRODLIAB", kLiability, "信息技术产品责任", "IT product liability"},
    CoverKind{"TP.VENDORWARR", kLiability, "安全产品增信", "Warranty of a security product"},
};

constexpr std::array kSubHeads{
    CoverKind{"FP.EXT.RANSOM", kProperty, "赎金", "Ransom"},
    CoverKind{"FP.EXT.COST", kProperty, "谈判与应对费用", "Negotiation and response to extortion"},
};

const CoverKind* find_in(std::span<const CoverKind> kinds, std::string_view code) {
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const CoverKind& kind) { return kind.code == code; });
  return found != kinds.end() ? &*found : nullptr;
}

}  // namespace

std::span<const CoverKind> cover_kinds() { return kCovers; }

std::span<const CoverKind> sub_heads() { return kSubHeads; }

const CoverKind* find_cover_kind(std::string_view code) { return find_in(kCovers, code); }

const CoverKind* find_head(std::string_view head) {
  const CoverKind* cover = find_in(kCovers, head);
  return cover ? cover : find_in(kSubHeads, head);
}

std::string_view section_of_head(std::string_view head) {
  for (std::string_view code = head; !code.empty();) {
    if (find_cover_kind(code)) return code;
    const std::size_t dot = code.rfind('.');
    code = dot == std::string_view::npos ? std::string_view() : code.substr(0, dot);
  }
  return head;
}

bool belongs_to(std::string_view head, std::string_view code) {
  if (!head.starts_with(code)) return false;
  return head.size() == code.size() || head[code.size()] == '.';
}

}  // namespace anlan::domain
