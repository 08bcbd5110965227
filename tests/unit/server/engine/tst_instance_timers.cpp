#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "engine_kit.h"
#endif

#include <QtTest>

using namespace cohort;
using namespace cohort::engine;
using namespace cohort::engine::test;
using namespace std::chrono_literals;

// What fires without a row of its own: timers, schedules, lasting conditions; on both clocks.
class TestInstanceTimers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firesWhatIsDueBeforeTheRowThatPassesIt()
    {
        Bench bench;
        bench.on("look", {measurement("power")}, [](const Run& run) {
            if (*run.event.value->number == 1)
                return std::vector{timerFor("b", 600'000), timerFor("a", 600'000), timerFor("c", 300'000)};
            return std::vector<Effect>{};
        });
        bench.on("due", {named(EventKind::Timer, "")});
        bench.feed(bench.row(minute(0), 2, "power", 1));
        bench.feed(bench.row(minute(10), 2, "power", 2)); // equal to the due time: the timers first
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:00 power=1, due 00:05 c, due 00:10 a, due 00:10 b, "
                                                 "look 00:10 power=2"));
        const auto firings = bench.made().drainFirings();
        QCOMPARE(firings.size(), std::size_t(3));
        QCOMPARE(firings[0].name, std::string("c"));
        QVERIFY(bench.made().drainFirings().empty());
    }
    void restartsAndCancelsTimers()
    {
        Bench bench;
        bench.on("look", {measurement("power")}, [](const Run& run) {
            if (*run.event.value->number == 0)
                return std::vector{effect(EffectKind::CancelTimer, "{\"name\":\"t\"}")};
            return std::vector{timerFor("t", 600'000)};
        });
        bench.on("due", {named(EventKind::Timer, "t")});
        bench.feed(bench.row(minute(0), 2, "power", 1));
        bench.feed(bench.row(minute(5), 2, "power", 1));
        bench.feed(bench.row(minute(14), 2, "power", 2));
        bench.feed(bench.row(minute(20), 2, "power", 0));
        bench.feed(bench.row(minute(90), 1, "motion", 0));
        bench.drain();
        QVERIFY(!bench.history().contains(QStringLiteral("due")));
        QVERIFY(bench.made().timers().empty());
    }
    void runsATimersOwnTimerInItsPlace()
    {
        Bench bench;
        bench.on("look", {measurement("power")}, [](const Run&) { return std::vector{timerFor("t", 60'000)}; });
        bench.on("due", {named(EventKind::Timer, "t")}, [](const Run& run) {
            return run.now < minute(3) ? std::vector{timerFor("t", 60'000)} : std::vector<Effect>{};
        });
        bench.feed(bench.row(minute(0), 2, "power", 1));
        bench.feed(bench.row(minute(60), 1, "motion", 1));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("look 00:00 power=1, due 00:01 t, due 00:02 t, due 00:03 t"));
    }
    void givesATimersDataBack()
    {
        Bench bench;
        std::string data;
        bench.on("look", {measurement("power")}, [](const Run&) {
            return std::vector{
                effect(EffectKind::StartTimer, "{\"name\":\"t\",\"after_ms\":0,\"data\":{\"n\":[1,\"x\"]}}")};
        });
        bench.on("due", {named(EventKind::Timer, "t")}, [&data](const Run& run) {
            data = run.event.data;
            return std::vector<Effect>{};
        });
        bench.feed(bench.row(minute(0), 2, "power", 1));
        bench.feed(bench.row(minute(1), 1, "motion", 1));
        bench.drain();
        QCOMPARE(data, std::string("{\"n\":[1,\"x\"]}"));
    }
    void boundsTimers()
    {
        Bench bench;
        bench.on("look", {measurement("power")}, [](const Run& run) {
            std::vector<Effect> effects;
            effects.reserve(100);
            for (int i = 0; i < 100; ++i)
                effects.push_back(timerFor(std::to_string(*run.event.value->number * 1'000 + i), 600'000));
            return effects;
        });
        for (int i = 0; i < 4; ++i)
            bench.feed(bench.row(minute(0), 2, "power", i));
        bench.drain();
        QCOMPARE(bench.made().timers().size(), std::size_t(TimersMost));
    }
    void firesEverySchedulePassedByTheData()
    {
        Bench bench;
        bench.on("morning", {schedule(7, 30)});
        bench.on("hourly", {every(12h)});
        bench.feed(bench.row(minute(7 * 60 + 30), 2, "power", 1)); // at the very first moment: fires
        bench.feed(bench.row(minute((48 + 8) * 60), 2, "power", 1));
        bench.drain();
        QCOMPARE(bench.history(),
                 QStringLiteral("morning 07:30, hourly 12:00, hourly 03-02T00:00, morning 03-02T07:30, "
                                "hourly 03-02T12:00, hourly 03-03T00:00, morning 03-03T07:30"));
    }
    void firesNoScheduleBeforeTheInstanceBegan()
    {
        Bench bench;
        bench.on("morning", {schedule(7, 30)});
        bench.start.clock = minute(7 * 60 + 30);
        bench.feed(bench.row(minute(23 * 60), 2, "power", 1));
        bench.drain();
        QVERIFY(bench.ran.empty());
    }
    void firesNoScheduleOfAPause()
    {
        for (const HomeClock clock : {HomeClock::Events, HomeClock::Real}) {
            Bench bench;
            bench.home.clock = clock;
            bench.on("morning", {schedule(7, 30)});
            bench.start.clock = minute(8 * 60);
            bench.start.schedulesFrom = minute((72 + 7) * 60); // it went on in the morning of the fourth day
            bench.feed(bench.row(minute((72 + 9) * 60), 2, "power", 1));
            bench.drain(minute((72 + 9) * 60));
            QCOMPARE(bench.ran.size(), std::size_t(1));
            QVERIFY(bench.history().startsWith(QStringLiteral("morning 03-04T07:30")));
        }
    }
    void firesByThePresentOnTheRealClock()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        bench.on("morning", {schedule(7, 30)});
        bench.drain(minute(0));
        QCOMPARE(toMs(*bench.made().wakeAt()), toMs(minute(7 * 60 + 30)));
        bench.drain(minute(7 * 60 + 30) - 1ms);
        QVERIFY(bench.ran.empty());
        bench.drain(minute(7 * 60 + 30));
        QCOMPARE(bench.history(), QStringLiteral("morning 07:30"));
    }
    void hasNoWakeOnTheEventsClock()
    {
        Bench bench;
        bench.on("morning", {schedule(7, 30)});
        bench.feed(bench.row(minute(0), 2, "power", 1));
        bench.drain(minute(60 * 24 * 30));
        QVERIFY(!bench.made().wakeAt());
        QVERIFY(bench.ran.empty());
    }
    void firesOnlyTheLastOfMissedSchedulesMarkedLate()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        bench.on("morning", {schedule(7, 30)});
        bench.on("often", {every(1min)});
        bench.on("due", {named(EventKind::Timer, "")});
        bench.start.timers = {{"x", minute(10), ""}, {"y", minute(20), ""}};
        bench.start.clock = minute(0);
        const Timestamp back = minute(60 * 24 * 3 + 60 * 8);
        bench.drain(back);
        QCOMPARE(bench.ran.at(0), std::string("due 00:10 x"));
        QCOMPARE(bench.ran.at(1), std::string("due 00:20 y"));
        QCOMPARE(bench.ran.at(2), std::string("morning 03-04T07:30 late"));
        QCOMPARE(bench.ran.at(3), std::string("often 03-04T07:55"));
        QCOMPARE(bench.ran.size(),
                 std::size_t(3 + 6)); // what was missed by less than five minutes is not late
    }
    void ignoresADeviceWhoseClockIsAhead()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        bench.on("due", {named(EventKind::Timer, "")});
        bench.start.timers = {{"x", minute(10), ""}};
        Input ahead = bench.row(minute(12), 2, "power", 1);
        ahead.arrival = minute(8);
        bench.feed(ahead);
        bench.drain(minute(8));
        QVERIFY(bench.ran.empty());
        bench.drain(minute(10));
        QCOMPARE(bench.history(), QStringLiteral("due 00:10 x"));
    }
    void firesWhatWasDueBeforeARowArrivedThatIsOlder()
    {
        Bench bench;
        bench.home.clock = HomeClock::Real;
        bench.on("due", {named(EventKind::Timer, "")});
        bench.on("look", {measurement("power")});
        Trigger trigger = measurement("power");
        trigger.above = Value::ofNumber(50);
        trigger.lasting = 10min;
        bench.on("long", {trigger});
        bench.start.timers = {{"x", minute(11), ""}};
        bench.feed(bench.row(minute(0), 2, "power", 60));
        Input behind = bench.row(minute(9), 2, "power", 0);
        behind.arrival = minute(12);
        bench.feed(behind); // both at once, as after a restart
        bench.drain(minute(13));
        QCOMPARE(bench.history(),
                 QStringLiteral("look 00:00 power=60, long 00:10 power=60, due 00:11 x, look 00:11 power=0"));
    }
    void firesALastingConditionOnceUntilItBreaks()
    {
        Bench bench;
        Trigger trigger = measurement("power");
        trigger.above = Value::ofNumber(50);
        trigger.lasting = 10min;
        bench.on("long", {trigger});
        const std::vector<std::pair<double, double>> samples = {{0, 60},  {5, 70},  {9, 40}, {10, 60}, {19, 60},
                                                                {30, 80}, {50, 80}, {51, 0}, {52, 60}, {70, 0}};
        for (const auto& [time, value] : samples)
            bench.feed(bench.row(minute(time), 2, "power", value));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("long 00:20 power=60, long 01:02 power=60"));
    }
    void keepsLastingConditionsOfStreamsApart()
    {
        Bench bench;
        Trigger trigger = measurement("power");
        trigger.above = Value::ofNumber(50);
        trigger.lasting = 10min;
        bench.on("long", {trigger});
        bench.feed(bench.row(minute(0), 2, "power", 60));
        bench.feed(bench.row(minute(1), 3, "power", 70));
        bench.feed(bench.row(minute(2), 2, "power", 0));
        bench.feed(bench.row(minute(30), 1, "motion", 0));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("long 00:11 power=70"));
    }
    void waitsForAnUnchangedValueWithoutACondition()
    {
        Bench bench;
        Trigger trigger = measurement("motion");
        trigger.lasting = 10min;
        bench.on("still", {trigger});
        for (const auto& [time, value] : std::vector<std::pair<double, double>>{{0, 1}, {5, 1}, {8, 0}, {30, 1}})
            bench.feed(bench.row(minute(time), 1, "motion", value));
        bench.drain();
        QCOMPARE(bench.history(), QStringLiteral("still 00:18 motion=0"));
    }
    void dropsALastingConditionWhenTheDeviceIsAnother()
    {
        Bench bench;
        Trigger trigger = measurement("power");
        trigger.use = "stove";
        trigger.above = Value::ofNumber(50);
        trigger.lasting = 10min;
        bench.on("long", {trigger});
        bench.feed(bench.row(minute(0), 2, "power", 60));
        bench.drain();
        HomeInfo changed = bench.home;
        changed.devices[1].use = "lamp";
        bench.made().setHome(std::make_shared<const HomeInfo>(changed));
        bench.feed(bench.row(minute(30), 1, "motion", 0));
        bench.drain();
        QVERIFY(bench.ran.empty());
    }
    void finding_F21_lastingConditionsOfOtherLimitsAreOthers()
    {
        for (const auto& [low, high] :
             {std::pair(Value::ofInteger(9007199254740992), Value::ofInteger(9007199254740993)),
              std::pair(Value::ofNumber(1e-8), Value::ofNumber(2e-8))}) {
            Bench bench;
            std::vector<Trigger> triggers;
            for (const Value& limit : {low, high}) {
                triggers.push_back(measurement("energy"));
                triggers.back().above = limit;
                triggers.back().lasting = Milliseconds(60'000);
            }
            bench.on("look", triggers);
            Input input = bench.row(minute(1), 2, "energy", 0);
            input.value = high; // above the first limit alone
            bench.feed(input);
            bench.feed(bench.row(minute(3), 1, "motion", 0));
            bench.drain();
            QCOMPARE(bench.ran.size(), std::size_t(1));
        }
    }
};

QTEST_GUILESS_MAIN(TestInstanceTimers)
#include "shared/base/limits.h"
#include "tst_instance_timers.moc"
