#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "engine_kit.h"
#endif

#include <QtTest>

using namespace cohort;
using namespace cohort::engine;
using namespace cohort::engine::test;

// Which rows start which handlers, in which order, with which previous value.
class TestInstanceRows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void startsHandlersByTheirFilters_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("starts");
        QTest::newRow("no filter") << ""
                                   << "" << true;
        QTest::newRow("use") << "use"
                             << "stove" << true;
        QTest::newRow("another use") << "use"
                                     << "bed" << false;
        QTest::newRow("room") << "room"
                              << "kitchen" << true;
        QTest::newRow("another room") << "room"
                                      << "bathroom" << false;
        QTest::newRow("device") << "device"
                                << "stove" << true;
        QTest::newRow("another device") << "device"
                                        << "toilet" << false;
        QTest::newRow("type") << "type"
                              << "20" << true;
        QTest::newRow("another type") << "type"
                                      << "21" << false;
        QTest::newRow("another name") << "name"
                                      << "energy" << false;
        QTest::newRow("any name") << "name"
                                  << "" << true;
    }
    void startsHandlersByTheirFilters()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        Trigger trigger = measurement("power");
        if (field == QLatin1String("use"))
            trigger.use = value.toStdString();
        if (field == QLatin1String("room"))
            trigger.room = value.toStdString();
        if (field == QLatin1String("device"))
            trigger.device = value.toStdString();
        if (field == QLatin1String("type"))
            trigger.type = value.toInt();
        if (field == QLatin1String("name"))
            trigger.name = value.toStdString();
        Bench bench;
        bench.on("look", {trigger});
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.drain();
        QTEST(!bench.ran.empty(), "starts");
    }
    void tellsNothingAboutTheHomeToFilteredTriggers()
    {
        Bench bench;
        Trigger filtered = measurement("temperature");
        filtered.room = "kitchen";
        bench.on("filtered", {filtered});
        bench.on("any", {measurement("temperature")});
        bench.feed(bench.row(minute(1), 0, "temperature", 20));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("any 00:01 temperature=20"));
    }
    void runsHandlersInSourceOrderAndEachOnce()
    {
        Bench bench;
        Trigger byUse = measurement("power");
        byUse.use = "stove";
        bench.on("first", {measurement("power"), byUse, measurement("")});
        bench.on("second", {measurement("power")});
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("first 00:01 power=60, second 00:01 power=60"));
    }
    void holdsConditionsOnValues_data()
    {
        QTest::addColumn<double>("above");
        QTest::addColumn<double>("below");
        QTest::addColumn<double>("value");
        QTest::addColumn<bool>("starts");
        QTest::newRow("above") << 50.0 << 1e9 << 50.1 << true;
        QTest::newRow("equal is not above") << 50.0 << 1e9 << 50.0 << false;
        QTest::newRow("below") << -1e9 << 50.0 << 49.9 << true;
        QTest::newRow("equal is not below") << -1e9 << 50.0 << 50.0 << false;
        QTest::newRow("between") << 10.0 << 50.0 << 20.0 << true;
    }
    void holdsConditionsOnValues()
    {
        QFETCH(double, above);
        QFETCH(double, below);
        QFETCH(double, value);
        Trigger trigger = measurement("power");
        trigger.above = Value::ofNumber(above);
        trigger.below = Value::ofNumber(below);
        Bench bench;
        bench.on("look", {trigger});
        bench.feed(bench.row(minute(1), 2, "power", value));
        bench.drain();
        QTEST(!bench.ran.empty(), "starts");
    }
    void finding_F21_limitsKeepEveryDigit_data()
    {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<qint64>("value");
        QTest::addColumn<bool>("starts");
        const auto row = [](const char* limit, qint64 value, bool starts) {
            QTest::addRow("%s, %lld", limit, value) << QByteArray(limit) << value << starts;
        };
        row("\"above\":9007199254740992", 9007199254740993, true);
        row("\"above\":9007199254740993", 9007199254740993, false);
        row("\"above\":9007199254740993", 9007199254740994, true);
        row("\"above\":9223372036854775806", 9223372036854775807, true);
        row("\"above\":9223372036854775807", 9223372036854775807, false);
        row("\"below\":9007199254740994", 9007199254740993, true);
        row("\"below\":9007199254740993", 9007199254740993, false);
        row("\"below\":-9007199254740993", -9007199254740994, true);
        row("\"below\":-9007199254740993", -9007199254740993, false);
        row("\"above\":9007199254740992.0,\"below\":9007199254740994", 9007199254740993, true);
        row("\"above\":1e300", 9223372036854775807, false);
    }
    void finding_F21_limitsKeepEveryDigit()
    {
        QFETCH(QByteArray, limit);
        QFETCH(qint64, value);
        const QByteArray json =
            "{\"handlers\":[\"look\"],\"triggers\":[{\"handler\":0,\"kind\":\"measurement\"," + limit + "}]}";
        const auto manifest = manifestFromJson(json.toStdString());
        QVERIFY(manifest);
        const auto kept = manifestFromJson(toJson(*manifest)); // as a version is stored
        QVERIFY(kept);
        Bench bench;
        bench.on("look", {kept->triggers.at(0)});
        Input input = bench.row(minute(1), 2, "energy", 0);
        input.value = Value::ofInteger(value);
        bench.feed(input);
        bench.drain();
        QTEST(!bench.ran.empty(), "starts");
    }
    void comparesNoTextWithNumbers()
    {
        Bench bench;
        Trigger trigger = measurement("power");
        trigger.above = Value::ofNumber(-1);
        bench.on("look", {trigger});
        Input text = bench.row(minute(1), 2, "power", 0);
        text.value = Value::ofText("7");
        bench.feed(text);
        bench.drain();
        QVERIFY(bench.ran.empty());
    }
    void tellsOnlyChangesWhenAsked()
    {
        Bench bench;
        Trigger trigger = measurement("motion");
        trigger.changed = true;
        std::vector<std::optional<Value>> previous;
        bench.on("look", {trigger}, [&](const Run& run) {
            previous.push_back(run.event.previous);
            return std::vector<Effect>{};
        });
        for (const double value : {0.0, 0.0, 1.0, 1.0, 0.0})
            bench.feed(bench.row(minute(1 + double(bench.number)), 1, "motion", value));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:01 motion=0, look 00:03 motion=1, look 00:05 motion=0"));
        QVERIFY(!previous[0]);
        QCOMPARE(*previous[1]->number, 0.0);
        QCOMPARE(*previous[2]->number, 1.0);
    }
    void keepsLateRowsFromThoseWhoDoNotAsk()
    {
        Bench bench;
        Trigger late = measurement("motion");
        late.late = true;
        bench.on("timely", {measurement("motion")});
        bench.on("all", {late});
        bench.feed(bench.row(minute(10), 1, "motion", 1));
        bench.feed(bench.row(minute(9), 1, "motion", 0));
        bench.drain();
        // home.now of a late row is the clock.
        QCOMPARE(bench.history(), QStringLiteral("timely 00:10 motion=1, all 00:10 motion=1, all 00:10 motion=0 late"));
        QCOMPARE(toMs(*bench.made().clock()), toMs(minute(10)));
        QCOMPARE(*bench.made().snapshot().latest.at(0).value.number, 1.0);
    }
    void takesALateValueAsLatestOfItsOwnStream()
    {
        Bench bench;
        bench.feed(bench.row(minute(10), 1, "motion", 1));
        bench.feed(bench.row(minute(9), 3, "flush", 1)); // the first of its stream, though late
        bench.drain();
        QCOMPARE(bench.made().snapshot().latest.size(), std::size_t(2));
    }
    void takesTheLaterInTheLogAtEqualTimes()
    {
        Bench bench;
        bench.on("look", {measurement("power")});
        bench.feed(bench.row(minute(1), 2, "power", 0));
        bench.feed(bench.row(minute(1), 2, "power", 1));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:01 power=0, look 00:01 power=1"));
        QCOMPARE(*bench.made().snapshot().latest.at(0).value.number, 1.0);
    }
    void judgesLatenessByArrivalOnTheRealClock()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        bench.on("look", {measurement("motion")});
        Input timely = bench.row(minute(1), 1, "motion", 1);
        timely.arrival = timely.time + std::chrono::minutes(5);
        Input late = bench.row(minute(2), 1, "motion", 0);
        late.arrival = late.time + std::chrono::minutes(5) + Milliseconds(1);
        Input early = bench.row(minute(1.5), 1, "motion", 1); // in time, but older than the newest: history
        bench.feed(timely);
        bench.feed(late);
        bench.feed(early);
        bench.drain(minute(8));
        QCOMPARE(bench.history(), QStringLiteral("look 00:01 motion=1, look 00:07 motion=0 late"));
        QCOMPARE(*bench.made().snapshot().latest.at(0).value.number, 0.0);
    }
    void skipsWhatIsAppliedOrOfferedAlready()
    {
        Bench bench;
        bench.on("look", {measurement("power")});
        bench.start.applied.advance(1, 1, -1);
        const Input old = bench.row(minute(1), 2, "power", 1);
        const Input fresh = bench.row(minute(2), 2, "power", 2);
        bench.feed(old);
        bench.feed(fresh);
        bench.feed(fresh);
        bench.drain();
        bench.feed(fresh);
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:02 power=2"));
    }
    void tellsItsOwnFactsOnceAtOnce()
    {
        Bench bench;
        bench.on("look", {measurement("power")}, [](const Run&) { return std::vector{setFact("on", 1)}; });
        bench.on("fact", {named(EventKind::Fact, "on")});
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.feed(bench.row(minute(2), 1, "motion", 1));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:01 power=60, fact 00:01 on=1"));
        Input own = bench.event(EventKind::Fact, minute(1), "syn.on");
        own.value = Value::ofNumber(1);
        own.script = ScriptId{5};
        own.depth = 1;
        bench.feed(own);
        bench.drain();
        QCOMPARE(bench.ran.size(), std::size_t(2));
        QVERIFY(bench.made().applied().covers(1, own.number, 0));
    }
    void tellsFactsOfOtherScriptsWhenTheirRowsCome()
    {
        Bench bench;
        bench.on("fact", {named(EventKind::Fact, "on")});
        bench.feed(bench.row(minute(2), 1, "motion", 1));
        Input other = bench.event(EventKind::Fact, minute(1), "syn.on");
        other.value = Value::ofNumber(1);
        other.script = ScriptId{6};
        bench.feed(other);
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("fact 00:02 on=1"));
        const auto latest = bench.made().snapshot().latest;
        QVERIFY(latest.at(1).isFact);
        QCOMPARE(latest.at(1).name, std::string("on"));
    }
    void stopsAtDepthEight()
    {
        Bench bench;
        bench.on("start", {measurement("power")}, [](const Run&) { return std::vector{setFact("ping", 0)}; });
        bench.on("again", {named(EventKind::Fact, "ping")},
                 [](const Run& run) { return std::vector{setFact("ping", *run.event.value->number + 1)}; });
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.drain();
        QCOMPARE(bench.ran.size(), std::size_t(8)); // the start, and depths 1 to 7
        const auto looping = bench.made().drainLooping();
        QCOMPARE(looping.size(), std::size_t(1));
        QCOMPARE(looping[0].event.depth, 8);
        QVERIFY(bench.made().drainLooping().empty());
    }
    void boundsCallsForOneRow()
    {
        Bench bench;
        bench.on("fan", {measurement("power"), named(EventKind::Signal, "more")},
                 [](const Run&) { return std::vector<Effect>(100, effect(EffectKind::Emit, "{\"name\":\"more\"}")); });
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.drain();
        QCOMPARE(bench.ran.size(), std::size_t(Instance::MostCallsPerRow));
        QVERIFY(!bench.made().drainLooping().empty());
    }
    void tellsAnswersOnlyToTheScriptTheyAreFor()
    {
        Bench bench;
        bench.on("answered", {named(EventKind::AlertAnswered, "stove-on")});
        bench.on("installed", {named(EventKind::Installed, "")});
        bench.feed(bench.row(minute(1), 2, "power", 60));
        for (const std::int64_t script : {0, 5, 6}) {
            Input answer = bench.event(EventKind::AlertAnswered, minute(1), "stove-on");
            answer.script = ScriptId{script};
            bench.feed(answer);
        }
        Input installed = bench.event(EventKind::Installed, minute(1), "");
        installed.script = ScriptId{6};
        bench.feed(installed);
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("answered 00:01 stove-on, answered 00:01 stove-on"));
    }
    void tellsConnectionsOnlyOnTheRealClock()
    {
        for (const HomeClock clock : {HomeClock::Real, HomeClock::Events}) {
            Bench bench;
            bench.home.clock = clock;
            bench.on("connected", {named(EventKind::DeviceConnected, "")});
            bench.feed(bench.row(minute(1), 2, "power", 60));
            bench.feed(bench.event(EventKind::DeviceConnected, minute(1), ""));
            bench.drain(minute(1));
            QCOMPARE(bench.ran.size(), std::size_t(clock == HomeClock::Real ? 1 : 0));
        }
    }
    void tellsTheInstallationAtTheFirstMeasurement()
    {
        Bench bench;
        bench.on("installed", {named(EventKind::Installed, "")},
                 [](const Run&) { return std::vector{timerFor("soon", 60'000)}; });
        bench.on("soon", {named(EventKind::Timer, "soon")});
        bench.feed(bench.event(EventKind::Installed, at("2030-01-01T00:00:00Z"), ""));
        bench.drain();
        QVERIFY(bench.ran.empty());
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.feed(bench.row(minute(5), 2, "power", 60));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("installed 00:01, soon 00:02 soon"));
    }
    void keepsEffectsOfFailedRunsOut()
    {
        Bench bench;
        bench.on("look", {measurement("power")});
        bench.feed(bench.row(minute(1), 2, "power", 60));
        const auto run = bench.made().next({});
        RunResult result;
        result.number = run->number + 1;
        bench.made().complete(result); // of another run
        QVERIFY(!bench.made().next({}));
        result.number = run->number;
        result.status = RunStatus::Error;
        result.state = "{\"a\":1}";
        result.effects = {setFact("x", 1), timerFor("t", 1)};
        bench.made().complete(result);
        QCOMPARE(bench.made().state(), std::string("{}"));
        QVERIFY(bench.made().timers().empty());
        QCOMPARE(bench.made().snapshot().latest.size(), std::size_t(1));
        QVERIFY(bench.made().applied().covers(1, 1, 0));
    }
    void survivesNonsenseInEffects_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("payload");
        for (int kind = 0; kind <= int(EffectKind::Emit); ++kind) {
            for (const char* payload :
                 {"", "[]", "{}", "{", "null", "{\"name\":5,\"after_ms\":\"x\"}", "{\"name\":\"a\",\"after_ms\":-1}",
                  "{\"name\":\"a\",\"after_ms\":1e300}", "{\"name\":\"a\",\"value\":[1],\"device\":\"none\"}"})
                QTest::addRow("%d %s", kind, payload) << kind << QByteArray(payload);
        }
    }
    void survivesNonsenseInEffects()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, payload);
        Bench bench;
        bench.on("look", {measurement("power")},
                 [&](const Run&) { return std::vector{effect(EffectKind(kind), payload.toStdString())}; });
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.drain();
        QVERIFY(bench.made().timers().empty());
    }
};

QTEST_GUILESS_MAIN(TestInstanceRows)
#include "tst_instance_rows.moc"
