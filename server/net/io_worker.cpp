#include "server/net/io_worker.h"

#include "shared/base/log.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <csignal>
#include <ctime>
#include <pthread.h>

namespace cohort::net {

namespace {

constexpr std::size_t ScratchBytes = 64 * 1024;

std::int64_t cpuUs(clockid_t clock)
{
    timespec time{};
    if (clock_gettime(clock, &time) != 0)
        return 0;
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000 + time.tv_nsec / 1'000;
}

} // namespace

IoWorker::IoWorker(int number, const Clock& clock)
    : m_number(number), m_clock(clock), m_guard(m_context.get_executor()), m_ticker(m_context), m_wheel(clock.steady()),
      m_scratch(ScratchBytes)
{
}

void IoWorker::start()
{
    tick();
    m_own.thread = std::thread([this] { run(); });
}

void IoWorker::run()
{
    m_own.id = std::this_thread::get_id();
    if (clockid_t clock{}; pthread_getcpuclockid(pthread_self(), &clock) == 0)
        m_own.cpuClock = clock;
    // OpenSSL writes without MSG_NOSIGNAL; a peer that is gone must be an error, not a signal.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    pthread_setname_np(pthread_self(), ("io-" + std::to_string(m_number)).c_str());
    while (!m_context.stopped()) {
        try {
            m_context.run();
        } catch (const std::exception& error) {
            log(LogLevel::Error, "io-exception", {{"what", error.what()}});
        }
    }
    closeAll();
    m_own.finalCpuUs = cpuUs(CLOCK_THREAD_CPUTIME_ID);
}

void IoWorker::closeAll()
{
    drainInbox();
    for (const auto& work : std::exchange(m_atEnd, {}))
        work();
    m_ticker.cancel();
    m_wheel.forEach([this](WheelEntry& entry) {
        m_wheel.remove(entry);
        entry.onShutdown();
    });
    m_guard.reset();
    m_context.restart();
    m_context.poll(); // the handlers of what was just closed let go of their connections
    {
        const std::lock_guard lock(m_inbox.mutex);
        m_inbox.closed = true;
    }
    drainInbox();
    m_context.stop();
}

void IoWorker::stop()
{
    if (!m_own.thread.joinable())
        return;
    m_context.stop();
    m_own.thread.join();
}

void IoWorker::post(std::function<void()> work)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_inbox.mutex);
        if (m_inbox.closed)
            return;
        isFirst = m_inbox.work.empty();
        m_inbox.work.push_back(std::move(work));
    }
    if (isFirst)
        asio::post(m_context, [this] { drainInbox(); });
}

void IoWorker::drainInbox()
{
    std::vector<std::function<void()>> inbox;
    {
        const std::lock_guard lock(m_inbox.mutex);
        inbox.swap(m_inbox.work);
    }
    for (const auto& work : inbox)
        work();
}

void IoWorker::tick()
{
    m_ticker.expires_after(TimingWheel::Tick);
    m_ticker.async_wait([this](const boost::system::error_code& error) {
        if (error)
            return;
        tick();
        m_wheel.advance(now());
    });
}

const std::string& IoWorker::httpDate()
{
    const std::time_t second = toMs(m_clock.now()) / 1'000;
    if (second != m_date.first) {
        std::tm utc{};
        gmtime_r(&second, &utc);
        static constexpr const char* Days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr const char* Months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        char text[64];
        std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT", Days[utc.tm_wday], utc.tm_mday,
                      Months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
        m_date = {second, text};
    }
    return m_date.second;
}

std::chrono::microseconds IoWorker::cpuTime() const
{
    if (const std::int64_t ended = m_own.finalCpuUs; ended >= 0)
        return std::chrono::microseconds(ended);
    const clockid_t clock = m_own.cpuClock;
    return std::chrono::microseconds(clock == 0 ? 0 : cpuUs(clock));
}

} // namespace cohort::net
