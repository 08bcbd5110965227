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
    connect(&link, &ServerLink::lost, this, [this](const QString&, std::chrono::milliseconds retry) {
        m_nextTry = QDateTime::currentDateTime().addMSecs(retry.count());
        tell();
    });
    m_clock.start();
    tell();
}

void ConnectionStatus::tell()
{
    const LinkState state = m_link.state();
    const QDateTime now = QDateTime::currentDateTime();
    if (state == LinkState::Online)
        m_fresh = now;
    m_retry->setVisible(state == LinkState::Waiting);
    const QString server = m_link.server().host();
    const QString since = words::momentHere(m_fresh);
    const qint64 seconds = std::max(qint64(0), now.secsTo(m_nextTry));
    switch (state) {
    case LinkState::Online:
        m_text->setText(Pages::tr("Connected to %1. Everything is live.").arg(server));
        break;
    case LinkState::Waiting:
        m_text->setText(Pages::tr("No connection to %1. What you see is from %2. Next try in %n second(s).", nullptr,
                                  static_cast<int>(seconds))
                            .arg(server, since));
        break;
    case LinkState::Connecting:
        m_text->setText(Pages::tr("Connecting to %1… What you see is from %2.").arg(server, since));
        break;
    default:
        m_text->setText(Pages::tr("Not connected."));
        break;
    }
    const bool stale = state != LinkState::Online;
    m_text->setStyleSheet(stale ? u"color: %1;"_s.arg(theme().tone(Tone::Warning).name()) : QString());
}

} // namespace cohort::console
