// Loads what notices only name (alerts, commands, messages, runs, presence, configuration) and publishes it.
// Thread: an executor thread, one load at a time. Owner: Live. Flow: Live's tick → here → LiveSubscribers.
#pragma once

#include "server/api/live/live_subscribers.h"
#include "server/store/repositories/home_repository.h"
#include "shared/protocol/notification.h"

#include <atomic>
#include <map>
#include <set>

namespace cohort::api {

// What has gathered in one tick.
struct LiveChanges
{
    std::set<AlertId> alerts;
    std::set<CommandId> commands;
    std::map<MessageId, DeploymentId> messages;
    std::map<qint64, qint64> runs; // script → any
    std::vector<bus::PresenceChanged> presence;
    bool configuration = false;

    bool isEmpty() const
    {
        return alerts.empty() && commands.empty() && messages.empty() && runs.empty() && presence.empty() &&
               !configuration;
    }
};

class LiveLoader
{
public:
    LiveLoader(LiveSubscribers& subscribers, const Clock& clock) : m_subscribers(subscribers), m_clock(clock) {}
    Result<void> load(store::Connection& connection, const LiveChanges& changes);
    // Whether changes of configuration wait for an older transaction; any thread.
    bool isBehind() const { return m_isBehind; }

private:
    // Puts the alerts that they belong to beside `alerts`.
    Result<void> loadCommands(store::Connection& connection, const std::set<CommandId>& ids, std::set<AlertId>& alerts);
    Result<void> loadAlerts(store::Connection& connection, const std::set<AlertId>& ids);
    Result<void> loadMessages(store::Connection& connection, const std::map<MessageId, DeploymentId>& changed);
    Result<void> loadRuns(store::Connection& connection, qint64 script);
    Result<void> loadPresence(store::Connection& connection, const bus::PresenceChanged& change);
    Result<void> loadConfiguration(store::Connection& connection);

    LiveSubscribers& m_subscribers;
    const Clock& m_clock;
    std::map<qint64, qint64> m_lastRun; // by script
    store::ChangeReader m_changes;      // its place is kept from load to load
    bool m_follows = false;
    std::atomic<bool> m_isBehind{false};
};

} // namespace cohort::api
