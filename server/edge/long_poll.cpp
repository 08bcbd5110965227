#include "server/edge/long_poll.h"

namespace cohort::edge {

namespace {

constexpr std::chrono::seconds LookForGone{1};

net::Response oneCharacter()
{
    return {200, "text/plain", " ", {}, false};
}

} // namespace

LongPoll::LongPoll(EdgePtr edge, ingest::DeviceContextPtr context, bool hasToken)
    : Channel(std::move(context), hasToken), m_edge(std::move(edge))
{
}

void LongPoll::begin(net::Reply reply, std::chrono::milliseconds timeout)
{
    std::optional<net::Reply> before;
    std::uint64_t number = 0;
    bool ended = false;
    {
        const std::lock_guard lock(m_mutex);
        ended = m_ended;
        number = ++m_number;
        if (!ended)
            before = std::exchange(m_reply, reply);
    }
    if (ended) { // replaced between finding the channel and here
        reply.send(oneCharacter());
        return;
    }
    if (before)
        before->send(oneCharacter());
    m_edge->timers.after(timeout, [weak = weak_from_this(), number] {
        if (const auto self = weak.lock())
            self->finish(number);
    });
    watch(number);
    m_edge->tellConnected(context().id);
}

// A client that hangs up ends its poll here, not first at the poll's end.
void LongPoll::watch(std::uint64_t number)
{
    m_edge->timers.after(LookForGone, [weak = weak_from_this(), number] {
        const auto self = weak.lock();
        if (!self)
            return;
        bool isGone = false;
        {
            const std::lock_guard lock(self->m_mutex);
            if (!self->m_reply || self->m_number != number)
                return;
            isGone = self->m_reply->isGone();
        }
        if (isGone)
            self->finish(number);
        else
            self->watch(number);
    });
}

std::optional<net::Reply> LongPoll::take(std::uint64_t number)
{
    const std::lock_guard lock(m_mutex);
    if (!m_reply || (number != 0 && number != m_number))
        return std::nullopt;
    return std::exchange(m_reply, std::nullopt);
}

void LongPoll::finish(std::uint64_t number)
{
    if (const auto reply = take(number)) {
        reply->send(oneCharacter());
        fade(number);
    }
}

// Between polls the device counts as connected for a while.
void LongPoll::fade(std::uint64_t number)
{
    m_edge->timers.after(m_edge->options.pollConnected, [weak = weak_from_this(), number] {
        const auto self = weak.lock();
        if (!self)
            return;
        {
            const std::lock_guard lock(self->m_mutex);
            if (self->m_number != number)
                return;
            self->m_ended = true;
        }
        self->m_edge->channels.close(self);
    });
}

bool LongPoll::deliver(const actions::OutgoingCommand& command)
{
    std::optional<net::Reply> reply;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_reply || m_reply->isGone())
            return false;
        reply = std::exchange(m_reply, std::nullopt);
        number = m_number;
    }
    reply->send({200, "application/json", commandsText(command), {}, false});
    m_edge->metrics.commands.add();
    fade(number);
    return true;
}

void LongPoll::replaced()
{
    m_edge->metrics.replaced.add();
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    if (const auto reply = take(0))
        reply->send(oneCharacter());
}

void LongPoll::signedOut()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    if (const auto reply = take(0))
        reply->send(responseOf(Error{ErrorCode::NotSignedIn, {}, 0}));
}

// A device that polls asks the directory by itself when its server goes away; its poll only ends early.
void LongPoll::askToMove(std::chrono::milliseconds after, const std::string&)
{
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(m_mutex);
        number = m_number;
    }
    m_edge->timers.after(after, [weak = weak_from_this(), number] {
        if (const auto self = weak.lock())
            self->finish(number);
    });
}

} // namespace cohort::edge
