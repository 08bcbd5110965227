// The server's figures of the last hour, one sample every five seconds, live.
// Thread: GUI. Owner: ServerPage. Flow: metrics.query and topic "metrics" → changed.
#pragma once

#include "console/models/workspace.h"
#include "shared/protocol/notification.h"

#include <QObject>

namespace cohort::console {

class MetricsSource : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 SpanMs = 3'600'000;
    MetricsSource(Workspace& workspace, QObject* parent);

    void start();
    void stop();
    const QList<model::MetricSample>& samples() const { return m_samples; }

Q_SIGNALS:
    void changed();
    void failed(const cohort::Error& error);

private:
    void reload();
    void take(const QList<protocol::MetricsSampled>& items);

    Workspace& m_workspace;
    QList<model::MetricSample> m_samples;
    std::unique_ptr<Subscription> m_subscription;
};

} // namespace cohort::console
