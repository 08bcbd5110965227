// The server's own PostgreSQL: made, locked, found again after a kill, started again when it dies, ended in order.
#include "server/store/postgres/cluster_files.h"
#include "server/store/postgres/migrations.h"
#include "server/store/postgres/private_cluster.h"
#include "server/store/sql_names.h"
#include "tests/kit/wait_until.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace cohort;
using namespace cohort::store;
using testkit::waitUntil;

namespace {

ClusterTuning small()
{
    ClusterTuning tuning;
    tuning.durable = false;
    tuning.sharedBuffersMb = 32;
    tuning.maxConnections = 20;
    return tuning;
}

// A folder that the user `postgres` can enter; gone at the end.
class Folder
{
public:
    Folder()
    {
        QByteArray name = "/tmp/cohort-cluster-XXXXXX";
        if (!::mkdtemp(name.data()) || ::chmod(name.constData(), 0711) != 0)
            qFatal("no temporary folder");
        path = QString::fromLocal8Bit(name);
    }
    ~Folder() { QDir(path).removeRecursively(); }
    QString path;
};

bool isAlive(std::int64_t pid)
{
    return pid > 0 && ::kill(static_cast<pid_t>(pid), 0) == 0 &&
           QFileInfo(QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(pid))).fileName() ==
               QLatin1String("postgres");
}

bool answers(const ConnectionSettings& settings)
{
    const auto connection = Connection::open(settings);
    return connection && (*connection)->runScript("SELECT 1");
}

// Starts a cluster in a process that is then killed; its postmaster lives on.
std::int64_t leaveOrphan(const QString& folder)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return 0;
    const pid_t server = ::fork();
    if (server == 0) {
        PrivateCluster cluster(folder, small());
        std::int64_t pid = cluster.start() ? cluster.postmasterPid() : 0;
        if (::write(ends[1], &pid, sizeof pid) < 0)
            ::_exit(1);
        while (true)
            ::pause();
    }
    std::int64_t pid = 0;
    const bool isRead = ::read(ends[0], &pid, sizeof pid) == sizeof pid;
    ::kill(server, SIGKILL);
    ::waitpid(server, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    return isRead ? pid : 0;
}

} // namespace

