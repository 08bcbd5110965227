// Notices of what was committed, inside this process (NATS between nodes comes later). A notice is a hint: whoever
// needs to be sure also polls the database once a second.
// Thread: any. Owner: app. Flow: committer, composer, actions, api → publish → subscribers' mailboxes.
#pragma once

#include "server/store/log/log_row.h"
#include "shared/base/ids.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace cohort::bus {

struct BatchCommitted
{
    store::LogBatchPtr batch;
};
struct CommandChanged
{
    CommandId command;
    DeploymentId deployment;
    LocationId location;
};
struct AlertChanged
{
    AlertId alert;
    DeploymentId deployment;
    LocationId location;
};
struct MessageChanged
{
    MessageId message;
    DeploymentId deployment;
    ParticipantId participant;
};
struct ScriptChanged
{
    ScriptId script;
    DeploymentId deployment;
}; // status, deployment, version, errors
struct RunRecorded
{
    ScriptId script;
    DeploymentId deployment;
    LocationId location;
}; // a trace row was written
struct PresenceChanged
{
    DeviceId device;
    LocationId location;
    bool connected;
};
// Rows of `change` exist that were not there before: caches look now instead of at their next poll.
struct ConfigurationChanged
{
};
struct MetricsSampled
{
    std::string node;
};

using Notice = std::variant<BatchCommitted, CommandChanged, AlertChanged, MessageChanged, ScriptChanged, RunRecorded,
                            PresenceChanged, ConfigurationChanged, MetricsSampled>;

class Bus
{
public:
    Bus();
    ~Bus();
    // Calls every subscriber on this thread, in the order they subscribed; they only hand over.
    void publish(const Notice& notice);
    // From now on `receive` is called for every notice, until the subscription is destroyed (which waits for a
    // call that is under way).
    class Subscription;
    [[nodiscard]] std::unique_ptr<Subscription> subscribe(std::function<void(const Notice&)> receive);

private:
    struct Receiver;
    struct Private;
    std::shared_ptr<Private> d;
};

// May end on any thread, from within its own call too, and after the bus.
class Bus::Subscription
{
public:
    ~Subscription();
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

private:
    friend class Bus;
    Subscription(std::weak_ptr<Private> bus, std::shared_ptr<Receiver> receiver);

    std::weak_ptr<Private> m_bus;
    std::shared_ptr<Receiver> m_receiver;
};

} // namespace cohort::bus
