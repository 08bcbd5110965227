// The directory's thread: this node's heartbeat every 5 s, the pool's every 2 s, the counts of homes too and in
// small bites while there are more, presence as it comes.
// Thread: start() and stop() from app's; directory() and presence() from any. Owner: app.
// Flow: edge → presence() → database; node rows → directory() → Application API. One connection.
#pragma once

#include "server/directory/directory.h"
#include "server/directory/presence.h"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace cohort::directory {

struct DirectoryServiceOptions
{
    store::ConnectionSettings database;
    store::NodeHeartbeat node; // connections and cpu are asked for at each beat
    std::function<int()> connections;
    std::function<double()> cpu;          // the busiest resource's share, 0 to 1
    std::function<void(bool)> onDraining; // an operator wants this server to drain, or not any more; this thread
    Milliseconds beatEvery{5'000};
    Milliseconds pollEvery{2'000};
};

class DirectoryService
{
public:
    DirectoryService(DirectoryServiceOptions options, bus::Bus& bus, store::Committer& committer,
                     metrics::Registry& metrics, const Clock& clock);
    ~DirectoryService(); // stop()
    // Connects, ends what an earlier run left as connected, beats once, starts the thread. Errors: DatabaseLost.
    Result<void> start();
    // Writes what presence is left (bounded by the statement timeout), leaves the pool, ends the thread. Stop it
    // after the device port and before the committer.
    void stop();
    Directory& directory() { return m_directory; }
    Presence& presence() { return m_presence; }

private:
    Result<void> open();
    void run();
    void round();
    Result<void> work();
    Result<void> beat();
    Result<void> poll();
    Result<void> count();

    const DirectoryServiceOptions m_options;
    const Clock& m_clock;
    Directory m_directory;
    Presence m_presence;
    std::unique_ptr<store::Connection> m_connection;
    std::thread m_thread;
    std::atomic<bool> m_stopping{false};
    SteadyTime m_beatAt;
    SteadyTime m_pollAt;
    SteadyTime m_countAt;
    bool m_draining = false;
};

} // namespace cohort::directory
