#include "console/models/metrics_source.h"

#include "shared/base/when_done.h"

#include <QDateTime>

namespace cohort::console {

using namespace Qt::StringLiterals;

MetricsSource::MetricsSource(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {}

void MetricsSource::start()
{
    if (m_subscription)
        return;
    m_subscription = m_workspace.client().subscribe(u"metrics"_s);
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, &MetricsSource::reload);
    connect(m_subscription.get(), &Subscription::failed, this, &MetricsSource::failed);
    connect(m_subscription.get(), &Subscription::received, this, &MetricsSource::take);
}

void MetricsSource::stop()
{
    m_subscription.reset();
}

void MetricsSource::reload()
{
    const qint64 from = QDateTime::currentMSecsSinceEpoch() - SpanMs;
    whenDone(this, server::metrics(m_workspace.client(), from), [this](const Result<MetricSamples>& answer) {
        if (!answer) {
            Q_EMIT failed(answer.error());
            return;
        }
        m_samples = answer->samples;
        Q_EMIT changed();
    });
}

void MetricsSource::take(const QJsonArray& items)
{
    for (const MetricSample& sample : json::listOf<MetricSample>(items)) {
        if (m_samples.isEmpty() || sample.at > m_samples.last().at)
            m_samples.append(sample);
    }
    while (!m_samples.isEmpty() && m_samples.first().at < m_samples.last().at - SpanMs)
        m_samples.removeFirst();
    Q_EMIT changed();
}

} // namespace cohort::console
