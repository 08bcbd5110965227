#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "engine_kit.h"
#include "server/engine/standing.h"
#endif

#include <QtTest>

using namespace cohort;
using namespace cohort::engine;
using namespace cohort::engine::test;
using namespace std::chrono_literals;

// Values that come late, that say there is none, and that were there before the script.
class TestLateAndMissing : public QObject
{
    Q_OBJECT
private:
    static Trigger aboveFor(const char* name, double above, Milliseconds length)
    {
        Trigger trigger = measurement(name);
        trigger.above = Value::ofNumber(above);
        trigger.lasting = length;
        return trigger;
    }
    static Input said(Bench& bench, double time, std::int64_t device, const char* name, const Value& value)
    {
        Input input = bench.row(minute(time), device, name, 0);
        input.value = value;
        return input;
    }
    // As a server gets it `minutesLate` after it was so.
    static Input buffered(Bench& bench, double time, std::int64_t device, const char* name, double value,
                          double arrival)
    {
        Input input = bench.row(minute(time), device, name, value);
        input.arrival = minute(arrival);
        return input;
    }

private Q_SLOTS:
    // A gateway that was away posts what it kept: the oldest rows are late, the last few minutes are not.
    void theClockNeverGoesBackAfterLateRows()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        std::vector<Timestamp> clocks;
        bench.on("look", {measurement("power")}, [&](const Run& run) {
            clocks.push_back(run.now);
            return std::vector{setFact("n", *run.event.value->number)};
        });
        for (const int ago : {15, 12, 8, 4, 1}) {
            Input row = bench.row(minute(60 - ago), 2, "power", 60 - ago);
            row.arrival = minute(60);
            bench.feed(row);
        }
        bench.drain(minute(60));
        QCOMPARE(clocks.size(), std::size_t(5));
        QVERIFY(std::is_sorted(clocks.begin(), clocks.end()));
        const auto snapshot = bench.made().snapshot();
        const auto fact = std::find_if(snapshot.latest.begin(), snapshot.latest.end(),
                                       [](const Latest& one) { return one.isFact && one.name == "n"; });
        QVERIFY(fact != snapshot.latest.end());
        QCOMPARE(*fact->value.number, 59.0);
    }
    void finding_F13_noValueNeitherEndsNorBeginsACondition_data()
    {
        QTest::addColumn<QString>("word");
        for (const char* word : {"unavailable", "Unknown", "NaN", "none", "", "broken", "21,5"})
            QTest::newRow(*word ? word : "empty") << QString::fromLatin1(word);
    }
    void finding_F13_noValueNeitherEndsNorBeginsACondition()
    {
        QFETCH(QString, word);
        Bench bench;
        bench.on("long", {aboveFor("power", 50, 5min)});
        bench.feed(bench.row(minute(0), 2, "power", 60));
        bench.feed(said(bench, 2, 2, "power", Value::ofText(word.toStdString())));
        bench.feed(bench.row(minute(4), 2, "power", 60));
        bench.feed(bench.row(minute(6), 1, "motion", 0));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("long 00:05 power=60"));
    }
    void finding_F13_aValueThatIsNoneIsTreatedAlike()
    {
        Bench bench;
        bench.on("long", {aboveFor("power", 50, 5min)});
        bench.on("look", {measurement("power")});
        bench.feed(bench.row(minute(0), 2, "power", 60));
        bench.feed(said(bench, 2, 2, "power", Value{}));
        bench.feed(bench.row(minute(6), 1, "motion", 0));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:00 power=60, long 00:05 power=60"));
    }
    void finding_F13_onlyWhoAsksHearsThatThereIsNone()
    {
        Bench bench;
        Trigger asks = measurement("power");
        asks.unavailable = true;
        std::vector<std::optional<Value>> previous;
        bench.on("plain", {measurement("power")});
        bench.on("asks", {asks}, [&](const Run& run) {
            previous.push_back(run.event.previous);
            return std::vector<Effect>{};
        });
        bench.feed(said(bench, 0, 2, "power", Value::ofText("unavailable"))); // the first of its stream
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.feed(said(bench, 2, 2, "power", Value::ofText("unavailable")));
        bench.drain();
        QCOMPARE(bench.history(),
                 QStringLiteral("asks 00:00 power, plain 00:01 power=60, asks 00:01 power=60, asks 00:02 power"));
        QVERIFY(!previous[0] && !previous[1]);
        QCOMPARE(previous[2], std::optional(Value::ofNumber(60)));
    }
    void finding_F13_noValueOfBeforeTheNewestIsHistory()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        for (const auto& [name, late] :
             {std::pair("newest", std::optional<bool>()), std::pair("all", std::optional(true)),
              std::pair("timely", std::optional(false))}) {
            Trigger asks = measurement("power");
            asks.unavailable = true;
            asks.late = late;
            bench.on(name, {asks});
        }
        bench.feed(bench.row(minute(10), 2, "power", 60));
        Input word = buffered(bench, 9, 2, "power", 0, 10); // from the gateway's buffer: it was back since
        word.value = Value::ofText("unavailable");
        bench.feed(word);
        bench.drain(minute(10));
        QCOMPARE(bench.history(), QStringLiteral("newest 00:10 power=60, all 00:10 power=60, timely 00:10 power=60, "
                                                 "all 00:10 power late"));
    }
    void finding_F3_aTextOfAStreamThatTurnedToTextsIsAValue()
    {
        Bench bench;
        std::vector<std::optional<Value>> previous;
        bench.on("long", {aboveFor("power", 50, 5min)});
        bench.on("look", {measurement("power")}, [&](const Run& run) {
            previous.push_back(run.event.previous);
            return std::vector<Effect>{};
        });
        bench.feed(bench.row(minute(0), 2, "power", 60));
        for (const auto& [at, word] : {std::pair(1, "eco"), std::pair(2, "off")}) {
            Input text = said(bench, at, 2, "power", Value::ofText(word));
            text.isOfTexts = true; // an operator changed it between
            bench.feed(text);
        }
        bench.feed(bench.row(minute(6), 1, "motion", 0));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:00 power=60, look 00:01 power=eco, look 00:02 power=off"));
        QVERIFY(!previous[0] && !previous[1]); // the number before is another kind's
        QCOMPARE(previous[2], std::optional(Value::ofText("eco")));
        bench.feed(bench.row(minute(7), 2, "power", 61)); // and back
        bench.drain();
        QVERIFY(previous.size() == 4 && !previous[3]);
    }
    void finding_F14_previousAndLatestStayTheLastNumber()
    {
        Bench bench;
        std::vector<std::optional<Value>> previous;
        bench.on("look", {measurement("power")}, [&](const Run& run) {
            previous.push_back(run.event.previous);
            return std::vector<Effect>{};
        });
        bench.feed(bench.row(minute(0), 2, "power", 60));
        for (int i = 1; i <= 20; ++i)
            bench.feed(said(bench, i, 2, "power", Value::ofText("unavailable")));
        bench.drain();
        bench.restart();
        bench.feed(bench.row(minute(21), 2, "power", 61));
        bench.drain();
        QCOMPARE(previous.size(), std::size_t(2));
        QCOMPARE(previous.back(), std::optional(Value::ofNumber(60)));
    }
    void finding_F14_aStreamThatTurnsToNumbersHasNoTextBefore()
    {
        Bench bench;
        std::vector<std::optional<Value>> previous;
        bench.on("look", {measurement("power")}, [&](const Run& run) {
            previous.push_back(run.event.previous);
            return std::vector<Effect>{};
        });
        bench.feed(said(bench, 0, 2, "power", Value::ofText("warming up")));
        bench.feed(bench.row(minute(1), 2, "power", 60));
        bench.feed(said(bench, 2, 2, "power", Value::ofText("warming up")));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:00 power=warming up, look 00:01 power=60"));
        QVERIFY(!previous[1]);
    }
    void finding_F13_streamsOfTextsKeepTheirWords()
    {
        Bench bench;
        bench.on("look", {measurement("mode")});
        for (const char* word : {"heat", "none", "unknown", "off"})
            bench.feed(said(bench, double(bench.number), 2, "mode", Value::ofText(word)));
        bench.drain();
        QCOMPARE(
            bench.history(),
            QStringLiteral("look 00:00 mode=heat, look 00:01 mode=none, look 00:02 mode=unknown, look 00:03 mode=off"));
    }
    void finding_F15_aLateValueThatIsTheNewestIsState_data()
    {
        QTest::addColumn<bool>("byEvents");
        QTest::addColumn<QString>("late"); // what the trigger says of late values
        QTest::addColumn<QString>("expected");
        for (const bool byEvents : {false, true}) {
            const char* clock = byEvents ? "events" : "real";
            QTest::addRow("%s, told", clock) << byEvents << ""
                                             << "look 00:20 contact=1 late";
            QTest::addRow("%s, history too", clock) << byEvents << "true"
                                                    << "look 00:20 contact=1 late, look 00:20 contact=0 late";
            QTest::addRow("%s, kept out", clock) << byEvents << "false"
                                                 << "";
        }
    }
    void finding_F15_aLateValueThatIsTheNewestIsState()
    {
        QFETCH(bool, byEvents);
        QFETCH(QString, late);
        QFETCH(QString, expected);
        Bench bench;
        bench.home.clock = byEvents ? HomeClock::Events : HomeClock::Real;
        Trigger trigger = measurement("contact");
        if (!late.isEmpty())
            trigger.late = late == QLatin1String("true");
        std::vector<Timestamp> times;
        bench.on("look", {trigger}, [&](const Run& run) {
            times.push_back(run.event.time);
            return std::vector<Effect>{};
        });
        bench.feed(bench.row(minute(20), 1, "motion", 1));
        bench.feed(buffered(bench, 14, 2, "contact", 1, 20));
        bench.feed(buffered(bench, 13, 2, "contact", 0, 20)); // older than the newest: history
        bench.drain(minute(20));
        QCOMPARE(bench.history(), expected);
        if (!times.empty())
            QCOMPARE(toMs(times.front()), toMs(minute(14)));
        QCOMPARE(*bench.made().snapshot().latest.at(1).value.number, 1.0);
    }
    void finding_F15_whatIsOlderThanTheNewestIsHistoryThoughItCameInTime()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        Trigger all = measurement("power");
        all.late = true;
        bench.on("plain", {measurement("power")});
        bench.on("all", {all});
        bench.feed(buffered(bench, 10, 2, "power", 1, 10));
        bench.feed(buffered(bench, 9, 2, "power", 2, 10));
        bench.drain(minute(10));
        QCOMPARE(bench.history(), QStringLiteral("plain 00:10 power=1, all 00:10 power=1, all 00:10 power=2 late"));
    }
    void finding_F15_lastingBeginsWithTheLateValuesOwnTime_data()
    {
        QTest::addColumn<bool>("byEvents");
        QTest::addColumn<double>("opened");
        QTest::addColumn<double>("closed"); // never: after everything
        QTest::addColumn<QString>("expected");
        for (const bool byEvents : {false, true}) {
            const char* clock = byEvents ? "events" : "real";
            QTest::addRow("%s, goes on", clock) << byEvents << 14.0 << 99.0 << "long 00:24 contact=1";
            QTest::addRow("%s, over already", clock) << byEvents << 5.0 << 99.0 << "long 00:20 contact=1";
            QTest::addRow("%s, over, and ended since", clock) << byEvents << 3.0 << 18.0 << "long 00:20 contact=1";
            QTest::addRow("%s, ended too early", clock) << byEvents << 5.0 << 8.0 << "";
        }
    }
    void finding_F15_lastingBeginsWithTheLateValuesOwnTime()
    {
        QFETCH(bool, byEvents);
        QFETCH(double, opened);
        QFETCH(double, closed);
        QFETCH(QString, expected);
        Bench bench;
        bench.home.clock = byEvents ? HomeClock::Events : HomeClock::Real;
        bench.on("long", {aboveFor("contact", 0, 10min)});
        bench.feed(bench.row(minute(20), 1, "motion", 1));
        bench.feed(buffered(bench, opened, 2, "contact", 1, 20));
        bench.feed(buffered(bench, opened + 0.5, 1, "motion", 1, 20)); // another stream's, from the same buffer
        if (closed < 90)
            bench.feed(buffered(bench, closed, 2, "contact", 0, 20));
        bench.feed(bench.row(minute(30), 1, "motion", 0));
        bench.drain(minute(30));
        QCOMPARE(bench.history(), expected);
    }
    void finding_F15_whatEndsAConditionEndsItThoughItCameLateAndIsKeptOut()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        Trigger timely = aboveFor("contact", 0, 10min);
        timely.late = false;
        bench.on("long", {timely});
        bench.feed(buffered(bench, 0, 2, "contact", 1, 0));
        bench.feed(buffered(bench, 2, 2, "contact", 0, 8));   // closed: told six minutes later
        bench.feed(buffered(bench, 20, 2, "contact", 1, 28)); // and what came late begins none
        bench.drain(minute(60));
        QCOMPARE(bench.history(), QString());
        bench.feed(buffered(bench, 70, 2, "contact", 1, 70));
        bench.drain(minute(90));
        QCOMPARE(bench.history(), QStringLiteral("long 01:20 contact=1"));
    }
    void finding_F15_lateFiringsOfSchedulesAreKeptOutWhenAsked()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        Trigger timely = schedule(7, 30);
        timely.late = false;
        bench.on("timely", {timely});
        bench.on("any", {schedule(7, 30)});
        bench.start.clock = minute(0);
        bench.drain(minute(8 * 60));
        QCOMPARE(bench.history(), QStringLiteral("any 07:30 late"));
    }
    void finding_F16_beginsWithWhatWasThereBefore_data()
    {
        QTest::addColumn<bool>("byEvents");
        QTest::addColumn<double>("began"); // minutes before the deployment
        QTest::addColumn<QString>("expected");
        for (const bool byEvents : {false, true}) {
            const char* clock = byEvents ? "events" : "real";
            QTest::addRow("%s, over already: once, at the clock", clock) << byEvents << 60.0 << "long 01:00 contact=1";
            QTest::addRow("%s, half over", clock) << byEvents << 4.0 << "long 01:06 contact=1";
        }
    }
    void finding_F16_beginsWithWhatWasThereBefore()
    {
        QFETCH(bool, byEvents);
        QFETCH(double, began);
        QFETCH(QString, expected);
        Bench bench;
        bench.home.clock = byEvents ? HomeClock::Events : HomeClock::Real;
        bench.start.clock = minute(60);
        bench.start.latest = {{DeviceId{2}, "contact", "", Value::ofNumber(1), minute(60 - began), false},
                              {DeviceId{1}, "contact", "", Value::ofNumber(0), minute(10), false}};
        bench.on("long", {aboveFor("contact", 0, 10min)});
        const auto unknown = bench.made().beginnings(minute(60));
        QCOMPARE(unknown.size(), std::size_t(1));
        QCOMPARE(toMs(unknown[0].from), toMs(minute(50)));
        bench.made().begin(unknown[0], unknown[0].latest.time, minute(60));
        QVERIFY(bench.made().beginnings(minute(60)).empty());
        bench.drain(minute(60));
        bench.feed(bench.row(minute(90), 1, "motion", 0));
        bench.drain(minute(90));
        QCOMPARE(bench.history(), expected);
    }
    void finding_F16_aConditionOnADeviceThatIsGoneEnds()
    {
        Bench bench;
        bench.on("long", {aboveFor("contact", 0, 10min)});
        bench.feed(bench.row(minute(0), 2, "contact", 1));
        bench.drain();
        HomeInfo changed = bench.home;
        std::erase_if(changed.devices, [](const DeviceInfo& one) { return one.id == DeviceId{2}; });
        bench.made().setHome(std::make_shared<const HomeInfo>(changed));
        bench.feed(bench.row(minute(30), 1, "motion", 0));
        bench.drain();
        QVERIFY(bench.ran.empty());
    }
    void survivesARestartWithWhatIsHalfHeard()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        bench.on("long", {aboveFor("contact", 0, 10min)});
        bench.feed(buffered(bench, 5, 2, "contact", 1, 14));
        bench.drain(minute(14));
        bench.restart();
        bench.drain(minute(16));
        QCOMPARE(bench.history(), QStringLiteral("long 00:15 contact=1"));
    }
};

QTEST_GUILESS_MAIN(TestLateAndMissing)
#include "tst_late_and_missing.moc"
