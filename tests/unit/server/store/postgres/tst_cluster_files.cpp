// A private cluster's folder and processes, without a cluster: notes, logs, folders, children.
#include "server/store/postgres/cluster_files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace cohort;
using namespace cohort::store;

namespace {

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(path));
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestClusterFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void readsTheNoteOfARunningServer_data();
    void readsTheNoteOfARunningServer();
    void aNoteOfAnotherProgramIsNoServer();
    void leftoversOfNobodyAreOnlyTheNote();
    void takesTheVersionThatMadeTheFolder();
    void tellsTheLastLines_data();
    void tellsTheLastLines();
    void everyFolderAboveMustBeOpen();
    void aChildTellsHowItEnded_data();
    void aChildTellsHowItEnded();
    void aChildsWordsGoToItsFile();
    void aProgramThatIsNotThereIsAnError();
    void somebodyElsesProcessIsWatchedToo();

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    Result<ChildProcess> shell(const char* command) const
    {
        return ChildProcess::spawn({QStringLiteral("/bin/sh"),
                                    {QStringLiteral("-c"), QString::fromLatin1(command)},
                                    {},
                                    path("output"),
                                    true});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestClusterFiles::readsTheNoteOfARunningServer_data()
{
    QTest::addColumn<QByteArray>("note");
    QTest::addColumn<int>("pid"); // 0: none
    QTest::addColumn<QString>("socketFolder");
    QTest::newRow("whole") << QByteArray("4711\n/data\n1700000000\n5432\n/run/pg\n\n 1 2\nready   \n") << 4711
                           << QStringLiteral("/run/pg");
    QTest::newRow("still starting") << QByteArray("4711\n/data\n1700000000\n5432\n") << 4711 << QString();
    QTest::newRow("empty") << QByteArray() << 0 << QString();
    QTest::newRow("no number") << QByteArray("postgres\n") << 0 << QString();
    QTest::newRow("init") << QByteArray("1\n/data\n") << 0 << QString();
    QTest::newRow("negative: a single user's") << QByteArray("-4711\n/data\n") << 0 << QString();
}

void TestClusterFiles::readsTheNoteOfARunningServer()
{
    QFETCH(QByteArray, note);
    QFETCH(int, pid);
    QVERIFY(!readPostmasterNote(m_folder->path()));
    write(path("postmaster.pid"), note);
    const auto read = readPostmasterNote(m_folder->path());
    QCOMPARE(read.has_value(), pid != 0);
    if (!read)
        return;
    QCOMPARE(int(read->pid), pid);
    QTEST(read->socketFolder, "socketFolder");
}

void TestClusterFiles::aNoteOfAnotherProgramIsNoServer()
{
    QVERIFY(!findPostmaster(m_folder->path()));
    write(path("postmaster.pid"), QByteArray::number(::getpid()) + "\n");
    QVERIFY(!findPostmaster(m_folder->path())); // it runs, but is no PostgreSQL in this folder
}

void TestClusterFiles::leftoversOfNobodyAreOnlyTheNote()
{
    endLeftovers(path("nowhere")); // does nothing
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("sockets")));
    write(path("sockets/.s.PGSQL.5432.lock"), "x");
    write(path("PG_VERSION"), "15\n");
    write(path("postmaster.pid"), "4194300\n/data\n1\n5432\n" + path("sockets").toUtf8() + "\n");
    endLeftovers(m_folder->path());
    QVERIFY(!QFile::exists(path("postmaster.pid")));
    QVERIFY(!QFile::exists(path("sockets/.s.PGSQL.5432.lock")));
    QVERIFY(QFile::exists(path("PG_VERSION")));
}

void TestClusterFiles::takesTheVersionThatMadeTheFolder()
{
    const auto newest = findPostgresPrograms(m_folder->path());
    QVERIFY2(newest, newest ? "" : qPrintable(newest.error().detail));
    QVERIFY(QFile::exists(*newest + QStringLiteral("/initdb")));
    write(path("PG_VERSION"), newest->section(QLatin1Char('/'), -2, -2).toUtf8() + "\n");
    const auto same = findPostgresPrograms(m_folder->path());
    QVERIFY(same);
    QCOMPARE(*same, *newest);
    write(path("PG_VERSION"), "8.4\n");
    const auto none = findPostgresPrograms(m_folder->path());
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::Unavailable);
    QVERIFY2(none.error().detail.contains(QStringLiteral("postgresql-8.4")), qPrintable(none.error().detail));
}

