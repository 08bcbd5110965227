// Checks a script's source on the server 600 ms after the last key.
// Thread: GUI. Owner: Composer's editor page. Flow: setSource → script.check → checked.
#pragma once

#include "console/models/workspace.h"
#include "shared/model/script.h"

#include <QObject>
#include <QTimer>

namespace cohort::console {

class ScriptCheck : public QObject
{
    Q_OBJECT
public:
    ScriptCheck(Workspace& workspace, QObject* parent);

    void setSource(const QString& source);
    void checkNow();

Q_SIGNALS:
    void started();
    void checked(const cohort::model::CheckResult& result);
    void failed(const cohort::Error& error);

private:
    Workspace& m_workspace;
    QString m_source;
    QTimer m_settle;
    int m_generation = 0;
};

} // namespace cohort::console
