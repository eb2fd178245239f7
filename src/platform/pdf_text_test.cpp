// What pdftotext makes of real pages is tested by tests/submissions.py; here are the limits, with
// programs that stand in its place.
#include "platform/pdf_text.h"

#include <filesystem>

#include <doctest/doctest.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/temporary_folder.h"

using namespace anlan;
using namespace anlan::platform;

namespace {

// A shell script that is run with the words of pdftotext.
class Script {
 public:
  explicit Script(const std::string& lines) {
    REQUIRE(write_file(path(), bytes_of("#!/bin/sh\n" + lines + "\n")).ok());
    std::filesystem::permissions(path(), std::filesystem::perms::owner_all);
  }
  std::string path() const { return folder_.path() + "/tool"; }
  PdfTextOptions options() const { return {.program = path()}; }

 private:
  TemporaryFolder folder_ = TemporaryFolder::create().value();
};

}  // namespace

TEST_CASE("pdf text: what the program prints; it reads the file that was given") {
  const Script script("cat \"$4\"; test -z \"$HOME\" && printf ' %s' \"$1$2$3$5\"");
  const auto text = pdf_text(bytes_of(std::string_view("%PDF-1.4 x")), script.options());
  REQUIRE(text.ok());
  CHECK(*text == "%PDF-1.4 x -layout-encUTF-8-");
}

TEST_CASE("refusal 8007 pdf_tool_missing, 8008 pdf_not_read: no program, and one that says no") {
  const auto missing = pdf_text({}, {.program = "no-such-program-of-anlan"});
  REQUIRE(!missing.ok());
  CHECK(missing.refusal().code == platform::refusals::kPdfToolMissing);
  const Script script("echo 'Syntax Error: odd' >&2; echo more >&2; exit 1");
  const auto said = pdf_text({}, script.options());
  REQUIRE(!said.ok());
  CHECK(said.refusal().code == platform::refusals::kPdfNotRead);
  CHECK(said.refusal().args.at(0).value == "Syntax Error: odd");
}

TEST_CASE("refusal 8009 pdf_limit: too long, too much, and nothing is left running") {
  const Script slow("sleep 60");
  PdfTextOptions options = slow.options();
  options.wall = std::chrono::seconds(1);
  const auto late = pdf_text({}, options);
  REQUIRE(!late.ok());
  CHECK(late.refusal().code == platform::refusals::kPdfLimit);
  const Script endless("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");
  options = endless.options();
  options.text_bytes_max = 10'000;
  const auto much = pdf_text({}, options);
  REQUIRE(!much.ok());
  CHECK(much.refusal().code == platform::refusals::kPdfLimit);
}
