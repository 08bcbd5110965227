// One script: its editor, checked as one types; versions, homes, parameters, runs.
// Thread: GUI. Owner: ComposerPage. Flow: script.get → editor → ScriptCheck, script.saveVersion, script.deploy.
#pragma once

#include "console/models/open_script.h"
#include "console/models/script_check.h"
#include "console/models/script_models.h"
#include "console/pages/perform.h"
#include "console/pages/unsaved.h"

#include <QWidget>

#include <memory>

namespace cohort::console {

namespace Ui {
class ScriptPage;
}
class ParameterForm;
class ScriptMenu;

class ScriptPage : public QWidget
{
    Q_OBJECT
public:
    ScriptPage(Workspace& workspace, NoticeBar* notices, QWidget* parent);
    ~ScriptPage() override;

    void open(ScriptId script);
    // Loads its state anew (paused, by whom, in which home); what is being typed stays.
    void refresh();
    // Forgets the script and what was typed; open() begins anew.
    void forget();
    // Whose script it is; none where none is open.
    DeploymentId study() const { return m_script ? m_script->script.deployment : DeploymentId(); }
    // Nothing where all is saved; what drops it is the caller's.
    std::optional<Unsaved> unsaved() const;
    // Asks where something is not saved.
    bool mayDropChanges();

Q_SIGNALS:
    void closed();

private:
    void setUpLists();
    void setUpButtons();
    // What only script.get tells is loaded anew after it.
    void takeAnswer(const model::Script& script);
    void take(const model::ScriptDetail& whole);
    // Also where the form stands as it did and others are set by now.
    void showParameters(const model::ScriptDetail& whole);
    // On top of `base`; where others are set by now, one is asked with both.
    void applyParameters(const QJsonObject& base);
    void showConflict(const QJsonObject& there);
    void showState();
    void showFaults(const QList<model::ScriptFault>& faults, bool accepted);
    void showProblems();
    void save();
    struct Written
    {
        QString source, comment;
    };
    // On top of version `base`; where there is a newer one by now, one is asked.
    void saveOn(const OpenScript& script, int base, const Written& written);
    void askAboutNewer(int base, const Written& written, const Error& error);
    // `shown`: what m_shown was when it was sent.
    void saved(const QString& source, int shown, const model::SavedVersion& version);
    void deploy();
    void leave();

    Workspace& m_workspace;
    NoticeBar* m_notices;
    std::unique_ptr<Ui::ScriptPage> m_ui;
    ScriptCheck m_check;
    RunsModel m_runs;
    VersionsModel m_versions;
    ParameterForm* m_form;
    OpenScript m_open;
    ScriptMenu* m_more;
    QList<model::ScriptFault> m_faults;          // of the text in the editor
    std::optional<model::ScriptDetail> m_script; // nothing until it is loaded
    int m_shown = 0;                             // the version that the editor's text came from; 0: none
};

} // namespace cohort::console
