// Where a text stops being JSON, for errors of simdjson's first stage, which does not say.
// Thread: any. Owner: none. Flow: json_tree → here → the byte in the error message.
#pragma once

#include <cstddef>
#include <string_view>

namespace cohort::ingest {

// The first control character inside a string, or the quote of a string that does not end, or the size.
std::size_t firstBrokenString(std::string_view json);

} // namespace cohort::ingest
