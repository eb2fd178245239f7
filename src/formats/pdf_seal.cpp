#include "formats/pdf_seal.h"

#include <charconv>

#include <fmt/core.h>

#include "base/check.h"

namespace anlan::formats {
namespace {

constexpr std::string_view kLine = "%ANLAN-SEAL 1 ";
constexpr std::string_view kCatalog = "<< /Type /Catalog\n";
constexpr std::size_t kLineMax = 4096;

std::string_view text_of(BytesView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<std::size_t> whole_of(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  if (!whole || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  return value;
}

// The number behind `key` in the trailer that Cairo writes.
std::size_t trailer_number(std::string_view trailer, std::string_view key) {
  const std::size_t at = trailer.find(key);
  ANLAN_CHECK(at != std::string_view::npos);
  const std::string_view rest = trailer.substr(at + key.size());
  const std::size_t end = rest.find_first_not_of("0123456789");
  const auto value = whole_of(rest.substr(0, end));
  ANLAN_CHECK(value.has_value());
  return *value;
}

// Objects added behind the end of a file, and where they stand.
class Update {
 public:
  explicit Update(std::string_view pdf) : start_(pdf.size()) {
    const std::size_t at = pdf.rfind("trailer\n");
    ANLAN_CHECK(at != std::string_view::npos);
    const std::string_view trailer = pdf.substr(at);
    size_ = trailer_number(trailer, "/Size ");
    root_ = trailer_number(trailer, "/Root ");
    info_ = trailer_number(trailer, "/Info ");
    previous_ = trailer_number(trailer, "startxref\n");
    const std::size_t catalog = pdf.rfind(kCatalog);
    ANLAN_CHECK(catalog != std::string_view::npos);
    const std::size_t from = catalog + kCatalog.size();
    const std::size_t until = pdf.find(">>\nendobj", from);
    ANLAN_CHECK(until != std::string_view::npos);
    catalog_ = pdf.substr(from, until - from);
  }

  // Where the content begins.
  std::size_t add_file(const AttachedFile& file) {
    begin_object(size_);
    out_ += fmt::format(
        "<< /Type /EmbeddedFile /Subtype /application#2Fjson /Length {0} /Params << /Size {0} >> "
        ">>\nstream\n",
        file.content.size());
    const std::size_t offset = start_ + out_.size();
    out_ += file.content;
    out_ += "\nendstream\nendobj\n";
    begin_object(size_ + 1);
    out_ += fmt::format(
        "<< /Type /Filespec /F ({0}) /UF ({0}) /EF << /F {1} 0 R >> /AFRelationship /Data >>\n"
        "endobj\n",
        file.name, size_);
    root_at_ = start_ + out_.size();
    out_ += fmt::format(
        "{} 0 obj\n{}{}   /Names << /EmbeddedFiles << /Names [({}) {} 0 R] >> >>\n   /AF [{} 0 R]\n"
        ">>\nendobj\n",
        root_, kCatalog, catalog_, file.name, size_ + 1, size_ + 1);
    return offset;
  }

  std::string take() {
    const std::size_t table = start_ + out_.size();
    out_ += fmt::format("xref\n{} 1\n{:010} 00000 n \n{} 2\n{:010} 00000 n \n{:010} 00000 n \n",
                        root_, root_at_, size_, objects_[0], objects_[1]);
    out_ += fmt::format(
        "trailer\n<< /Size {}\n   /Root {} 0 R\n   /Info {} 0 R\n   /Prev {}\n>>\nstartxref\n{}\n"
        "%%EOF\n",
        size_ + 2, root_, info_, previous_, table);
    return std::move(out_);
  }

 private:
  void begin_object(std::size_t number) {
    objects_[number - size_] = start_ + out_.size();
    out_ += fmt::format("{} 0 obj\n", number);
  }

  std::size_t start_;
  std::size_t size_ = 0;
  std::size_t root_ = 0;
  std::size_t info_ = 0;
  std::size_t previous_ = 0;
  std::size_t root_at_ = 0;
  std::size_t objects_[2] = {};
  std::string_view catalog_;
  std::string out_;
};

void append(Bytes& bytes, std::string_view text) {
  const BytesView view = bytes_of(text);
  bytes.insert(bytes.end(), view.begin(), view.end());
}

// The text up to the next blank, which is taken off with it.
std::optional<std::string_view> next_word(std::string_view& rest) {
  const std::size_t end = rest.find(' ');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return word;
}

}  // namespace

Bytes with_attachment(Bytes pdf, const AttachedFile& file, std::string_view code) {
  Update update(text_of(pdf));
  const std::size_t offset = update.add_file(file);
  const std::string added = update.take();
  append(pdf, added);
  append(pdf, fmt::format("{}{} {} {} ", kLine, offset, file.content.size(), code));
  return pdf;
}

Bytes with_seal(Bytes unsealed, std::string_view signature) {
  append(unsealed, signature);
  append(unsealed, "\n");
  return unsealed;
}

std::optional<FoundSeal> find_seal(std::string_view file) {
  if (!file.starts_with("%PDF-") || !file.ends_with('\n')) return std::nullopt;
  const std::string_view all = file.substr(0, file.size() - 1);
  const std::size_t newline = all.rfind('\n');
  if (newline == std::string_view::npos || all.size() - newline > kLineMax) return std::nullopt;
  std::string_view rest = all.substr(newline + 1);
  if (!rest.starts_with(kLine)) return std::nullopt;
  rest.remove_prefix(kLine.size());
  const auto offset_text = next_word(rest);
  const auto length_text = offset_text ? next_word(rest) : std::nullopt;
  const auto code = length_text ? next_word(rest) : std::nullopt;
  if (!code || rest.empty() || rest.find(' ') != std::string_view::npos) return std::nullopt;
  const auto offset = whole_of(*offset_text);
  const auto length = whole_of(*length_text);
  if (!offset || !length || *offset > newline || *length > newline - *offset) return std::nullopt;
  return FoundSeal{.signed_bytes = bytes_of(file.substr(0, all.size() - rest.size())),
                   .content = file.substr(*offset, *length),
                   .code = *code,
                   .signature = rest};
}

}  // namespace anlan::formats
