// One alert: why it came, what was done, what can be done.
// Thread: GUI. Owner: AlertsPage. Flow: Alert → form; buttons → AlertsModel → its row → form; a note ⇄ Drafts.
#pragma once

#include "console/models/alerts_model.h"
#include "console/pages/perform.h"

#include <QHash>
#include <QWidget>

#include <functional>
#include <memory>

class QPushButton;

namespace cohort::console {

namespace Ui {
class AlertDetail;
}

class AlertDetail : public QWidget
{
    Q_OBJECT
public:
    AlertDetail(Workspace& workspace, AlertsModel& alerts, NoticeBar* notices, QWidget* parent);
    ~AlertDetail() override;

    // Null: nothing is chosen.
    void setAlert(const model::Alert* alert);

Q_SIGNALS:
    void openHome(cohort::LocationId home);

private:
    void showActions(const model::Alert& alert, bool mayAct);
    void take(QPushButton* button, const model::AlertAction& action, const QString& home);
    void showHistory(const model::Alert& alert);
    // Who and what the home's codes and keys stand for, for those who may see names.
    void loadNames();
    using Ask = std::function<QFuture<Result<model::Alert>>(AlertId)>;
    // Asks it of the alert that is shown now: Retry does so too, whatever was chosen since.
    void change(QWidget* button, const Ask& ask);
    void addNote();
    void put(const model::Alert& alert, DeploymentId study);

    Workspace& m_workspace;
    AlertsModel& m_alerts;
    NoticeBar* m_notices;
    std::unique_ptr<Ui::AlertDetail> m_ui;
    AlertId m_id;
    LocationId m_home;
    LocationId m_named;              // whose names are known, or asked for
    QHash<QString, QString> m_names; // by "participant:21", "device:11"
};

} // namespace cohort::console
