#include "server/sim/gaps.h"

#include "server/sim/home_devices.h"

#include <algorithm>
#include <map>

namespace cohort::sim {

namespace {

constexpr Milliseconds Second{1'000};
constexpr Milliseconds Minute{60'000};

struct Gap
{
    Timestamp from, to; // `to` is not in it
    std::string_view device;
};

// The gap that comes next after this moment.
Gap gapAfter(Timestamp moment, Random& random)
{
    const auto& devices = homeDevices();
    Gap gap;
    gap.from = moment + random.between(60, 240) * Minute;
    gap.to = gap.from + random.between(60, 540) * Second;
    gap.device = devices[static_cast<std::size_t>(random.between(0, static_cast<int>(devices.size()) - 1))].name;
    return gap;
}

class Listener
{
public:
    Listener(std::uint64_t seed, std::uint32_t home, Timestamp from)
        : m_random(seed, home, Random::Purpose::Gaps), m_gap(gapAfter(from, m_random))
    {
    }

    void hear(const Reading& reading)
    {
        passTo(reading.time);
        m_newest[{reading.device, reading.parameter}] = reading;
        if (!m_isOut || reading.device != m_gap.device)
            m_heard.push_back({reading, false});
    }
    std::vector<Heard> take() { return std::move(m_heard); }

private:
    void passTo(Timestamp time)
    {
        for (;;) {
            if (!m_isOut && m_gap.from <= time) {
                tell(m_gap.from, true);
                m_isOut = true;
            } else if (m_isOut && m_gap.to <= time) {
                tell(m_gap.to, false);
                m_isOut = false;
                m_gap = gapAfter(m_gap.to, m_random);
            } else {
                return;
            }
        }
    }
    // All that the sensor measures: that there is no value, or the newest. Of what it never measured nothing.
    void tell(Timestamp time, bool unavailable)
    {
        for (auto& [stream, reading] : m_newest) {
            if (stream.first == m_gap.device)
                m_heard.push_back({{time, reading.device, reading.parameter, reading.value}, unavailable});
        }
    }

    Random m_random;
    Gap m_gap;
    bool m_isOut = false;
    std::map<std::pair<std::string_view, std::string_view>, Reading> m_newest; // by device, parameter
    std::vector<Heard> m_heard;
};

} // namespace

std::vector<Heard> withGaps(std::uint64_t seed, std::uint32_t home, Timestamp from,
                            const std::vector<Reading>& readings)
{
    Listener listener(seed, home, from);
    for (const Reading& reading : readings)
        listener.hear(reading);
    return listener.take();
}

} // namespace cohort::sim
