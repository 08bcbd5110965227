// The committer and its node's name: one writer at a time, and nobody ends another's.
#include "server/store/log/committer.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/test_database.h"
#include "tests/kit/wait_until.h"

#include <QTest>

#include <atomic>

using namespace cohort;
using namespace cohort::store;
using testkit::TestDatabase;
using testkit::waitUntil;

namespace {

CommitterOptions named(const TestDatabase& database, const QString& name)
{
    CommitterOptions options;
    options.database = database.settings();
    options.node = name;
    return options;
}

Submission oneOf(const testkit::SampleHome& home, std::int64_t time)
{
    Submission submission;
    submission.measurements = {
        {home.sensor, home.location, "temperature", "", "C", fromMs(time), Value::ofNumber(1), 0}};
    return submission;
}

constexpr std::int64_t T0 = 1'760'000'000'000; // in October 2025

} // namespace

class TestCommitterName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsNotBesideAnotherOfItsName()
    {
        const TestDatabase database;
        const auto home = testkit::makeHome(database);
        Committer first(named(database, QStringLiteral("node")), {}, {});
        QVERIFY(first.start());
        Committer second(named(database, QStringLiteral("node")), {}, {});
        const auto refused = second.start();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QVERIFY2(refused.error().detail.contains(QStringLiteral("--node")), qPrintable(refused.error().detail));
        Committer other(named(database, QStringLiteral("other")), {}, {});
        QVERIFY(other.start());
        std::atomic<bool> isStored = false;
        QVERIFY(first.submit(oneOf(home, T0), [&](const auto& done) { isStored = done.has_value(); }));
        QVERIFY(waitUntil([&] { return isStored.load(); })); // the first one goes on
    }
    void startsWhenTheOtherHasEnded()
    {
        const TestDatabase database;
        Committer first(named(database, QStringLiteral("node")), {}, {});
        QVERIFY(first.start());
        first.stop();
        Committer second(named(database, QStringLiteral("node")), {}, {});
        QVERIFY(second.start());
    }
    void refusesToWriteAfterAnotherTookItsWriter()
    {
        const TestDatabase database;
        const auto home = testkit::makeHome(database);
        Committer committer(named(database, QStringLiteral("node")), {}, {});
        QVERIFY(committer.start());
        database.run("UPDATE writer SET incarnation = incarnation + 1");
        std::atomic<bool> isRefused = false;
        QVERIFY(committer.submit(oneOf(home, T0), [&](const auto& done) { isRefused = !done; }));
        QVERIFY(waitUntil([&] { return isRefused.load(); })); // at once: nobody knows when the other one ends
        QVERIFY(committer.isReplaced());
        QVERIFY(!committer.submit(oneOf(home, T0), {}));
        committer.stop();
        QCOMPARE(database.value("SELECT count(*) FROM measurement"), QStringLiteral("0"));
    }
};

QTEST_GUILESS_MAIN(TestCommitterName)
#include "tst_committer_name.moc"
