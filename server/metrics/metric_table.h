// Every metric of the server, once: what is counted, shown on the Prometheus page and sampled has its row here, and what
// has none does not compile.
// Thread: constants. Owner: nobody. Flow: table → Metric → Registry → page, samples.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cohort::metrics {

// What a metric is: counts only rise, gauges are read when somebody looks, histograms hold durations.
enum class Kind : std::uint8_t { Counter, Gauge, Histogram };
enum class Unit : std::uint8_t { Count, Seconds };

// X(enumerator, kind, unit, name, names of labels by commas, help)
#define COHORT_METRICS(X)                                                                                              \
    X(NetAccepted, Counter, Count, "cohort_net_accepted_total", "port", "Connections accepted")                        \
    X(NetOpen, Gauge, Count, "cohort_net_open", "port", "Connections open now")                                        \
    X(NetRequests, Counter, Count, "cohort_net_requests_total", "port", "HTTP requests given to handlers")             \
    X(NetFrames, Counter, Count, "cohort_net_frames_total", "port", "WebSocket messages received")                     \
    X(NetSlowPeersDropped, Counter, Count, "cohort_net_slow_peers_dropped_total", "port",                              \
      "Peers that did not read what they were sent")                                                                   \
    X(NetRefused, Counter, Count, "cohort_net_refused_total", "port,reason",                                           \
      "Connections, requests and frames refused")                                                                      \
    X(EdgeReplaced, Counter, Count, "cohort_edge_replaced_total", "",                                                  \
      "Channels that another of the same device took over")                                                            \
    X(EdgeUnauthorized, Counter, Count, "cohort_edge_unauthorized_total", "",                                          \
      "Requests with a wrong or missing token or id")                                                                  \
    X(EdgeHeld, Counter, Count, "cohort_edge_held_total", "", "Uploads that waited because the committer was full")    \
    X(EdgeHeldTooLong, Counter, Count, "cohort_edge_held_too_long_total", "", "Uploads refused after waiting")         \
    X(EdgeCommands, Counter, Count, "cohort_edge_commands_total", "", "Commands handed to channels")                   \
    X(EdgeChannels, Gauge, Count, "cohort_edge_channels", "", "Devices with an open channel")                          \
    X(EdgeConnections, Gauge, Count, "cohort_edge_connections", "", "Open connections of the device port")             \
    X(IngestPosts, Counter, Count, "cohort_ingest_posts_total", "", "Uploads received")                                \
    X(IngestMeasurements, Counter, Count, "cohort_ingest_measurements_total", "",                                      \
      "Measurements committed or known before")                                                                        \
    X(IngestRejected, Counter, Count, "cohort_ingest_rejected_total", "code", "Uploads and measurements refused")      \
    X(IngestSeconds, Histogram, Seconds, "cohort_ingest_seconds", "", "From the upload to its reply after the commit") \
    X(IngestLookups, Counter, Count, "cohort_ingest_lookups_total", "", "Devices looked up in the database")           \
    X(CommitterWaiting, Gauge, Count, "cohort_committer_waiting", "", "Submissions that wait for their commit")        \
    X(PresenceConnects, Counter, Count, "cohort_presence_connects_total", "", "Devices that connected")                \
    X(PresenceDisconnects, Counter, Count, "cohort_presence_disconnects_total", "", "Devices that disconnected")       \
    X(PresenceDropped, Counter, Count, "cohort_presence_dropped_total", "",                                            \
      "Presence changes that found their queue full")                                                                  \
    X(ActionsCommandsSent, Counter, Count, "cohort_actions_commands_sent_total", "",                                   \
      "Commands handed to a channel, repeats included")                                                                \
    X(ActionsCommandsExpired, Counter, Count, "cohort_actions_commands_expired_total", "", "Commands that expired")    \
    X(ComposerRuns, Counter, Count, "cohort_composer_runs_total", "", "Handlers of scripts that were called")          \
    X(ComposerEffects, Counter, Count, "cohort_composer_effects_total", "", "Effects that scripts asked for")          \
    X(ComposerErrors, Counter, Count, "cohort_composer_errors_total", "", "Runs that ended with an error or a limit")  \
    X(ComposerKills, Counter, Count, "cohort_composer_kills_total", "", "Runs that their worker did not survive")      \
    X(ComposerSeconds, Histogram, Seconds, "cohort_composer_seconds", "",                                              \
      "From an event's arrival to the commit of its effects")                                                          \
    X(ComposerInstances, Gauge, Count, "cohort_composer_instances", "", "Scripts in homes that are in memory")         \
    X(ComposerReady, Gauge, Count, "cohort_composer_ready", "", "Instances that wait for a worker")                    \
    X(ComposerUncommitted, Gauge, Count, "cohort_composer_uncommitted", "", "Runs and rows that wait for a commit")    \
    X(ComposerHistoryQuestions, Gauge, Count, "cohort_composer_history_questions", "",                                 \
      "Questions for stored data that wait")                                                                           \
    X(ApiRequests, Counter, Count, "cohort_api_requests_total", "", "Requests to the Application API port")

enum class Metric : std::uint8_t {
#define COHORT_X(enumerator, ...) enumerator,
    COHORT_METRICS(COHORT_X)
#undef COHORT_X
};

struct MetricInfo
{
    Kind kind;
    Unit unit;
    std::string_view name;
    std::string_view labels;
    std::string_view help;

    constexpr std::size_t labelCount() const
    {
        return labels.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(labels.begin(), labels.end(), ','));
    }
};

inline constexpr std::array MetricTable{
#define COHORT_X(enumerator, kind, unit, name, labels, help) MetricInfo{Kind::kind, Unit::unit, name, labels, help},
    COHORT_METRICS(COHORT_X)
#undef COHORT_X
};

constexpr const MetricInfo& infoOf(Metric metric)
{
    return MetricTable[static_cast<std::size_t>(metric)];
}

constexpr bool isDeclared(Metric metric, Kind kind, std::size_t labels)
{
    return infoOf(metric).kind == kind && infoOf(metric).labelCount() == labels;
}

} // namespace cohort::metrics
