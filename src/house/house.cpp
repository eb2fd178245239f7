#include "house/house.h"

namespace anlan::house {

House::House() = default;
House::House(const House& other) = default;
House::House(House&& other) noexcept = default;
House& House::operator=(const House& other) = default;
House& House::operator=(House&& other) noexcept = default;
House::~House() = default;
bool House::operator==(const House& other) const = default;

}  // namespace anlan::house
