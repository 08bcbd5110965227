// What the console hears of by itself: the items of each topic. Thread: values. Owner: whoever holds them.
// Flow: server's live → `notify` → subscriptions of the console's models.
#pragma once

#include "shared/model/alert.h"
#include "shared/model/measurement.h"
#include "shared/model/message.h"
#include "shared/model/run.h"
#include "shared/model/server.h"

namespace cohort::protocol {

using model::Of;
using namespace model::rules;

// Each item names its topic: Item::Topic.
struct SampleArrived
{
    static constexpr const char* Topic = "measurements";
    model::LiveSample sample;
};
template <typename V, Of<SampleArrived> T>
void fields(V& visit, T& item)
{
    visit.flat(item.sample);
}

struct AlertChanged
{
    static constexpr const char* Topic = "alerts";
    model::Alert alert;
};
template <typename V, Of<AlertChanged> T>
void fields(V& visit, T& item)
{
    visit("alert", item.alert, "The alert as it is now.");
}

struct CommandChanged
{
    static constexpr const char* Topic = "commands";
    model::Command command;
};
template <typename V, Of<CommandChanged> T>
void fields(V& visit, T& item)
{
    visit("command", item.command, "The command as it is now.");
}

struct MessageChanged
{
    static constexpr const char* Topic = "messages";
    model::Message message;
};
template <typename V, Of<MessageChanged> T>
void fields(V& visit, T& item)
{
    visit("message", item.message, "The message as it is now.");
}

struct ScriptChanged
{
    static constexpr const char* Topic = "scripts";
    ScriptId script;
};
template <typename V, Of<ScriptChanged> T>
void fields(V& visit, T& item)
{
    visit("script", item.script, "The script that changed.");
}

struct RunRecorded
{
    static constexpr const char* Topic = "runs";
    model::Run run;
};
template <typename V, Of<RunRecorded> T>
void fields(V& visit, T& item)
{
    visit("run", item.run, "The run.");
}

struct PresenceChanged
{
    static constexpr const char* Topic = "presence";
    DeviceId device;
    LocationId location;
    bool connected = false;
    Timestamp since;
};
template <typename V, Of<PresenceChanged> T>
void fields(V& visit, T& item)
{
    visit("device", item.device, "The device.");
    visit("location", item.location, "Its home.");
    visit("connected", item.connected, "Whether it has a channel open.");
    visit("since", item.since, "Since when.");
}

struct TimelineAdded
{
    static constexpr const char* Topic = "timeline";
    model::TimelineEntry entry;
};
template <typename V, Of<TimelineAdded> T>
void fields(V& visit, T& item)
{
    visit.flat(item.entry);
}

struct MetricsSampled
{
    static constexpr const char* Topic = "metrics";
    model::MetricSample sample;
};
template <typename V, Of<MetricsSampled> T>
void fields(V& visit, T& item)
{
    visit.flat(item.sample);
}

struct ConfigurationChanged
{
    static constexpr const char* Topic = "configuration";
    QString kind;   // device, location, …
    QString object; // device:12
};
template <typename V, Of<ConfigurationChanged> T>
void fields(V& visit, T& item)
{
    visit("kind", item.kind, "What kind of thing changed.");
    visit("object", item.object, "Which: device:12.");
}

} // namespace cohort::protocol
