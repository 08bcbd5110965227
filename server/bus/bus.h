// Notices of what was committed, inside this process (NATS between nodes comes later). A notice is a hint: whoever
// needs to be sure also polls the database once a second.
// Thread: any. Owner: app. Flow: committer, composer, actions, api → publish() → subscribers' mailboxes.
#pragma once

#include "server/bus/notice.h"
#include "server/bus/watched_homes.h"

#include <functional>
#include <memory>

namespace cohort::bus {

class Bus
{
public:
    class Subscription;
    using Receive = std::function<void(const Notice&)>;

    Bus();
    ~Bus();
    // Calls the subscribers of the notice's topic on this thread, in the order they subscribed, under no lock. Who
    // subscribes meanwhile hears the next one.
    void publish(const Notice& notice);
    // From now on `receive` is called for every notice of these topics, until the subscription ends. Several threads may
    // call it at a time; it only hands over.
    [[nodiscard]] std::unique_ptr<Subscription> subscribe(Topics topics, Receive receive);
    const WatchedHomes& watchedHomes() const { return m_watchedHomes; }

private:
    struct Receiver;
    struct Private;
    std::shared_ptr<Private> d;
    WatchedHomes m_watchedHomes;
};

// May end on any thread, from within its own call too, and after the bus. When the destructor has returned, no call
// begins any more, and none is under way but those that the destructor itself was called from: a publisher notes itself
// at the receiver before it calls and strikes itself off afterwards, and the destructor waits until only its own
// thread's notes are left. Calls only hand over, so that wait is short.
class Bus::Subscription
{
public:
    ~Subscription();
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    // publish() to all but this subscription: who says something does not want to hear it.
    void publishToOthers(const Notice& notice) const;

private:
    friend class Bus;
    Subscription(std::weak_ptr<Private> bus, std::shared_ptr<Receiver> receiver);

    std::weak_ptr<Private> m_bus;
    std::shared_ptr<Receiver> m_receiver;
};

} // namespace cohort::bus
