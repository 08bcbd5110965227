// Connections and disconnections on their way to device_presence, the log and the bus; who tells of one never waits.
// Thread: report() from any; the rest from the service's. Owner: DirectoryService. Flow: edge → report() → flush() → database,
// Committer (event rows, not in locations that live by their data's time), bus::PresenceChanged.
#pragma once

#include "server/bus/bus.h"
#include "server/metrics/metrics.h"
#include "server/store/log/committer.h"
#include "server/store/pool/presence_repository.h"
#include "shared/base/mailbox.h"

#include <unordered_map>

namespace cohort::directory {

struct PresenceChange
{
    DeviceId device;
    LocationId location;
    bool connected = false;
    bool eventsClock = false; // the location lives by its data's time: scripts are not told
    Timestamp at;
    bool heardOnly = false; // it posted without a channel: no connection came or went
};

class Presence
{
public:
    Presence(QString node, bus::Bus& bus, store::Committer& committer, metrics::Registry& metrics, const Clock& clock,
             std::size_t capacity = 100'000);
    // False when too many wait; it is counted, and the row stays as it was until the device's next change.
    bool report(PresenceChange change);
    // Waits for changes at most so long and takes them over.
    void gather(Milliseconds timeout);
    // Ends what an earlier run of this node left as connected. Errors: those of the connection.
    Result<void> reset(store::Connection& connection);
    // Writes what was gathered; on an error it is kept and written by the next call.
    Result<void> flush(store::Connection& connection);
    bool isEmpty() const { return m_gathered.empty() && m_box.size() == 0; }
    void close() { m_box.close(); }

private:
    Result<void> writeRows(store::Connection& connection);
    void logChange(const PresenceChange& change);

    const QString m_node;
    bus::Bus& m_bus;
    store::Committer& m_committer;
    const Clock& m_clock;
    metrics::Counter& m_dropped;
    metrics::Counter& m_connects;
    metrics::Counter& m_disconnects;
    Mailbox<PresenceChange> m_box;
    std::deque<PresenceChange> m_gathered;
    std::size_t m_logged = 0;                            // of m_gathered: have their event row already
    std::unordered_map<DeviceId, std::int64_t> m_epochs; // of those connected here
};

} // namespace cohort::directory
