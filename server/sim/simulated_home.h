// One home: a resident, sensors, a stove with a metering outlet that obeys commands, a gateway that posts it all.
// Thread: the io_context's one thread. Owner: the `homes` subcommand. Flow: Resident → readings → gateway's channel;
// commands → outlet → responses and readings.
#pragma once

#include "server/sim/climate.h"
#include "server/sim/device_channel.h"
#include "server/sim/home_devices.h"
#include "server/sim/stove.h"

#include <boost/asio/steady_timer.hpp>

#include <deque>

namespace cohort::sim {

enum class Scenario {
    Day,         // ordinary days
    StoveLeftOn, // the stove goes on in an empty kitchen right away; the outlet obeys
    StoveOffline // the same, and the gateway goes offline for `offlineFor` after it reported that
};

// The simulation's time: real, or faster from a start in the past until it meets the present.
class SimulatedClock
{
public:
    SimulatedClock(const Clock& real, Timestamp start, double speed);
    Timestamp now() const;
    // Real time from now until it is `time` here; not negative.
    std::chrono::milliseconds until(Timestamp time) const;

private:
    const Clock& m_real;
    Timestamp m_start;
    double m_speed;
    SteadyTime m_since;
};

struct HomeFigures
{
    std::uint64_t posted = 0, acknowledged = 0, commands = 0;
};

class SimulatedHome
{
public:
    SimulatedHome(boost::asio::io_context& context, const SimulatedClock& clock, Gateway gateway, QString prefix,
                  std::uint32_t number, Scenario scenario, const QTimeZone& zone);

    // Its devices are wantedDevices(prefix).
    void start(const std::string& caFile);
    void stop();
    const HomeFigures& figures() const { return m_figures; }

private:
    void live();
    void play(const Reading& reading);
    void stageSoon();
    void stage();
    void reportStove(Timestamp time);
    void meter();
    void measureClimate();
    void post(const Reading& reading);
    void obey(const std::string& frame);
    void respond(qint64 command, int result);

    struct Timers
    {
        explicit Timers(boost::asio::io_context& context)
            : next(context), meter(context), climate(context), offline(context)
        {
        }
        boost::asio::steady_timer next, meter, climate, offline;
    };
    struct Life
    {
        Resident resident;
        std::deque<Reading> readings; // to be played
        Timestamp until;              // what is in `readings` ends here
    };

    boost::asio::io_context& m_context;
    const SimulatedClock& m_clock;
    Gateway m_gateway;
    QString m_prefix;
    Scenario m_scenario;
    std::shared_ptr<DeviceChannel> m_channel;
    Timers m_timers;
    Life m_life;
    Climate m_climate;
    Stove m_stove;
    HomeFigures m_figures;
};

} // namespace cohort::sim
