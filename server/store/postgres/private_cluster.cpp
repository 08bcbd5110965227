#include "server/store/postgres/private_cluster.h"

#include "server/store/postgres/cluster_files.h"
#include "server/store/sql_names.h"
#include "shared/base/log.h"
#include "shared/base/system_clock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>
#include <QThread>
#include <QTimer>

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace cohort::store {

namespace {

constexpr Milliseconds LongestRecovery{600'000};
constexpr Milliseconds LongestInit{120'000};
constexpr Milliseconds ShortestBackOff{100};
constexpr Milliseconds LongestBackOff{10'000};
constexpr qint64 LongestLogBytes = 10 * 1024 * 1024;
constexpr qsizetype LongestSocketPath = 107; // sockaddr_un.sun_path with its closing zero
const QString ShortFolderPattern = QStringLiteral("/tmp/cohort-socket-");

Result<void> makeFolder(const QString& path, mode_t mode, const UserIdentity& owner)
{
    const QByteArray name = path.toLocal8Bit();
    if (!QDir().mkpath(path) || ::chmod(name.constData(), mode) != 0 ||
        (owner.change && ::chown(name.constData(), owner.uid, owner.gid) != 0))
        return fail(
            ErrorCode::AccessDenied,
            QStringLiteral("cannot make the folder %1: %2").arg(path, QString::fromLocal8Bit(std::strerror(errno))));
    return {};
}

} // namespace

struct PrivateCluster::Private
{
    QString folder;
    ClusterTuning tuning;
    UserIdentity identity;
    QString programs;
    QString socketFolder;
    int lockFile = -1;
    ChildProcess postmaster;
    std::unique_ptr<QSocketNotifier> exitNotifier;
    QTimer restartTimer;
    Stopwatch running; // since it was started or adopted
    Milliseconds backOff = ShortestBackOff;

    QString dataFolder() const { return folder + QStringLiteral("/postgresql"); }
    QString logFile() const { return folder + QStringLiteral("/postgresql.log"); }
    ConnectionSettings settings(const QString& database) const;
    Result<void> checkOwner() const;
    Result<void> lockFolder();
    Result<void> chooseSocketFolder();
    Result<void> initialize();
    Result<void> launch();
    Result<void> adoptOrLaunch();
    Result<void> waitUntilReady(Milliseconds limit);
    Result<void> makeDatabase();
    QStringList serverArguments() const;
    void end();
};

ConnectionSettings PrivateCluster::Private::settings(const QString& database) const
{
    return {QStringLiteral("host='%1' port=5432 user=cohort dbname=%2").arg(socketFolder, database)};
}

// Root would hand the folders of a service's own user to another one, and the service would not start any more.
Result<void> PrivateCluster::Private::checkOwner() const
{
    const QFileInfo files(dataFolder());
    if (!identity.change || !files.exists() || files.ownerId() == identity.uid)
        return {};
    const QString owner = files.owner().isEmpty() ? QString::number(files.ownerId()) : files.owner();
    return fail(
        ErrorCode::AccessDenied,
        QStringLiteral("the database in %1 belongs to the user '%2'; start its service first, or run this as that "
                       "user: runuser -u %2 -- cohort-server …")
            .arg(folder, owner));
}

Result<void> PrivateCluster::Private::lockFolder()
{
    COHORT_CHECK(checkOwner());
    // Others may pass through, but not list: PostgreSQL runs as another user.
    COHORT_CHECK(makeFolder(folder, identity.change ? 0711 : 0700, {}));
    const QByteArray name = (folder + QStringLiteral("/lock")).toLocal8Bit();
    lockFile = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lockFile < 0)
        return fail(ErrorCode::AccessDenied, QStringLiteral("cannot write in the data folder %1: %2")
                                                 .arg(folder, QString::fromLocal8Bit(std::strerror(errno))));
    if (::flock(lockFile, LOCK_EX | LOCK_NB) != 0) {
        QFile holder(QString::fromLocal8Bit(name));
        const QString pid =
            holder.open(QIODevice::ReadOnly) ? QString::fromLatin1(holder.read(32)).trimmed() : QString();
        ::close(std::exchange(lockFile, -1));
        return fail(
            ErrorCode::Conflict,
            QStringLiteral("another cohort-server (process %1) uses the data folder %2; stop it or give another "
                           "--data folder")
                .arg(pid.isEmpty() ? QStringLiteral("unknown") : pid, folder));
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(lockFile, 0) != 0 || ::pwrite(lockFile, pid.data(), pid.size(), 0) < 0)
        return fail(ErrorCode::Unavailable, QStringLiteral("cannot write in the data folder %1").arg(folder));
    return {};
}

Result<void> PrivateCluster::Private::chooseSocketFolder()
{
    socketFolder = folder + QStringLiteral("/run");
    const QString longest = socketFolder + QStringLiteral("/.s.PGSQL.5432");
    if (longest.toLocal8Bit().size() <= LongestSocketPath && !socketFolder.contains(QLatin1Char('\'')))
        return makeFolder(socketFolder, 0700, identity);
    QByteArray name = (ShortFolderPattern + QStringLiteral("XXXXXX")).toLocal8Bit();
    if (!::mkdtemp(name.data()))
        return fail(ErrorCode::AccessDenied, QStringLiteral("cannot make a folder for sockets in /tmp"));
    socketFolder = QString::fromLocal8Bit(name);
    return makeFolder(socketFolder, 0700, identity);
}

Result<void> PrivateCluster::Private::initialize()
{
    if (QFileInfo::exists(dataFolder() + QStringLiteral("/PG_VERSION")))
        return {};
    // Made beside and then renamed: a start that was interrupted leaves nothing that looks complete.
    const QString fresh = dataFolder() + QStringLiteral(".new");
    QDir(fresh).removeRecursively();
    COHORT_CHECK(makeFolder(fresh, 0700, identity));
    QStringList arguments{QStringLiteral("--pgdata=") + fresh,  QStringLiteral("--username=cohort"),
                          QStringLiteral("--encoding=UTF8"),    QStringLiteral("--locale=C.UTF-8"),
                          QStringLiteral("--auth-local=trust"), QStringLiteral("--auth-host=reject"),
                          QStringLiteral("--no-instructions")};
    arguments << (tuning.durable ? QStringLiteral("--data-checksums") : QStringLiteral("--no-sync"));
    COHORT_TRY(process, ChildProcess::spawn({programs + QStringLiteral("/initdb"), arguments, identity, logFile()}));
    const bool hasEnded = process.wait(LongestInit);
    if (!hasEnded)
        process.signal(SIGKILL);
    if (!hasEnded || process.collect() != 0)
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("initdb failed, see %1: %2").arg(logFile(), lastLines(logFile(), 3)));
    if (!QDir().rename(fresh, dataFolder()))
        return fail(ErrorCode::Unavailable, QStringLiteral("cannot rename %1 to %2").arg(fresh, dataFolder()));
    return {};
}

QStringList PrivateCluster::Private::serverArguments() const
{
    QStringList arguments{QStringLiteral("-D"), dataFolder()};
    const auto set = [&arguments](const QString& name, const QString& value) {
        arguments << QStringLiteral("-c") << name + QLatin1Char('=') + value;
    };
    const QString durable = tuning.durable ? QStringLiteral("on") : QStringLiteral("off");
    set(QStringLiteral("listen_addresses"), {});
    set(QStringLiteral("port"), QStringLiteral("5432"));
    set(QStringLiteral("unix_socket_directories"), QStringLiteral("\"%1\"").arg(socketFolder));
    set(QStringLiteral("unix_socket_permissions"), QStringLiteral("0700"));
    set(QStringLiteral("max_connections"), QString::number(tuning.maxConnections));
    set(QStringLiteral("autovacuum_naptime"), QStringLiteral("10s")); // young tables are planned for as they are
    set(QStringLiteral("shared_buffers"), QStringLiteral("%1MB").arg(tuning.sharedBuffersMb));
    set(QStringLiteral("fsync"), durable);
    set(QStringLiteral("full_page_writes"), durable);
    for (const char* fixed :
         {"synchronous_commit=on", "max_wal_size=4GB", "min_wal_size=256MB", "wal_compression=on", "wal_buffers=16MB",
          "checkpoint_timeout=15min", "work_mem=16MB", "maintenance_work_mem=128MB", "effective_cache_size=2GB",
          "random_page_cost=1.1", "jit=off", "TimeZone=UTC", "log_timezone=UTC", "log_checkpoints=off",
          "log_min_messages=warning", "max_locks_per_transaction=256"})
        arguments << QStringLiteral("-c") << QString::fromLatin1(fixed);
    return arguments;
}

Result<void> PrivateCluster::Private::launch()
{
    endLeftovers(dataFolder());
    if (QFileInfo(logFile()).size() > LongestLogBytes) {
        QFile::remove(logFile() + QStringLiteral(".1"));
        QFile::rename(logFile(), logFile() + QStringLiteral(".1"));
    }
    COHORT_TRY(process, ChildProcess::spawn({programs + QStringLiteral("/postgres"), serverArguments(), identity,
                                             logFile(), tuning.endsWithServer}));
    postmaster = std::move(process);
    running = Stopwatch();
    log(LogLevel::Info, "postgresql-started", {{"pid", postmaster.pid()}});
    return {};
}

Result<void> PrivateCluster::Private::waitUntilReady(Milliseconds limit)
{
    const Deadline deadline = Deadline::after(limit);
    const QByteArray conninfo =
        (settings(QStringLiteral("postgres")).conninfo + QStringLiteral(" connect_timeout=2")).toUtf8();
    while (!deadline.isOver()) {
        if (PQping(conninfo.constData()) == PQPING_OK)
            return {};
        if (postmaster.wait(Milliseconds(20)))
            return fail(ErrorCode::Unavailable,
                        QStringLiteral("PostgreSQL ended at once, see %1: %2").arg(logFile(), lastLines(logFile(), 3)));
    }
    return fail(ErrorCode::Timeout, QStringLiteral("PostgreSQL does not answer, see %1").arg(logFile()));
}

Result<void> PrivateCluster::Private::adoptOrLaunch()
{
    if (auto orphan = findPostmaster(dataFolder())) {
        postmaster = std::move(*orphan);
        const auto note = readPostmasterNote(dataFolder());
        socketFolder = note ? note->socketFolder : QString();
        if (!socketFolder.isEmpty() && waitUntilReady(Milliseconds(10'000))) {
            running = Stopwatch();
            log(LogLevel::Info, "postgresql-adopted", {{"pid", postmaster.pid()}});
            return {};
        }
        end();
    }
    COHORT_CHECK(chooseSocketFolder());
    Result<void> ready;
    // What a killed postmaster left may need a moment to go away.
    for (int trial = 0; trial < 5; ++trial) {
        COHORT_CHECK(launch());
        ready = waitUntilReady(LongestRecovery);
        if (ready || ready.error().code != ErrorCode::Unavailable)
            break;
        (void)postmaster.collect();
        postmaster = ChildProcess();
        QThread::msleep(200);
    }
    return ready;
}

Result<void> PrivateCluster::Private::makeDatabase()
{
    COHORT_TRY(connection, Connection::open(settings(QStringLiteral("postgres"))));
    COHORT_TRY(rows, connection->query(Sql::DatabaseNamed, {{"name", QStringLiteral("cohort")}}));
    return rows.empty() ? connection->runScript("CREATE DATABASE cohort") : Result<void>();
}

void PrivateCluster::Private::end()
{
    constexpr std::array steps{std::pair{SIGINT, 30'000}, std::pair{SIGQUIT, 5'000}, std::pair{SIGKILL, 5'000}};
    for (const auto& [number, limitMs] : steps) {
        if (postmaster.pid() == 0)
            return;
        postmaster.signal(SIGCONT);
        postmaster.signal(number);
        if (postmaster.wait(Milliseconds(limitMs))) {
            (void)postmaster.collect();
            postmaster = ChildProcess();
            endLeftovers(dataFolder());
        }
    }
}

PrivateCluster::PrivateCluster(const QString& dataFolder, ClusterTuning tuning, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->folder = QDir::cleanPath(QFileInfo(dataFolder).absoluteFilePath());
    d->tuning = tuning;
    d->restartTimer.setSingleShot(true);
    connect(&d->restartTimer, &QTimer::timeout, this, [this] {
        if (const auto launched = d->launch(); !launched)
            log(LogLevel::Error, "postgresql-not-started", {{"reason", launched.error().message()}});
        watch();
        Q_EMIT restarted();
    });
}

PrivateCluster::~PrivateCluster()
{
    stop();
}

Result<ConnectionSettings> PrivateCluster::start()
{
    COHORT_TRY(identity, postgresIdentity());
    d->identity = std::move(identity);
    COHORT_CHECK(d->lockFolder());
    COHORT_CHECK(checkReachable(d->folder, d->identity));
    COHORT_TRY(programs, findPostgresPrograms(d->dataFolder()));
    d->programs = programs;
    COHORT_CHECK(d->initialize());
    COHORT_CHECK(d->adoptOrLaunch());
    COHORT_CHECK(d->makeDatabase());
    return d->settings(QStringLiteral("cohort"));
}

void PrivateCluster::watch()
{
    if (d->postmaster.descriptor() < 0) {
        d->restartTimer.start(d->backOff);
        return;
    }
    d->exitNotifier = std::make_unique<QSocketNotifier>(d->postmaster.descriptor(), QSocketNotifier::Read);
    connect(d->exitNotifier.get(), &QSocketNotifier::activated, this, [this] {
        d->exitNotifier->setEnabled(false); // before its descriptor is closed
        d->exitNotifier.release()->deleteLater();
        (void)d->postmaster.collect();
        d->postmaster = ChildProcess();
        const bool ranLong = d->running.elapsed() > std::chrono::minutes(1);
        d->backOff = ranLong ? ShortestBackOff : std::min(d->backOff * 2, LongestBackOff);
        log(LogLevel::Error, "postgresql-ended", {{"last", lastLines(d->logFile(), 2)}});
        d->restartTimer.start(ranLong ? ShortestBackOff : d->backOff);
        Q_EMIT ended();
    });
}

void PrivateCluster::stop()
{
    d->restartTimer.stop();
    d->exitNotifier.reset();
    d->end();
    if (d->socketFolder.startsWith(ShortFolderPattern))
        QDir(d->socketFolder).removeRecursively();
    if (d->lockFile >= 0)
        ::close(std::exchange(d->lockFile, -1));
}

std::int64_t PrivateCluster::postmasterPid() const
{
    return d->postmaster.pid();
}

} // namespace cohort::store
