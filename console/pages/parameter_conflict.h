// A script's parameters, which somebody else has set meanwhile: both values of each are shown, and one chooses.
// Thread: GUI. Owner: ScriptPage. Flow: conflict → question → apply() | take() | neither.
#pragma once

#include <QJsonObject>

#include <functional>

class QWidget;

namespace cohort::console {

struct ParameterConflict
{
    QString script;    // its name
    QJsonObject mine;  // what stands in the form
    QJsonObject there; // what the server has now
};

// One line a parameter that differs: "Patience: yours 20, there now 30".
QStringList bothValues(const ParameterConflict& conflict);
// `apply`: mine in place of those; `take`: those into the form. Cancel is what Enter and Escape choose.
void askOfBoth(QWidget* parent, const ParameterConflict& conflict, std::function<void()> apply,
               std::function<void()> take);

} // namespace cohort::console
