#include "server/engine/series.h"

#include "shared/base/value_order.h"

#include <algorithm>
#include <cmath>

namespace cohort::engine {

namespace {

std::optional<std::int64_t> added(std::optional<std::int64_t> sum, const Value& value)
{
    const auto whole = *value.number == 0 ? 0 : wholeOf(value);
    std::int64_t both = 0;
    if (!sum || !whole || __builtin_add_overflow(*sum, *whole, &both))
        return std::nullopt;
    return both;
}

} // namespace

Result<SeriesBuilder> SeriesBuilder::make(const wire::HistoryRequest& request)
{
    SeriesBuilder builder;
    builder.m_request = request;
    if (request.untilMs < request.sinceMs || request.everyMs < 0)
        return fail(ErrorCode::WrongValue, QStringLiteral("history must end after it begins"));
    if (request.everyMs == 0)
        return builder;
    constexpr std::pair<std::string_view, Aggregate> names[] = {{"mean", Aggregate::Mean},   {"min", Aggregate::Min},
                                                                {"max", Aggregate::Max},     {"last", Aggregate::Last},
                                                                {"count", Aggregate::Count}, {"sum", Aggregate::Sum}};
    const auto* found = std::find_if(std::begin(names), std::end(names),
                                     [&](const auto& name) { return name.first == request.aggregate; });
    if (found == std::end(names))
        return fail(ErrorCode::WrongValue,
                    QStringLiteral("'%1' is no aggregate; use mean, min, max, last, count or sum")
                        .arg(QString::fromStdString(request.aggregate)));
    builder.m_aggregate = found->second;
    // Unsigned, since both ends come from a worker and their difference may overflow.
    const std::uint64_t span =
        static_cast<std::uint64_t>(request.untilMs) - static_cast<std::uint64_t>(request.sinceMs);
    const auto every = static_cast<std::uint64_t>(request.everyMs);
    const std::uint64_t count = std::max<std::uint64_t>(1, span / every + (span % every ? 1 : 0));
    if (count > MostPoints)
        return fail(ErrorCode::TooLarge, QStringLiteral("over %1 stretches; use a longer 'every'").arg(MostPoints));
    builder.m_buckets.resize(static_cast<std::size_t>(count));
    return builder;
}

void SeriesBuilder::add(Timestamp time, const Value& number)
{
    const std::int64_t ms = toMs(time);
    if (ms < m_request.sinceMs || ms > m_request.untilMs || !number.number || !std::isfinite(*number.number))
        return;
    if (m_request.everyMs == 0) {
        m_tooMany = m_tooMany || m_raw.timesMs.size() >= MostPoints;
        if (m_tooMany)
            return;
        m_raw.timesMs.push_back(ms);
        m_raw.values.push_back(number);
        return;
    }
    const std::uint64_t into = static_cast<std::uint64_t>(ms) - static_cast<std::uint64_t>(m_request.sinceMs);
    const auto index = static_cast<std::size_t>(into / static_cast<std::uint64_t>(m_request.everyMs));
    Bucket& bucket = m_buckets[std::min(index, m_buckets.size() - 1)];
    if (bucket.count == 0 || isLess(number, bucket.least))
        bucket.least = number;
    if (bucket.count == 0 || isLess(bucket.greatest, number))
        bucket.greatest = number;
    bucket.sum += *number.number;
    bucket.scaled += *number.number * 0x1p-64;
    bucket.whole = added(bucket.whole, number);
    bucket.last = number;
    ++bucket.count;
}

// Of numbers whose sum is out of range, too.
double SeriesBuilder::meanOf(const Bucket& bucket)
{
    const auto count = static_cast<double>(bucket.count);
    const double mean = std::isfinite(bucket.sum) ? bucket.sum / count : bucket.scaled / count * 0x1p64;
    return std::clamp(mean, *bucket.least.number, *bucket.greatest.number);
}

Value SeriesBuilder::sumOf(const Bucket& bucket)
{
    if (bucket.whole)
        return Value::ofInteger(*bucket.whole);
    const double sum = std::isfinite(bucket.sum) ? bucket.sum : bucket.scaled * 0x1p64; // out of range only on the way
    return std::isfinite(sum) ? Value::ofNumber(sum) : Value::none();
}

Value SeriesBuilder::valueOf(const Bucket& bucket) const
{
    if (m_aggregate == Aggregate::Count)
        return Value::ofInteger(bucket.count);
    if (bucket.count == 0)
        return Value::none();
    switch (m_aggregate) {
    case Aggregate::Min:
        return bucket.least;
    case Aggregate::Max:
        return bucket.greatest;
    case Aggregate::Sum:
        return sumOf(bucket);
    case Aggregate::Last:
        return bucket.last;
    default:
        return Value::ofNumber(meanOf(bucket));
    }
}

wire::HistoryAnswer SeriesBuilder::finish() const
{
    wire::HistoryAnswer answer = m_raw;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        // Unsigned on the way: the start of a stretch lies before `until`, its parts may not fit.
        answer.timesMs.push_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(m_request.sinceMs) +
                                                           i * static_cast<std::uint64_t>(m_request.everyMs)));
        answer.values.push_back(valueOf(m_buckets[i]));
    }
    answer.run = m_request.run;
    answer.query = m_request.query;
    if (m_tooMany) {
        answer.error = "over 100000 samples; ask with every= and aggregate=";
        answer.timesMs.clear();
        answer.values.clear();
    }
    return answer;
}

} // namespace cohort::engine
