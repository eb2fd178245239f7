#include "platform/socket_path.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace anlan::platform {
namespace {

constexpr std::size_t kPathMax = sizeof(sockaddr_un::sun_path) - 1;

std::optional<uid_t> user_at(int handle) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(handle, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return peer.uid;
}

class Handle {
 public:
  explicit Handle(int handle) : handle_(handle) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (handle_ >= 0) ::close(handle_);
  }
  int get() const { return handle_; }

 private:
  int handle_;
};

}  // namespace

SocketPath::SocketPath(const std::string& path) : text_(path) {
  if (text_.size() <= kPathMax) return;
  const std::filesystem::path whole(path);
  folder_ = ::open(whole.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  text_ = "/proc/self/fd/" + std::to_string(folder_) + "/" + whole.filename().string();
  if (folder_ < 0 || text_.size() > kPathMax) text_.clear();
}

SocketPath::~SocketPath() {
  if (folder_ >= 0) ::close(folder_);
}

bool is_own_peer(int handle) { return user_at(handle) == ::geteuid(); }

std::optional<SocketOwner> owner_of_socket(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return std::nullopt;
  const SocketPath place(path);
  if (!place.usable()) return std::nullopt;
  const Handle socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, place.text().c_str(), place.text().size() + 1);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    // One that may not be spoken to is somebody's all the same.
    if (errno != EACCES && errno != EPERM) return std::nullopt;
    return SocketOwner{.own = false, .user = std::to_string(found.st_uid)};
  }
  const std::optional<uid_t> user = user_at(socket.get());
  if (!user) return std::nullopt;
  return SocketOwner{.own = *user == ::geteuid(), .user = std::to_string(*user)};
}

}  // namespace anlan::platform
