#include "console/pages/page.h"

#include "console/pages/data_table.h"
#include "console/pages/small_widgets.h"

#include <QDialog>
#include <QVBoxLayout>

namespace cohort::console {

Page::Page(Workspace& workspace, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_notices(new NoticeBar(this)), m_body(new QWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 8, 24, 16);
    layout->setSpacing(8);
    layout->addWidget(m_notices);
    layout->addWidget(m_body, 1);
    // Its Retry would act on the study before.
    connect(&workspace, &Workspace::deploymentChanged, m_notices, &NoticeBar::turn);
    connect(&workspace.link(), &ServerLink::liveChanged, this, &Page::tellTables);
    connect(&workspace.link(), &ServerLink::liveChanged, m_notices, [this](bool live) {
        if (live)
            m_notices->connected();
    });
}

void Page::tellTables()
{
    const bool isConnected = m_workspace.link().isLive();
    for (DataTable* table : findChildren<DataTable*>())
        table->setConnected(isConnected);
}

void Page::showEvent(QShowEvent* event)
{
    tellTables();
    QWidget::showEvent(event);
}

void Page::open(QDialog* dialog, const QString& home)
{
    nameStudy(*dialog, deploymentName(m_workspace), home);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Page::watch(RowsModel* model)
{
    connect(model, &RowsModel::loadingChanged, m_notices, &NoticeBar::setBusy);
    connect(model, &RowsModel::failed, m_notices, [this, model](const Error& error) {
        m_notices->showError(error, [model] { model->reload(); });
        m_failing = model;
        m_complaint = m_notices->text();
    });
    connect(model, &RowsModel::loaded, m_notices, [this, model] {
        if (m_failing == model && m_notices->text() == m_complaint)
            m_notices->dismiss();
    });
}

} // namespace cohort::console
