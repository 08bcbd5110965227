#include "server/store/postgres/pg_value.h"

#include <QByteArray>
#include <QString>

#include <charconv>

namespace cohort::store {

namespace {

// Object ids of built-in types are part of PostgreSQL's catalogue and never change.
enum PgType : unsigned {
    Bool = 16,
    Bytea = 17,
    Int8 = 20,
    Int2 = 21,
    Int4 = 23,
    Oid = 26,
    Float4 = 700,
    Float8 = 701,
    TimestampTz = 1184,
    Numeric = 1700
};

// Reads digits up to something else; `text` then begins behind them.
std::optional<int> parseNumber(std::string_view& text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

bool parseCharacter(std::string_view& text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

// ".123456" → 123; nothing → 0.
int parseMilliseconds(std::string_view& text)
{
    if (!parseCharacter(text, '.'))
        return 0;
    int ms = 0;
    int digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits++ < 3)
            ms = ms * 10 + (text.front() - '0');
        text.remove_prefix(1);
    }
    for (; digits < 3; ++digits)
        ms *= 10;
    return ms;
}

QByteArray decodeBytea(std::string_view text)
{
    if (text.substr(0, 2) != "\\x")
        return {};
    return QByteArray::fromHex(QByteArray::fromRawData(text.data() + 2, static_cast<qsizetype>(text.size() - 2)));
}

} // namespace

std::optional<Timestamp> parsePgTime(std::string_view text)
{
    const auto year = parseNumber(text);
    const auto month = parseCharacter(text, '-') ? parseNumber(text) : std::nullopt;
    const auto day = parseCharacter(text, '-') ? parseNumber(text) : std::nullopt;
    const auto hour = parseCharacter(text, ' ') ? parseNumber(text) : std::nullopt;
    const auto minute = parseCharacter(text, ':') ? parseNumber(text) : std::nullopt;
    const auto second = parseCharacter(text, ':') ? parseNumber(text) : std::nullopt;
    if (!year || !month || !day || !hour || !minute || !second)
        return std::nullopt;
    const int ms = parseMilliseconds(text);
    if (text.substr(0, 3) != "+00")
        return std::nullopt;
    const bool beforeChrist = text.size() > 4 && text.substr(text.size() - 2) == "BC";
    const std::chrono::year_month_day date{std::chrono::year(beforeChrist ? 1 - *year : *year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) + Milliseconds(ms);
}

QVariant decodePgText(unsigned type, std::string_view text)
{
    const QByteArray raw = QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
    switch (type) {
    case Bool:
        return QVariant(text == "t");
    case Int2:
    case Int4:
    case Int8:
    case Oid:
        return QVariant(raw.toLongLong());
    case Float4:
    case Float8:
    case Numeric:
        return QVariant(raw.toDouble());
    case Bytea:
        return QVariant(decodeBytea(text));
    case TimestampTz: {
        const auto time = parsePgTime(text);
        return time ? QVariant(static_cast<qlonglong>(toMs(*time))) : QVariant();
    }
    default:
        return QVariant(QString::fromUtf8(raw));
    }
}

} // namespace cohort::store
