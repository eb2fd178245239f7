// anlan: the program. Wiring only.
#include <cstdio>
#include <string>
#include <vector>

#include "cli/command_line.h"

namespace {

// An answer that nobody received is no answer.
bool write_all(std::FILE* stream, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() &&
         std::fflush(stream) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  bool lost = false;
  const int status = anlan::cli::run(
      words, {.out = [&lost](const std::string& text) { lost = !write_all(stdout, text) || lost; },
              .err = [](const std::string& text) { write_all(stderr, text); }});
  if (lost)
    write_all(stderr,
              "anlan: the answer could not be written; repeat the command with its --key\n");
  return lost && status == 0 ? 1 : status;
}
