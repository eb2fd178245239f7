#include "platform/carried_output.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

#include "platform/files.h"
#include "platform/paths.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

std::string folder_of(const std::string& name) {
  const std::string folder = fs::path(name).parent_path().string();
  return folder.empty() ? "." : folder;
}

Result<Done> make_folder(const std::string& folder, const std::string& name, mode_t mode) {
  if (::mkdir(folder.c_str(), mode) == 0) return Done{};
  return Refusal{.code = refusals::kFileNotWritten,
                 .path = "file",
                 .value = name,
                 .args = {{.name = "reason", .value = std::system_category().message(errno)}},
                 .at = {}};
}

}  // namespace

Result<CarriedOutput> look_at_output(const std::string& name, const std::string& house,
                                     std::size_t bytes_max) {
  CarriedOutput output{.name = name};
  std::error_code error;
  const fs::file_status there = fs::symlink_status(name, error);
  const std::string folder = folder_of(name);
  if (lies_in(name, house)) {
    output.place = OutputPlace::kInside;
  } else if (fs::is_regular_file(there)) {
    output.place = OutputPlace::kFile;
    ANLAN_TRY(output.bytes, read_file(name, bytes_max));
  } else if (fs::exists(there)) {
    output.place = OutputPlace::kOther;
  } else if (!fs::is_directory(folder, error)) {
    output.place = OutputPlace::kNoFolder;
  } else if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    output.place = OutputPlace::kLocked;
  }
  return output;
}

std::string house_within(const std::string& folder) { return folder + "/inside"; }

Result<std::string> make_output_place(const std::string& folder, const CarriedOutput& output) {
  constexpr mode_t kOwnFolder = 0700;
  constexpr mode_t kLockedFolder = 0500;
  // The ending of the name says what form the file has.
  const std::string last = fs::path(output.name).filename().string();
  const std::string within = folder + "/" + std::string(name_of(output.place));
  const std::string path = within + "/" + (last.empty() ? "file" : last);
  if (output.place == OutputPlace::kNoFolder) return path;
  ANLAN_REQUIRE(make_folder(within, output.name,
                            output.place == OutputPlace::kLocked ? kLockedFolder : kOwnFolder));
  if (output.place == OutputPlace::kOther)
    ANLAN_REQUIRE(make_folder(path, output.name, kOwnFolder));
  if (output.place == OutputPlace::kFile)
    ANLAN_REQUIRE(write_file(path, bytes_of(output.bytes), kPrivateFile));
  return path;
}

Result<std::optional<std::string>> written_output(const std::string& path,
                                                  const CarriedOutput& output,
                                                  std::size_t bytes_max) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) return std::optional<std::string>();
  ANLAN_TRY(std::string bytes, read_file(path, bytes_max));
  if (output.place == OutputPlace::kFile && bytes == output.bytes)
    return std::optional<std::string>();
  return std::optional<std::string>(std::move(bytes));
}

Result<Done> place_output(const CarriedOutput& output, const std::string& bytes) {
  return output.place == OutputPlace::kFile ? write_file(output.name, bytes_of(bytes))
                                            : write_new_file(output.name, bytes_of(bytes));
}

}  // namespace anlan::platform
