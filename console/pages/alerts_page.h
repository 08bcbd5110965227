// All alerts of the deployment, live, and the one that is looked at.
// Thread: GUI. Owner: MainWindow. Flow: AlertsModel → table → AlertDetail.
#pragma once

#include "console/models/alerts_model.h"
#include "console/pages/page.h"

#include <memory>

namespace cohort::console {

namespace Ui {
class AlertsPage;
}
class AlertDetail;

class AlertsPage : public Page
{
    Q_OBJECT
public:
    AlertsPage(Workspace& workspace, QWidget* parent);
    ~AlertsPage() override;

    void activate() override;
    void deactivate() override;
    // Chooses it as soon as it is there.
    void select(AlertId alert);

private:
    void showSelected();

    std::unique_ptr<Ui::AlertsPage> m_ui;
    AlertsModel m_model;
    AlertDetail* m_detail;
    AlertId m_wanted;
};

} // namespace cohort::console
