// Simple tables: what needs attention, servers, operators, the audit log.
// Thread: GUI. Owner: their pages. Flow: overview.get, server.list, operator.list, audit.query → rows.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/workspace.h"
#include "shared/protocol/operations/server.h"

#include <QTimer>

namespace cohort::console {

// The overview's figures besides its attention list, loaded again every five seconds while somebody looks.
class OverviewModel : public RowsOf<model::Attention>
{
    Q_OBJECT
public:
    enum Where { Kind, Text, Home, Since, ColumnCount };
    OverviewModel(Workspace& workspace, QObject* parent);
    void show(DeploymentId deployment);
    void stop();
    // Nothing is known until the next answer: another study is shown, or another operator looks.
    void forget();
    // In which times of these homes are told.
    void putHomes(const QList<model::Location>& homes);
    // Nothing before the first answer.
    const std::optional<model::Overview>& figures() const { return m_figures; }

Q_SIGNALS:
    void figuresChanged();

protected:
    QFuture<Result<Listing<model::Attention>>> load(const model::Attention* last) override;
    qint64 idOf(const model::Attention& row) const override;

private:
    using Zones = QHash<LocationId, QTimeZone>;
    OverviewModel(Workspace& workspace, QObject* parent, const std::shared_ptr<Zones>& zones);

    Workspace& m_workspace;
    std::shared_ptr<Zones> m_zones; // the columns' too
    DeploymentId m_deployment;
    std::optional<model::Overview> m_figures;
    QTimer m_again;
    std::unique_ptr<Subscription> m_alerts;
};

class ServersModel : public RowsOf<model::Server>
{
public:
    ServersModel(Workspace& workspace, QObject* parent);

protected:
    QFuture<Result<Listing<model::Server>>> load(const model::Server* last) override;
    qint64 idOf(const model::Server& row) const override { return static_cast<qint64>(qHash(row.name) >> 1U); }

private:
    Workspace& m_workspace;
};

class OperatorsModel : public RowsOf<model::Operator>
{
public:
    enum Where { Name, Email, Roles, Names, Active, ColumnCount };
    OperatorsModel(Workspace& workspace, QObject* parent);
    void put(const model::Operator& one) { upsert(one, false); }
    QFuture<Result<model::Operator>> add(const protocol::OperatorAdd& wanted);
    QFuture<Result<model::Operator>> setActive(OperatorId id, bool active);

protected:
    QFuture<Result<Listing<model::Operator>>> load(const model::Operator* last) override;
    qint64 idOf(const model::Operator& row) const override { return row.account.id.value; }

private:
    Workspace& m_workspace;
};

class AuditModel : public RowsOf<model::AuditRow>
{
public:
    AuditModel(Workspace& workspace, QObject* parent);
    void show(DeploymentId deployment);

protected:
    QFuture<Result<Listing<model::AuditRow>>> load(const model::AuditRow* last) override;
    qint64 idOf(const model::AuditRow& row) const override { return row.id; }

private:
    Workspace& m_workspace;
    DeploymentId m_deployment;
};

} // namespace cohort::console
