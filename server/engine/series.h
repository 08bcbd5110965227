// What `await home.history(…)` answers: samples as they are, or one number per stretch of time.
// Thread: the owner's. Owner: whoever answers a HistoryRequest. Flow: samples by time → add() → finish() →
// answer. Source: composer.md, "home": gaps as None. The same code answers live, in backtests and in
// cohort-script.
#pragma once

#include "server/engine/wire.h"

namespace cohort::engine {

// A stretch [since + k·every, since + (k+1)·every) with no sample is a gap; its time is its beginning; the
// last one ends with `until`, which belongs to it. `mean` is the plain mean of the samples. Texts are no
// samples. Integers keep every digit, their sum too while 64 bits hold it.
class SeriesBuilder
{
public:
    static constexpr std::size_t MostPoints = 100'000;

    // Errors: WrongValue (unknown aggregate, until before since), TooLarge (more stretches than MostPoints).
    static Result<SeriesBuilder> make(const wire::HistoryRequest& request);
    // Samples in order of time, then log; those outside [since, until] are ignored.
    void add(Timestamp time, const Value& number);
    // Times and values, or `error` when there were more samples than MostPoints.
    wire::HistoryAnswer finish() const;

private:
    enum class Aggregate { Mean, Min, Max, Last, Count, Sum };
    struct Bucket
    {
        double sum = 0, scaled = 0;            // scaled: the sum of 2^-64 of each
        std::optional<std::int64_t> whole = 0; // the sum, while all are whole and 64 bits hold it
        Value least, greatest, last;
        std::int64_t count = 0;
    };
    static double meanOf(const Bucket& bucket);
    static Value sumOf(const Bucket& bucket);
    Value valueOf(const Bucket& bucket) const;

    wire::HistoryRequest m_request;
    Aggregate m_aggregate = Aggregate::Mean;
    std::vector<Bucket> m_buckets;
    wire::HistoryAnswer m_raw;
    bool m_tooMany = false;
};

} // namespace cohort::engine
