// anlan: the program. Wiring only.
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/command_line.h"

namespace {

// An answer that nobody received is no answer.
bool write_all(std::FILE* stream, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() &&
         std::fflush(stream) == 0;
}

constexpr int kWorldFailed = 1;
constexpr int kProgramAtFault = 70;  // EX_SOFTWARE of sysexits.h

int run(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  bool lost = false;
  const int status = anlan::cli::run(
      words, {.out = [&lost](const std::string& text) { lost = !write_all(stdout, text) || lost; },
              .err = [](const std::string& text) { write_all(stderr, text); },
              .pages = anlan::api::built_pages()});
  if (lost)
    write_all(stderr,
              "anlan: the answer could not be written; repeat the command with its --key\n");
  return lost && status == 0 ? kWorldFailed : status;
}

}  // namespace

// Nothing is half done when an exception ends a command: what is not committed is not recorded.
int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("anlan: out of memory; repeat the command with its --key where there is more\n",
               stderr);
    return kWorldFailed;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "anlan: a fault of the program: %s\n", fault.what());
  } catch (...) {
    std::fputs("anlan: a fault of the program\n", stderr);
  }
  return kProgramAtFault;
}
