// One alert: why it came, what was done, what can be done.
// Thread: GUI. Owner: AlertsPage. Flow: Alert → form; buttons → alert.* → answered.
#pragma once

#include "console/models/workspace.h"
#include "console/net/alert.h"
#include "console/pages/perform.h"

#include <QWidget>

#include <memory>

namespace cohort::console {

namespace Ui {
class AlertDetail;
}

class AlertDetail : public QWidget
{
    Q_OBJECT
public:
    AlertDetail(Workspace& workspace, NoticeBar* notices, QWidget* parent);
    ~AlertDetail() override;

    // Null: nothing is chosen.
    void setAlert(const Alert* alert);

Q_SIGNALS:
    void answered(const cohort::console::Alert& alert);
    void openHome(cohort::LocationId home);

private:
    void showActions(const Alert& alert, bool mayAct);
    void showHistory(const Alert& alert);
    void change(const std::function<QFuture<Result<Alert>>()>& ask);

    Workspace& m_workspace;
    NoticeBar* m_notices;
    std::unique_ptr<Ui::AlertDetail> m_ui;
    AlertId m_id;
    LocationId m_home;
};

} // namespace cohort::console
