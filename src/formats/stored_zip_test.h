// For tests: an archive whose parts are stored as they are, and a workbook of one sheet in it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace anlan::formats::testing {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::uint32_t crc32_of(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

inline std::string little(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
  return out;
}

// APPNOTE.TXT 6.3: 4.3.7 local header, 4.3.12 central directory, 4.3.16 its end.
inline std::string stored_zip(const Parts& parts, std::uint16_t flags = 0) {
  std::string bytes;
  std::string directory;
  for (const auto& [name, content] : parts) {
    const std::string common = little(20, 2) + little(flags, 2) + little(0, 2) + little(0, 4) +
                               little(crc32_of(content), 4) + little(content.size(), 4) +
                               little(content.size(), 4) + little(name.size(), 2) + little(0, 2);
    directory += "PK\x01\x02" + little(20, 2) + common + little(0, 2) + little(0, 2) +
                 little(0, 2) + little(0, 4) + little(bytes.size(), 4) + name;
    bytes += "PK\x03\x04" + common + name + content;
  }
  const std::string end = "PK\x05\x06" + little(0, 2) + little(0, 2) + little(parts.size(), 2) +
                          little(parts.size(), 2) + little(directory.size(), 4) +
                          little(bytes.size(), 4) + little(0, 2);
  return bytes + directory + end;
}

// `sheet` is what stands between <worksheet> and its end; styles: 1 a day, 2 per cent, 3 a custom
// day, 4 a custom one that only looks like a day, 5 per cent with decimals.
inline Parts workbook_parts(const std::string& sheet, const std::string& texts = {}) {
  const std::string rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  return {
      {"[Content_Types].xml", "<Types/>"},
      {"_rels/.rels", "<Relationships><Relationship Id=\"r1\" Type=\"" + rel +
                          "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml",
       "<workbook xmlns:r=\"x\"><sheets><sheet name=\"Firms\" sheetId=\"1\" r:id=\"rId1\"/>"
       "</sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"rId1\" Type=\"" + rel +
           "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + rel +
           "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" +
           rel + "styles\" Target=\"styles.xml\"/></Relationships>"},
      {"xl/worksheets/sheet1.xml", "<worksheet>" + sheet + "</worksheet>"},
      {"xl/sharedStrings.xml", "<sst>" + texts + "</sst>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m\"/>"
       "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.0&quot;days&quot;\\d\"/></numFmts>"
       "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
       "<xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
       "<xf numFmtId=\"10\"/></cellXfs></styleSheet>"}};
}

}  // namespace anlan::formats::testing
