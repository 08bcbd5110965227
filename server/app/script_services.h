// What the api needs of scripts that do not run yet: the check of one, and the library that ships.
// Thread: any; a check blocks up to 5 s. Owner: Node. Flow: api → ScriptChecker's throw-away worker → faults, manifest.
#pragma once

#include "server/scripts/script_library.h"

namespace cohort::app {

class ScriptServices
{
public:
    // `libraryFolder` empty: found from the program's place.
    ScriptServices(const worker::WorkerOptions& options, const QString& libraryFolder);

    Result<scripts::CheckedScript> check(const QString& source, const QMap<QString, QString>& helpers);
    std::vector<scripts::ShippedScript> library() { return m_library.scripts(); }

private:
    scripts::ScriptChecker m_checker;
    scripts::ScriptLibrary m_library;
};

} // namespace cohort::app
