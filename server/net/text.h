// Checks and decodings of text from the wire; nothing here trusts its input.
// Thread: pure functions. Owner: nobody. Flow: HTTP targets, WebSocket messages → here.
// Source: RFC 3986 2.1 (percent encoding).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cohort::net {

// Nothing when an escape is invalid, or the result has a NUL or is not UTF-8. `plusIsSpace` as in queries.
std::optional<std::string> percentDecoded(std::string_view text, bool plusIsSpace);
// The pairs of "a=1&b=2", decoded, in order; nothing when one of them cannot be decoded.
std::optional<std::vector<std::pair<std::string, std::string>>> parsedQuery(std::string_view query);
bool equalIgnoringCase(std::string_view a, std::string_view b);
// True when the comma-separated list has this token, case-insensitive.
bool listHas(std::string_view list, std::string_view token);
std::string_view trimmed(std::string_view text);

} // namespace cohort::net
