// A file that an operation writes where its caller cannot be seen: the caller looks at the place,
// another process of the same user makes a place like it, runs the operation there, and hands back
// what it wrote.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/fields.h"
#include "base/result.h"

namespace anlan::platform {

enum class OutputPlace : unsigned char {
  kFree = 1,      // nothing stands there
  kFile = 2,      // a file, whose bytes come along
  kOther = 3,     // a folder, or what is no file
  kNoFolder = 4,  // the folder that it would stand in is not there
  kLocked = 5,    // in that folder nothing may be made
  kInside = 6,    // in the folder of the house, or below
};
constexpr auto enum_names(OutputPlace*) {
  using P = OutputPlace;
  return std::array{EnumName<P>{P::kFree, "free"},     EnumName<P>{P::kFile, "file"},
                    EnumName<P>{P::kOther, "other"},   EnumName<P>{P::kNoFolder, "no_folder"},
                    EnumName<P>{P::kLocked, "locked"}, EnumName<P>{P::kInside, "inside"}};
}

struct CarriedOutput {
  std::string name;  // as it was typed
  OutputPlace place = OutputPlace::kFree;
  std::string bytes = {};  // of kFile
};

// What stands at `name`, seen from here. Refuses as read_file what is there and cannot be read.
Result<CarriedOutput> look_at_output(const std::string& name, const std::string& house,
                                     std::size_t bytes_max);

// Makes the like in `folder`, a folder that is there and empty. The path under which an operation
// finds it; what lies inside the house is inside house_within(folder). Refuses kFileNotWritten.
Result<std::string> make_output_place(const std::string& folder, const CarriedOutput& output);
std::string house_within(const std::string& folder);

// What was written there: none where the place is as it was made.
Result<std::optional<std::string>> written_output(const std::string& path,
                                                  const CarriedOutput& output,
                                                  std::size_t bytes_max);
// Puts it where it belongs. Refuses as write_file and write_new_file.
Result<Done> place_output(const CarriedOutput& output, const std::string& bytes);

}  // namespace anlan::platform
