// What the committer acknowledged survives the kill of PostgreSQL and lost answers, and nothing is there twice.
#include "server/store/log/committer.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <mutex>
#include <thread>

using namespace cohort;
using namespace cohort::store;
using testkit::TestDatabase;
using testkit::waitUntil;

namespace {

constexpr std::int64_t T0 = 1'760'000'000'000;

sockaddr_un addressOf(const QString& folder)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray path = (folder + QStringLiteral("/.s.PGSQL.5432")).toLocal8Bit();
    qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
    return address;
}

// Between a client and PostgreSQL; loses one COMMIT, or the answer to it, when told to.
class LossyProxy
{
public:
    enum Loss { None, Request, Answer };

    explicit LossyProxy(const QString& serverFolder) : m_server(addressOf(serverFolder))
    {
        const sockaddr_un own = addressOf(m_folder.path());
        m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::bind(m_listener, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0 ||
            ::listen(m_listener, 8) != 0)
            qFatal("no proxy");
        m_thread = std::thread([this] { run(); });
    }
    ~LossyProxy()
    {
        m_ended = true;
        m_thread.join();
        ::close(m_listener);
    }
    QString folder() const { return m_folder.path(); }
    std::atomic<Loss> next{None};
    std::atomic<int> lost{0};

private:
    void run()
    {
        while (!m_ended) {
            pollfd listener{m_listener, POLLIN, 0};
            if (::poll(&listener, 1, 20) != 1)
                continue;
            const int client = ::accept(m_listener, nullptr, nullptr);
            const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            if (::connect(server, reinterpret_cast<const sockaddr*>(&m_server), sizeof m_server) == 0)
                relay(client, server);
            ::close(client);
            ::close(server);
        }
    }
    // One connection at a time is enough: the committer has one.
    void relay(int client, int server)
    {
        while (!m_ended) {
            pollfd both[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
            if (::poll(both, 2, 20) <= 0)
                continue;
            if (both[0].revents != 0 && !pass(client, server))
                return;
            if (both[1].revents != 0 && !pass(server, client))
                return;
        }
    }
    bool pass(int from, int to)
    {
        char bytes[65'536];
        const ssize_t size = ::read(from, bytes, sizeof bytes);
        if (size <= 0)
            return false;
        const bool isCommit = QByteArrayView(bytes, size).contains(QByteArrayView("COMMIT"));
        const Loss loss = isCommit ? next.exchange(None) : None;
        if (loss != None)
            ++lost;
        if (loss == Request)
            return false;
        if (::write(to, bytes, static_cast<std::size_t>(size)) != size)
            return false;
        if (loss != Answer)
            return true;
        return ::read(to, bytes, sizeof bytes) < 0; // the server has answered; the client never hears of it
    }

    QTemporaryDir m_folder{QStringLiteral("/tmp/cohort-proxy-XXXXXX")};
    sockaddr_un m_server;
    int m_listener = -1;
    std::atomic<bool> m_ended{false};
    std::thread m_thread;
};

Submission submissionOf(const testkit::SampleHome& home, int number)
{
    Submission submission;
    submission.measurements = {
        {home.sensor, home.location, "count", "", "", fromMs(T0 + number), Value::ofNumber(number), 0}};
    LogRow row; // nothing keeps an event from being there twice but the committer itself
    row.kind = RowKind::Signal;
    row.location = home.location;
    row.time = fromMs(T0 + number);
    row.name = std::to_string(number);
    submission.events = {row};
    return submission;
}

CommitterOptions optionsFor(const store::ConnectionSettings& database)
{
    CommitterOptions options;
    options.database = database;
    options.node = QStringLiteral("node");
    return options;
}

// A committer at work on a database with a home.
struct AtWork
{
    const TestDatabase database;
    const testkit::SampleHome home = testkit::makeHome(database);
    Committer committer;

    explicit AtWork(Milliseconds commitTimeout = CommitterOptions().commitTimeout)
        : committer(optionsWith(commitTimeout), {}, {})
    {
        if (const auto started = committer.start(); !started)
            qFatal("no committer: %s", qPrintable(started.error().message()));
    }

private:
    CommitterOptions optionsWith(Milliseconds commitTimeout) const
    {
        CommitterOptions options = optionsFor(database.settings());
        options.commitTimeout = commitTimeout;
        return options;
    }
};

} // namespace

class TestCommitSurvives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losingTheAnswerToCommit_data()
    {
        QTest::addColumn<int>("loss");
        QTest::newRow("the request is lost") << int(LossyProxy::Request);
        QTest::newRow("the answer is lost") << int(LossyProxy::Answer);
    }
    void losingTheAnswerToCommit()
    {
        QFETCH(const int, loss);
        const TestDatabase database;
        const auto home = testkit::makeHome(database);
        const QString direct = database.settings().conninfo;
        const QString folder = direct.section(QLatin1String("host='"), 1).section(QLatin1Char('\''), 0, 0);
        LossyProxy proxy(folder);
        store::ConnectionSettings lossy;
        lossy.conninfo = QString(direct).replace(folder, proxy.folder());
        std::vector<std::int64_t> published;
        std::mutex mutex;
        Committer committer(optionsFor(lossy),
                            [&](const LogBatchPtr& batch) {
                                const std::lock_guard lock(mutex);
                                published.push_back(batch->number);
                            },
                            {});
        const auto started = committer.start();
        QVERIFY2(started, qPrintable(started ? QString() : started.error().message()));
        std::atomic<int> acknowledged = 0;
        for (int number = 0; number < 12; ++number) {
            if (number % 3 == 1)
                proxy.next = static_cast<LossyProxy::Loss>(loss);
            QVERIFY(committer.submit(submissionOf(home, number), [&](const Result<Committed>& done) {
                acknowledged += done && done->inserted == 1;
            }));
            QVERIFY(waitUntil([&] { return acknowledged == number + 1; }));
        }
        QCOMPARE(proxy.lost.load(), 4);
        committer.stop();
        QCOMPARE(database.value("SELECT count(*) FROM measurement"), QStringLiteral("12"));
        QCOMPARE(database.value("SELECT concat_ws(',', count(*), count(DISTINCT name)) FROM event"),
                 QStringLiteral("12,12"));
        QCOMPARE(database.value("SELECT concat_ws(',', count(*), max(number)) FROM batch"), QStringLiteral("12,12"));
        for (std::size_t index = 0; index < published.size(); ++index)
            QCOMPARE(published[index], static_cast<std::int64_t>(index + 1));
        QCOMPARE(published.size(), std::size_t{12});
    }
    void killingPostgresql()
    {
        AtWork at;
        std::mutex mutex;
        std::vector<int> acknowledged;
        std::atomic<int> failed = 0;
        int number = 0;
        for (int round = 0; round < 4; ++round) {
            std::int64_t pid = 0; // while it is started again; kill(0) would end the whole process group
            QTRY_VERIFY_WITH_TIMEOUT((pid = TestDatabase::postmasterPid()) > 0, 30'000);
            for (int count = 0; count < 500; ++count, ++number) {
                QVERIFY(at.committer.submit(submissionOf(at.home, number), [&, number](const Result<Committed>& done) {
                    const std::lock_guard lock(mutex);
                    if (done)
                        acknowledged.push_back(number);
                    else
                        ++failed;
                }));
                if (count == 250)
                    ::kill(static_cast<pid_t>(pid), round % 2 == 0 ? SIGKILL : SIGQUIT);
            }
            QVERIFY(waitUntil(
                [&] {
                    const std::lock_guard lock(mutex);
                    return static_cast<int>(acknowledged.size()) == number;
                },
                Milliseconds(60'000)));
        }
        QCOMPARE(failed.load(), 0);
        at.committer.stop();
        QCOMPARE(at.database.value("SELECT concat_ws(',', count(*), count(DISTINCT number)) FROM measurement"),
                 QStringLiteral("2000,2000"));
        QCOMPARE(at.database.value("SELECT concat_ws(',', count(*), count(DISTINCT name)) FROM event"),
                 QStringLiteral("2000,2000"));
        QCOMPARE(at.database.value("SELECT max(number) - count(*) FROM batch"), QStringLiteral("0"));
    }
    void aDatabaseThatStandsStill()
    {
        AtWork at(Milliseconds(500));
        const auto backend =
            at.database
                .value(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
                .toInt();
        QVERIFY(backend > 0);
        ::kill(backend, SIGSTOP);
        std::atomic<bool> acknowledged = false;
        QVERIFY(at.committer.submit(submissionOf(at.home, 1),
                                    [&](const Result<Committed>& done) { acknowledged = done.has_value(); }));
        QVERIFY(waitUntil([&] { return acknowledged.load(); }, Milliseconds(60'000)));
        ::kill(backend, SIGCONT);
        at.committer.stop();
        QCOMPARE(at.database.value("SELECT count(*) FROM event"), QStringLiteral("1"));
    }
    void aDatabaseThatIsSilentIsTold()
    {
        AtWork at;
        QVERIFY(!at.committer.isSilent());
        auto blocking = store::Connection::open(at.database.settings());
        QVERIFY(blocking);
        QVERIFY((*blocking)->runScript("BEGIN; LOCK TABLE writer"));
        std::atomic<bool> isStored = false;
        QVERIFY(at.committer.submit(submissionOf(at.home, 1),
                                    [&](const Result<Committed>& done) { isStored = done.has_value(); }));
        QVERIFY(waitUntil([&] { return at.committer.isSilent(); }, Milliseconds(20'000)));
        QVERIFY((*blocking)->runScript("ROLLBACK"));
        QVERIFY(waitUntil([&] { return isStored && !at.committer.isSilent(); }, Milliseconds(30'000)));
    }
};

QTEST_GUILESS_MAIN(TestCommitSurvives)
#include "tst_commit_survives.moc"
