#include "platform/pdf_text.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/temporary_folder.h"

namespace anlan::platform {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr rlim_t kMemoryBytes = rlim_t{1} << 30;
constexpr rlim_t kProcessorSeconds = 10;
constexpr int kNotFound = 127;  // as a shell says it
constexpr std::size_t kReasonBytes = 300;

Refusal refused(RefusalCode code, std::vector<RefusalArg> args) {
  return Refusal{.code = code, .path = "file", .value = "pdf", .args = std::move(args)};
}

Refusal not_read(std::string reason) {
  return refused(refusals::kPdfNotRead, {{.name = "reason", .value = std::move(reason)}});
}

// Between fork and exec: only calls that are safe there.
[[noreturn]] void become_child(char* const* words, char* const* environment, int output,
                               int errors) {
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 ||
      ::dup2(errors, STDERR_FILENO) < 0)
    ::_exit(kNotFound);
  const rlimit memory{kMemoryBytes, kMemoryBytes};
  const rlimit time{kProcessorSeconds, kProcessorSeconds};
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_AS, &memory);
  ::setrlimit(RLIMIT_CPU, &time);
  ::setrlimit(RLIMIT_CORE, &none);
  ::setrlimit(RLIMIT_FSIZE, &none);  // it writes to the pipe and to nothing else
  ::execvpe(words[0], words, environment);
  ::_exit(kNotFound);
}

class Pipe {
 public:
  bool open() { return ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  ~Pipe() {
    close_read();
    close_write();
  }
  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close_read() { close(ends_[0]); }
  void close_write() { close(ends_[1]); }

 private:
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

struct Said {
  std::string text;
  std::string errors;
  bool over = false;  // too long, or too much
};

// Reads both pipes until the child closes them.
Said listen(Pipe& output, Pipe& errors, const PdfTextOptions& options) {
  Said said;
  const auto end = SteadyClock::now() + options.wall;
  std::array<char, 65'536> piece{};
  while (output.read_end() >= 0 || errors.read_end() >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now()).count();
    std::array<pollfd, 2> ends{pollfd{output.read_end(), POLLIN, 0},
                               pollfd{errors.read_end(), POLLIN, 0}};
    const int ready = left > 0 ? ::poll(ends.data(), ends.size(), static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0 || said.text.size() > options.text_bytes_max) {
      said.over = true;
      return said;
    }
    const auto take = [&](const pollfd& at, Pipe& pipe, std::string& into, std::size_t most) {
      if (at.fd < 0 || at.revents == 0) return;
      const ssize_t count = ::read(at.fd, piece.data(), piece.size());
      if (count < 0 && errno == EINTR) return;
      if (count <= 0) return pipe.close_read();
      if (into.size() < most) into.append(piece.data(), static_cast<std::size_t>(count));
    };
    take(ends[0], output, said.text, options.text_bytes_max + 1);
    take(ends[1], errors, said.errors, kReasonBytes);
  }
  return said;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

Result<std::string> pdf_text(BytesView bytes, const PdfTextOptions& options) {
  ANLAN_TRY(const TemporaryFolder folder, TemporaryFolder::create());
  const std::string file = folder.path() + "/document.pdf";
  ANLAN_REQUIRE(write_new_file(file, bytes, kPrivateFile));
  Pipe output;
  Pipe errors;
  if (!output.open() || !errors.open()) return not_read(std::strerror(errno));
  std::array<std::string, 6> words{options.program, "-layout", "-enc", "UTF-8", file, "-"};
  std::array<char*, words.size() + 1> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  const char* const path = std::getenv("PATH");
  std::string path_is = std::string("PATH=") + (path ? path : "/usr/bin:/bin");
  std::array<char*, 2> environment{path_is.data(), nullptr};
  const pid_t child = ::fork();
  if (child < 0) return not_read(std::strerror(errno));
  if (child == 0)
    become_child(arguments.data(), environment.data(), output.write_end(), errors.write_end());
  output.close_write();
  errors.close_write();
  const Said said = listen(output, errors, options);
  if (said.over) ::kill(child, SIGKILL);
  const int status = wait_for(child);
  const bool processor = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
  if (said.over || processor) {
    return refused(refusals::kPdfLimit,
                   {{.name = "seconds", .value = std::to_string(options.wall.count())},
                    {.name = "max", .value = std::to_string(options.text_bytes_max >> 20)}});
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotFound)
    return refused(refusals::kPdfToolMissing, {});
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return said.text;
  const std::string reason = said.errors.substr(0, said.errors.find('\n'));
  return not_read(reason.empty() ? "status " + std::to_string(status) : reason);
}

}  // namespace anlan::platform
