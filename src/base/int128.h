// 128-bit whole numbers for the intermediates of money.
#pragma once

namespace anlan {

__extension__ typedef __int128
    Int128;  // a typedef, because __extension__ does not stand before `using`

}  // namespace anlan