class TestPrivateCluster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void adoptsTheOneThatAKilledServerLeft()
    {
        const Folder folder;
        const std::int64_t orphan = leaveOrphan(folder.path);
        QVERIFY(isAlive(orphan));
        {
            PrivateCluster cluster(folder.path, small());
            const auto settings = cluster.start();
            QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().message()));
            QCOMPARE(cluster.postmasterPid(), orphan);
            QVERIFY(answers(*settings));
        }
        QVERIFY(!isAlive(orphan));
    }
    void replacesAnOrphanThatDoesNotAnswer()
    {
        const Folder folder;
        const std::int64_t orphan = leaveOrphan(folder.path);
        QVERIFY(isAlive(orphan));
        ::kill(static_cast<pid_t>(orphan), SIGSTOP);
        PrivateCluster cluster(folder.path, small());
        const auto settings = cluster.start();
        QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().message()));
        QVERIFY(cluster.postmasterPid() != orphan);
        QVERIFY(answers(*settings));
    }
    void startsOverTheRestsOfAKilledPostmaster()
    {
        const Folder folder;
        const std::int64_t orphan = leaveOrphan(folder.path);
        ::kill(static_cast<pid_t>(orphan), SIGKILL);
        PrivateCluster cluster(folder.path, small());
        const auto settings = cluster.start();
        QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().message()));
        QVERIFY(answers(*settings));
    }
    void isFastAndKeepsItsDataOverARestart()
    {
        const Folder folder;
        {
            PrivateCluster cluster(folder.path, small());
            const auto settings = cluster.start();
            QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().message()));
            QVERIFY(migrate(*settings));
        }
        QVERIFY(!findPostmaster(folder.path + QStringLiteral("/postgresql")));
        PrivateCluster cluster(folder.path, small());
        const auto settings = cluster.start();
        QVERIFY(settings);
        auto connection = Connection::open(*settings);
        QVERIFY(connection);
        const auto version = (*connection)->query(Sql::SchemaVersionNewest);
        QVERIFY(version);
        QCOMPARE(version->at(0).integer("version"), qint64{newestMigration()});
    }
    void refusesAFolderThatIsInUse()
    {
        const Folder folder;
        PrivateCluster first(folder.path, small());
        QVERIFY(first.start());
        PrivateCluster second(folder.path, small());
        const auto refused = second.start();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QVERIFY(refused.error().detail.contains(QString::number(::getpid())));
        second.stop();
        QVERIFY(isAlive(first.postmasterPid()));
    }
    void refusesAFolderThatTheDatabasesUserCannotEnter()
    {
        if (::geteuid() != 0)
            return; // for ordinary users the database runs as themselves
        const Folder folder;
        ::chmod(folder.path.toLocal8Bit().constData(), 0700);
        PrivateCluster cluster(folder.path + QStringLiteral("/data"), small());
        const auto refused = cluster.start();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::AccessDenied);
        QVERIFY(refused.error().detail.contains(folder.path));
    }
    // As root beside a service that is stopped: it could not start afterwards.
    void leavesTheFolderOfAnotherUserAsItIs()
    {
        if (::geteuid() != 0)
            return; // only root could take it over
        const Folder folder;
        const QString data = folder.path + QStringLiteral("/postgresql");
        QVERIFY(QDir().mkpath(data));
        QCOMPARE(::chown(data.toLocal8Bit().constData(), 61'179, 61'179), 0);
        const auto modeBefore = QFileInfo(folder.path).permissions();
        PrivateCluster cluster(folder.path, small());
        const auto started = cluster.start();
        QVERIFY(!started);
        QVERIFY2(started.error().detail.contains(QStringLiteral("runuser -u 61179")),
                 qPrintable(started.error().detail));
        QCOMPARE(QFileInfo(folder.path).permissions(), modeBefore);
        QVERIFY(!QFileInfo::exists(folder.path + QStringLiteral("/run")));
    }
    void startsAgainWhenItIsKilled()
    {
        const Folder folder;
        PrivateCluster cluster(folder.path, small());
        const auto settings = cluster.start();
        QVERIFY(settings);
        cluster.watch();
        QSignalSpy ended(&cluster, &PrivateCluster::ended);
        for (int round = 1; round <= 2; ++round) {
            const std::int64_t pid = cluster.postmasterPid();
            QVERIFY(pid > 0); // kill(0) would end the whole process group
            ::kill(static_cast<pid_t>(pid), SIGKILL);
            QVERIFY(waitUntil(
                [&] { return ended.count() == round && cluster.postmasterPid() != 0 && answers(*settings); }));
            QVERIFY(cluster.postmasterPid() != pid);
        }
    }
    void worksInAFolderWithALongName()
    {
        const Folder folder;
        PrivateCluster cluster(folder.path + QLatin1Char('/') + QString(150, QLatin1Char('x')), small());
        const auto settings = cluster.start();
        QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().message()));
        QVERIFY(answers(*settings));
    }
    void worksInAFolderWithSpacesAndQuotes()
    {
        const Folder folder;
        PrivateCluster cluster(folder.path + QStringLiteral("/a 'b' \"c\" $d"), small());
        const auto settings = cluster.start();
        QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().message()));
        QVERIFY(answers(*settings));
    }
    void finishesAnInterruptedFirstStart()
    {
        const Folder folder;
        QDir().mkpath(folder.path + QStringLiteral("/postgresql.new/base"));
        PrivateCluster cluster(folder.path, small());
        QVERIFY(cluster.start());
    }
    void keepsItsSocketToItself()
    {
        const Folder folder;
        PrivateCluster cluster(folder.path, small());
        QVERIFY(cluster.start());
        struct stat status = {};
        QCOMPARE(::stat((folder.path + QStringLiteral("/run")).toLocal8Bit().constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0700U);
    }
};

QTEST_GUILESS_MAIN(TestPrivateCluster)
#include "tst_private_cluster.moc"
