// Three simple pages: the server's figures, the operators, the audit log.
// Thread: GUI. Owner: MainWindow. Flow: MetricsSource, ServersModel, OperatorsModel, AuditModel → charts and tables.
#pragma once

#include "console/charts/metric_chart.h"
#include "console/models/admin_models.h"
#include "console/models/metrics_source.h"
#include "console/pages/page.h"

#include <memory>

namespace cohort::console {

namespace Ui {
class ServerPage;
class OperatorsPage;
class AuditPage;
} // namespace Ui

class ServerPage : public Page
{
    Q_OBJECT
public:
    ServerPage(Workspace& workspace, QWidget* parent);
    ~ServerPage() override;
    void activate() override;
    void deactivate() override;

private:
    std::unique_ptr<Ui::ServerPage> m_ui;
    MetricsSource m_metrics;
    ServersModel m_nodes;
    QList<MetricChart*> m_charts;
};

class OperatorsPage : public Page
{
    Q_OBJECT
public:
    OperatorsPage(Workspace& workspace, QWidget* parent);
    ~OperatorsPage() override;
    void activate() override;

private:
    void add();
    void edit();
    void toggleLock();
    void setActive(const model::Operator& one, bool active);
    void showChoice();

    std::unique_ptr<Ui::OperatorsPage> m_ui;
    OperatorsModel m_model;
};

class AuditPage : public Page
{
    Q_OBJECT
public:
    AuditPage(Workspace& workspace, QWidget* parent);
    ~AuditPage() override;
    void activate() override;

private:
    std::unique_ptr<Ui::AuditPage> m_ui;
    AuditModel m_model;
};

} // namespace cohort::console
