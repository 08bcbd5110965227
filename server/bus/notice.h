// What is told inside this process: that something was committed or has changed. Each kind is a topic of the bus.
// Thread: values. Owner: nobody. Flow: committer, composer, actions, api, directory → Bus → mailboxes.
#pragma once

#include "server/store/log/log_row.h"
#include "shared/base/ids.h"

#include <bitset>
#include <string>
#include <type_traits>
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

// Some kinds of notice, by their place in Notice.
using Topics = std::bitset<std::variant_size_v<Notice>>;

template <typename Kind, std::size_t Place = 0>
constexpr std::size_t topicOf()
{
    if constexpr (std::is_same_v<Kind, std::variant_alternative_t<Place, Notice>>)
        return Place;
    else
        return topicOf<Kind, Place + 1>(); // a type that is no kind of notice does not compile
}
// topics<CommandChanged, AlertChanged>()
template <typename... Kinds>
Topics topics()
{
    Topics some;
    (some.set(topicOf<Kinds>()), ...);
    return some;
}
inline Topics allTopics()
{
    return Topics().set();
}

} // namespace cohort::bus
