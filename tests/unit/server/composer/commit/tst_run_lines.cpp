// Every line that a script wrote in a home is kept until ScriptLinesMost newer ones are there.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/commit/trace.h"
#include "server/store/repositories/run_repository.h"
#include "shared/base/limits.h"
#include "tests/unit/server/composer/commit/queued.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;

namespace {

constexpr int LinesOfRun = 20;

// A script in two homes, and what is stored of its lines.
struct Writing
{
    // The lines are numbered: the first is `from`.
    FinishedRun run(const InstanceEntryPtr& entry, int from, int lines = LinesOfRun)
    {
        FinishedRun finished = queued.run(entry);
        for (int line = from; line < from + lines; ++line)
            finished.result.log.push_back("line " + std::to_string(line));
        return finished;
    }
    // So many lines, numbered from `from`, in one commit.
    void write(const InstanceEntryPtr& entry, int from, int lines)
    {
        for (int line = from; line < from + lines; line += LinesOfRun)
            queued.queue->addRun(run(entry, line, std::min(LinesOfRun, from + lines - line)));
        if (const auto flushed = queued.queue->flush(); !flushed)
            qFatal("%s", qPrintable(flushed.error().message()));
    }
    // "count first last" of a home's lines as they are stored, in order.
    QString lines(LocationId home) const
    {
        return world.value("SELECT count(*) || ' ' || (array_agg(line ORDER BY id, number))[1] || ' ' || "
                           "(array_agg(line ORDER BY id DESC, number DESC))[1] FROM script_run, "
                           "jsonb_array_elements_text(log) WITH ORDINALITY l(line, number) WHERE location_id = " +
                           QByteArray::number(qint64{home.value}));
    }
    int counted(LocationId home = {})
    {
        return orAbort(store::RunRepository(*world.connection).logLines(queued.script, home));
    }

    DeployedWorld world;
    LocationId second = world.addHome("second");
    Queued queued{world};
};

} // namespace

class TestRunLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_G14_theOldestLinesGoFirst();
    void finding_G14_homesDoNotShareTheirLines();
    void finding_G14_aRunGoesOnlyWithItsLastLineAndWithNothingElse();
    void finding_G14_shadowsCountToo();
};

void TestRunLines::finding_G14_theOldestLinesGoFirst()
{
    Writing writing;
    const LocationId home = writing.world.home.location;
    const InstanceEntryPtr entry = writing.queued.entry(home);
    QCOMPARE(writing.counted(home), 0);
    writing.write(entry, 0, ScriptLinesMost);
    QCOMPARE(writing.lines(home), QStringLiteral("1000 line 0 line 999"));
    QCOMPARE(writing.counted(home), ScriptLinesMost);
    writing.write(entry, 1'000, 7);
    QCOMPARE(writing.lines(home), QStringLiteral("1000 line 7 line 1006")); // of the oldest run a part
    writing.write(entry, 1'007, 33);
    QCOMPARE(writing.lines(home), QStringLiteral("1000 line 40 line 1039"));
    QCOMPARE(writing.world.value("SELECT count(*) FROM script_run WHERE log = '[]'"), QStringLiteral("0"));
    writing.write(entry, 1'040, 2'500); // more than are kept, at once
    QCOMPARE(writing.lines(home), QStringLiteral("1000 line 2540 line 3539"));
    QCOMPARE(writing.counted(home), ScriptLinesMost);
    QCOMPARE(writing.world.value("SELECT count(*) FROM script_run"), QStringLiteral("50"));
}

void TestRunLines::finding_G14_homesDoNotShareTheirLines()
{
    Writing writing;
    const LocationId home = writing.world.home.location;
    writing.write(writing.queued.entry(writing.second), 0, 3);
    writing.queued.queue->addRun(writing.run(writing.queued.entry(writing.second), 3, 4)); // with the next commit
    writing.write(writing.queued.entry(home), 0, ScriptLinesMost + 20);
    QCOMPARE(writing.lines(writing.second), QStringLiteral("7 line 0 line 6"));
    QCOMPARE(writing.lines(home), QStringLiteral("1000 line 20 line 1019"));
    QCOMPARE(writing.counted(writing.second), 7);
    QCOMPARE(writing.counted(home), ScriptLinesMost);
    QCOMPARE(writing.counted(), ScriptLinesMost + 7);
}

void TestRunLines::finding_G14_aRunGoesOnlyWithItsLastLineAndWithNothingElse()
{
    Writing writing;
    const LocationId home = writing.world.home.location;
    const InstanceEntryPtr entry = writing.queued.entry(home);
    FinishedRun reasoned = writing.run(entry, 0, 2);
    reasoned.result.because = "nothing to do";
    FinishedRun slow = writing.run(entry, 0, 2);
    slow.result.cpuUs = LongRunUs;
    FinishedRun failed = writing.run(entry, 0, 2);
    failed.result.status = engine::RunStatus::Killed;
    FinishedRun effective = writing.run(entry, 0, 2);
    effective.effects = {{engine::EffectKind::Emit, {}, QStringLiteral("not granted")}};
    const FinishedRun wordy = writing.run(entry, 0, 2);
    for (const FinishedRun& run : {reasoned, slow, failed, effective, wordy})
        writing.queued.queue->addRun(run);
    writing.write(entry, 10, ScriptLinesMost - 1);
    QCOMPARE(writing.lines(home).section(QLatin1Char(' '), 0, 2), QStringLiteral("1000 line 1")); // the last of `wordy`
    QCOMPARE(writing.world.value("SELECT count(*) FROM script_run WHERE log = '[]'"), QStringLiteral("4"));
    writing.write(entry, 2'000, 1);
    QCOMPARE(writing.lines(home), QStringLiteral("1000 line 10 line 2000"));
    QCOMPARE(writing.world.value("SELECT string_agg(status || because || effect_count, ' ' ORDER BY id) FROM "
                                 "script_run WHERE log = '[]'"),
             QStringLiteral("oknothing to do0 ok0 killed0 ok1"));
    const auto runs =
        orAbort(store::RunRepository(*writing.world.connection).list(writing.queued.script, home, {}, 100));
    QCOMPARE(runs.items.last().outcome.because, QStringLiteral("nothing to do")); // readable without its lines
    QCOMPARE(writing.counted(home), ScriptLinesMost);
}

void TestRunLines::finding_G14_shadowsCountToo()
{
    Writing writing;
    const LocationId home = writing.world.home.location;
    writing.world.deploy(writing.queued.script, {}, Mode::Shadow);
    (void)changedBy(writing.queued.configuration);
    writing.write(writing.queued.entry(home, Mode::Shadow), 0, 30);
    writing.write(writing.queued.entry(home), 30, ScriptLinesMost);
    QCOMPARE(writing.lines(home), QStringLiteral("1000 line 30 line 1029"));
    QCOMPARE(writing.counted(home), ScriptLinesMost);
}

QTEST_GUILESS_MAIN(TestRunLines)
#include "tst_run_lines.moc"
