// A home's way to the server: a second at most, in order, and now and then an outage that the gateway sits out.
// Thread: the owner's. Owner: recordHome(). Flow: a reading's time → when the server has it.
#pragma once

#include "server/sim/random.h"
#include "shared/base/time.h"

namespace cohort::sim {

class Uplink
{
public:
    Uplink(std::uint64_t seed, std::uint32_t home, Timestamp from);

    // `sent` never goes back from call to call, and so does the answer.
    Timestamp arrival(Timestamp sent);

private:
    void planOutage(Timestamp after);

    Random m_random;
    Timestamp m_last;
    Timestamp m_outageFrom, m_outageTo;
};

} // namespace cohort::sim
