#include "formats/pdf_canvas.h"

#include <algorithm>
#include <new>
#include <unordered_map>

#include <cairo-pdf.h>
#include <fmt/core.h>
#include <pango/pangocairo.h>

#include "base/check.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "formats/display_width.h"
#include "formats/harmless_text.h"

namespace anlan::formats {
namespace {

// Each of them draws Latin letters and Chinese in one hand. Debian: fonts-noto-cjk.
constexpr const char* kFamilies =
    "Noto Sans CJK SC,Source Han Sans SC,Source Han Sans CN,WenQuanYi Micro Hei,sans-serif";
// The subsetter of cairo 1.16 drops a subroutine that the mainland form of this one character
// needs in Noto Sans CJK SC Regular: it would stand on the page without ink, while its text can be
// copied. Of all characters of the blocks in use it is the only one (tests/printed.py looks for
// others). The Japanese form of the same font looks alike and is complete.
constexpr std::string_view kLostGlyph = "如";
constexpr const char* kKeptGlyphLanguage = "ja";
// Pango breaks a paragraph into lines in a time that grows with the square of its length.
constexpr std::size_t kParagraphBytesMax = 1500;

struct Unref {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* drawing) const { cairo_destroy(drawing); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
  void operator()(PangoFontMap* object) const { g_object_unref(object); }
  void operator()(PangoContext* object) const { g_object_unref(object); }
  void operator()(PangoFontset* object) const { g_object_unref(object); }
  void operator()(PangoFont* object) const { g_object_unref(object); }
  void operator()(PangoLayout* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

cairo_status_t append_bytes(void* to, const unsigned char* data, unsigned int count) {
  auto& out = *static_cast<Bytes*>(to);
  const auto* const first = reinterpret_cast<const std::byte*>(data);
  try {
    out.insert(out.end(), first, first + count);
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

bool is_cjk(char32_t value) {
  return (value >= 0x2E80 && value <= 0x9FFF) || (value >= 0xAC00 && value <= 0xD7AF) ||
         (value >= 0xF900 && value <= 0xFAFF) || (value >= 0xFE30 && value <= 0xFE4F) ||
         (value >= 0xFF00 && value <= 0xFFEF) || (value >= 0x20000 && value <= 0x3FFFF);
}

bool is_blank(char byte) { return byte == ' '; }

std::string_view without_blanks(std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  return line;
}

constexpr std::string_view kFirmBlank = "\u00A0";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// The first part of a paragraph that is not too long to be broken at once.
std::string_view first_part(std::string_view paragraph) {
  if (paragraph.size() <= kParagraphBytesMax) return paragraph;
  std::size_t end = kParagraphBytesMax;
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(paragraph[at]) & 0xC0U) == 0x80U;
  };
  while (continues(end)) --end;  // printable() made it UTF-8
  return paragraph.substr(0, end);
}

}  // namespace

struct PdfCanvas::Pages {
  explicit Pages(Lang lang);

  PangoLayout* set(std::string_view line, const TextStyle& style);
  void set_attributes(std::string_view line);
  bool can_draw(char32_t sign);

  Bytes bytes;
  bool begun = false;
  int page = 0;
  std::optional<char32_t> missing;
  std::unordered_map<char32_t, bool> drawable;
  Owned<cairo_surface_t> surface;
  Owned<cairo_t> drawing;
  Owned<PangoFontMap> fonts;
  Owned<PangoContext> context;
  Owned<PangoFontDescription> font;
  Owned<PangoFontset> fontset;
  Owned<PangoLayout> layout;
};

PdfCanvas::Pages::Pages(Lang lang)
    : surface(cairo_pdf_surface_create_for_stream(append_bytes, &bytes, kPaperWidth, kPaperHeight)),
      drawing(cairo_create(surface.get())),
      fonts(pango_cairo_font_map_new()),
      context(pango_font_map_create_context(fonts.get())),
      font(pango_font_description_from_string(kFamilies)) {
  cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
  // Points of 1/72 inch, and no grid of pixels that widths would be rounded to.
  pango_cairo_context_set_resolution(context.get(), 72.0);
  const Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options.get());
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  PangoLanguage* const language = pango_language_from_string(lang == Lang::kZh ? "zh-cn" : "en");
  pango_context_set_language(context.get(), language);
  pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
  pango_font_description_set_absolute_size(font.get(), 10.0 * PANGO_SCALE);
  fontset.reset(pango_font_map_load_fontset(fonts.get(), context.get(), font.get(), language));
  layout.reset(pango_layout_new(context.get()));
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
}

void PdfCanvas::Pages::set_attributes(std::string_view line) {
  const Owned<PangoAttrList> attributes(pango_attr_list_new());
  pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("tnum=1,lnum=1"));
  for (std::size_t at = line.find(kLostGlyph); at != std::string_view::npos;
       at = line.find(kLostGlyph, at + kLostGlyph.size())) {
    PangoAttribute* const form =
        pango_attr_language_new(pango_language_from_string(kKeptGlyphLanguage));
    form->start_index = static_cast<guint>(at);
    form->end_index = static_cast<guint>(at + kLostGlyph.size());
    pango_attr_list_insert(attributes.get(), form);
  }
  pango_layout_set_attributes(layout.get(), attributes.get());
}

PangoLayout* PdfCanvas::Pages::set(std::string_view line, const TextStyle& style) {
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font.get());
  set_attributes(line);
  pango_layout_set_width(layout.get(), -1);
  pango_layout_set_text(layout.get(), line.data(), static_cast<int>(line.size()));
  return layout.get();
}

