#include "server/directory/presence.h"

#include "shared/base/log.h"

#include <algorithm>

namespace cohort::directory {

namespace {

constexpr std::size_t MostAtOnce = 5'000; // of one statement

} // namespace

Presence::Presence(QString node, bus::Bus& bus, store::Committer& committer, metrics::Registry& metrics,
                   const Clock& clock, std::size_t capacity)
    : m_node(std::move(node)), m_bus(bus), m_committer(committer), m_clock(clock),
      m_dropped(metrics.counter<metrics::Metric::PresenceDropped>()),
      m_connects(metrics.counter<metrics::Metric::PresenceConnects>()),
      m_disconnects(metrics.counter<metrics::Metric::PresenceDisconnects>()), m_box(capacity)
{
}

bool Presence::report(PresenceChange change)
{
    if (!change.heardOnly)
        (change.connected ? m_connects : m_disconnects).add();
    if (m_box.put(std::move(change)))
        return true;
    m_dropped.add();
    return false;
}

void Presence::gather(Milliseconds timeout)
{
    // The box bounds what waits: while the database is away, nothing more is taken out of it.
    if (m_gathered.size() >= MostAtOnce)
        return;
    for (PresenceChange& change : m_box.drainAll(timeout))
        m_gathered.push_back(std::move(change));
}

Result<void> Presence::reset(store::Connection& connection)
{
    COHORT_TRY(left, store::PresenceRepository(connection, m_node).reset());
    const Timestamp now = m_clock.now();
    for (const store::LeftBehind& one : left)
        logChange({one.device, one.location, false, one.eventsClock, now});
    return {};
}

Result<void> Presence::flush(store::Connection& connection)
{
    while (!m_gathered.empty()) {
        const std::size_t count = std::min(m_gathered.size(), MostAtOnce);
        for (; m_logged < count; ++m_logged)
            logChange(m_gathered[m_logged]);
        COHORT_CHECK(connection.transaction([&] { return writeRows(connection); }));
        for (std::size_t i = 0; i < count; ++i) {
            const PresenceChange& change = m_gathered[i];
            if (!change.heardOnly)
                m_bus.publish(bus::PresenceChanged{change.device, change.location, change.connected});
        }
        m_gathered.erase(m_gathered.begin(), m_gathered.begin() + static_cast<std::ptrdiff_t>(count));
        m_logged = 0;
    }
    return {};
}

// Of each device only its last change: what came and went meanwhile is in the log, not in the row.
Result<void> Presence::writeRows(store::Connection& connection)
{
    std::unordered_map<DeviceId, const PresenceChange*> last;
    std::vector<store::PresenceRow> here, gone, heard;
    for (std::size_t i = 0; i < std::min(m_gathered.size(), MostAtOnce); ++i) {
        if (m_gathered[i].heardOnly)
            heard.push_back({m_gathered[i].device, m_gathered[i].at, 0});
        else
            last[m_gathered[i].device] = &m_gathered[i];
    }
    for (const auto& [device, change] : last) {
        const auto epoch = m_epochs.find(device);
        if (change->connected)
            here.push_back({device, change->at, 0});
        else if (epoch != m_epochs.end())
            gone.push_back({device, change->at, epoch->second});
    }
    store::PresenceRepository repository(connection, m_node);
    if (!here.empty()) {
        COHORT_TRY(epochs, repository.connect(here));
        for (const auto& [device, epoch] : epochs)
            m_epochs[device] = epoch;
    }
    if (!heard.empty())
        COHORT_CHECK(repository.heard(heard));
    if (!gone.empty()) {
        COHORT_CHECK(repository.disconnect(gone));
        for (const store::PresenceRow& row : gone)
            m_epochs.erase(row.device);
    }
    return {};
}

void Presence::logChange(const PresenceChange& change)
{
    if (change.eventsClock || change.heardOnly)
        return;
    store::LogRow row;
    row.kind = change.connected ? store::RowKind::DeviceConnected : store::RowKind::DeviceDisconnected;
    row.location = change.location;
    row.device = change.device;
    row.time = change.at;
    row.data = "{}";
    store::Submission submission;
    submission.events.push_back(std::move(row));
    if (!m_committer.submit(std::move(submission), [](const Result<store::Committed>&) {}))
        m_dropped.add();
}

} // namespace cohort::directory
