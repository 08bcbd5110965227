#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "engine_kit.h"
#endif

#include <QtTest>

#include <random>
#include <set>

using namespace cohort;
using namespace cohort::engine;
using namespace cohort::engine::test;
using namespace std::chrono_literals;

namespace {

// A script that uses everything, so that a difference anywhere shows.
void fill(Bench& bench)
{
    Trigger lasting = measurement("power");
    lasting.above = Value::ofNumber(50);
    lasting.lasting = 7min;
    Trigger late = measurement("motion");
    late.late = true;
    bench.on("power", {measurement("power")}, [](const Run& run) {
        return std::vector{timerFor("t" + std::to_string(int(*run.event.value->number) % 3), 240'000),
                           setFact("load", *run.event.value->number)};
    });
    bench.on("also", {measurement("power"), late}, [](const Run& run) {
        return run.event.late ? std::vector<Effect>{} : std::vector{effect(EffectKind::Emit, "{\"name\":\"s\"}")};
    });
    bench.on("lasting", {lasting});
    bench.on("fact", {named(EventKind::Fact, "load")});
    bench.on("signal", {named(EventKind::Signal, "s")});
    bench.on("timer", {named(EventKind::Timer, "")}, [](const Run& run) {
        return std::vector{setFact("fired", double(run.now.time_since_epoch().count() % 1'000))};
    });
    bench.on("nightly", {schedule(0, 30), every(1h)});
}

std::vector<Input> rows(Bench& bench, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<Input> all{bench.event(EventKind::Installed, minute(9'000), "")};
    double time = 0;
    for (int i = 0; i < 150; ++i) {
        time += double(random() % 30) / 4;
        const bool power = random() % 2;
        const double behind = random() % 8 == 0 ? 3 : 0;
        all.push_back(
            bench.row(minute(time - behind), power ? 2 : 1, power ? "power" : "motion", double(random() % 100)));
    }
    return all;
}

QString whole(const std::vector<Input>& input, unsigned chunk)
{
    Bench bench;
    fill(bench);
    for (std::size_t i = 0; i < input.size(); ++i) {
        bench.feed(input[i]);
        if (i % chunk == chunk - 1)
            bench.drain();
    }
    bench.drain();
    return bench.history();
}

} // namespace

// The same rows give the same runs: however they come, and whenever the process ends.
class TestInstanceReplay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesTheSameRunsHoweverRowsCome()
    {
        for (unsigned seed = 1; seed <= 20; ++seed) {
            Bench maker;
            const auto input = rows(maker, seed);
            const QString reference = whole(input, 1);
            QVERIFY(reference.contains(QStringLiteral("lasting")) && reference.contains(QStringLiteral("timer")));
            QCOMPARE(whole(input, 7), reference);
            QCOMPARE(whole(input, 1'000), reference);
        }
    }
    void repeatsNothingAfterARestartAtAnyCall()
    {
        for (unsigned seed = 1; seed <= 10; ++seed) {
            Bench maker;
            const auto input = rows(maker, seed);
            const QString reference = whole(input, 1'000);
            std::mt19937 random(seed);
            Bench bench;
            fill(bench);
            for (const Input& row : input)
                bench.feed(row);
            while (bench.step()) {
                if (random() % 3 != 0)
                    continue;
                bench.restart();
                for (const Input& row : input) // all of the log again: what is applied is skipped
                    bench.feed(row);
            }
            QCOMPARE(bench.history(), reference);
        }
    }
    void makesARunThatWasOutAgainAfterARestart()
    {
        Bench maker;
        const auto input = rows(maker, 3);
        Bench bench;
        fill(bench);
        for (const Input& row : input)
            bench.feed(row);
        for (int i = 0; i < 40; ++i)
            QVERIFY(bench.step());
        const auto lost = bench.made().next({}); // the process dies during this one
        QVERIFY(lost.has_value());
        bench.restart();
        for (const Input& row : input)
            bench.feed(row);
        bench.drain();
        QCOMPARE(bench.history(), whole(input, 1'000));
    }
    void givesTheSameSeedsAgain()
    {
        std::vector<std::uint64_t> seeds[2];
        for (auto& list : seeds) {
            Bench bench;
            bench.on("look", {measurement("power")}, [&list](const Run& run) {
                list.push_back(run.seed);
                return std::vector<Effect>{};
            });
            for (int i = 0; i < 5; ++i)
                bench.feed(bench.row(minute(i), 2, "power", i));
            bench.drain();
        }
        QVERIFY(seeds[0] == seeds[1]);
        QCOMPARE(std::set<std::uint64_t>(seeds[0].begin(), seeds[0].end()).size(), std::size_t(5));
    }
    void tellsTheWorkerOnlyWhatChanged()
    {
        Bench bench;
        bench.on("look", {measurement("power")});
        bench.feed(bench.row(minute(1), 2, "power", 1));
        bench.feed(bench.row(minute(2), 1, "motion", 1));
        bench.feed(bench.row(minute(3), 2, "power", 2));
        QVERIFY(bench.step());
        QCOMPARE(bench.made().drainChanges().size(), std::size_t(1));
        QVERIFY(bench.step());
        const auto changes = bench.made().drainChanges();
        QCOMPARE(changes.size(), std::size_t(2));
        QCOMPARE(*changes[1].value.number, 2.0);
        QVERIFY(bench.made().drainChanges().empty());
        bench.made().resetMirror();
        QCOMPARE(bench.made().drainChanges().size(), std::size_t(2));
    }
    void showsTheWorkerNothingOfRowsThatComeAfter()
    {
        Bench bench;
        std::vector<double> seen;
        bench.on("look", {measurement("power")}, [&](const Run&) {
            seen.push_back(*bench.made().drainChanges().back().value.number);
            return std::vector<Effect>{};
        });
        for (int i = 0; i < 4; ++i)
            bench.feed(bench.row(minute(i), 2, "power", i));
        bench.drain();
        QVERIFY(seen == (std::vector<double>{0, 1, 2, 3}));
    }
    void carriesStateToAnotherVersion()
    {
        Bench bench;
        fill(bench);
        bench.feed(bench.row(minute(1), 2, "power", 60));
        QVERIFY(bench.made().next({}).has_value());
        bench.start = bench.made().snapshot();
        Bench other; // has no handler of those names
        other.start = bench.start;
        other.on("new", {measurement("power")});
        other.feed(bench.row(minute(2), 2, "power", 61));
        other.drain();
        QCOMPARE(other.history(), QStringLiteral("new 00:02 power=61"));
    }
    void startsFromABrokenState()
    {
        for (const char* extra :
             {"", "{", "[]", "{\"unit\":5,\"lasting\":{},\"schedules\":[]}", "{\"unit\":{\"runs\":[1]}}"}) {
            Bench bench;
            bench.start.extra = extra;
            bench.on("look", {measurement("power")});
            bench.feed(bench.row(minute(1), 2, "power", 1));
            bench.drain();
            QCOMPARE(bench.ran.size(), std::size_t(1));
        }
    }
};

QTEST_GUILESS_MAIN(TestInstanceReplay)
#include "tst_instance_replay.moc"
