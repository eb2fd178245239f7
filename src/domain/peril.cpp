#include "domain/peril.h"

#include <algorithm>
#include <array>

namespace anlan::domain {
namespace {

constexpr auto kOwn = PerilReach::kOwn;
constexpr auto kSystemic = PerilReach::kSystemic;
constexpr auto kContagion = PerilReach::kContagion;

constexpr std::array kPerils{
    PerilKind{"ransomware", kOwn, "勒索软件", "Ransomware"},
    PerilKind{"data_breach", kOwn, "数据泄露", "Data breach"},
    PerilKind{"funds_fraud", kOwn, "资金诈骗", "Funds fraud"},
    PerilKind{"dos", kOwn, "拒绝服务/网页篡改", "Denial of service, defacement"},
    PerilKind{"system_failure", kOwn, "系统故障/操作失误", "System failure, operating error"},
    PerilKind{"insider", kOwn, "内部滥用", "Insider misuse"},
    PerilKind{"ot_attack", kOwn, "工控攻击", "Attack on industrial control"},
    PerilKind{"wiper", kOwn, "破坏性攻击", "Destructive attack"},
    PerilKind{"regulatory", kOwn, "数据合规处罚与跨境违规",
              "Data compliance and cross-border breach"},
    PerilKind{"provider_outage", kSystemic, "供应商/云中断", "Outage of a provider or cloud"},
    PerilKind{"vendor_breach", kSystemic, "供应商数据泄露", "Data breach at a vendor"},
    PerilKind{"mass_exploit", kSystemic, "大规模漏洞利用/蠕虫", "Mass exploitation, worm"},
    PerilKind{"springboard", kContagion, "跳板入侵", "Springboard intrusion"},
};

}  // namespace

std::span<const PerilKind> peril_kinds() { return kPerils; }

const PerilKind* find_peril_kind(std::string_view code) {
  const auto* const found = std::find_if(kPerils.begin(), kPerils.end(),
                                         [&](const PerilKind& kind) { return kind.code == code; });
  return found == kPerils.end() ? nullptr : &*found;
}

}  // namespace anlan::domain
