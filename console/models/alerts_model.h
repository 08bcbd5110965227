// Alerts of a deployment or a home, newest first, live; and what can be done about one.
// Thread: GUI. Owner: a page. Flow: alert.list and topic "alerts" → rows; AlertDetail → alert.* → the alert as it is then.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/workspace.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/alert.h"

namespace cohort::console {

class AlertsModel : public RowsOf<model::Alert>
{
public:
    using Filter = protocol::AlertStateFilter;
    enum Where { Severity, State, Text, Home, Since, ColumnCount };
    AlertsModel(Workspace& workspace, QObject* parent);

    // A home narrows it; none: the whole deployment. Open includes what is acknowledged.
    void show(DeploymentId deployment, LocationId home, Filter filter);
    // Puts a row as an operation answered it.
    void put(const model::Alert& alert);

    // `snoozeMinutes` puts it off for so long.
    QFuture<Result<model::Alert>> acknowledge(AlertId id, std::optional<int> snoozeMinutes = {});
    QFuture<Result<model::Alert>> resolve(AlertId id);
    QFuture<Result<model::Alert>> dismiss(AlertId id);
    QFuture<Result<model::Alert>> comment(AlertId id, const QString& text);
    // Takes one of the alert's actions: a command to its device.
    QFuture<Result<model::Alert>> act(AlertId id, qint64 action);

protected:
    QFuture<Result<Listing<model::Alert>>> load(const model::Alert* last) override;
    qint64 idOf(const model::Alert& row) const override { return row.id.value; }

private:
    void take(const QList<protocol::AlertChanged>& items);

    Workspace& m_workspace;
    DeploymentId m_deployment;
    LocationId m_home;
    Filter m_filter = Filter::Open;
    std::unique_ptr<Subscription> m_subscription;
};

} // namespace cohort::console
