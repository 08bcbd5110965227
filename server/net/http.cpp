#include "server/net/http.h"

#include "server/net/text.h"

#include <atomic>
#include <mutex>

namespace cohort::net {

std::string_view Request::header(std::string_view name) const
{
    for (const auto& [key, value] : headers) {
        if (equalIgnoringCase(key, name))
            return value;
    }
    return {};
}

bool Request::hasHeader(std::string_view name) const
{
    for (const auto& header : headers) {
        if (equalIgnoringCase(header.first, name))
            return true;
    }
    return false;
}

std::string_view Request::parameter(std::string_view name) const
{
    for (const auto& [key, value] : query) {
        if (key == name)
            return value;
    }
    return {};
}

bool Request::hasParameter(std::string_view name) const
{
    for (const auto& pair : query) {
        if (pair.first == name)
            return true;
    }
    return false;
}

struct Reply::State
{
    State(Sink to, TimersPtr with) : sink(std::move(to)), timers(std::move(with)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        if (!sent.exchange(true))
            sink(Response{500, "text/plain", "no answer was made", {}, true});
    }

    void setGone()
    {
        std::function<void()> work;
        {
            const std::lock_guard lock(mutex);
            gone = true;
            work.swap(onGone);
        }
        if (work)
            work();
    }

    const Sink sink;
    const TimersPtr timers;
    std::atomic<bool> sent{false};
    std::mutex mutex; // both below
    bool gone = false;
    std::function<void()> onGone;
};

Reply::Reply(Sink sink, TimersPtr timers) : m_state(std::make_shared<State>(std::move(sink), std::move(timers))) {}

void Reply::send(Response response) const
{
    if (!m_state->sent.exchange(true))
        m_state->sink(std::move(response));
}

bool Reply::isGone() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->gone;
}

void Reply::onGone(std::function<void()> work) const
{
    {
        const std::lock_guard lock(m_state->mutex);
        if (!m_state->gone) {
            m_state->onGone = std::move(work);
            return;
        }
    }
    work();
}

const TimersPtr& Reply::timers() const
{
    return m_state->timers;
}

void Reply::Watch::setGone() const
{
    if (const auto state = m_state.lock())
        state->setGone();
}

Reply::Watch Reply::watch() const
{
    Watch watch;
    watch.m_state = m_state;
    return watch;
}

Response Handler::onRefused(int status, std::string_view reason)
{
    return {status, "text/plain", std::string(reason) + "\n", {}, true};
}

} // namespace cohort::net
