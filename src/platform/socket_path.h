// Unix sockets by their paths: long ones, and who is at the other end.
#pragma once

#include <optional>
#include <string>

namespace anlan::platform {

// A path as the address of a socket, of which the kernel takes 107 bytes (unix(7)). A longer one is
// reached through a handle of its folder, which this value holds open.
class SocketPath {
 public:
  explicit SocketPath(const std::string& path);
  SocketPath(const SocketPath&) = delete;
  SocketPath& operator=(const SocketPath&) = delete;
  ~SocketPath();
  bool usable() const { return !text_.empty(); }  // else it is too long whatever way it is taken
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  int folder_ = -1;
};

// Whether the process at the other end of a connected socket runs as this one's user (SO_PEERCRED).
bool is_own_peer(int handle);

// Who answers at a socket.
struct SocketOwner {
  bool own = false;  // this user
  std::string user;  // its number
};
// None: nobody listens there.
std::optional<SocketOwner> owner_of_socket(const std::string& path);

}  // namespace anlan::platform
