#include "console/pages/alerts_page.h"

#include "console/pages/alert_detail.h"
#include "console/pages/text.h"
#include "ui_alerts_page.h"

#include <QVBoxLayout>

namespace cohort::console {

AlertsPage::AlertsPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::AlertsPage>()), m_model(workspace, this)
{
    m_ui->setupUi(body());
    m_ui->filter->addItem(Pages::tr("Open alerts"), QVariant::fromValue(AlertsModel::Filter::Open));
    m_ui->filter->addItem(Pages::tr("All alerts"), QVariant::fromValue(AlertsModel::Filter::All));
    m_ui->alerts->setRows(&m_model, {84, 124, 0, 124, 190});
    m_ui->alerts->setEmptyText(Pages::tr("No open alerts"),
                               Pages::tr("When a script, a device or the data raises one, it appears here at once."));
    m_detail = new AlertDetail(workspace, m_model, notices(), m_ui->detail);
    auto* layout = new QVBoxLayout(m_ui->detail);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_detail);
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    m_ui->splitter->setSizes({640, 400});
    watch(&m_model);
    connect(m_ui->alerts, &DataTable::selected, this, &AlertsPage::showSelected);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &AlertsPage::showSelected);
    connect(&m_model, &RowsModel::loaded, this, [this] {
        if (m_wanted)
            m_ui->alerts->selectId(std::exchange(m_wanted, {}).value);
        else if (m_ui->alerts->selectedId() == 0 && m_model.rowCount() > 0)
            m_ui->alerts->selectRow(0);
    });
    connect(m_detail, &AlertDetail::openHome, this, &Page::openHome);
    connect(m_ui->filter, &QComboBox::currentIndexChanged, this, &AlertsPage::activate);
    connect(&workspace, &Workspace::deploymentChanged, this, [this] {
        if (isVisible())
            activate();
    });
}

AlertsPage::~AlertsPage() = default;

void AlertsPage::activate()
{
    m_model.show(workspace().deployment(), {}, m_ui->filter->currentData().value<AlertsModel::Filter>());
}

void AlertsPage::deactivate()
{
    m_model.show({}, {}, AlertsModel::Filter::Open);
}

void AlertsPage::select(AlertId alert)
{
    m_wanted = alert;
    if (m_model.find(alert.value) >= 0)
        m_ui->alerts->selectId(std::exchange(m_wanted, {}).value);
}

void AlertsPage::showSelected()
{
    m_detail->setAlert(m_model.at(m_ui->alerts->currentIndex()));
}

} // namespace cohort::console
