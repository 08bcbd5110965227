// Installing a ready-made script, and deploying a script to chosen homes.
// Thread: GUI. Owner: ComposerPage, ScriptPage. Flow: library.list → choice, form, homes → library.install; script.deploy.
#pragma once

#include "console/models/script_models.h"
#include "shared/model/place.h"

#include <QDialog>

#include <memory>

namespace cohort::console {

namespace Ui {
class LibraryDialog;
class DeployDialog;
} // namespace Ui
class ParameterForm;

class LibraryDialog : public QDialog
{
    Q_OBJECT
public:
    LibraryDialog(Workspace& workspace, QWidget* parent);
    ~LibraryDialog() override;

Q_SIGNALS:
    void installed(const cohort::model::Script& script);

private:
    void showChoice();
    void showHomes();
    void install();

    Workspace& m_workspace;
    std::unique_ptr<Ui::LibraryDialog> m_ui;
    LibraryModel m_model;
    ParameterForm* m_form;
};

class DeployDialog : public QDialog
{
    Q_OBJECT
public:
    // `mayGoLive`: else only shadow is offered.
    DeployDialog(const QString& script, const QList<model::Location>& homes, bool mayGoLive, QWidget* parent);
    ~DeployDialog() override;

    model::ScriptMode mode() const;
    // Empty: all homes.
    QList<LocationId> locations() const;

private:
    std::unique_ptr<Ui::DeployDialog> m_ui;
};

} // namespace cohort::console
