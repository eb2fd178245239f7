// Tables of the file of shares (shares.h).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace anlan::platform::schema {

inline constexpr std::uint32_t kSharesId = 0x414E4C53;  // "ANLS"

// `token` is a hash; `key` and `input` are those of the request that made the link. Times are
// microseconds.
inline constexpr std::string_view kShareRows =
    "CREATE TABLE shares(share INTEGER PRIMARY KEY, token BLOB NOT NULL UNIQUE, "
    "house TEXT NOT NULL, actor TEXT NOT NULL, kind INTEGER NOT NULL, subject TEXT NOT NULL, "
    "label TEXT NOT NULL, stands_until TEXT NOT NULL, answer TEXT NOT NULL, digest BLOB NOT NULL, "
    "made INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER, views INTEGER NOT NULL, "
    "viewed INTEGER, key TEXT, input BLOB NOT NULL, UNIQUE(house, actor, key)) STRICT";
inline constexpr std::string_view kShareViews =
    "CREATE TABLE views(view INTEGER PRIMARY KEY, share INTEGER NOT NULL, at INTEGER NOT NULL, "
    "client INTEGER NOT NULL, phone INTEGER NOT NULL) STRICT";
inline constexpr std::string_view kShareViewsOf = "CREATE INDEX views_of ON views(share, view)";
inline constexpr std::array kShares{kShareRows, kShareViews, kShareViewsOf};

}  // namespace anlan::platform::schema
