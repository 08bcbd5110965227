// PostgreSQL's text format of one value → QVariant.
// Thread: pure functions. Owner: nobody. Flow: PGresult → here → Row.
#pragma once

#include "shared/base/time.h"

#include <QVariant>

#include <optional>
#include <string_view>

namespace cohort::store {

// int2, int4, int8 → qlonglong; float and numeric → double; bool; bytea → QByteArray; timestamptz → qlonglong, the
// milliseconds since 1970; everything else → QString.
QVariant decodePgText(unsigned type, std::string_view text);
// "2026-01-31 12:00:00.123456+00", as a session in UTC writes it; digits after the milliseconds are cut off.
std::optional<Timestamp> parsePgTime(std::string_view text);

} // namespace cohort::store
