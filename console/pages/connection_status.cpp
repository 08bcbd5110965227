#include "console/pages/connection_status.h"

#include "console/models/server_link.h"
#include "console/models/words.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

ConnectionStatus::ConnectionStatus(ServerLink& link, QWidget* parent)
    : QWidget(parent), m_link(link), m_text(new QLabel), m_retry(new QPushButton(Pages::tr("Connect now")))
{
    m_text->setTextFormat(Qt::PlainText);
    m_retry->setProperty("flat", true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text);
    row->addWidget(m_retry);
    m_clock.setInterval(1000);
    connect(m_retry, &QPushButton::clicked, &link, &ServerLink::retryNow);
    connect(&m_clock, &QTimer::timeout, this, &ConnectionStatus::tell);
    connect(&link, &ServerLink::stateChanged, this, &ConnectionStatus::tell);
    connect(&link, &ServerLink::liveChanged, this, &ConnectionStatus::liveChanged);
    connect(&link, &ServerLink::lost, this, [this](const QString&, std::chrono::milliseconds retry) {
        m_nextTry = QDateTime::currentDateTimeUtc().addMSecs(retry.count());
        tell();
    });
    m_clock.start();
    tell();
}

void ConnectionStatus::look(const QString& page)
{
    if (page == m_page)
        return;
    if (m_link.isLive() && !m_page.isEmpty())
        m_seen.insert(m_page, m_link.lastHeard());
    if (page.isEmpty())
        m_seen.clear();
    m_page = page;
    m_since = QDateTime::currentDateTimeUtc();
    tell();
}

// A page that was opened after the server fell silent has not loaded anything since.
void ConnectionStatus::liveChanged(bool live)
{
    if (live)
        m_since = QDateTime::currentDateTimeUtc(); // it loads now
    else if (!m_page.isEmpty() && m_since <= m_link.lastHeard())
        m_seen.insert(m_page, m_link.lastHeard());
    tell();
}

void ConnectionStatus::tell()
{
    m_retry->setVisible(m_link.state() == LinkState::Waiting);
    m_text->setText(text());
    m_text->setStyleSheet(m_link.isLive() ? QString() : u"color: %1;"_s.arg(theme().tone(Tone::Warning).name()));
}

QString ConnectionStatus::age() const
{
    const QDateTime seen = m_seen.value(m_page);
    return seen.isValid() ? Pages::tr("What you see is from %1.").arg(words::momentHere(seen))
                          : Pages::tr("This page was not loaded.");
}

QString ConnectionStatus::text() const
{
    const QString server = m_link.server().host();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto secondsTo = [](const QDateTime& from, const QDateTime& to) {
        return static_cast<int>(std::max(qint64(0), from.secsTo(to)));
    };
    switch (m_link.state()) {
    case LinkState::Online:
        if (m_link.isLive())
            return Pages::tr("Connected to %1. Everything is live.").arg(server);
        return Pages::tr("Nothing heard from %1 for %n second(s).", nullptr, secondsTo(m_link.lastHeard(), now))
                   .arg(server) +
               u' ' + age();
    case LinkState::Waiting:
        return Pages::tr("No connection to %1.").arg(server) + u' ' + age() + u' ' +
               Pages::tr("Next try in %n second(s).", nullptr, secondsTo(now, m_nextTry));
    case LinkState::Connecting:
        return Pages::tr("Connecting to %1…").arg(server) + u' ' + age();
    default:
        return Pages::tr("Not connected.");
    }
}

} // namespace cohort::console
