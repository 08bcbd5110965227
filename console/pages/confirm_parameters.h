// A script's parameters, which somebody else has set meanwhile: both values of each are shown, and one chooses.
// Thread: GUI. Owner: ScriptPage. Flow: conflict → question → apply() | take() | neither.
#pragma once

#include <QStringList>

#include <functional>

class QWidget;

namespace cohort::console {

// `both`: a line a parameter that differs. `apply`: mine in place of those that are there; `take`: those into the form.
// Cancel is what Enter and Escape choose.
void confirmParameters(QWidget* parent, const QString& script, const QStringList& both, std::function<void()> apply,
                       std::function<void()> take);

} // namespace cohort::console
