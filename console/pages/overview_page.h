// The deployment's figures and what needs attention now.
// Thread: GUI. Owner: MainWindow. Flow: OverviewModel → tiles, table → home, alert.
#pragma once

#include "console/models/admin_models.h"
#include "console/pages/page.h"
#include "console/pages/small_widgets.h"

#include <memory>

namespace cohort::console {

namespace Ui {
class OverviewPage;
}

class OverviewPage : public Page
{
    Q_OBJECT
public:
    OverviewPage(Workspace& workspace, QWidget* parent);
    ~OverviewPage() override;

    void activate() override;
    void deactivate() override;

private:
    void showFigures();
    void showOld(const model::OverviewFigures& last);
    void loadZones();
    void showEmptyText(const model::Overview& overview);
    void open(int row);

    std::unique_ptr<Ui::OverviewPage> m_ui;
    OverviewModel m_model;
    QList<Tile*> m_tiles;
};

} // namespace cohort::console
