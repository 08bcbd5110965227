// What can be done with a script besides writing and deploying it: compare, roll back, take off homes, retire.
// Thread: GUI. Owner: ScriptPage. Flow: ScriptDetail, versions → actions → dialogs, questions → changed, retired.
#pragma once

#include "console/models/open_script.h"
#include "console/models/script_models.h"
#include "console/pages/notice_bar.h"

#include <QDialog>
#include <QMenu>

#include <functional>

namespace cohort::console {

// Which version is shown, where it is not the one that runs or not the newest; empty where there is nothing to say.
QString versionBanner(int shown, const model::Script& script);
// What ends where the script is taken off these homes (all where the list is empty), in words.
QString endsWithIt(const QList<model::ScriptInstance>& instances, const QList<LocationId>& homes);

// Asks before it stands still, and says what that means; `then` runs when one still wants it.
void askToPause(QWidget* parent, const model::Script& script, bool mayResume, std::function<void()> then);

class ScriptMenu : public QMenu
{
    Q_OBJECT
public:
    ScriptMenu(Workspace& workspace, OpenScript& script, const VersionsModel& versions, NoticeBar* notices,
               QWidget* page);

    // Offers what can be done with it now; `shown`: the version in the editor.
    void offer(const model::ScriptDetail& whole, int shown);
    // Both versions side by side, in a dialog that owns itself.
    QDialog* showDiff(const model::ScriptDiff& diff);

Q_SIGNALS:
    void changed(const cohort::model::Script& script);
    void retired();

private:
    void add(const char* name, const QString& text, std::function<void()> then);
    void compare();
    void rollBack();
    void chooseHomes();
    void takeOff(const QList<LocationId>& homes, const QStringList& names);
    void retire();
    bool runs(model::ScriptMode mode) const;

    Workspace& m_workspace;
    OpenScript& m_script;
    const VersionsModel& m_versions;
    NoticeBar* m_notices;
    QWidget* m_page;
    model::ScriptDetail m_whole;
    int m_shown = 0;
};

} // namespace cohort::console
