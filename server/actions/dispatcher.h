// The life of commands (queued → sent → received → executed | failed, or an end before), the escalation of alerts, delayed
// messages, and the log rows of what people and devices answered.
// Thread: its own, with its own connection; deviceConnected(), commandDelivered() from any. Owner: app.
// Flow: rows and hints → CommandSink → device; changes → bus, event rows → Committer.
// Source: device-protocol.md, "The channel for commands".
#pragma once

#include "server/actions/command_sink.h"
#include "server/bus/bus.h"
#include "server/metrics/metrics.h"
#include "server/store/log/committer.h"
#include "server/store/postgres/connection.h"

#include <memory>

namespace cohort::actions {

struct DispatcherOptions
{
    store::ConnectionSettings database;
    QString node;
    Milliseconds pollEvery{1'000};
    Milliseconds resendAfter{10'000};
};

class Dispatcher
{
public:
    // `sink` may be null: this process has no device channels.
    Dispatcher(DispatcherOptions options, bus::Bus& bus, store::Committer& committer, CommandSink* sink,
               metrics::Registry& metrics, const Clock& clock);
    ~Dispatcher(); // stop()

    // Starts the thread; what is open in the database is picked up. The database may be away then.
    Result<void> start();
    // Ends the thread after the round under way. Stop it before the committer and the sink.
    void stop();
    // From the edge: this gateway has a channel now; what is queued is sent.
    void deviceConnected(DeviceId gateway);
    // From the edge: the command went out on a channel by another way than deliver() (a poll that fetched it).
    void commandDelivered(CommandId command);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::actions
