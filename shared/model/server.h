// The pool's servers, their figures, and the overview. Thread: values. Owner: whoever holds them.
// Flow: node, metric_sample, metrics → wire → console. Source: architecture.md, "The pool"; console.md.
#pragma once

#include "shared/base/ids.h"
#include "shared/base/time.h"
#include "shared/model/fields.h"

#include <QList>
#include <QStringList>

namespace cohort::model {

struct ServerInfo
{
    QString name;
    QString version;
    int protocol = 0;
    Timestamp time;
    QString deviceioUrl;
};
template <typename V, Of<ServerInfo> T>
void fields(V& visit, T& info)
{
    visit("name", info.name, "Cohort.");
    visit("version", info.version, "The program's version.");
    visit("protocol", info.protocol, "The version of this protocol.");
    visit("time", info.time, "The server's clock.");
    visit("deviceioUrl", info.deviceioUrl, "Where devices post.");
}

struct Server
{
    QString name;
    QStringList roles;
    QString deviceioUrl;
    QString apiUrl;
    Timestamp heartbeat;
    bool alive = false;
    int connections = 0;
    int capacity = 0;
    double cpu = 0; // of its I/O threads' time, 0 to 1
    QString version;
};
template <typename V, Of<Server> T>
void fields(V& visit, T& server)
{
    visit("name", server.name, "The server's name.");
    visit("roles", server.roles, "What it does: deviceio, api, composer.");
    visit("deviceioUrl", server.deviceioUrl, "Where devices reach it; empty where they do not.");
    visit("apiUrl", server.apiUrl, "Where consoles reach it; empty where they do not.");
    visit("heartbeat", server.heartbeat, "When it was heard of last.");
    visit("alive", server.alive, "Whether that is less than 20 seconds ago.");
    visit("connections", server.connections, "How many devices are connected to it.");
    visit("capacity", server.capacity, "How many may be.");
    visit("cpu", server.cpu, "How much of their time its I/O threads work, 0 to 1.");
    visit("version", server.version, "The program's version.");
}

// Shares of one core, by component.
struct CpuShares
{
    double deviceio = 0;
    double api = 0;
    double composer = 0;
    double database = 0;
    double other = 0;
};
template <typename V, Of<CpuShares> T>
void fields(V& visit, T& cpu)
{
    visit("deviceio", cpu.deviceio, "Device IO.");
    visit("api", cpu.api, "The Application API.");
    visit("composer", cpu.composer, "Composer and its workers.");
    visit("database", cpu.database, "PostgreSQL, where it runs on this machine.");
    visit("other", cpu.other, "Everything else of the server.");
}

struct MetricSample
{
    qint64 at = 0; // ms since 1970
    CpuShares cpu;
    double connections = 0;
    double postsPerSecond = 0;
    double measurementsPerSecond = 0;
    std::optional<double> ingestP50Ms; // nothing: nothing was posted
    std::optional<double> ingestP99Ms;
    double runsPerSecond = 0;
    double effectsPerSecond = 0;
    double queue = 0;
};
template <typename V, Of<MetricSample> T>
void fields(V& visit, T& sample)
{
    visit("at", sample.at, "When, in milliseconds since 1970 UTC.");
    visit("cpu", sample.cpu, "CPU by component, in shares of one core.");
    visit("connections", sample.connections, "Open connections of devices.");
    visit("postsPerSecond", sample.postsPerSecond, "Uploads a second.");
    visit("measurementsPerSecond", sample.measurementsPerSecond, "Measurements a second.");
    visit("ingestP50Ms", sample.ingestP50Ms,
          "From upload to reply, half are faster, in milliseconds; null where nothing came.");
    visit("ingestP99Ms", sample.ingestP99Ms,
          "From upload to reply, 99 of 100 are faster, in milliseconds; null where nothing came.");
    visit("runsPerSecond", sample.runsPerSecond, "Runs of scripts a second.");
    visit("effectsPerSecond", sample.effectsPerSecond, "Effects of scripts a second.");
    visit("queue", sample.queue, "Submissions that wait for their commit.");
}

struct MetricSamples
{
    QList<MetricSample> samples; // in order of time
};
template <typename V, Of<MetricSamples> T>
void fields(V& visit, T& samples)
{
    visit("samples", samples.samples, "The samples, in order of time.");
}

enum class AttentionKind : std::uint8_t {
    Alert,
    HomeOffline,
    GatewayOffline,
    DeviceOffline,
    SilentDevice,
    UnreadMessage,
    Unanswered,
    ScriptError,
    ScriptPaused
};
constexpr auto enumNames(AttentionKind)
{
    return std::array{"alert",          "home-offline", "gateway-offline", "device-offline", "silent-device",
                      "unread-message", "unanswered",   "script-error",    "script-paused"};
}

struct Attention
{
    AttentionKind kind = AttentionKind::Alert;
    QString text;
    QString object;      // alert:3
    LocationId location; // none: of no home
    QString locationName;
    std::optional<Timestamp> since;
    int count = 1; // homes where the object is a deployment or a script, else devices or messages
};
template <typename V, Of<Attention> T>
void fields(V& visit, T& attention)
{
    visit("kind", attention.kind, "What it is.");
    visit("text", attention.text, "What it says; of devices, the names of the first three.");
    visit("object", attention.object,
          "What it is about, the one cause of it all: alert:3, device:12, location:4, deployment:1, participant:7.");
    visit("location", attention.location, "The home, or null.", orNone());
    visit("locationName", attention.locationName, "That home's name; empty where there is none.");
    visit("since", attention.since, "Since when, or null.");
    visit("count", attention.count,
          "How many it is: homes where it is about a deployment or a script, else devices or messages.");
}

struct OverviewFigures
{
    int deployments = 0;
    int participants = 0;
    int devices = 0;
    int devicesConnected = 0;
    int devicesReporting = 0;
    int openAlerts = 0;
    int urgentAlerts = 0;
    int unreadMessages = 0;
    int scriptsRunning = 0;
};
template <typename V, Of<OverviewFigures> T>
void fields(V& visit, T& figures)
{
    visit("deployments", figures.deployments, "Deployments.");
    visit("participants", figures.participants, "People who take part.");
    visit("devices", figures.devices, "Devices, without retired ones.");
    visit("devicesConnected", figures.devicesConnected, "Those that are connected.");
    visit("devicesReporting", figures.devicesReporting, "Those whose data comes.");
    visit("openAlerts", figures.openAlerts, "Alerts that are open or acknowledged.");
    visit("urgentAlerts", figures.urgentAlerts, "Those of them that are urgent.");
    visit("unreadMessages", figures.unreadMessages, "Messages of participants that no operator has read.");
    visit("scriptsRunning", figures.scriptsRunning, "Scripts that run live.");
}

enum class ComposerStatus : std::uint8_t { Running, Off };
constexpr auto enumNames(ComposerStatus)
{
    return std::array{"running", "off"};
}

// Whether scripts run on this server.
struct ComposerState
{
    ComposerStatus status = ComposerStatus::Off;
    QString reason; // why it is off, in words; empty where it runs
};
template <typename V, Of<ComposerState> T>
void fields(V& visit, T& state)
{
    visit("composer", state.status, "Whether scripts run on this server.");
    visit("composerReason", state.reason, "Why they do not; empty where they do.");
}

struct Overview
{
    OverviewFigures figures;
    // Of this server's newest sample; null where there is none.
    std::optional<double> postsPerSecond;
    std::optional<double> ingestP50Ms;
    std::optional<double> ingestP99Ms;
    ComposerState composer;
    QList<Attention> attention;
};
template <typename V, Of<Overview> T>
void fields(V& visit, T& overview)
{
    visit.flat(overview.figures);
    visit("postsPerSecond", overview.postsPerSecond,
          "Uploads a second of the whole server; null where unknown, and for who is not an admin of all.");
    visit("ingestP50Ms", overview.ingestP50Ms,
          "From upload to reply, half are faster, in milliseconds; null where unknown.");
    visit("ingestP99Ms", overview.ingestP99Ms, "The same for 99 of 100; null where unknown.");
    visit.flat(overview.composer);
    visit("attention", overview.attention, "What needs somebody now, urgent and old first; at most a hundred.");
}

} // namespace cohort::model
