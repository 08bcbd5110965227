#include "server/engine/series.h"

#include <algorithm>
#include <cmath>

namespace cohort::engine {

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

void SeriesBuilder::add(Timestamp time, double number)
{
    const std::int64_t ms = toMs(time);
    if (ms < m_request.sinceMs || ms > m_request.untilMs || !std::isfinite(number))
        return;
    if (m_request.everyMs == 0) {
        m_tooMany = m_tooMany || m_raw.timesMs.size() >= MostPoints;
        if (m_tooMany)
            return;
        m_raw.timesMs.push_back(ms);
        m_raw.values.emplace_back(number);
        return;
    }
    const std::uint64_t into = static_cast<std::uint64_t>(ms) - static_cast<std::uint64_t>(m_request.sinceMs);
    const auto index = static_cast<std::size_t>(into / static_cast<std::uint64_t>(m_request.everyMs));
    Bucket& bucket = m_buckets[std::min(index, m_buckets.size() - 1)];
    bucket.least = bucket.count ? std::min(bucket.least, number) : number;
    bucket.greatest = bucket.count ? std::max(bucket.greatest, number) : number;
    bucket.sum += number;
    bucket.scaled += number * 0x1p-64;
    bucket.last = number;
    ++bucket.count;
}

// Of numbers whose sum is out of range, too.
double SeriesBuilder::meanOf(const Bucket& bucket)
{
    const auto count = static_cast<double>(bucket.count);
    const double mean = std::isfinite(bucket.sum) ? bucket.sum / count : bucket.scaled / count * 0x1p64;
    return std::clamp(mean, bucket.least, bucket.greatest);
}

std::optional<double> SeriesBuilder::valueOf(const Bucket& bucket) const
{
    const auto count = static_cast<double>(bucket.count);
    if (m_aggregate == Aggregate::Count)
        return count;
    if (bucket.count == 0)
        return std::nullopt;
    const double value = m_aggregate == Aggregate::Mean  ? meanOf(bucket)
                         : m_aggregate == Aggregate::Min ? bucket.least
                         : m_aggregate == Aggregate::Max ? bucket.greatest
                         : m_aggregate == Aggregate::Sum ? bucket.sum
                                                         : bucket.last;
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
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
