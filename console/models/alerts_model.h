// Alerts of a deployment or a home, newest first, live.
// Thread: GUI. Owner: a page. Flow: alert.list and topic "alerts" → rows.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/workspace.h"
#include "console/net/alert.h"

namespace cohort::console {

class AlertsModel : public RowsOf<Alert>
{
public:
    enum Where { Severity, State, Text, Home, Since, ColumnCount };
    AlertsModel(Workspace& workspace, QObject* parent);

    // `state`: "open" (open and acknowledged) or "all". A home narrows it; none: the whole deployment.
    void show(DeploymentId deployment, LocationId home, const QString& state);
    // Puts a row as an operation answered it.
    void put(const Alert& alert);

protected:
    QFuture<Result<Listing<Alert>>> load(const Alert* last) override;
    qint64 idOf(const Alert& row) const override { return row.id.value; }

private:
    Workspace& m_workspace;
    DeploymentId m_deployment;
    LocationId m_home;
    QString m_state = QStringLiteral("open");
    std::unique_ptr<Subscription> m_subscription;
};

} // namespace cohort::console
