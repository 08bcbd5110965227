#include "server/net/timers.h"

#include "server/net/io_worker.h"

namespace cohort::net {

// Keeps itself while it is in the wheel. Thread: its I/O thread, but for worker().
class TimerEntry final : public WheelEntry, public std::enable_shared_from_this<TimerEntry>
{
public:
    TimerEntry(std::shared_ptr<IoWorker> worker, std::function<void()> work)
        : m_worker(std::move(worker)), m_work(std::move(work))
    {
    }
    IoWorker& worker() { return *m_worker; }
    void set(TimePoint deadline)
    {
        if (!m_work) // taken back before it got here
            return;
        m_self = shared_from_this();
        m_worker->wheel().set(*this, deadline);
    }
    void cancel()
    {
        m_worker->wheel().remove(*this);
        letGo();
    }

private:
    void onDeadline(TimePoint) override
    {
        const auto self = std::exchange(m_self, nullptr);
        const auto work = std::exchange(m_work, nullptr); // it may drop its own timer
        work();
    }
    void onShutdown() override { letGo(); }
    void letGo()
    {
        const auto self = std::exchange(m_self, nullptr);
        m_work = nullptr;
    }

    const std::shared_ptr<IoWorker> m_worker;
    std::function<void()> m_work;
    std::shared_ptr<TimerEntry> m_self;
};

Timer::Timer(std::shared_ptr<TimerEntry> entry) : m_entry(std::move(entry)) {}

Timer::Timer(Timer&& other) noexcept = default;

Timer& Timer::operator=(Timer&& other) noexcept
{
    if (this != &other) {
        cancel();
        m_entry = std::move(other.m_entry);
    }
    return *this;
}

Timer::~Timer()
{
    cancel();
}

void Timer::cancel()
{
    const auto entry = std::exchange(m_entry, nullptr);
    if (!entry)
        return;
    if (entry->worker().isHere())
        entry->cancel();
    else
        entry->worker().post([entry] { entry->cancel(); });
}

Timer IoWorker::after(std::chrono::milliseconds delay, std::function<void()> work)
{
    const TimePoint deadline = now() + delay;
    auto entry = std::make_shared<TimerEntry>(shared_from_this(), std::move(work));
    if (isHere())
        entry->set(deadline);
    else
        post([entry, deadline] { entry->set(deadline); });
    return Timer(std::move(entry));
}

} // namespace cohort::net
