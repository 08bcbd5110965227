// What a private cluster has on disk, and which processes are at work in it.
// Thread: any. Owner: nobody. Flow: PrivateCluster asks at start, after an exit and at the end.
#pragma once

#include "server/store/postgres/child_process.h"

#include <optional>

namespace cohort::store {

// PostgreSQL's own note about the server that runs in a data folder (postmaster.pid).
struct PostmasterNote
{
    pid_t pid = 0;
    QString socketFolder;
};
std::optional<PostmasterNote> readPostmasterNote(const QString& dataFolder);

// The folder with initdb and postgres: of the version that made `dataFolder`, or else the newest installed.
// Errors: Unavailable: none is installed, or not the one that made the folder.
Result<QString> findPostgresPrograms(const QString& dataFolder);

// The postmaster that runs in `dataFolder`, whoever started it. Nothing when the note is old.
std::optional<ChildProcess> findPostmaster(const QString& dataFolder);

// Ends PostgreSQL's processes that a killed postmaster left in `dataFolder`: only when no postmaster runs there.
void endLeftovers(const QString& dataFolder);

// Errors: AccessDenied, naming the folder that this user may not enter.
Result<void> checkReachable(const QString& folder, const UserIdentity& identity);

// A file's last lines, for a sentence that says why a program ended.
QString lastLines(const QString& file, int count);

} // namespace cohort::store
