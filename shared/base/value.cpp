#include "shared/base/value.h"

#include <array>
#include <charconv>
#include <cmath>

namespace cohort {

namespace {

constexpr std::int64_t LargestInDouble = 1LL << 53; // up to here a double holds every integer

std::string_view withoutBlanks(std::string_view text)
{
    constexpr std::string_view Blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(Blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(Blanks) - first + 1);
}

template <typename T>
std::optional<T> whole(std::string_view text)
{
    T number{};
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || rest != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace

Value Value::ofInteger(std::int64_t integer)
{
    Value value = ofNumber(static_cast<double>(integer));
    const bool isHeld = integer <= LargestInDouble && integer >= -LargestInDouble;
    // Many larger ones are held too; the largest double that is one is 2^63 - 1024.
    if (!isHeld && (*value.number >= 0x1p63 || static_cast<std::int64_t>(*value.number) != integer))
        value.integer = integer;
    return value;
}

std::optional<std::int64_t> wholeOf(const Value& value)
{
    if (value.integer || !value.number)
        return value.integer;
    const double number = *value.number;
    const bool isWhole = number >= -0x1p63 && number < 0x1p63 && std::trunc(number) == number;
    return isWhole && !(number == 0 && std::signbit(number)) ? std::optional(static_cast<std::int64_t>(number))
                                                             : std::nullopt;
}

std::string textOf(const Value& value)
{
    if (const auto whole = wholeOf(value))
        return std::to_string(*whole);
    if (!value.number)
        return value.text.value_or(std::string());
    // Without an exponent where people expect none; 32 digits hold either form.
    const double size = std::abs(*value.number);
    const bool isPlain = size == 0 || (size >= 1e-5 && size < 1e15);
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *value.number,
                                   isPlain ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    return {digits.data(), end};
}

std::optional<Value> numberIn(std::string_view text)
{
    text = withoutBlanks(text);
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-')
        text.remove_prefix(1);
    if (text.empty())
        return std::nullopt;
    if (const auto integer = whole<std::int64_t>(text))
        return Value::ofInteger(*integer);
    const auto number = whole<double>(text);
    if (!number || !std::isfinite(*number))
        return std::nullopt;
    return Value::ofNumber(*number);
}

} // namespace cohort
