// Hears that homes, people, devices or the study itself were changed by anybody, and has the pages told.
// Thread: GUI. Owner: MainWindow. Flow: topic "configuration" of the study → Workspace::studyChanged.
#pragma once

#include "console/models/workspace.h"
#include "console/net/subscription.h"

#include <QTimer>

#include <memory>

namespace cohort::console {

class StudyNews : public QObject
{
    Q_OBJECT
public:
    explicit StudyNews(Workspace& workspace, QObject* parent = nullptr);
    ~StudyNews() override;

private:
    void follow();

    Workspace& m_workspace;
    std::unique_ptr<Subscription> m_changes;
    QTimer m_settle; // many changes at once are one
    bool m_stands = false;
};

} // namespace cohort::console
