// The server's parts beside its roles: its database, its own figures, the library of scripts.
#include "server/app/sampling.h"
#include "server/app/script_services.h"
#include "shared/base/system_clock.h"
#include "tests/kit/test_database.h"

#include <QTest>

using namespace cohort;

namespace {

app::Options optionsOver(const testkit::TestDatabase& database)
{
    app::Options options;
    options.databaseUrl = database.settings().conninfo;
    options.node = QStringLiteral("node-1");
    return options;
}

} // namespace

class TestParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDatabaseOfTheSiteIsMigratedAndNotOurs()
    {
        const testkit::TestDatabase empty{testkit::TestDatabase::Empty()};
        const app::Options options = optionsOver(empty);
        app::Database database(options);
        const auto opened = database.open();
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message()));
        QCOMPARE(database.settings().conninfo, options.databaseUrl);
        QCOMPARE(database.postmaster(), std::int64_t(0));
        QCOMPARE(empty.value("SELECT count(*) FROM deployment"), QStringLiteral("0"));
        database.close();
        QVERIFY(store::Connection::open(database.settings())); // it runs on
        QVERIFY(app::Database(options).openBeside());
    }

    void aDatabaseThatIsNotThereIsAnError()
    {
        app::Options options;
        options.databaseUrl = QStringLiteral("host=/nowhere dbname=x connect_timeout=1");
        app::Database database(options);
        const auto opened = database.open();
        QVERIFY(!opened);
        QVERIFY(!opened.error().message().isEmpty());
    }

    void figuresAreTakenAtTheStartAndTold()
    {
        const testkit::TestDatabase base;
        const app::Options options = optionsOver(base);
        const app::Database database(options);
        metrics::Registry metrics;
        bus::Bus bus;
        int told = 0;
        const auto subscription = bus.subscribe(bus::topics<bus::MetricsSampled>(), [&](const bus::Notice& notice) {
            told += std::get<bus::MetricsSampled>(notice).node == "node-1" ? 1 : 0;
        });
        metrics.gauge<metrics::Metric::EdgeConnections>([] { return 17.0; });
        metrics.gauge<metrics::Metric::CommitterWaiting>([] { return 4.0; });
        const SystemClock clock;
        app::Sampling sampling(options, database, metrics, bus, clock);
        const auto kept = [&] { return sampling.sampler().samples({}, Timestamp::max()); };
        QVERIFY(kept().isEmpty());
        sampling.start();
        QCOMPARE(told, 1);
        QCOMPARE(kept().size(), 1);
        QCOMPARE(kept().first().connections, 17.0);
        QCOMPARE(kept().first().queue, 4.0);
        sampling.stop();
    }

    void theLibraryShipsWithItsPages()
    {
        worker::WorkerOptions worker;
        worker.program = QStringLiteral(COHORT_BIN_DIR "/cohort-worker");
        worker.rulesPath = QStringLiteral(COHORT_SOURCE_DIR "/rules");
        app::ScriptServices services(worker, QStringLiteral(COHORT_SOURCE_DIR "/rules/library"));
        const auto all = services.library();
        QVERIFY(all.size() >= 6);
        for (const scripts::ShippedScript& script : all) {
            QVERIFY2(!script.source.isEmpty() && !script.page.isEmpty(), qPrintable(script.name));
            QVERIFY2(!script.checked.manifest.isEmpty(), qPrintable(script.name));
        }
    }

    void aScriptIsCheckedWithItsPlace()
    {
        worker::WorkerOptions worker;
        worker.program = QStringLiteral(COHORT_BIN_DIR "/cohort-worker");
        worker.rulesPath = QStringLiteral(COHORT_SOURCE_DIR "/rules");
        app::ScriptServices services(worker, {});
        const QString head =
            QStringLiteral("from composer import app, on\napp(title=\"t\", reads={\"power\": \"to try\"})\n"
                           "@on.measurement(\"power\")\ndef see(home, event):\n    pass\n");
        const auto good = services.check(head, {});
        QVERIFY2(good, good ? "" : qPrintable(good.error().message()));
        QVERIFY(good->found.faults.isEmpty());
        QCOMPARE(good->manifest.value(QStringLiteral("title")).toString(), QStringLiteral("t"));
        const auto bad = services.check(head + QStringLiteral("import os\n"), {});
        QVERIFY(bad);
        QCOMPARE(bad->found.faults.size(), 1);
        QCOMPARE(bad->found.faults.first().line, 6);
        QVERIFY(bad->found.faults.first().message.contains(QStringLiteral("os")));
        QVERIFY(bad->manifest.isEmpty());
        const auto helped = services.check(head + QStringLiteral("from . import helper\n"),
                                           {{QStringLiteral("helper"), QStringLiteral("import os\n")}});
        QVERIFY(helped);
        QVERIFY(!helped->found.faults.isEmpty());
        QVERIFY(helped->found.faults.first().file.contains(QStringLiteral("helper")));
    }

    void withoutAWorkerACheckIsAnError()
    {
        worker::WorkerOptions worker;
        worker.program = QStringLiteral("/nowhere/cohort-worker");
        app::ScriptServices services(worker, {});
        QVERIFY(!services.check(QStringLiteral("x = 1\n"), {}));
    }
};

QTEST_GUILESS_MAIN(TestParts)
#include "tst_parts.moc"
