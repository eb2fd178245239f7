#include "domain/sector.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/utf8.h"
#include "domain/refusals.h"

namespace anlan::domain {
namespace {

constexpr std::array kSections{
    SectorSection{'A', 1, 5, "农、林、牧、渔业",
                  "Agriculture, forestry, animal husbandry, fishery"},
    SectorSection{'B', 6, 12, "采矿业", "Mining"},
    SectorSection{'C', 13, 43, "制造业", "Manufacturing"},
    SectorSection{'D', 44, 46, "电力、热力、燃气及水生产和供应业",
                  "Electricity, heat, gas and water"},
    SectorSection{'E', 47, 50, "建筑业", "Construction"},
    SectorSection{'F', 51, 52, "批发和零售业", "Wholesale and retail"},
    SectorSection{'G', 53, 60, "交通运输、仓储和邮政业", "Transport, storage, post"},
    SectorSection{'H', 61, 62, "住宿和餐饮业", "Hotels and catering"},
    SectorSection{'I', 63, 65, "信息传输、软件和信息技术服务业",
                  "Information, software, IT services"},
    SectorSection{'J', 66, 69, "金融业", "Finance"},
    SectorSection{'K', 70, 70, "房地产业", "Real estate"},
    SectorSection{'L', 71, 72, "租赁和商务服务业", "Leasing and business services"},
    SectorSection{'M', 73, 75, "科学研究和技术服务业", "Research and technical services"},
    SectorSection{'N', 76, 79, "水利、环境和公共设施管理业",
                  "Water, environment, public facilities"},
    SectorSection{'O', 80, 82, "居民服务、修理和其他服务业", "Resident and repair services"},
    SectorSection{'P', 83, 83, "教育", "Education"},
    SectorSection{'Q', 84, 85, "卫生和社会工作", "Health and social work"},
    SectorSection{'R', 86, 90, "文化、体育和娱乐业", "Culture, sports, entertainment"},
    SectorSection{'S', 91, 96, "公共管理、社会保障和社会组织",
                  "Public administration, social security"},
    SectorSection{'T', 97, 97, "国际组织", "International organisations"},
};

constexpr std::size_t kShownMax = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A letter alone, or with 2 to 4 digits: one digit is half a division.
bool is_well_formed(std::string_view text) {
  if (text.empty() || text.size() > 5 || text.size() == 2) return false;
  return text[0] >= 'A' && text[0] <= 'Z' && std::all_of(text.begin() + 1, text.end(), is_digit);
}

Refusal refuse(RefusalCode code, std::string_view path, std::string_view text) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = shortened(text, kShownMax),
                 .args = {},
                 .at = {}};
}

}  // namespace

std::span<const SectorSection> sector_sections() { return kSections; }

const SectorSection* find_sector_section(char letter) {
  const auto* const found =
      std::find_if(kSections.begin(), kSections.end(),
                   [&](const SectorSection& section) { return section.letter == letter; });
  return found == kSections.end() ? nullptr : &*found;
}

Result<std::string> parse_sector(std::string_view text, std::string_view path) {
  std::string sector(text);
  if (!sector.empty() && sector[0] >= 'a' && sector[0] <= 'z') {
    sector[0] = static_cast<char>(sector[0] - 'a' + 'A');
  }
  if (!is_well_formed(sector)) return refuse(kSectorMalformed, path, text);
  const SectorSection* const section = find_sector_section(sector[0]);
  Refusal unknown = refuse(kSectorUnknown, path, text);
  if (section == nullptr) {
    unknown.args = {{.name = "section", .value = "A-T"}};
    return unknown;
  }
  if (sector.size() == 1) return sector;
  const int division = (sector[1] - '0') * 10 + (sector[2] - '0');
  if (division >= section->first && division <= section->last) return sector;
  unknown.args = {{.name = "section",
                   .value = fmt::format("{0}{1:02}-{0}{2:02}", section->letter, section->first,
                                        section->last)}};
  return unknown;
}

}  // namespace anlan::domain
