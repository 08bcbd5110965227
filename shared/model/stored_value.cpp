#include "shared/model/stored_value.h"

#include "shared/base/limits.h"
#include "shared/model/units.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace cohort::model {

namespace {

constexpr auto NoValueWords = std::to_array<std::string_view>({"", "unavailable", "unknown", "nan", "none"});
constexpr auto OnWords =
    std::to_array<std::string_view>({"on", "open", "true", "yes", "occupied", "detected", "active"});
constexpr auto OffWords =
    std::to_array<std::string_view>({"off", "closed", "false", "no", "free", "clear", "inactive"});
constexpr std::size_t LongestWord = 16;

// Of ASCII letters, without the blanks around it; longer texts are no word of the tables.
std::string wordOf(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    std::string word(text.substr(0, LongestWord));
    for (char& c : word)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return word;
}

template <typename Words>
bool isOneOf(const Words& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

QString shown(std::string_view text)
{
    return QStringLiteral("'%1'").arg(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).left(40));
}

tl::unexpected<Error> notANumber(std::string_view given)
{
    QString detail = shown(given) + QStringLiteral(" is not a number");
    if (given.find(',') != std::string_view::npos)
        detail += QStringLiteral("; the decimal sign is a point");
    return fail(ErrorCode::NotANumber, detail + QStringLiteral("; where there is no value, send null"));
}

tl::unexpected<Error> notOnOrOff(std::string_view given)
{
    return fail(ErrorCode::NotOnOrOff,
                shown(given) + QStringLiteral(" is neither on nor off; send 1 or 0, or words such as on, off, open, "
                                              "closed, true, false"));
}

Result<Value> asNumber(const GivenValue& given)
{
    if (given.isBoolean)
        return notANumber(given.value.number != 0.0 ? "true" : "false");
    if (given.value.number)
        return given.value;
    if (auto number = numberIn(*given.value.text))
        return std::move(*number);
    return notANumber(*given.value.text);
}

Result<Value> asOnOff(const GivenValue& given)
{
    if (!given.unit.empty())
        return fail(
            ErrorCode::UnknownUnit,
            QStringLiteral("what is on or off has no unit, not %1 either; leave it out").arg(shown(given.unit)));
    const auto isOn = given.value.text ? onOrOff(*given.value.text) : onOrOff(*given.value.number);
    if (!isOn)
        return notOnOrOff(textOf(given.value));
    return Value::ofNumber(*isOn ? 1 : 0);
}

Value asText(const GivenValue& given)
{
    if (given.value.number && !given.written.empty())
        return Value::ofText(std::string(given.written));
    if (given.isBoolean)
        return Value::ofText(given.value.number != 0.0 ? "true" : "false");
    return given.value.number ? Value::ofText(textOf(given.value)) : given.value;
}

Result<Value> inUnit(Value value, const GivenValue& given, std::string_view wanted)
{
    if (!value.number || given.unit.empty() || wanted.empty() || given.unit == wanted)
        return value;
    const auto number = converted(*value.number, given.unit, wanted, given.isDifference);
    if (number && unitName(given.unit) == unitName(wanted))
        return value;
    if (number && std::isfinite(*number))
        return Value::ofNumber(*number);
    const QString cannot =
        QStringLiteral("the unit %1 cannot be converted to %2").arg(shown(given.unit), shown(wanted));
    const std::string_view others = unitsLike(wanted);
    if (others.empty())
        return fail(ErrorCode::UnknownUnit, cannot);
    const QString known = QString::fromUtf8(others.data(), static_cast<qsizetype>(others.size()));
    return fail(ErrorCode::UnknownUnit, cannot + QStringLiteral("; known are: ") + known);
}

// As an upload's names are judged.
bool isShort(const QString& cell, int bytes)
{
    const QByteArray text = cell.toUtf8();
    return text.size() <= bytes &&
           std::none_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

} // namespace

std::optional<bool> onOrOff(double number)
{
    return number == 0 || number == 1 ? std::optional(number == 1) : std::nullopt;
}

std::optional<bool> onOrOff(std::string_view text)
{
    const std::string word = wordOf(text);
    if (isOneOf(OnWords, word) || isOneOf(OffWords, word))
        return isOneOf(OnWords, word);
    const auto number = numberIn(text);
    return number ? onOrOff(*number->number) : std::nullopt;
}

bool saysNoValue(std::string_view text)
{
    return isOneOf(NoValueWords, wordOf(text));
}

Expected expectedOf(int deviceType, std::string_view parameter)
{
    const DeviceType* type = findDeviceType(deviceType);
    if (!type)
        return {};
    for (const TypeParameter& known : type->parameters) {
        if (parameter != known.name)
            continue;
        if (known.values.kind == ValueKind::Choice || known.values.kind == ValueKind::Text)
            return {StreamKind::Text, known.unit};
        // What has a unit is a number, what else has none is on or off: so in the whole table.
        return {*known.unit == '\0' ? StreamKind::OnOff : StreamKind::Number, known.unit};
    }
    return {};
}

Value valueOfCell(std::string_view cell)
{
    if (auto number = numberIn(cell))
        return std::move(*number);
    return Value::ofText(std::string(cell));
}

Result<Value> storedValue(GivenValue given, const Expected& expected)
{
    if (given.value.isNone())
        return given.value;
    if (expected.kind == StreamKind::Text)
        return asText(given);
    if (given.value.isText() && saysNoValue(*given.value.text))
        return Value::none();
    if (expected.kind == StreamKind::OnOff)
        return asOnOff(given);
    if (expected.kind == StreamKind::Undecided)
        return inUnit(given.value, given, expected.unit);
    COHORT_TRY(number, asNumber(given));
    return inUnit(std::move(number), given, expected.unit);
}

StreamKind kindOf(const Value& value)
{
    return value.number ? StreamKind::Number : value.text ? StreamKind::Text : StreamKind::Undecided;
}

Result<void> checkParameterCell(const QString& cell)
{
    if (cell.isEmpty() || !isShort(cell, ParameterBytesMost) || cell.startsWith(QStringLiteral("syn.")))
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("1 to %1 bytes, no control characters, not syn.…").arg(ParameterBytesMost));
    return {};
}

Result<void> checkIndexCell(const QString& cell)
{
    if (!isShort(cell, IndexBytesMost))
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("at most %1 bytes, no control characters").arg(IndexBytesMost));
    return {};
}

Result<void> checkUnitCell(const QString& cell)
{
    // A unit that is a number is half of a number that a bare comma has cut.
    if (!isShort(cell, UnitBytesMost) || numberIn(cell.toStdString()))
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("'%1' is none; was a number cut at its comma?").arg(cell.left(UnitBytesMost)));
    return {};
}

Result<void> checkValueCell(const QString& cell)
{
    if (cell.toUtf8().size() > ValueBytesMost || cell.contains(QChar(0)))
        return fail(ErrorCode::WrongValue, QStringLiteral("at most %1 bytes, and no NUL").arg(ValueBytesMost));
    if (isBeyondNumbers(cell.toStdString()))
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("a number beyond 1.8e308; where there is no value, leave the cell empty"));
    return {};
}

Result<void> checkTimeOfLine(Timestamp time)
{
    if (!isMeasurable(time))
        return fail(ErrorCode::WrongValue, QStringLiteral("not between 1970 and 2199"));
    return {};
}

} // namespace cohort::model
