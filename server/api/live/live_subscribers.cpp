#include "server/api/live/live_subscribers.h"

#include "shared/protocol/operation.h"

#include <QJsonDocument>

#include <algorithm>

namespace cohort::api {

namespace {

// Topics that tell of one home's data as it comes.
bool isOfOneHome(const std::string& topic)
{
    const protocol::Topic* found = protocol::findTopic(topic);
    return found != nullptr && found->filter == protocol::Noun::Location;
}

} // namespace

template <typename Ends>
LiveSubscribers::Subscriptions LiveSubscribers::extract(Ends ends)
{
    Subscriptions ended;
    for (auto one = m_subscriptions.begin(); one != m_subscriptions.end();) {
        const auto next = std::next(one);
        if (ends(one->second))
            ended.insert(m_subscriptions.extract(one));
        one = next;
    }
    return ended;
}

Result<std::int64_t> LiveSubscribers::add(const std::shared_ptr<Listener>& listener, const std::string& topic,
                                          std::int64_t filter, Eyes eyes)
{
    bus::WatchedHomes::Watch watch;
    if (isOfOneHome(topic))
        watch = m_homes.begin(LocationId{filter});
    Subscriptions ended; // after the lock
    const std::lock_guard lock(m_mutex);
    // One that closed while its subscribe was under way.
    ended = extract([](const Subscription& one) { return one.listener.expired(); });
    const auto own = std::count_if(m_subscriptions.begin(), m_subscriptions.end(),
                                   [&](const auto& entry) { return entry.second.key == listener.get(); });
    if (own >= PerListener)
        return fail(ErrorCode::TooLarge, QStringLiteral("at most %1 subscriptions").arg(PerListener));
    const std::int64_t number = ++m_last;
    m_subscriptions[number] = {.number = number,
                               .listener = listener,
                               .key = listener.get(),
                               .topic = topic,
                               .filter = filter,
                               .eyes = eyes,
                               .watch = std::move(watch)};
    return number;
}

Result<void> LiveSubscribers::remove(const Listener* listener, std::int64_t subscription)
{
    Subscriptions ended; // after the lock
    const std::lock_guard lock(m_mutex);
    ended = extract([&](const Subscription& one) { return one.number == subscription && one.key == listener; });
    return ended.empty() ? fail(ErrorCode::NotFound, QStringLiteral("subscription")) : Result<void>();
}

void LiveSubscribers::removeAll(const Listener* listener)
{
    Subscriptions ended; // after the lock
    const std::lock_guard lock(m_mutex);
    ended = extract([&](const Subscription& one) { return one.key == listener; });
    std::erase_if(m_pages, [&](const auto& entry) {
        const auto page = entry.second.lock();
        return page == nullptr || page.get() == listener;
    });
}

void LiveSubscribers::endAll(const Listener* listener)
{
    Subscriptions ended; // after the lock
    {
        const std::lock_guard lock(m_mutex);
        ended = extract([&](const Subscription& one) { return one.key == listener; });
        for (auto& [number, one] : ended)
            addNotification(one, R"("ended":true)");
    }
    m_notifications.drain(m_mutex, [](Notification&& one) { one.listener->notify(std::move(one.json)); });
}

void LiveSubscribers::addPage(const std::shared_ptr<Listener>& listener, ParticipantId participant)
{
    const std::lock_guard lock(m_mutex);
    m_pages.emplace(participant.value, listener);
}

void LiveSubscribers::addReviewed(const std::shared_ptr<Listener>& listener)
{
    const std::lock_guard lock(m_mutex);
    m_reviewed.push_back(listener);
}

std::vector<std::shared_ptr<Listener>> LiveSubscribers::reviewed()
{
    std::vector<std::shared_ptr<Listener>> listeners;
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_reviewed, [](const auto& listener) { return listener.expired(); });
    for (const auto& listener : m_reviewed)
        if (auto one = listener.lock())
            listeners.push_back(std::move(one));
    return listeners;
}

bool LiveSubscribers::isFollowed(const std::string& topic, std::int64_t filter) const
{
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_subscriptions.begin(), m_subscriptions.end(),
                       [&](const auto& entry) { return entry.second.filter == filter && entry.second.topic == topic; });
}

bool LiveSubscribers::isFollowed(const std::string& topic) const
{
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_subscriptions.begin(), m_subscriptions.end(),
                       [&](const auto& entry) { return entry.second.topic == topic; });
}

bool LiveSubscribers::hasActionFollowers() const
{
    const std::lock_guard lock(m_mutex);
    return !m_pages.empty() || std::any_of(m_subscriptions.begin(), m_subscriptions.end(), [](const auto& entry) {
        const std::string& topic = entry.second.topic;
        return topic == "commands" || topic == "alerts" || topic == "messages" || topic == "timeline";
    });
}

void LiveSubscribers::addNotification(Subscription& to, const std::string& rest)
{
    if (auto listener = to.listener.lock())
        m_notifications.add({std::move(listener), R"({"jsonrpc":"2.0","method":"notify","params":{"subscription":)" +
                                                      std::to_string(to.number) + R"(,"sequence":)" +
                                                      std::to_string(++to.sequence) + R"(,"topic":")" + to.topic +
                                                      "\"," + rest + "}}"});
}

template <typename Rest>
void LiveSubscribers::send(Rest rest)
{
    {
        const std::lock_guard lock(m_mutex);
        for (auto& [number, one] : m_subscriptions)
            if (const std::string told = rest(one); !told.empty())
                addNotification(one, told);
    }
    m_notifications.drain(m_mutex, [](Notification&& one) { one.listener->notify(std::move(one.json)); });
}

std::string LiveSubscribers::partOf(const QJsonArray& items)
{
    return items.size() > ItemsMost ? std::string(R"("resync":true)")
                                    : "\"items\":" + QJsonDocument(items).toJson(QJsonDocument::Compact).toStdString();
}

void LiveSubscribers::publish(const std::string& topic, std::int64_t filter, const std::string& whole,
                              const std::string& hidden)
{
    send([&](const Subscription& one) -> std::string {
        if (one.filter != filter || one.topic != topic)
            return {};
        return one.eyes == Eyes::Analyst ? hidden : whole;
    });
}

void LiveSubscribers::resync(const std::string& topic)
{
    send([&](const Subscription& one) {
        return topic.empty() || one.topic == topic ? std::string(R"("resync":true)") : std::string();
    });
}

void LiveSubscribers::tellPage(ParticipantId participant, const char* what)
{
    std::vector<std::shared_ptr<Listener>> pages;
    {
        const std::lock_guard lock(m_mutex);
        const auto [begin, end] = m_pages.equal_range(participant.value);
        for (auto page = begin; page != end; ++page)
            if (auto listener = page->second.lock())
                pages.push_back(std::move(listener));
    }
    for (const auto& page : pages)
        page->changed(what);
}

} // namespace cohort::api
