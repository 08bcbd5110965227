// What stands in an entry of an upload: names, values and switches of its tree, each with why it is none.
// Thread: pure functions. Owner: nobody. Flow: JsonNode → here → message_reader.
#pragma once

#include "server/ingest/json_tree.h"
#include "shared/base/result.h"
#include "shared/base/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cohort::ingest {

// The beginning of a text that came from outside, for an error.
QString quoted(std::string_view text);
// WrongMeasurement: this entry is refused, the others are not.
tl::unexpected<Error> wrong(const QString& what);
bool hasControls(std::string_view text);
// A text, or an integer's digits, of at most `longest` bytes. NUL spoils the message (CannotParse), all else only this
// entry (WrongMeasurement).
Result<std::string> nameText(const JsonTree& tree, const JsonNode& node, const char* what, std::size_t longest);
// The same; empty where it is left out or null.
Result<std::string> optionalText(const JsonTree& tree, const JsonNode* node, const char* what, std::size_t longest);
// At most so many bytes, whole characters.
std::string_view beginningOf(std::string_view text, std::size_t bytes);
// Errors: NotANumber, WrongMeasurement.
Result<Value> measuredValue(const JsonTree& tree, const JsonNode& node);
// True or false, or a word or number for it; nothing: it is left out. Errors: WrongMeasurement.
Result<std::optional<bool>> flag(const JsonNode* node, const char* what);
// An integer, or a text of its digits. Errors: WrongMeasurement.
Result<std::int64_t> wholeNumber(const JsonNode* node, const char* what);

} // namespace cohort::ingest