bool PdfCanvas::Pages::can_draw(char32_t sign) {
  const auto known = drawable.find(sign);
  if (known != drawable.end()) return known->second;
  const Owned<PangoFont> found(pango_fontset_get_font(fontset.get(), sign));
  const bool can = found && pango_font_has_char(found.get(), sign) != FALSE;
  return drawable.emplace(sign, can).first->second;
}

PdfCanvas::PdfCanvas(Lang lang) : pages_(std::make_unique<Pages>(lang)) {}
PdfCanvas::~PdfCanvas() = default;

std::string PdfCanvas::printable(std::string_view text) {
  const std::string shown = harmless_text(text);
  std::string out;
  for (std::string_view rest = shown; !rest.empty();) {
    const CodePoint next = first_code_point(rest);
    rest.remove_prefix(next.bytes);
    if (next.value == U'\u2028' || next.value == U'\u2029') {  // they end lines for Pango
      out += '\n';
    } else if (next.value == U'\n' || next.value == U' ' || pages_->can_draw(next.value)) {
      append_code_point(out, next.value);
    } else if (is_cjk(next.value)) {
      if (!pages_->missing) pages_->missing = next.value;
    } else if (display_width(next.value) > 0) {
      append_code_point(out, U'\uFFFD');
    }
  }
  return out;
}

std::optional<char32_t> PdfCanvas::missing() const { return pages_->missing; }

double PdfCanvas::width(std::string_view line, const TextStyle& style) {
  int found = 0;
  pango_layout_get_size(pages_->set(line, style), &found, nullptr);
  return static_cast<double>(found) / PANGO_SCALE;
}

std::vector<std::string> PdfCanvas::wrap(std::string_view written, const TextStyle& style,
                                         double width) {
  // A number stays on one line with its sign of percent, and with its currency.
  const std::string firm(kFirmBlank);
  const std::string text =
      replaced(replaced(std::string(written), " %", firm + "%"), "CNY ", "CNY" + firm);
  std::vector<std::string> lines;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t newline = std::min(text.find('\n', start), text.size());
    std::string_view paragraph = std::string_view(text).substr(start, newline - start);
    start = newline + 1;
    do {
      const std::string_view part = first_part(paragraph);
      PangoLayout* const layout = pages_->set(part, style);
      // A line is never narrower than one sign: Pango takes a width of 0 for one, too.
      pango_layout_set_width(layout, static_cast<int>(std::max(1.0, width) * PANGO_SCALE));
      const int found = pango_layout_get_line_count(layout);
      // Where the paragraph goes on, its next part begins with the last line, which may be longer.
      const int count = part.size() < paragraph.size() && found > 1 ? found - 1 : found;
      std::size_t used = part.size();
      for (int i = 0; i < found; ++i) {
        const PangoLayoutLine* const line = pango_layout_get_line_readonly(layout, i);
        const auto first = static_cast<std::size_t>(line->start_index);
        if (i == count) {
          used = first;
          break;
        }
        const auto length = static_cast<std::size_t>(line->length);
        lines.push_back(
            replaced(std::string(without_blanks(part.substr(first, length))), kFirmBlank, " "));
      }
      paragraph.remove_prefix(used);
    } while (!paragraph.empty());
  }
  return lines;
}

void PdfCanvas::begin_page() {
  if (pages_->begun) cairo_show_page(pages_->drawing.get());
  pages_->begun = true;
  ++pages_->page;
}

