// The scripts that ship: rules/library/NAME/script.py with its page; titles and parameters come from the check.
// Thread: any; one that reads waits for another that does. Owner: app. Flow: files → ScriptChecker → ShippedScript, kept.
// Source: composer.md, "The library that ships".
#pragma once

#include "server/scripts/checked_script.h"
#include "server/scripts/script_checker.h"

#include <QString>

#include <mutex>
#include <optional>
#include <vector>

namespace cohort::scripts {

class ScriptLibrary
{
public:
    // `folder`: rules/library.
    ScriptLibrary(QString folder, ScriptChecker& checker) : m_folder(std::move(folder)), m_checker(checker) {}

    // By name. Scripts that the check refuses are left out, with a warning in the log. The first call takes a while; what
    // could not be checked just then (no worker, no time) is looked at again by the next.
    std::vector<ShippedScript> scripts();

private:
    // Nothing: refused. Errors: those of the checker that pass.
    Result<std::optional<ShippedScript>> read(const QString& name);

    const QString m_folder;
    ScriptChecker& m_checker;
    std::mutex m_mutex;
    std::optional<std::vector<ShippedScript>> m_scripts; // under the mutex
};

} // namespace cohort::scripts
