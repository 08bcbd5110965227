#include "server/worker/host/launch.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace cohort::worker {
namespace {

// Without QCoreApplication (tests, tools) the running program is asked of the kernel.
QString ownFolder()
{
    return QFileInfo(QFile::symLinkTarget(QStringLiteral("/proc/self/exe"))).absolutePath();
}

bool isUsed(unsigned uid)
{
    std::vector<char> buffer(16 * 1024);
    passwd entry{};
    passwd* found = nullptr;
    getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
    return found != nullptr;
}

} // namespace

QString programPath(const WorkerOptions& options)
{
    if (!options.program.isEmpty())
        return options.program;
    const QDir folder(ownFolder());
    // Tests lie in a folder beside that of the programs.
    for (const char* place : {"cohort-worker", "../bin/cohort-worker"}) {
        const QString path = QDir::cleanPath(folder.filePath(QLatin1String(place)));
        if (QFileInfo::exists(path))
            return path;
    }
    return folder.filePath(QStringLiteral("cohort-worker"));
}

QString rulesPath(const WorkerOptions& options)
{
    if (!options.rulesPath.isEmpty())
        return options.rulesPath;
    const QString program = QFileInfo(programPath(options)).absolutePath();
    const QString installed = QDir::cleanPath(program + QStringLiteral("/../share/cohort/rules"));
    if (QFileInfo::exists(installed + QStringLiteral("/composer")))
        return installed;
    return QStringLiteral(COHORT_RULES_DIR);
}

unsigned workerUser()
{
    constexpr unsigned first = 61'000; // above what systems give to people and services
    constexpr unsigned last = 61'180;  // below systemd's own range
    for (unsigned uid = first; uid < last; ++uid) {
        if (!isUsed(uid))
            return uid;
    }
    return 65'534; // nobody
}

} // namespace cohort::worker
