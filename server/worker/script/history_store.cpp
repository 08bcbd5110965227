#include "server/worker/script/history_store.h"

#include "server/engine/series.h"

#include <algorithm>

namespace cohort::worker {

void HistoryStore::add(bool isFact, DeviceId device, const std::string& name, Timestamp time, const Value& value)
{
    if (!value.number)
        return;
    auto& samples = m_samples[{isFact, device, name}];
    const auto place = std::upper_bound(samples.begin(), samples.end(), time,
                                        [](Timestamp wanted, const auto& sample) { return wanted < sample.first; });
    samples.insert(place, {time, value});
}

engine::wire::HistoryAnswer HistoryStore::answer(engine::wire::HistoryRequest request, Timestamp now) const
{
    request.untilMs = std::min(request.untilMs, toMs(now));
    auto builder = engine::SeriesBuilder::make(request);
    if (!builder) {
        engine::wire::HistoryAnswer refused;
        refused.run = request.run;
        refused.query = request.query;
        refused.error = builder.error().detail.toStdString();
        return refused;
    }
    if (const auto found = m_samples.find({request.isFact, request.device, request.name}); found != m_samples.end()) {
        for (const auto& [time, number] : found->second)
            builder->add(time, number);
    }
    return builder->finish();
}

} // namespace cohort::worker
