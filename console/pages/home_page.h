// One home: what it measures, its devices and commands, its timeline, its people.
// Thread: GUI. Owner: MainWindow. Flow: chosen home → HomeModel → views.
#pragma once

#include "console/models/alerts_model.h"
#include "console/models/home_tables.h"
#include "console/pages/page.h"

#include <memory>

namespace cohort::console {

namespace Ui {
class HomePage;
}
class HomeDataView;

class HomePage : public Page
{
    Q_OBJECT
public:
    HomePage(Workspace& workspace, QWidget* parent);
    ~HomePage() override;

    void activate() override;
    void deactivate() override;
    void showHome(LocationId home);
    // "data", "devices", "timeline", "people"
    void showTab(const QString& name);

private:
    void loadHomes();
    // `whole`: there are no more homes in the study than these.
    void fillHomes(const QList<model::Location>& homes, bool whole);
    void forget();
    void showHead();
    void showPills();
    // What is open here, in words: the worst first.
    void showAlerts();

    std::unique_ptr<Ui::HomePage> m_ui;
    HomeModel m_home;
    HomeDataView* m_data;
    TimelineModel m_timeline;
    LocationId m_wanted;
    AlertsModel m_alerts;
    LocationId m_timelineOf; // the alerts' too
    AlertId m_worst;
};

} // namespace cohort::console
