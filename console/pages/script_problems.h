// What is wrong with a script: the faults of its text, and the runs that failed in the last 24 hours.
// Thread: GUI. Owner: ScriptPage. Flow: faults, RunsModel, Script → list.
#pragma once

#include "console/models/script_models.h"

class QListWidget;

namespace cohort::console {

// Where an item leads: a place in the text (QPoint: column, line), or a run (its id).
enum ProblemRole { FaultPlaceRole = Qt::UserRole, FailedRunRole };

// Fills the list, faults first, then the failed runs that are loaded, newest first, each error once; how many problems
// there are. `script` null: not loaded.
int showProblems(QListWidget* list, const QList<model::ScriptFault>& faults, const RunsModel& runs,
                 const model::Script* script);

} // namespace cohort::console
