// The deployment's scripts with their figures; opens one, makes one, installs one.
// Thread: GUI. Owner: MainWindow. Flow: ScriptsModel → table → ScriptPage.
#pragma once

#include "console/models/script_models.h"
#include "console/pages/page.h"

#include <memory>

class QStackedLayout;

namespace cohort::console {

namespace Ui {
class ComposerPage;
}
class ScriptPage;

class ComposerPage : public Page
{
    Q_OBJECT
public:
    ComposerPage(Workspace& workspace, QWidget* parent);
    ~ComposerPage() override;

    void activate() override;
    void deactivate() override;
    bool mayLeaveStudy() override;
    QList<Unsaved> unsaved() override;
    void openScript(ScriptId script);
    // The first script of the list, as soon as it is there.
    void openFirst();
    void openLibrary();

private:
    void showChoice();
    void newScript();
    void showList();
    void followStudy();
    void forget();

    std::unique_ptr<Ui::ComposerPage> m_ui;
    ScriptsModel m_model;
    QStackedLayout* m_stack;
    ScriptPage* m_script;
    bool m_openFirst = false;
};

} // namespace cohort::console
