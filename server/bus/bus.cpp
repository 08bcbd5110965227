#include "server/bus/bus.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace cohort::bus {

// One subscriber. Its lock is held while it is noted who calls it, never while it is called.
struct Bus::Receiver
{
    explicit Receiver(Receive to) : receive(std::move(to)) {}

    void call(const Notice& notice)
    {
        const auto caller = std::this_thread::get_id();
        {
            const std::lock_guard lock(mutex);
            if (ended)
                return;
            callers.push_back(caller);
        }
        receive(notice);
        {
            const std::lock_guard lock(mutex);
            callers.erase(std::find(callers.begin(), callers.end(), caller));
        }
        changed.notify_all();
    }
    // No call begins after this; those under way have ended, but for the ones that this thread is in.
    void end()
    {
        std::unique_lock lock(mutex);
        ended = true;
        changed.wait(lock, [this, own = std::this_thread::get_id()] {
            return std::all_of(callers.begin(), callers.end(), [own](std::thread::id caller) { return caller == own; });
        });
    }

    const Receive receive;
    std::mutex mutex; // all below
    std::condition_variable changed;
    std::vector<std::thread::id> callers; // of the calls under way
    bool ended = false;
};

// A list is never changed: a subscription puts a new one in its place, and who publishes goes through the one it took.
struct Bus::Private
{
    using List = std::vector<std::shared_ptr<Receiver>>;

    void publish(const Notice& notice, const Receiver* but)
    {
        const auto list = listOf(notice.index()); // keeps its receivers while others end
        for (const auto& receiver : *list) {
            if (receiver.get() != but)
                receiver->call(notice);
        }
    }
    std::shared_ptr<const List> listOf(std::size_t topic)
    {
        const std::lock_guard lock(mutex);
        return lists.at(topic);
    }
    void add(const std::shared_ptr<Receiver>& receiver, Topics topics)
    {
        const std::lock_guard lock(mutex);
        for (std::size_t topic = 0; topic < lists.size(); ++topic) {
            if (!topics.test(topic))
                continue;
            auto list = std::make_shared<List>(*lists.at(topic));
            list->push_back(receiver);
            lists.at(topic) = std::move(list);
        }
    }
    void remove(const std::shared_ptr<Receiver>& receiver)
    {
        const std::lock_guard lock(mutex);
        for (auto& place : lists) {
            auto list = std::make_shared<List>(*place);
            if (std::erase(*list, receiver) > 0)
                place = std::move(list);
        }
    }

    std::mutex mutex;
    std::array<std::shared_ptr<const List>, std::variant_size_v<Notice>> lists = [] {
        std::array<std::shared_ptr<const List>, std::variant_size_v<Notice>> empty;
        empty.fill(std::make_shared<const List>());
        return empty;
    }();
};

Bus::Subscription::Subscription(std::weak_ptr<Private> bus, std::shared_ptr<Receiver> receiver)
    : m_bus(std::move(bus)), m_receiver(std::move(receiver))
{
}

Bus::Subscription::~Subscription()
{
    if (const auto bus = m_bus.lock())
        bus->remove(m_receiver);
    m_receiver->end(); // for those who took their list before
}

void Bus::Subscription::publishToOthers(const Notice& notice) const
{
    if (const auto bus = m_bus.lock())
        bus->publish(notice, m_receiver.get());
}

Bus::Bus() : d(std::make_shared<Private>()) {}
Bus::~Bus() = default;

void Bus::publish(const Notice& notice)
{
    d->publish(notice, nullptr);
}

std::unique_ptr<Bus::Subscription> Bus::subscribe(Topics topics, Receive receive)
{
    auto receiver = std::make_shared<Receiver>(std::move(receive));
    d->add(receiver, topics);
    return std::unique_ptr<Subscription>(new Subscription(d, std::move(receiver)));
}

} // namespace cohort::bus
