// Live notifications: what was committed becomes items of topics, at most ten times a second, per subscription in order.
// Thread: its own (tick of 100 ms); add(), remove() from any. Owner: ApiHandler.
// Flow: bus → mailbox → tick → (executor loads what was changed) → Listener → WebSocket.
// Sessions are looked at once a second, all in one statement: rights that end do so within two seconds.
// Bounds: 8,192 notices wait (more: everybody resyncs), 1,000 items a notification (more: that one resyncs).
#pragma once

#include "server/api/dispatch/executor.h"
#include "server/api/dispatch/services.h"

#include <QByteArray>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace cohort::api {

// Who hears: a console's session, or a participant's page. Both functions never wait.
class Listener
{
public:
    virtual ~Listener() = default;
    // A whole JSON-RPC notification.
    virtual void notify(std::string json) = 0;
    // Something of the participant's changed: "alerts" or "messages".
    virtual void changed(const char* what) = 0;
    // Those that asked for reviews: the SHA-256 of the session that they live by; empty: nobody is signed in.
    virtual QByteArray session() const { return {}; }
    // Once a second: whether this session stands, with which roles in one text (store::rolesText); nothing: it is over, or
    // there is none. It may be another's by now.
    virtual void review(const QByteArray& /*session*/, const std::optional<QString>& /*roles*/) {}
};

// Whose eyes a subscription has: an analyst's items come without texts of people (dispatch/analyst_view.h).
enum class Eyes : std::uint8_t { Coordinator, Analyst };

class Live
{
public:
    Live(bus::Bus& bus, Executor& executor, const Services& services);
    ~Live(); // stop()
    void start();
    void stop();

    // The subscription's number. `filter`: the id that the topic's filter names, 0 for none. Errors: TooLarge (64).
    Result<std::int64_t> add(const std::shared_ptr<Listener>& listener, const std::string& topic, std::int64_t filter,
                             Eyes eyes);
    // Errors: NotFound (not this listener's).
    Result<void> remove(const Listener* listener, std::int64_t subscription);
    void removeAll(const Listener* listener);
    // The same, and each of its subscriptions is told that it ended.
    void endAll(const Listener* listener);
    // A participant's page that is open.
    void addPage(const std::shared_ptr<Listener>& listener, ParticipantId participant);
    // From now on its review() is called once a second, while it lives.
    void addReviewed(const std::shared_ptr<Listener>& listener);

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace cohort::api
