// Who follows which topic, and the way of items to them.
// Thread: any (one mutex; notify() is called outside it). Owner: Live. Flow: Live's tick, loaders → here → Listener.
#pragma once

#include "server/api/dispatch/analyst_view.h"
#include "server/api/live/live.h"
#include "shared/base/hand_over.h"
#include "shared/model/json.h"

#include <QJsonArray>

#include <mutex>
#include <unordered_map>
#include <vector>

namespace cohort::api {

class LiveSubscribers
{
public:
    static constexpr int PerListener = 64, ItemsMost = 1'000;
    explicit LiveSubscribers(const bus::WatchedHomes& homes) : m_homes(homes) {}

    Result<std::int64_t> add(const std::shared_ptr<Listener>& listener, const std::string& topic, std::int64_t filter,
                             Eyes eyes);
    Result<void> remove(const Listener* listener, std::int64_t subscription);
    void removeAll(const Listener* listener);
    void endAll(const Listener* listener);
    void addPage(const std::shared_ptr<Listener>& listener, ParticipantId participant);

    void addReviewed(const std::shared_ptr<Listener>& listener);
    // Those that live.
    std::vector<std::shared_ptr<Listener>> reviewed();

    // Whether anybody follows the topic; with a filter, there.
    bool isFollowed(const std::string& topic, std::int64_t filter) const;
    bool isFollowed(const std::string& topic) const;
    // Whether anybody follows rows of the log as they come.
    bool hasRowFollowers() const { return isFollowed("measurements") || isFollowed("timeline"); }
    // Whether anybody follows commands, alerts or messages, at a console or on a page.
    bool hasActionFollowers() const;
    // Sends the items (of protocol/notification.h, which name their topic) to all who follow, to analysts as they may see
    // them; too many: tells them to resync.
    template <typename Item>
    void publish(std::int64_t filter, QList<Item> items)
    {
        if (items.isEmpty())
            return;
        const std::string whole = partOf(items);
        for (Item& item : items)
            hideFromAnalyst(item);
        publish(Item::Topic, filter, whole, partOf(items));
    }
    // Tells everybody who follows the topic (empty: any topic) to load again.
    void resync(const std::string& topic);
    void tellPage(ParticipantId participant, const char* what);

private:
    struct Subscription
    {
        std::int64_t number = 0;
        std::weak_ptr<Listener> listener;
        const Listener* key = nullptr;
        std::string topic;
        std::int64_t filter = 0;
        Eyes eyes = Eyes::Coordinator;
        std::int64_t sequence = 0;
        bus::WatchedHomes::Watch watch; // of the home whose data it follows
    };
    using Subscriptions = std::unordered_map<std::int64_t, Subscription>;
    // Takes out those that `ends` names, to end under no lock; with the lock held.
    template <typename Ends>
    Subscriptions extract(Ends ends);
    struct Notification
    {
        std::shared_ptr<Listener> listener;
        std::string json;
    };
    template <typename Item>
    static std::string partOf(const QList<Item>& items)
    {
        QJsonArray array;
        for (const Item& item : items)
            array.append(model::toJson(item));
        return partOf(array);
    }
    static std::string partOf(const QJsonArray& items);
    void publish(const std::string& topic, std::int64_t filter, const std::string& whole, const std::string& hidden);
    // `rest`: what a subscription is told beside its number, sequence and topic; empty: nothing.
    template <typename Rest>
    void send(Rest rest);
    void addNotification(Subscription& to, const std::string& rest); // with the lock held

    const bus::WatchedHomes& m_homes;
    mutable std::mutex m_mutex;             // all below
    HandOver<Notification> m_notifications; // in the order of their sequences
    std::int64_t m_last = 0;
    Subscriptions m_subscriptions;
    std::unordered_multimap<std::int64_t, std::weak_ptr<Listener>> m_pages; // by participant
    std::vector<std::weak_ptr<Listener>> m_reviewed;
};

} // namespace cohort::api
