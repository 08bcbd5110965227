// The one check of UTF-8: no overlong forms, no surrogates, nothing over U+10FFFF. NUL is a character like
// any other. Thread: pure functions. Owner: nobody. Flow: bytes from wires, workers and files → here. Source:
// RFC 3629.
#pragma once

#include <QStringView>

#include <cstddef>
#include <string_view>

namespace cohort {

// The place of the first byte that is not UTF-8, or the size when all is.
std::size_t firstNotUtf8(std::string_view text);
bool isUtf8(std::string_view text);
// Whether a text has more characters than `most`, as people and Python count them; in UTF-16 some of them take two units.
bool isLonger(QStringView text, qsizetype most);

} // namespace cohort
