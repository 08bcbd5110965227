// One measured value: a number (booleans are 1 and 0), a text, or none: something was said, but no value.
// Thread: value. Owner: whoever holds it. Flow: device JSON → log → scripts, charts, exports.
// Source: architecture.md, rule 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cohort {

// An integer that a double cannot hold has all its digits in `integer`, and in `number` the nearest double; no other
// value has `integer`. In the log the three are the columns `number`, `text` and `exact`, all null where there is none.
struct Value
{
    std::optional<double> number;
    std::optional<std::string> text; // UTF-8, at most 1 KiB
    std::optional<std::int64_t> integer = {};

    static Value ofNumber(double number) { return {number, std::nullopt}; }
    static Value ofText(std::string text) { return {std::nullopt, std::move(text)}; }
    // With `integer` only where a double would lose digits.
    static Value ofInteger(std::int64_t integer);
    static Value none() { return {}; }
    bool isText() const { return text.has_value(); }
    bool isNone() const { return !number && !text; }
    bool operator==(const Value&) const = default;
};

// A number that is a whole one of 64 bits, as such; a double beyond 2^53 would else be written with other digits.
std::optional<std::int64_t> wholeOf(const Value& value);
// With every digit that matters; empty where there is none.
std::string textOf(const Value& value);
// A number as people write it in a text: blanks around it and a plus are allowed, nothing else is; integers keep their
// digits however they are written (…993.0, …993e0). Nothing: it is not a finite number.
std::optional<Value> numberIn(std::string_view text);
// A number, but one that no double reaches: 1e309.
bool isBeyondNumbers(std::string_view text);

} // namespace cohort
