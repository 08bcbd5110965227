#include "shared/base/value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace cohort {

namespace {

constexpr std::int64_t LargestInDouble = 1LL << 53; // up to here a double holds every integer
constexpr std::int64_t LongestExponent = 10'000;

std::string_view withoutBlanks(std::string_view text)
{
    constexpr std::string_view Blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(Blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(Blanks) - first + 1);
}

std::string_view withoutPlus(std::string_view text)
{
    text = withoutBlanks(text);
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-')
        text.remove_prefix(1);
    return text;
}

std::optional<std::int64_t> integerIn(std::string_view text)
{
    std::int64_t number{};
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && rest == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// Of a number that is out of a double's range: whether it is too large; else it is too small.
bool isTooLarge(std::string_view text)
{
    long double number{};
    const auto error = std::from_chars(text.data(), text.data() + text.size(), number).ec;
    if (error == std::errc())
        return std::abs(number) > 1;
    const std::size_t exponent = text.find_first_of("eE");
    return exponent < text.size() ? text[exponent + 1] != '-' : text.find_first_of("123456789") < text.find('.');
}

// The nearest double: 0 for what is smaller than all of them, infinite for what is larger.
std::optional<double> doubleIn(std::string_view text)
{
    double number{};
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (rest != text.data() + text.size() || (error != std::errc() && error != std::errc::result_out_of_range))
        return std::nullopt;
    if (error == std::errc())
        return number;
    return isTooLarge(text) ? std::numeric_limits<double>::infinity() : 0;
}

// A text that is a number of 2^53 to 2^63, with a point or an exponent: its digits, where it is whole.
std::optional<std::int64_t> wholeIn(std::string_view text)
{
    constexpr std::ptrdiff_t MostDigits = 19;
    const std::size_t exponentAt = std::min(text.find_first_of("eE"), text.size());
    std::string digits(text.substr(0, exponentAt));
    std::ptrdiff_t zeros = 0; // to be added behind the digits
    if (exponentAt < text.size()) {
        const auto exponent = integerIn(withoutPlus(text.substr(exponentAt + 1)));
        if (!exponent || std::abs(*exponent) > LongestExponent)
            return std::nullopt;
        zeros = static_cast<std::ptrdiff_t>(*exponent);
    }
    if (const std::size_t point = digits.find('.'); point != std::string::npos) {
        zeros -= static_cast<std::ptrdiff_t>(digits.size() - point - 1);
        digits.erase(point, 1);
    }
    for (; zeros < 0 && digits.ends_with('0'); ++zeros)
        digits.pop_back();
    if (zeros < 0 || zeros > MostDigits)
        return std::nullopt;
    return integerIn(digits.append(static_cast<std::size_t>(zeros), '0'));
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
    text = withoutPlus(text);
    if (const auto integer = integerIn(text))
        return Value::ofInteger(*integer);
    const auto number = doubleIn(text);
    if (!number || !std::isfinite(*number))
        return std::nullopt;
    if (std::abs(*number) >= static_cast<double>(LargestInDouble)) {
        if (const auto integer = wholeIn(text))
            return Value::ofInteger(*integer);
    }
    return Value::ofNumber(*number);
}

bool isBeyondNumbers(std::string_view text)
{
    text = withoutPlus(text);
    const auto number = doubleIn(text);
    return number && std::isinf(*number) && text.find_first_of("123456789") != std::string_view::npos;
}

} // namespace cohort
