// Import of history: a file's values become measurements of devices that exist; every value that is refused is named or
// counted, and what is told as stored was committed.
// Thread: an executor thread or a command's, which waits for the committer. Owner: nobody.
// Flow: measurement.import, `cohort-server import` → survey → rows → Committer → report.
// Source: study.md, "Import"; architecture.md, rule 8.
#pragma once

#include "server/store/log/committer.h"
#include "server/store/repositories/device_repository.h"
#include "shared/base/csv.h"
#include "shared/model/import.h"

#include <QIODevice>

#include <functional>
#include <map>

namespace cohort::api {

struct ImportJob
{
    LocationId location;
    std::map<QString, store::KnownDevice> devices; // of the home, by their outward ids
    model::ImportLayout layout;
    Timestamp now;
    store::Committer* committer = nullptr; // none: nothing is stored, the report is a preview
    CsvLimits limits;
    std::function<void(const model::RefusedLine&)> onRefused; // hears of all of them, also behind the first 1,000
};

// Reads `source` (which can be read twice: a file, a buffer) into the job's home. When a commit fails on the way, `report`
// has what was done before and the error says so. Errors: surveyImport's (nothing was stored then), those of a commit.
Result<void> importFrom(QIODevice& source, const ImportJob& job, model::ImportReport& report);

} // namespace cohort::api