void PdfCanvas::text(Spot spot, std::string_view line, const TextStyle& style, Anchor anchor) {
  if (line.empty()) return;
  PangoLayout* const layout = pages_->set(line, style);
  if (anchor != Anchor::kLeft) {
    int wide = 0;
    pango_layout_get_size(layout, &wide, nullptr);
    const double width = static_cast<double>(wide) / PANGO_SCALE;
    spot.x -= anchor == Anchor::kRight ? width : width / 2.0;
  }
  cairo_t* const drawing = pages_->drawing.get();
  cairo_set_source_rgb(drawing, style.colour.red, style.colour.green, style.colour.blue);
  cairo_move_to(drawing, spot.x, spot.y);
  pango_cairo_show_layout_line(drawing, pango_layout_get_line_readonly(layout, 0));
}

void PdfCanvas::fill(const Box& box, const Colour& colour) {
  const Spot outline[] = {{box.x, box.y},
                          {box.x + box.width, box.y},
                          {box.x + box.width, box.y + box.height},
                          {box.x, box.y + box.height}};
  fill(outline, colour);
}

void PdfCanvas::fill(std::span<const Spot> outline, const Colour& colour) {
  cairo_t* const drawing = pages_->drawing.get();
  cairo_new_path(drawing);
  for (const Spot& spot : outline) cairo_line_to(drawing, spot.x, spot.y);
  cairo_close_path(drawing);
  cairo_set_source_rgb(drawing, colour.red, colour.green, colour.blue);
  cairo_fill(drawing);
}

void PdfCanvas::fill_boxes(std::span<const Box> boxes, const Colour& colour) {
  cairo_t* const drawing = pages_->drawing.get();
  cairo_new_path(drawing);
  for (const Box& box : boxes) cairo_rectangle(drawing, box.x, box.y, box.width, box.height);
  cairo_set_source_rgb(drawing, colour.red, colour.green, colour.blue);
  cairo_fill(drawing);
}

void PdfCanvas::stroke(std::span<const Spot> line, const Colour& colour, double thickness) {
  cairo_t* const drawing = pages_->drawing.get();
  cairo_new_path(drawing);
  for (const Spot& spot : line) cairo_line_to(drawing, spot.x, spot.y);
  cairo_set_line_width(drawing, thickness);
  cairo_set_line_join(drawing, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgb(drawing, colour.red, colour.green, colour.blue);
  cairo_stroke(drawing);
}

void PdfCanvas::mark(std::string_view title, double y) {
  const std::string place = fmt::format("page={} pos=[0 {:.1f}]", pages_->page, y);
  cairo_pdf_surface_add_outline(pages_->surface.get(), CAIRO_PDF_OUTLINE_ROOT,
                                std::string(title).c_str(), place.c_str(),
                                static_cast<cairo_pdf_outline_flags_t>(0));
}

// The table "head" of a font holds its revision and a checksum of all its tables (ISO/IEC
// 14496-22).
std::string PdfCanvas::drawn_with() {
  std::string out =
      fmt::format("cairo {}, pango {}", cairo_version_string(), pango_version_string());
  for (const PangoWeight weight : {PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_BOLD}) {
    pango_font_description_set_weight(pages_->font.get(), weight);
    const Owned<PangoFont> font(
        pango_font_map_load_font(pages_->fonts.get(), pages_->context.get(), pages_->font.get()));
    if (!font) continue;
    if (weight == PANGO_WEIGHT_NORMAL) {
      const Owned<PangoFontDescription> found(pango_font_describe(font.get()));
      out += fmt::format(", {}", pango_font_description_get_family(found.get()));
    }
    hb_face_t* const face = hb_font_get_face(pango_font_get_hb_font(font.get()));
    hb_blob_t* const head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned int length = 0;
    const char* const data = hb_blob_get_data(head, &length);
    out += " " + short_hex(sha256(bytes_of(std::string_view(data, length))));
    hb_blob_destroy(head);
  }
  return out;
}

Bytes PdfCanvas::finish(const PdfFacts& facts) {
  cairo_surface_t* const surface = pages_->surface.get();
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, facts.title.c_str());
  if (!facts.keywords.empty()) {
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, facts.keywords.c_str());
  }
  const std::string created = facts.created.empty() ? "" : facts.created + "T00:00:00Z";
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  if (pages_->begun) cairo_show_page(pages_->drawing.get());
  cairo_surface_finish(surface);
  const cairo_status_t status = cairo_surface_status(surface);
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  ANLAN_CHECK(status == CAIRO_STATUS_SUCCESS);
  ANLAN_CHECK(cairo_status(pages_->drawing.get()) == CAIRO_STATUS_SUCCESS);
  return std::move(pages_->bytes);
}

}  // namespace anlan::formats
