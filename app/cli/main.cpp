// anlan: the program. Wiring only.
#include <cstdio>
#include <string>
#include <vector>

#include "cli/command_line.h"

namespace {

void write_all(std::FILE* stream, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  return anlan::cli::run(words, {.out = [](const std::string& text) { write_all(stdout, text); },
                                 .err = [](const std::string& text) { write_all(stderr, text); }});
}
