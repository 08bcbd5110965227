#include "server/store/log/storable.h"

#include "shared/base/limits.h"
#include "shared/base/time.h"
#include "shared/base/utf8.h"

#include <cmath>

namespace cohort::store {

namespace {

constexpr std::size_t LongestName = 256;
constexpr std::size_t LongestData = 1'024 * 1'024;

bool isText(std::string_view text)
{
    return text.find('\0') == std::string_view::npos && isUtf8(text);
}

bool isName(const std::string& text)
{
    return text.size() <= LongestName && isText(text);
}

Result<void> checkEvent(const LogRow& row)
{
    if (row.kind == RowKind::Measurement || row.kind == RowKind::Fact)
        return fail(ErrorCode::WrongValue, QStringLiteral("measurements and facts are no events"));
    if (!row.location || !isName(row.name) || row.data.size() > LongestData || !isText(row.data) ||
        !isMeasurable(row.time))
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("an event needs a location, a time and texts within their limits"));
    return {};
}

} // namespace

Result<void> checkStorable(const NewMeasurement& one)
{
    const bool hasNumber = one.value.number && std::isfinite(*one.value.number);
    const bool hasText = one.value.text && one.value.text->size() <= ValueBytesMost && isText(*one.value.text);
    if ((one.value.number && !hasNumber) || (one.value.text && !hasText) || (hasNumber && hasText) ||
        (one.value.integer && !hasNumber))
        return fail(ErrorCode::WrongMeasurement,
                    QStringLiteral("a value is a finite number, a text of at most 1 KiB, or none"));
    if (one.name.empty() || !isName(one.name) || !isName(one.index) || !isName(one.unit))
        return fail(ErrorCode::WrongMeasurement,
                    QStringLiteral("a name, index or unit is no text of at most 256 bytes"));
    if (!isMeasurable(one.time))
        return fail(ErrorCode::WrongMeasurement, QStringLiteral("a time is not between 1970 and 2199"));
    if (!one.device || !one.location)
        return fail(ErrorCode::WrongMeasurement, QStringLiteral("a measurement needs its device and location"));
    return {};
}

Result<void> checkStorable(const Submission& submission)
{
    for (const NewMeasurement& one : submission.measurements)
        COHORT_CHECK(checkStorable(one));
    for (const LogRow& row : submission.events)
        COHORT_CHECK(checkEvent(row));
    for (const DiscoveredDevice& device : submission.devices) {
        if (device.key.empty() || !isName(device.key))
            return fail(ErrorCode::WrongValue, QStringLiteral("a device's id is no text of at most 256 bytes"));
    }
    return {};
}

} // namespace cohort::store
