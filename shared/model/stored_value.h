// What becomes of a value that a device, a file or a tool gives for a parameter: the one decision of upload, import and
// cohort-script. Thread: pure functions. Owner: nobody. Flow: value as given, unit → here → value as stored, or why not.
// Source: device-protocol.md, "Upload", `value` and `unit`.
#pragma once

#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/base/value.h"
#include "shared/model/device_types.h"

#include <array>
#include <optional>

namespace cohort::model {

// What a stream holds. Undecided: the type says nothing, and there was no value yet.
enum class StreamKind : std::uint8_t { Undecided, Number, OnOff, Text };
constexpr auto enumNames(StreamKind)
{
    return std::array{"undecided", "number", "on-off", "text"};
}

// What an operator may make of a stream whose kind no type says.
enum class ChosenKind : std::uint8_t { Number, Text };
constexpr auto enumNames(ChosenKind)
{
    return std::array{"number", "text"};
}
constexpr StreamKind kindOf(ChosenKind chosen)
{
    return chosen == ChosenKind::Number ? StreamKind::Number : StreamKind::Text;
}

// What a parameter or a stream wants; an empty unit: any.
struct Expected
{
    StreamKind kind = StreamKind::Undecided;
    std::string_view unit;
};
// By the table of device types; undecided where the type has no such parameter.
Expected expectedOf(int deviceType, std::string_view parameter);

// As it was given: JSON's number, text, boolean or null. A file gives valueOfCell().
struct GivenValue
{
    Value value;
    std::string_view unit = {};    // empty: the one that is expected
    bool isBoolean = false;        // `value` is 1 or 0 for true or false
    bool isDifference = false;     // since the last one (`durational`)
    std::string_view written = {}; // of a number or boolean: its own text, which a stream of texts keeps
};
// A file has no types: what reads as a number is one.
Value valueOfCell(std::string_view cell);

// The value as it is stored, in the expected unit. A number's text is that number; a word that means no value, an empty
// text and null are none, but in a text stream, which keeps every text. Errors: NotANumber, NotOnOrOff, UnknownUnit.
Result<Value> storedValue(GivenValue given, const Expected& expected);
// What a text says that is on or off: a word such as on, closed, true, in any case and with blanks around it, or 1 or 0.
// Nothing: neither. For values that come in, and for commands.
std::optional<bool> onOrOff(std::string_view text);
std::optional<bool> onOrOff(double number);
// Whether a text is one of the words that mean no value: unavailable, unknown, nan, none, or nothing; in any case.
bool saysNoValue(std::string_view text);
// The kind of a stream whose first value this is.
StreamKind kindOf(const Value& value);

// The cells of a line of history, for the import and cohort-script alike. Errors: WrongValue, in words that stand behind the
// column's name.
Result<void> checkParameterCell(const QString& cell);
Result<void> checkIndexCell(const QString& cell);
Result<void> checkUnitCell(const QString& cell);
Result<void> checkValueCell(const QString& cell);
Result<void> checkTimeOfLine(Timestamp time);

} // namespace cohort::model
