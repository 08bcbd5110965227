// Brings a CSV file's history into a home, and tells what became of every line.
// Thread: GUI (the file is read in the pool). Owner: nobody. Flow: file → measurement.import → report.
#pragma once

#include "console/models/upkeep.h"

class QWidget;

namespace cohort::console {

class NoticeBar;

// Asks for the file.
void importCsv(Workspace& workspace, const model::Location& home, NoticeBar* notices, QWidget* parent);
// From this file.
void importCsvFrom(const QString& path, Workspace& workspace, const model::Location& home, NoticeBar* notices,
                   QWidget* parent);

} // namespace cohort::console
