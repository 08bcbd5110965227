// What every page is: notices on top, its form below, alive only while it is looked at.
// Thread: GUI. Owner: MainWindow. Flow: activate → models load and subscribe; deactivate → they let go.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/workspace.h"
#include "console/pages/notice_bar.h"
#include "console/pages/perform.h"
#include "console/pages/unsaved.h"

#include <QWidget>

class QDialog;

namespace cohort::console {

class Page : public QWidget
{
    Q_OBJECT
public:
    Page(Workspace& workspace, QWidget* parent);

    virtual void activate() {}
    virtual void deactivate() {}
    // Asked before another study is chosen in the side bar: false where somebody wants to stay with what is not saved.
    virtual bool mayLeaveStudy() { return true; }
    // What signing out and closing ask about.
    virtual QList<Unsaved> unsaved() { return {}; }
    NoticeBar* notices() const { return m_notices; }

Q_SIGNALS:
    void openHome(cohort::LocationId home);
    void openAlert(cohort::AlertId alert);
    void openPage(const QString& name);

protected:
    // Where a page's form goes.
    QWidget* body() const { return m_body; }
    Workspace& workspace() const { return m_workspace; }
    // Opens a dialog that names the study (and the home, where it is about one) in its title and on top, and is deleted
    // when it closes.
    void open(QDialog* dialog, const QString& home = {});
    // Busy while the model loads, its errors in the bar with Retry until it has loaded after all.
    void watch(RowsModel* model);

    void showEvent(QShowEvent* event) override;

private:
    // Its tables say so where they have nothing to show.
    void tellTables();

    Workspace& m_workspace;
    NoticeBar* m_notices;
    QWidget* m_body;
    const RowsModel* m_failing = nullptr; // whose error the bar said last
    QString m_complaint;
};

} // namespace cohort::console