void TestClusterFiles::tellsTheLastLines_data()
{
    QTest::addColumn<QByteArray>("log");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("lines");
    QTest::newRow("two of three") << QByteArray("a\nb\nc\n") << 2 << QStringLiteral("b | c");
    QTest::newRow("fewer than asked for") << QByteArray("a\nb") << 5 << QStringLiteral("a | b");
    QTest::newRow("blank lines") << QByteArray("a\n\n\nb\n\n") << 2 << QStringLiteral("a | b");
    QTest::newRow("empty") << QByteArray() << 2 << QString();
    QTest::newRow("of a long file") << QByteArray(100'000, '\n') + "last words\n" << 1 << QStringLiteral("last words");
}

void TestClusterFiles::tellsTheLastLines()
{
    QFETCH(QByteArray, log);
    QFETCH(int, count);
    QCOMPARE(lastLines(path("log"), count), QString());
    write(path("log"), log);
    QTEST(lastLines(path("log"), count), "lines");
}

void TestClusterFiles::everyFolderAboveMustBeOpen()
{
    UserIdentity stranger{true, 61'234, 61'234, {61'235}};
    const QString inner = path("outer/inner");
    QVERIFY(QDir().mkpath(inner));
    const auto mode = [&](const char* name, mode_t bits) {
        return ::chmod(path(name).toLocal8Bit().constData(), bits) == 0;
    };
    QVERIFY(::chmod(m_folder->path().toLocal8Bit().constData(), 0755) == 0);
    QVERIFY(mode("outer", 0755) && mode("outer/inner", 0755));
    const auto open = checkReachable(inner, stranger);
    QVERIFY2(open, open ? "" : qPrintable(open.error().detail));
    QVERIFY(mode("outer", 0750));
    const auto closed = checkReachable(inner, stranger);
    QVERIFY(!closed);
    QCOMPARE(closed.error().code, ErrorCode::AccessDenied);
    QVERIFY2(closed.error().detail.contains(path("outer")), qPrintable(closed.error().detail));
    stranger.change = false; // nobody else runs it
    QVERIFY(checkReachable(inner, stranger));
    UserIdentity owner{true, ::getuid(), 61'234, {}};
    QVERIFY(mode("outer", 0700));
    QVERIFY(checkReachable(inner, owner));
    UserIdentity member{true, 61'234, 61'234, {::getgid()}};
    QVERIFY(!checkReachable(inner, member));
    QVERIFY(mode("outer", 0710));
    QVERIFY(checkReachable(inner, member));
}

void TestClusterFiles::aChildTellsHowItEnded_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<int>("status");
    QTest::newRow("well") << QByteArray("exit 0") << 0;
    QTest::newRow("badly") << QByteArray("exit 7") << 7;
    QTest::newRow("by a signal") << QByteArray("kill -9 $$") << -1;
}

void TestClusterFiles::aChildTellsHowItEnded()
{
    QFETCH(QByteArray, command);
    const auto child = shell(command.constData());
    QVERIFY2(child, child ? "" : qPrintable(child.error().detail));
    QVERIFY(child->pid() > 1);
    QVERIFY(child->wait(Milliseconds(20'000)));
    QTEST(child->collect(), "status");
}

void TestClusterFiles::aChildsWordsGoToItsFile()
{
    write(path("output"), "before\n");
    const auto child = shell("echo out; echo err >&2");
    QVERIFY(child);
    QVERIFY(child->wait(Milliseconds(20'000)));
    QCOMPARE(child->collect(), 0);
    QCOMPARE(contents(path("output")), QByteArray("before\nout\nerr\n"));
}

void TestClusterFiles::aProgramThatIsNotThereIsAnError()
{
    const auto child = ChildProcess::spawn({path("no-such-program"), {}, {}, path("output"), false});
    if (child) { // told by the child itself
        QVERIFY(child->wait(Milliseconds(20'000)));
        QVERIFY(child->collect() != 0);
    } else {
        QCOMPARE(child.error().code, ErrorCode::Unavailable);
    }
}

void TestClusterFiles::somebodyElsesProcessIsWatchedToo()
{
    const auto child = shell("exec sleep 600");
    QVERIFY(child);
    const auto adopted = ChildProcess::adopt(child->pid());
    QVERIFY(adopted);
    QVERIFY(!adopted->wait(Milliseconds(1)));
    adopted->signal(SIGTERM);
    QVERIFY(adopted->wait(Milliseconds(20'000)));
    QCOMPARE(child->collect(), -1);
    const auto gone = ChildProcess::adopt(child->pid());
    QVERIFY(!gone);
    QCOMPARE(gone.error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestClusterFiles)
#include "tst_cluster_files.moc"
