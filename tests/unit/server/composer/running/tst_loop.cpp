#include "server/composer/running/loop.h"

#include <QTest>

using namespace cohort;
using namespace cohort::composer;

namespace {

const Timestamp Now = fromMs(1'767'265'200'000);

InstanceEntryPtr script(qint64 id, const char* title, Mode mode = Mode::Live)
{
    engine::Manifest manifest;
    manifest.title = title;
    Interest interest(manifest);
    auto entry = std::make_shared<InstanceEntry>();
    entry->key = InstanceKey{ScriptId{id}, LocationId{1}, mode};
    entry->version = std::make_shared<const Version>(
        Version{VersionId{id}, ScriptId{id}, 1, {}, {}, std::make_shared<const engine::Manifest>(manifest), interest});
    return entry;
}

} // namespace

class TestLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_X10_theScriptsOfALoopAreThoseThatPassedItOn();
    void aShadowIsInNoLoopWithOthers();
    void itIsSaidWhichScriptsTakePart();
};

void TestLoop::finding_X10_theScriptsOfALoopAreThoseThatPassedItOn()
{
    const auto ping = script(3, "Ping"), pong = script(1, "Pong"), third = script(2, "Third"), old = script(4, "Old"),
               bystander = script(5, "Bystander"), shadow = script(6, "Shadow", Mode::Shadow);
    third->work.chained = Now - Milliseconds(5'000);
    old->work.chained = Now - ChainRemembered - Milliseconds(1);
    shadow->work.chained = Now;
    const std::vector all{old, shadow, bystander, third, ping, pong};
    QCOMPARE(scriptsOfLoop(all, ping, pong->key.script, Now), (std::vector{pong, third, ping}));
    QCOMPARE(scriptsOfLoop(all, ping, ping->key.script, Now), (std::vector{third, ping}));
    QCOMPARE(scriptsOfLoop({ping, bystander}, ping, ping->key.script, Now), (std::vector{ping}));
}

void TestLoop::aShadowIsInNoLoopWithOthers()
{
    const auto live = script(1, "Live"), shadow = script(1, "Live", Mode::Shadow);
    live->work.chained = Now;
    QCOMPARE(scriptsOfLoop({live, shadow}, shadow, live->key.script, Now), (std::vector{shadow}));
    QCOMPARE(scriptsOfLoop({live, shadow}, live, live->key.script, Now), (std::vector{live}));
}

void TestLoop::itIsSaidWhichScriptsTakePart()
{
    const auto ping = script(1, "Ping"), pong = script(2, "Pong");
    const QString both = wordsOfLoop({ping, pong}, QStringLiteral("again"), QStringLiteral("pong"));
    QVERIFY2(both.startsWith(
                 QStringLiteral("facts or signals follow each other for ever among the scripts 'Ping', 'Pong': ")),
             qPrintable(both));
    QVERIFY(both.contains(QStringLiteral("again() was not called for pong")));
    QVERIFY(!wordsOfLoop({ping}, QStringLiteral("a"), QStringLiteral("b")).contains(QStringLiteral("among")));
}

QTEST_GUILESS_MAIN(TestLoop)
#include "tst_loop.moc"
