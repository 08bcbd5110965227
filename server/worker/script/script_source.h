// A script's source and its helper modules as they lie on disk.
// Thread: pure functions. Owner: nobody. Flow: files → Check or Load.
// Source: composer.md, "Python that people expect" (helper modules of the same script).
#pragma once

#include "server/engine/wire.h"
#include "shared/base/result.h"

#include <QString>

namespace cohort::worker {

struct ScriptSource
{
    QString file;
    std::string source;
    std::map<std::string, std::string> helpers; // module name → source
};

// Where a script is called script.py, the other .py files beside it are its helper modules; another name
// stands alone. Errors: NotFound with the reason; TooLarge.
Result<ScriptSource> readScript(const QString& file);
// file:line:column: message; a helper's fault names the helper's file.
QString faultLine(const ScriptSource& script, const engine::wire::Fault& fault);

} // namespace cohort::worker
