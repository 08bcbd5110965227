#include "server/sim/recorded_home.h"

#include "server/sim/climate.h"
#include "server/sim/gaps.h"
#include "server/sim/stove.h"
#include "server/sim/uplink.h"

#include <algorithm>

namespace cohort::sim {

namespace {

// The outlet's meter reports when something changes, and in between as often as its device type says.
constexpr Milliseconds MeterEvery{60'000};

// Everything that the resident's sensors report, and the knob of the stove, in the span.
std::vector<Reading> live(Resident& resident, const RecordedSpan& span, std::vector<Activity>& activities)
{
    std::vector<Reading> readings;
    for (Timestamp at = span.from; at < span.to;) {
        const Episode episode = resident.next(at);
        for (const Reading& reading : episode.readings) {
            if (reading.time < span.to)
                readings.push_back(reading);
        }
        for (const Activity& activity : episode.activities) {
            if (activity.start < span.to)
                activities.push_back({activity.start, std::min(activity.end, span.to), activity.name});
        }
    }
    const auto byTime = [](const Reading& a, const Reading& b) { return a.time < b.time; };
    std::stable_sort(readings.begin(), readings.end(), byTime);
    return readings;
}

// Turns the knob into what the outlet measures.
std::vector<Reading> metered(const std::vector<Reading>& lived, const RecordedSpan& span)
{
    Stove stove;
    std::vector<Reading> readings{stove.outletStatus(span.from)};
    Timestamp due = span.from;
    const auto reportTo = [&](Timestamp until) {
        for (; due < until; due += MeterEvery)
            readings.push_back(stove.power(due));
    };
    for (const Reading& reading : lived) {
        reportTo(reading.time);
        if (reading.device != "stove") {
            readings.push_back(reading);
            continue;
        }
        stove.turn(reading.value > 0);
        due = reading.time;
        reportTo(reading.time + Milliseconds(1));
    }
    reportTo(span.to);
    return readings;
}

// What the gateway hears of them.
std::vector<Heard> heardOf(std::uint64_t seed, std::uint32_t home, const RecordedSpan& span, const Troubles& troubles,
                           const std::vector<Reading>& readings)
{
    if (troubles.unavailable)
        return withGaps(seed, home, span.from, readings);
    std::vector<Heard> all;
    all.reserve(readings.size());
    for (const Reading& reading : readings)
        all.push_back({reading, false});
    return all;
}

} // namespace

RecordedHome recordHome(std::uint64_t seed, int number, const RecordedSpan& span, const Troubles& troubles)
{
    const auto home = static_cast<std::uint32_t>(number);
    Resident resident(seed, home, span.zone);
    Climate climate(seed, home, span.zone);
    Uplink uplink(seed, home, span.from, troubles.away);
    RecordedHome recorded;
    std::vector<Reading> readings = metered(live(resident, span, recorded.activities), span);
    for (Timestamp at = span.from; at < span.to; at += Climate::Every) {
        for (const Reading& reading : climate.at(at))
            readings.push_back(reading);
    }
    const auto byTime = [](const Reading& a, const Reading& b) { return a.time < b.time; };
    std::stable_sort(readings.begin(), readings.end(), byTime);
    recorded.rows.reserve(readings.size());
    for (const Heard& heard : heardOf(seed, home, span, troubles, readings))
        recorded.rows.push_back({heard.reading, uplink.arrival(heard.reading.time), heard.unavailable});
    std::stable_sort(recorded.rows.begin(), recorded.rows.end(),
                     [](const RecordedRow& a, const RecordedRow& b) { return a.arrival < b.arrival; });
    return recorded;
}

} // namespace cohort::sim
