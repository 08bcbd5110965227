#include "server/store/postgres/cluster_files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

#include <algorithm>
#include <csignal>

namespace cohort::store {

namespace {

const QString InstallFolder = QStringLiteral("/usr/lib/postgresql");

// Whether the process has `dataFolder` as its working folder and is PostgreSQL's.
bool worksIn(const QString& process, const QString& dataFolder)
{
    const QString folder = QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(process));
    const QString program = QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(process));
    return folder == dataFolder && QFileInfo(program).fileName().startsWith(QLatin1String("postgres"));
}

bool hasPrograms(const QString& folder)
{
    return QFileInfo(folder + QStringLiteral("/initdb")).isExecutable() &&
           QFileInfo(folder + QStringLiteral("/postgres")).isExecutable();
}

QString firstLine(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readLine(256)).trimmed() : QString();
}

bool mayEnter(const struct stat& folder, const UserIdentity& identity)
{
    if (folder.st_uid == identity.uid)
        return (folder.st_mode & S_IXUSR) != 0;
    const auto& groups = identity.groups;
    if (folder.st_gid == identity.gid || std::find(groups.begin(), groups.end(), folder.st_gid) != groups.end())
        return (folder.st_mode & S_IXGRP) != 0;
    return (folder.st_mode & S_IXOTH) != 0;
}

} // namespace

std::optional<PostmasterNote> readPostmasterNote(const QString& dataFolder)
{
    QFile file(dataFolder + QStringLiteral("/postmaster.pid"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> lines = file.read(4096).split('\n');
    // Lines: pid, data folder, start time, port, socket folder, addresses, shared memory, status.
    const int pid = lines.value(0).trimmed().toInt();
    if (pid <= 1)
        return std::nullopt;
    return PostmasterNote{pid, QString::fromLocal8Bit(lines.value(4).trimmed())};
}

Result<QString> findPostgresPrograms(const QString& dataFolder)
{
    const QString made = firstLine(dataFolder + QStringLiteral("/PG_VERSION"));
    QString newest;
    for (const QString& version : QDir(InstallFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString folder = QStringLiteral("%1/%2/bin").arg(InstallFolder, version);
        if (!hasPrograms(folder))
            continue;
        if (version == made)
            return folder;
        if (newest.isEmpty() || version.toDouble() > newest.section(QLatin1Char('/'), -2, -2).toDouble())
            newest = folder;
    }
    if (!made.isEmpty())
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("%1 was made by PostgreSQL %2, which is not installed; install postgresql-%2, or "
                                   "bring the folder to a newer version with pg_upgrade")
                        .arg(dataFolder, made));
    if (newest.isEmpty())
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("PostgreSQL is not installed; install the package postgresql, or give --database"));
    return newest;
}

std::optional<ChildProcess> findPostmaster(const QString& dataFolder)
{
    const auto note = readPostmasterNote(dataFolder);
    if (!note)
        return std::nullopt;
    // Opened before it is looked at, so that the number cannot pass to another process in between.
    auto process = ChildProcess::adopt(note->pid);
    if (!process || !worksIn(QString::number(note->pid), QFileInfo(dataFolder).canonicalFilePath()))
        return std::nullopt;
    return std::move(*process);
}

void endLeftovers(const QString& dataFolder)
{
    const QString folder = QFileInfo(dataFolder).canonicalFilePath();
    if (folder.isEmpty() || findPostmaster(dataFolder))
        return;
    for (const QString& process : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool isNumber = false;
        const int pid = process.toInt(&isNumber);
        if (isNumber && worksIn(process, folder)) {
            if (const auto left = ChildProcess::adopt(pid))
                left->signal(SIGKILL);
        }
    }
    // PostgreSQL takes a dying process or a zombie for a postmaster that runs, by either of its two notes; that none
    // runs here is known by now.
    if (const auto note = readPostmasterNote(dataFolder)) {
        QFile::remove(note->socketFolder + QStringLiteral("/.s.PGSQL.5432.lock"));
        QFile::remove(dataFolder + QStringLiteral("/postmaster.pid"));
    }
}

Result<void> checkReachable(const QString& folder, const UserIdentity& identity)
{
    if (!identity.change)
        return {};
    QString path = QFileInfo(folder).canonicalFilePath();
    while (!path.isEmpty()) {
        struct stat status = {};
        if (::stat(path.toLocal8Bit().constData(), &status) == 0 && !mayEnter(status, identity))
            return fail(ErrorCode::AccessDenied,
                        QStringLiteral("the user 'postgres', as which the database runs, may not enter %1; choose "
                                       "another --data folder, such as /var/lib/cohort, or run chmod o+x %1")
                            .arg(path));
        if (path == QLatin1String("/"))
            break;
        path = QFileInfo(path).path();
    }
    return {};
}

QString lastLines(const QString& file, int count)
{
    QFile log(file);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - 4'096));
    QStringList lines = QString::fromUtf8(log.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return lines.mid(std::max<qsizetype>(0, lines.size() - count)).join(QStringLiteral(" | "));
}

} // namespace cohort::store
