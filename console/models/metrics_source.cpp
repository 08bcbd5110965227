#include "console/models/metrics_source.h"

#include "shared/base/when_done.h"
#include "shared/protocol/operations/server.h"

#include <QDateTime>

namespace cohort::console {

using namespace Qt::StringLiterals;

MetricsSource::MetricsSource(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {}

void MetricsSource::start()
{
    if (m_subscription)
        return;
    m_subscription = subscribe<protocol::MetricsSampled>(m_workspace.client(), {}, this, &MetricsSource::take);
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, &MetricsSource::reload);
    connect(m_subscription.get(), &Subscription::failed, this, &MetricsSource::failed);
}

void MetricsSource::stop()
{
    m_subscription.reset();
}

void MetricsSource::reload()
{
    const qint64 from = QDateTime::currentMSecsSinceEpoch() - SpanMs;
    protocol::MetricsQuery wanted;
    wanted.from = fromMs(from);
    whenDone(this, call(m_workspace.client(), wanted), [this](const Result<model::MetricSamples>& answer) {
        if (!answer) {
            Q_EMIT failed(answer.error());
            return;
        }
        m_samples = answer->samples;
        Q_EMIT changed();
    });
}

void MetricsSource::take(const QList<protocol::MetricsSampled>& items)
{
    for (const protocol::MetricsSampled& item : items) {
        if (m_samples.isEmpty() || item.sample.at > m_samples.last().at)
            m_samples.append(item.sample);
    }
    while (!m_samples.isEmpty() && m_samples.first().at < m_samples.last().at - SpanMs)
        m_samples.removeFirst();
    Q_EMIT changed();
}

} // namespace cohort::console
