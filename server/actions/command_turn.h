// Whether a command may go out now: asked by its channel at the moment of writing, whichever it is, so that it goes out once
// (again only when no word came for a while), and never after its end.
// Thread: any. Owner: shared by the dispatcher and whatever holds the command at the edge. Flow: OpenCommands → here → channel.
// Source: device-protocol.md, "The channel for commands"; command-path.md.
#pragma once

#include "shared/base/time.h"

#include <atomic>

namespace cohort::actions {

class CommandTurn
{
public:
    // `expires`: the database's expiry by this process's steady clock.
    CommandTurn(SteadyTime expires, SteadyTime from, Milliseconds resendAfter);

    // True: write it now; nobody else may until `resendAfter` has passed.
    bool take(SteadyTime now);
    // It could not be written after all, so it may go out at once.
    void giveBack();
    // It has gone out, or may only go out from then on, as somebody else says (the database, another server).
    void waitUntil(SteadyTime from);
    // It was received, cancelled, expired or is otherwise none of ours any more.
    void end();
    // As the database says now.
    void expireAt(SteadyTime expires);
    bool isOver(SteadyTime now) const;
    // From when on it may go out.
    SteadyTime notBefore() const { return SteadyTime(SteadyTime::duration(m_from.load())); }

private:
    using Ticks = SteadyTime::duration::rep;
    static Ticks ticks(SteadyTime time) { return time.time_since_epoch().count(); }

    std::atomic<Ticks> m_expires;
    std::atomic<Ticks> m_from; // it may go out from here on
    const Ticks m_resendAfter;
};

} // namespace cohort::actions
