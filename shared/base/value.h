// One measured value: a number (booleans are 1 and 0) or a text.
// Thread: value. Owner: whoever holds it. Flow: device JSON → log → scripts, charts, exports.
#pragma once

#include <optional>
#include <string>

namespace cohort {

// A number has `number`; a text has only `text`. An integer that a double cannot hold has both: the nearest
// double, and every digit as `text`. In the log the two are the columns `number` and `text`.
struct Value
{
    std::optional<double> number;
    std::optional<std::string> text; // UTF-8, at most 1 KiB

    static Value ofNumber(double number) { return {number, std::nullopt}; }
    static Value ofText(std::string text) { return {std::nullopt, std::move(text)}; }
    bool isText() const { return !number.has_value(); }
    bool operator==(const Value&) const = default;
};

} // namespace cohort
