#include "server/edge/long_poll.h"

namespace cohort::edge {

namespace {

net::Response oneCharacter()
{
    return {200, "text/plain", " ", {}, false};
}

} // namespace

LongPoll::LongPoll(EdgePtr edge, ingest::DeviceContextPtr context, bool hasToken)
    : CommandChannel(std::move(context), hasToken), m_edge(std::move(edge))
{
}

std::uint64_t LongPoll::arrive()
{
    const std::lock_guard lock(m_mutex);
    return ++m_arrived;
}

void LongPoll::begin(std::uint64_t number, const net::Reply& reply, std::chrono::milliseconds timeout)
{
    std::optional<net::Reply> before;
    bool late = false, isToMove = false;
    {
        const std::lock_guard lock(m_mutex);
        late = m_ended || number <= m_number;
        isToMove = std::exchange(m_isToMove, false);
        if (!late) {
            m_number = number;
            before = std::exchange(m_reply, reply);
        }
    }
    if (late) { // another channel, or a poll that arrived later, has taken over before this one could begin
        reply.send(oneCharacter());
        return;
    }
    if (before)
        before->send(oneCharacter());
    keep(&LongPoll::m_next, number, true, finishAfter(reply.timers(), number, isToMove ? Milliseconds(0) : timeout));
    // A client that hangs up ends its poll at once, not first at the poll's end.
    reply.onGone([weak = weak_from_this(), number] {
        if (const auto self = weak.lock())
            self->finish(number);
    });
    m_edge->reportConnected(context().id);
}

net::Timer LongPoll::finishAfter(const net::TimersPtr& timers, std::uint64_t number, std::chrono::milliseconds delay)
{
    return timers->after(delay, [weak = weak_from_this(), number] {
        if (const auto self = weak.lock())
            self->finish(number);
    });
}

void LongPoll::keep(net::Timer LongPoll::*place, std::uint64_t number, bool waits, net::Timer timer)
{
    net::Timer before; // dropped outside of the lock, as `timer` is
    const std::lock_guard lock(m_mutex);
    if (m_number == number && m_reply.has_value() == waits)
        before = std::exchange(this->*place, std::move(timer));
}

std::optional<net::Reply> LongPoll::claimReply(std::uint64_t number)
{
    const std::lock_guard lock(m_mutex);
    if (!m_reply || (number != 0 && number != m_number))
        return std::nullopt;
    return std::exchange(m_reply, std::nullopt);
}

void LongPoll::finish(std::uint64_t number)
{
    if (const auto reply = claimReply(number)) {
        reply->send(oneCharacter());
        fade(reply->timers(), number);
    }
}

void LongPoll::fade(const net::TimersPtr& timers, std::uint64_t number)
{
    auto faded = timers->after(m_edge->options.pollConnected, [weak = weak_from_this(), number] {
        if (const auto self = weak.lock())
            self->end(number);
    });
    keep(&LongPoll::m_next, number, false, std::move(faded));
}

void LongPoll::end(std::uint64_t number)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_number != number)
            return;
        m_ended = true;
    }
    m_edge->channels.close(shared_from_this());
}

bool LongPoll::deliver(const actions::OutgoingCommand& command)
{
    std::optional<net::Reply> reply;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(m_mutex);
        reply = m_reply;
        number = m_number;
    }
    if (!reply || reply->isGone() || !command.take(m_edge->clock.steady()))
        return false;
    if (!claimReply(number)) { // it ended just now
        command.giveBack();
        return false;
    }
    reply->send({200, "application/json", commandsText(command), {}, false});
    m_edge->metrics.commands.add();
    fade(reply->timers(), number);
    return true;
}

void LongPoll::replaced()
{
    m_edge->metrics.replaced.add();
    serverStops(); // for the poll it is the same
}

void LongPoll::serverStops()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    if (const auto reply = claimReply(0))
        reply->send(oneCharacter());
}

void LongPoll::signedOut()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    if (const auto reply = claimReply(0))
        reply->send(responseOf(*m_edge, Error{ErrorCode::NotSignedIn, {}, 0}));
}

// A device that polls asks the directory by itself when its server goes away; its poll only ends early.
void LongPoll::askToMove(std::chrono::milliseconds after, const std::string&)
{
    std::optional<net::Reply> waiting;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(m_mutex);
        waiting = m_reply;
        number = m_number;
        m_isToMove = !waiting; // the next poll ends at once
    }
    if (waiting)
        keep(&LongPoll::m_move, number, true, finishAfter(waiting->timers(), number, after));
}

} // namespace cohort::edge
