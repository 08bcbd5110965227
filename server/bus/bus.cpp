#include "server/bus/bus.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace cohort::bus {

// One subscriber. Its lock is held while it is called, so that ending a subscription waits for a call under way;
// it is recursive because a subscriber may end its own subscription from within the call.
struct Bus::Receiver
{
    std::recursive_mutex mutex;
    std::function<void(const Notice&)> receive; // empty: ended
};

struct Bus::Private
{
    std::mutex mutex;
    std::vector<std::shared_ptr<Receiver>> receivers;
};

Bus::Subscription::Subscription(std::weak_ptr<Private> bus, std::shared_ptr<Receiver> receiver)
    : m_bus(std::move(bus)), m_receiver(std::move(receiver))
{
}

Bus::Subscription::~Subscription()
{
    if (const auto bus = m_bus.lock()) {
        const std::lock_guard lock(bus->mutex);
        std::erase(bus->receivers, m_receiver);
    }
    const std::lock_guard lock(m_receiver->mutex);
    m_receiver->receive = nullptr;
}

Bus::Bus() : d(std::make_shared<Private>()) {}
Bus::~Bus() = default;

void Bus::publish(const Notice& notice)
{
    std::vector<std::shared_ptr<Receiver>> receivers;
    {
        const std::lock_guard lock(d->mutex);
        receivers = d->receivers;
    }
    for (const auto& receiver : receivers) {
        const std::lock_guard lock(receiver->mutex);
        // A copy, for a subscriber that ends its subscription while it is called.
        if (const auto receive = receiver->receive)
            receive(notice);
    }
}

std::unique_ptr<Bus::Subscription> Bus::subscribe(std::function<void(const Notice&)> receive)
{
    auto receiver = std::make_shared<Receiver>();
    receiver->receive = std::move(receive);
    const std::lock_guard lock(d->mutex);
    d->receivers.push_back(receiver);
    return std::unique_ptr<Subscription>(new Subscription(d, std::move(receiver)));
}

} // namespace cohort::bus
