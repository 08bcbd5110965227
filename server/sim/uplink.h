// A home's way to the server: a second at most, in order, and now and then an outage, after which the gateway posts what
// it kept. Thread: the owner's. Owner: recordHome(). Flow: a reading's time → when the server has it.
#pragma once

#include "server/sim/random.h"
#include "server/sim/troubles.h"

namespace cohort::sim {

class Uplink
{
public:
    // Where outages are asked for, every second home's gateway posts what is new first, and what it kept behind it.
    Uplink(std::uint64_t seed, std::uint32_t home, Timestamp from, std::optional<AwayMinutes> away = {});

    // `sent` never goes back from call to call; nor does the answer, but for what a gateway kept that posts it last.
    Timestamp arrival(Timestamp sent);

private:
    void planOutage(Timestamp after);
    Timestamp arrivalOfKept();

    Random m_random;
    std::optional<AwayMinutes> m_away;
    bool m_newestFirst;
    Timestamp m_last;
    Timestamp m_lastKept; // of this outage
    Timestamp m_outageFrom, m_outageTo;
};

} // namespace cohort::sim
