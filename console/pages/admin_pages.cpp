#include "console/pages/admin_pages.h"

#include "console/pages/confirm_end.h"
#include "console/pages/dialogs.h"
#include "console/pages/edit_dialogs.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_audit_page.h"
#include "ui_operators_page.h"
#include "ui_server_page.h"

#include <QGridLayout>

namespace cohort::console {

using namespace Qt::StringLiterals;

ServerPage::ServerPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::ServerPage>()), m_metrics(workspace, this),
      m_nodes(workspace, this)
{
    m_ui->setupUi(body());
    auto* grid = new QGridLayout(m_ui->charts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(12);
    for (const MetricGroup& group : metricGroups())
        m_charts.append(new MetricChart(group, this));
    for (int i = 0; i < m_charts.size(); ++i) {
        auto* card = new QFrame;
        card->setProperty("card", true);
        auto* inside = new QVBoxLayout(card);
        inside->setContentsMargins(1, 1, 1, 1);
        inside->addWidget(m_charts.at(i));
        grid->addWidget(card, i / 2, i % 2);
    }
    m_ui->nodes->setRows(&m_nodes, {150, 120, 200, 120, 0, 90});
    watch(&m_nodes);
    connect(&m_metrics, &MetricsSource::changed, this, [this] {
        for (MetricChart* chart : std::as_const(m_charts))
            chart->setSamples(m_metrics.samples());
    });
    connect(&m_metrics, &MetricsSource::failed, notices(), [this](const Error& error) { notices()->showError(error); });
}

ServerPage::~ServerPage() = default;

void ServerPage::activate()
{
    m_metrics.start();
    m_nodes.reload();
}

void ServerPage::deactivate()
{
    m_metrics.stop();
}

OperatorsPage::OperatorsPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::OperatorsPage>()), m_model(workspace, this)
{
    m_ui->setupUi(body());
    m_ui->add->setIcon(icon(u"plus"_s, theme().onAccent));
    m_ui->operators->setRows(&m_model, {180, 220, 0, 110, 130});
    m_ui->operators->setEmptyText(Pages::tr("No operators"), Pages::tr("Only administrators see and add operators."));
    watch(&m_model);
    connect(m_ui->add, &QPushButton::clicked, this, &OperatorsPage::add);
    connect(m_ui->edit, &QPushButton::clicked, this, &OperatorsPage::edit);
    connect(m_ui->lock, &QPushButton::clicked, this, &OperatorsPage::toggleLock);
    connect(m_ui->operators, &DataTable::selected, this, &OperatorsPage::showChoice);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &OperatorsPage::showChoice);
    showChoice();
}

OperatorsPage::~OperatorsPage() = default;

void OperatorsPage::activate()
{
    m_ui->add->setEnabled(workspace().me().isAdmin());
    m_model.reload();
}

void OperatorsPage::showChoice()
{
    const model::Operator* chosen = m_model.at(m_ui->operators->currentIndex());
    m_ui->edit->setEnabled(chosen && workspace().me().isAdmin());
    m_ui->lock->setEnabled(chosen && workspace().me().isAdmin() && chosen->account.id != workspace().me().account.id);
    m_ui->lock->setText(chosen && !chosen->active ? Pages::tr("Let in again") : Pages::tr("Lock out"));
}

void OperatorsPage::add()
{
    auto* dialog = new OperatorDialog(workspace(), m_model, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &OperatorDialog::made, this, [this](const model::Operator& one) { m_model.put(one); });
    dialog->open();
}

void OperatorsPage::edit()
{
    if (const model::Operator* chosen = m_model.at(m_ui->operators->currentIndex()))
        editOperator(workspace(), *chosen, this, [this](const model::Operator& one) { m_model.put(one); });
}

void OperatorsPage::toggleLock()
{
    const model::Operator* chosen = m_model.at(m_ui->operators->currentIndex());
    if (!chosen)
        return;
    if (!chosen->active) {
        setActive(*chosen, true);
        return;
    }
    confirmEnd(this,
               {Pages::tr("Lock out"), Pages::tr("Lock out %1?").arg(chosen->account.email),
                Pages::tr("All sessions of this operator end at once. Roles stay; “Let in again” gives the way back."),
                Pages::tr("Lock out")},
               [this, one = *chosen] { setActive(one, false); });
}

void OperatorsPage::setActive(const model::Operator& one, bool active)
{
    perform(
        notices(), [this, id = one.account.id, active] { return m_model.setActive(id, active); },
        [this](const model::Operator& changed) { m_model.put(changed); });
}

AuditPage::AuditPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::AuditPage>()), m_model(workspace, this)
{
    m_ui->setupUi(body());
    m_ui->reload->setIcon(icon(u"refresh"_s));
    m_ui->entries->setRows(&m_model, {190, 190, 180, 130, 110, 0});
    m_ui->entries->setEmptyText(Pages::tr("Nothing recorded yet"),
                                Pages::tr("Every change and every view of names appears here."));
    watch(&m_model);
    connect(m_ui->reload, &QPushButton::clicked, this, [this] { m_model.reload(); });
}

AuditPage::~AuditPage() = default;

void AuditPage::activate()
{
    m_model.show(workspace().deployment());
}

} // namespace cohort::console
