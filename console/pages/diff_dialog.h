// Two versions of a script, line by line: what went is marked with −, what came with +.
// Thread: GUI. Owner: itself, gone when it is closed. Flow: script.diff → lines.
#pragma once

#include "shared/model/script.h"

#include <QDialog>

#include <memory>

namespace cohort::console {

namespace Ui {
class DiffDialog;
}

class DiffDialog : public QDialog
{
    Q_OBJECT
public:
    DiffDialog(const QString& script, const model::ScriptDiff& diff, QWidget* parent);
    ~DiffDialog() override;

private:
    std::unique_ptr<Ui::DiffDialog> m_ui;
};

} // namespace cohort::console
