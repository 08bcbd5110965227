#include "server/directory/directory_service.h"

#include "server/store/repositories/home_state_repository.h"
#include "shared/base/log.h"

#include <algorithm>
#include <future>
#include <pthread.h>

namespace cohort::directory {

namespace {

constexpr Milliseconds LongestRound{2'000};
constexpr Milliseconds BetweenBites{200}; // while more homes are to be counted
constexpr Milliseconds RetryAfter{500};   // when the database is away

} // namespace

DirectoryService::DirectoryService(DirectoryServiceOptions options, bus::Bus& bus, store::Committer& committer,
                                   metrics::Registry& metrics, const Clock& clock)
    : m_options(std::move(options)), m_clock(clock), m_presence(m_options.node.name, bus, committer, metrics, clock)
{
}

DirectoryService::~DirectoryService()
{
    stop();
}

Result<void> DirectoryService::start()
{
    std::promise<Result<void>> opened; // a connection belongs to the thread that opened it
    auto result = opened.get_future();
    m_thread = std::thread([this, &opened] {
        auto first = open();
        const bool isOpen = first.has_value();
        opened.set_value(std::move(first));
        if (isOpen)
            run();
        m_connection.reset();
    });
    auto first = result.get();
    if (!first)
        m_thread.join();
    return first;
}

Result<void> DirectoryService::open()
{
    pthread_setname_np(pthread_self(), "directory");
    COHORT_TRY(connection, store::Connection::open(m_options.database));
    m_connection = std::move(connection);
    COHORT_CHECK(m_presence.reset(*m_connection));
    COHORT_CHECK(beat());
    COHORT_CHECK(poll());
    return count();
}

void DirectoryService::stop()
{
    m_stopping = true;
    m_presence.close();
    if (m_thread.joinable())
        m_thread.join();
}

void DirectoryService::run()
{
    while (!m_stopping)
        round();
    m_presence.gather(Milliseconds(0));
    if (!m_connection->isOpen())
        return;
    if (const auto flushed = m_presence.flush(*m_connection); !flushed)
        log(LogLevel::Warning, "presence-not-written", {{"error", flushed.error().message()}});
    if (const auto left = store::NodeRepository(*m_connection).leave(m_options.node.name); !left)
        log(LogLevel::Warning, "node-not-left", {{"error", left.error().message()}});
}

void DirectoryService::round()
{
    const auto due = std::min({m_beatAt, m_pollAt, m_countAt}) - m_clock.steady();
    m_presence.gather(std::clamp(std::chrono::ceil<Milliseconds>(due), Milliseconds(0), LongestRound));
    const auto worked = work();
    if (worked || m_stopping)
        return;
    log(LogLevel::Warning, "directory-waits", {{"error", worked.error().message()}});
    std::this_thread::sleep_for(RetryAfter);
}

Result<void> DirectoryService::work()
{
    if (!m_connection->isOpen())
        COHORT_CHECK(m_connection->reopen());
    COHORT_CHECK(m_presence.flush(*m_connection));
    const auto now = m_clock.steady();
    if (now >= m_beatAt)
        COHORT_CHECK(beat());
    if (now >= m_pollAt)
        COHORT_CHECK(poll());
    if (now >= m_countAt)
        COHORT_CHECK(count());
    return {};
}

Result<void> DirectoryService::beat()
{
    store::NodeHeartbeat heartbeat = m_options.node;
    heartbeat.connections = m_options.connections ? m_options.connections() : 0;
    heartbeat.cpu = m_options.cpu ? m_options.cpu() : 0;
    COHORT_TRY(draining, store::NodeRepository(*m_connection).beat(heartbeat));
    m_beatAt = m_clock.steady() + m_options.beatEvery;
    if (draining != m_draining && m_options.onDraining)
        m_options.onDraining(draining);
    m_draining = draining;
    return {};
}

Result<void> DirectoryService::poll()
{
    COHORT_TRY(nodes, store::NodeRepository(*m_connection).alive());
    m_directory.update(nodes);
    m_pollAt = m_clock.steady() + m_options.pollEvery;
    return {};
}

Result<void> DirectoryService::count()
{
    COHORT_TRY(more, store::HomeStateRepository(*m_connection).settle(store::HomeStateRepository::Bite));
    m_countAt = m_clock.steady() + (more ? BetweenBites : m_options.pollEvery);
    return {};
}

} // namespace cohort::directory
