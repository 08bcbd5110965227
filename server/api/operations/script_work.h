// What the handlers of scripts share: check and save, rights, and the news that a script changed.
// Thread: an executor thread. Owner: nobody. Flow: script.*, library.* → here → store.
#pragma once

#include "server/api/dispatch/call.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "server/store/repositories/script_repository.h"

namespace cohort::api {

// Checks a source (blocks up to 5 s) with its helpers. Errors: SandboxUnsafe, Timeout, WrongValue (helper's size).
Result<scripts::CheckedScript> checkSource(Call& call, const QString& source, const QMap<QString, QString>& helpers);

struct NewVersion
{
    ScriptId script;
    int base = 0;
    QString source;
    QMap<QString, QString> helpers;
    QString comment;
};
// Stores it, refused or not; inside a transaction.
Result<model::SavedVersion> saveChecked(Call& call, const NewVersion& version, const scripts::CheckedScript& checked);
// The roles that may change what runs live. Errors: AccessDenied.
Result<void> requireLiveRight(const Call& call);
// Tells the console of alerts, questions and commands that ended with a script's place.
void noteEnded(Call& call, const store::Ended& ended);
// Tells the console and composer that this script changed.
void noteScript(Call& call, ScriptId script);
// The same, and the script as script.list shows it now.
Result<model::Script> changedScript(Call& call, ScriptId script);

} // namespace cohort::api
