// The data of a home: its streams as charts on one time axis, and a stream's export.
// Thread: GUI (the file is written in the pool). Owner: HomePage. Flow: HomeModel → lanes; samples → charts.
#pragma once

#include "console/models/home_model.h"
#include "console/pages/notice_bar.h"

#include <QSet>
#include <QWidget>

#include <memory>

namespace cohort::console {

namespace Ui {
class HomeDataView;
}

class HomeDataView : public QWidget
{
    Q_OBJECT
public:
    HomeDataView(Workspace& workspace, HomeModel& home, NoticeBar* notices, QWidget* parent);
    ~HomeDataView() override;

    // The study was found to have none.
    void setHasNoHome(bool none);
    // Asks where to, and writes the stream's samples of the range on the screen.
    void exportStream(StreamId stream);
    void exportTo(StreamId stream, const QString& path);

private:
    void homeChanged();
    void fillMenus();
    void showLanes();
    void spanChosen();
    void showLater();
    void save(const QString& path, const model::ExportedFile& file);

    Workspace& m_workspace;
    HomeModel& m_home;
    NoticeBar* m_notices;
    std::unique_ptr<Ui::HomeDataView> m_ui;
    QSet<qint64> m_hidden; // streams that are not wanted
    LocationId m_shown;
    bool m_hasNoHome = false;
};

} // namespace cohort::console
