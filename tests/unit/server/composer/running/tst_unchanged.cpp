// What of a run's effects is no row: it changes nothing.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/running/unchanged.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using engine::Effect;
using engine::EffectKind;

namespace {

InstanceEntry entryWith(engine::InstanceState state)
{
    auto home = std::make_shared<engine::HomeInfo>();
    home->devices = {{DeviceId{3}, "bed", 1, "bed", "bedroom", ""}};
    InstanceEntry entry;
    entry.home = home;
    entry.instance = std::make_unique<engine::Instance>(std::make_shared<const engine::Manifest>(), entry.home,
                                                        ScriptId{5}, std::move(state));
    return entry;
}

// "10": the first changes something, the second nothing.
QString changes(InstanceEntry& entry, const std::vector<Effect>& effects)
{
    engine::Run run;
    run.now = fromMs(1'000'000);
    engine::Manifest manifest;
    QString answer;
    for (const bool unchanged : unchangedOf(entry, run, effects, decide(effects, manifest, *entry.home)))
        answer.append(unchanged ? QLatin1Char('0') : QLatin1Char('1'));
    return answer;
}

} // namespace

class TestUnchanged : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_C4_timersThatStayAsTheyAre();
    void finding_C4_factsWithTheValueTheyHave();
    void finding_C4_alertsThatAreNotOpen();
    void whatIsRefusedIsARow();
};

void TestUnchanged::finding_C4_timersThatStayAsTheyAre()
{
    InstanceEntry entry = entryWith({"{}", {{"t", fromMs(1'060'000), "[1]"}}, {}, {}, {}, {}});
    const Effect same{EffectKind::StartTimer, R"({"name":"t","after_ms":60000,"data":[1]})"};
    const Effect later{EffectKind::StartTimer, R"({"name":"t","after_ms":60001,"data":[1]})"};
    const Effect other{EffectKind::StartTimer, R"({"name":"t","after_ms":60000,"data":[1.0]})"};
    const Effect fresh{EffectKind::StartTimer, R"({"name":"u","after_ms":1,"data":null})"};
    const Effect cancel{EffectKind::CancelTimer, R"({"name":"t"})"};
    QCOMPARE(changes(entry, {same}), QStringLiteral("0"));
    QCOMPARE(changes(entry, {later, later, same}), QStringLiteral("101"));
    QCOMPARE(changes(entry, {other}), QStringLiteral("1"));
    QCOMPARE(changes(entry, {cancel, cancel, same}), QStringLiteral("101"));
    QCOMPARE(changes(entry, {fresh, fresh}), QStringLiteral("10"));
}

void TestUnchanged::finding_C4_factsWithTheValueTheyHave()
{
    InstanceEntry entry = entryWith({"{}",
                                     {},
                                     {{DeviceId{}, "home", "", Value::ofNumber(1), fromMs(5), true},
                                      {DeviceId{3}, "home", "", Value::ofText("a"), fromMs(5), true}},
                                     {},
                                     {},
                                     {}});
    const Effect one{EffectKind::SetFact, R"({"name":"home","value":true})"};
    const Effect zero{EffectKind::SetFact, R"({"name":"home","value":0})"};
    const Effect text{EffectKind::SetFact, R"({"name":"home","value":"a","device":"bed"})"};
    const Effect fresh{EffectKind::SetFact, R"({"name":"away","value":0})"};
    QCOMPARE(changes(entry, {one, text}), QStringLiteral("00"));
    QCOMPARE(changes(entry, {zero, zero, one}), QStringLiteral("101"));
    QCOMPARE(changes(entry, {fresh, fresh}), QStringLiteral("10"));
    // A fact of a moment of its own is a point of the chart, whatever its value; what is newest is not known after it.
    const Effect then{EffectKind::SetFact, R"({"name":"home","value":1,"time":"1970-01-01T00:10:00Z"})"};
    QCOMPARE(changes(entry, {then, then, one, one}), QStringLiteral("1110"));
}

void TestUnchanged::finding_C4_alertsThatAreNotOpen()
{
    InstanceEntry entry = entryWith({});
    const Effect resolve{EffectKind::ResolveAlert, R"({"key":"a"})"};
    const Effect alert{EffectKind::Alert, R"({"key":"a","text":{"en":"x"},"severity":"low","to":[],"actions":[]})"};
    QCOMPARE(changes(entry, {resolve, resolve}), QStringLiteral("10")); // of the first the database knows
    QCOMPARE(changes(entry, {resolve}), QStringLiteral("0"));
    QCOMPARE(changes(entry, {alert, resolve, resolve}), QStringLiteral("110"));
}

void TestUnchanged::whatIsRefusedIsARow()
{
    InstanceEntry entry = entryWith({});
    const Effect wrong{EffectKind::CancelTimer, R"({"name":""})"};
    QCOMPARE(changes(entry, {wrong}), QStringLiteral("1"));
}

QTEST_GUILESS_MAIN(TestUnchanged)
#include "tst_unchanged.moc"
