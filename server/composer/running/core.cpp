#include "server/composer/running/core.h"

#include "shared/base/log.h"

namespace cohort::composer {

namespace {
constexpr std::size_t MostHints = 1'000; // batches; more are read from the database
constexpr int EverySecond = 1'000;
} // namespace

Core::Core(ComposerSessionOptions options, bus::Bus& bus, Meters& meters, const Clock& clock)
    : m_options(std::move(options)), m_bus(bus), m_meters(meters), m_clock(clock),
      m_box(std::make_shared<BatchBox>(MostHints, [this] { wakeFromAnywhere(); }))
{
}

Core::~Core() = default;

void Core::begin()
{
    m_history =
        std::make_unique<History>(m_options.database, [this](engine::wire::HistoryAnswer answer, std::uint64_t serial) {
            QMetaObject::invokeMethod(
                this,
                [this, answer = std::move(answer), serial] {
                    if (m_session)
                        m_session->answer(answer, serial);
                },
                Qt::QueuedConnection);
        });
    m_subscription = m_bus.subscribe(bus::topics<bus::BatchCommitted, bus::ConfigurationChanged>(),
                                     [this](const bus::Notice& notice) { onNotice(notice); });
    m_timer = std::make_unique<QTimer>();
    connect(m_timer.get(), &QTimer::timeout, this, &Core::second);
    m_timer->start(EverySecond);
    openSession();
}

void Core::end(bool commit)
{
    m_timer.reset();
    m_subscription.reset();
    m_box->close();
    if (m_session && commit)
        m_session->finish();
    m_session.reset();
    m_history.reset();
}

std::optional<store::LogPosition> Core::restsAt()
{
    return m_session ? m_session->restsAt() : std::nullopt;
}

void Core::onNotice(const bus::Notice& notice)
{
    if (const auto* committed = std::get_if<bus::BatchCommitted>(&notice)) {
        auto batch = committed->batch;
        if (!m_box->put(std::move(batch)))
            return; // full: the look at the database, once a second, finds it
    } else {
        pollSoon();
    }
}

void Core::pollSoon()
{
    if (m_pollQueued.exchange(true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_pollQueued = false;
            second();
        },
        Qt::QueuedConnection);
}

void Core::wakeFromAnywhere()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_session)
                m_session->wake();
        },
        Qt::QueuedConnection);
}

void Core::openSession()
{
    auto opened =
        ComposerSession::open(m_options, {m_bus, m_meters, *m_history, m_box, m_clock}, [this](const Error& error) {
            log(LogLevel::Warning, "composer-connection-lost", {{"reason", error.message()}});
            QMetaObject::invokeMethod(this, &Core::dropSession, Qt::QueuedConnection);
        });
    if (opened) {
        m_session = std::move(*opened);
        m_waits.forget();
    } else if (m_waits.isNew(opened.error().message(), m_clock.steady())) { // tried each second
        log(LogLevel::Warning, "composer-waits", {{"reason", opened.error().message()}});
    }
}

void Core::dropSession()
{
    m_session.reset();
    (void)m_box->drainAll(); // the next one reads from the database
}

void Core::second()
{
    if (!m_session)
        openSession();
    if (!m_session)
        return;
    m_session->second();
}

} // namespace cohort::composer
