// A stove behind a metering outlet: a person turns its knob, a command switches its outlet, the meter tells what it draws.
// Thread: value. Owner: a SimulatedHome, recordHome(). Flow: knob, outlet → readings of power and outletStatus.
#pragma once

#include "server/sim/resident.h"

namespace cohort::sim {

class Stove
{
public:
    // Somebody turns it on: a switched-off outlet is switched on first. Turning it off leaves the outlet as it is.
    void turn(bool on)
    {
        m_knob = on;
        m_outlet = m_outlet || on;
    }
    void switchOutlet(bool on) { m_outlet = on; }
    bool isDrawing() const { return m_knob && m_outlet; }

    Reading power(Timestamp time) const { return {time, "stove", "power", isDrawing() ? Watts : 0}; }
    Reading outletStatus(Timestamp time) const { return {time, "stove", "outletStatus", m_outlet ? 1.0 : 0.0}; }

private:
    static constexpr double Watts = 1'450;

    bool m_knob = false; // a person turned it on
    bool m_outlet = true;
};

} // namespace cohort::sim
