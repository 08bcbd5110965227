// Keeps a session going: opens it, wakes it, throws it away when its connection is lost and opens the next.
// Thread: composer's; wakeFromAnywhere() from any. Owner: ComposerService. Flow: bus notices → box → ComposerSession.
// Source: architecture.md, rule 5.
#pragma once

#include "server/composer/running/composer_session.h"
#include "server/composer/running/said.h"

#include <atomic>
#include <optional>

namespace cohort::composer {

class Core : public QObject
{
public:
    Core(ComposerSessionOptions options, bus::Bus& bus, Meters& meters, const Clock& clock);
    ~Core() override;

    // In composer's thread.
    void begin();
    // With `commit`: after what has gathered is in the database.
    void end(bool commit);
    std::optional<store::LogPosition> restsAt();

private:
    void onNotice(const bus::Notice& notice);
    void openSession();
    void dropSession();
    void second();
    void wakeFromAnywhere();
    void pollSoon();

    ComposerSessionOptions m_options;
    bus::Bus& m_bus;
    Meters& m_meters;
    const Clock& m_clock;
    std::shared_ptr<BatchBox> m_box;
    std::unique_ptr<bus::Bus::Subscription> m_subscription;
    std::unique_ptr<History> m_history;
    std::unique_ptr<ComposerSession> m_session;
    std::unique_ptr<QTimer> m_timer;
    Said m_waits; // why there is no session
    std::atomic<bool> m_pollQueued{false};
};

} // namespace cohort::composer
