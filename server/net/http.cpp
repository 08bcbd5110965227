#include "server/net/http.h"

#include "server/net/text.h"

#include <atomic>

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
    explicit State(Sink to) : sink(std::move(to)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        if (!sent.exchange(true))
            sink(Response{500, "text/plain", "no answer was made", {}, true});
    }

    const Sink sink;
    std::atomic<bool> sent{false};
    std::atomic<bool> gone{false};
};

Reply::Reply(Sink sink) : m_state(std::make_shared<State>(std::move(sink)))
{
}

void Reply::send(Response response) const
{
    if (!m_state->sent.exchange(true))
        m_state->sink(std::move(response));
}

bool Reply::isGone() const
{
    return m_state->gone;
}

void Reply::setGone() const
{
    m_state->gone = true;
}

void Reply::Watch::setGone() const
{
    if (const auto state = m_state.lock())
        state->gone = true;
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
