#include "console/net/liveness.h"

#include <utility>

namespace cohort::console {

Liveness::Liveness()
{
    m_quiet.setSingleShot(true);
    connect(&m_quiet, &QTimer::timeout, this, &Liveness::judge);
}

void Liveness::hear()
{
    m_heard = QDateTime::currentDateTimeUtc();
    m_quiet.start();
    judge();
}

void Liveness::setOnline(bool online)
{
    m_online = online;
    judge();
}

void Liveness::judge()
{
    const bool live = m_online && m_quiet.isActive();
    if (std::exchange(m_live, live) != live)
        Q_EMIT changed(live);
}

} // namespace cohort::console
