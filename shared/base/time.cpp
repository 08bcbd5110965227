#include "shared/base/time.h"

#include <QDateTime>

#include <charconv>

namespace cohort {

bool isMeasurable(Timestamp time)
{
    constexpr Timestamp first = std::chrono::sys_days(std::chrono::year(1970) / 1 / 1);
    constexpr Timestamp end = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);
    return time >= first && time < end;
}

std::string toIso(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC).toString(Qt::ISODateWithMs).toStdString();
}

Result<Timestamp> fromIso(std::string_view text)
{
    const QString string = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const QDateTime parsed = QDateTime::fromString(string, Qt::ISODateWithMs);
    if (!parsed.isValid())
        return fail(ErrorCode::WrongValue, QStringLiteral("'%1' is no ISO 8601 time").arg(string));
    if (parsed.timeSpec() == Qt::LocalTime)
        return fail(ErrorCode::WrongValue, QStringLiteral("'%1' needs 'Z' or an offset").arg(string));
    return fromMs(parsed.toMSecsSinceEpoch());
}

Result<Milliseconds> parseDuration(std::string_view text)
{
    std::int64_t count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
    const std::int64_t factor = unit == "ms"  ? 1
                                : unit == "s" ? 1'000
                                : unit == "m" ? 60'000
                                : unit == "h" ? 3'600'000
                                : unit == "d" ? 86'400'000
                                              : 0;
    constexpr std::int64_t longest = 100LL * 366 * 86'400'000; // a century
    if (error != std::errc() || factor == 0 || count < 0 || count > longest / factor) {
        const QString string = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        return fail(ErrorCode::WrongValue, QStringLiteral("'%1' is no duration; write 90s, 10m, 1h or 7d").arg(string));
    }
    return Milliseconds(count * factor);
}

} // namespace cohort
