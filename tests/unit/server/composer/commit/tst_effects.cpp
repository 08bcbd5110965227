#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/commit/effects.h"
#endif

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using engine::EffectKind;

namespace {

engine::HomeInfo home()
{
    engine::HomeInfo info;
    info.devices = {{DeviceId{1}, "stove", 3, "stove", "kitchen", ""}, {DeviceId{2}, "meter", 20019, "", "", ""}};
    return info;
}

engine::Manifest manifest()
{
    engine::Manifest all;
    all.controls = {{"outletStatus", "to switch it off"}};
    all.notifies = {"resident"};
    return all;
}

QString decided(EffectKind kind, const char* payload)
{
    return decide({{kind, payload}}, manifest(), home()).front().refused;
}

constexpr const char* Text = R"("text":{"en":"x"})";

} // namespace

class TestEffects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsThroughWhatTheScriptSaidItDoes_data();
    void letsThroughWhatTheScriptSaidItDoes();
    void refusesWhatItDidNotSay_data();
    void refusesWhatItDidNotSay();
    void refusesPayloadsThatCannotBeReadOrStored();
    void keepsTheOrderAndDecidesEachAlone();
    void breaksRunsOverTheLimits();
    void dropsEffectsOfARunThatFailed();
    void cleansTextThatTheDatabaseCannotHold();
    void namesAndTextsMayBeJustSoLong();
    void countsOfPartsHaveBounds();
    void numbersThatAreNoneAreNoFacts();
    void oneWrongPartRefusesTheWhole();
    void finding_F9_anActionThatItsDeviceCannotDoLeavesTheAlert();
    void finding_C8_aStateThatCannotBeStoredNamesItsKey();
    void aWrongStateTakesTheEffectsWithIt();
};

void TestEffects::letsThroughWhatTheScriptSaidItDoes_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("payload");
    const auto row = [](const char* name, EffectKind kind, const QByteArray& payload) {
        QTest::newRow(name) << static_cast<int>(kind) << payload;
    };
    row("fact", EffectKind::SetFact, R"({"name":"occupied","value":true})");
    row("fact of a device", EffectKind::SetFact, R"({"name":"on","value":"yes","device":"stove"})");
    row("alert to nobody", EffectKind::Alert, QByteArray(R"({"key":"k",)") + Text + "}");
    row("alert with an action", EffectKind::Alert,
        QByteArray(R"({"key":"k",)") + Text + R"(,"severity":"urgent","to":[{"role":"resident","after_ms":0}],)" +
            R"("actions":[{"key":"off",)" + Text +
            R"(,"device":"stove","parameters":[{"name":"outletStatus","index":"","value":0}]}]})");
    row("alert with an action that is an answer alone", EffectKind::Alert,
        QByteArray(R"({"key":"k",)") + Text + R"(,"actions":[{"key":"fine",)" + Text +
            R"(,"device":"","parameters":[]}]})");
    row("notify", EffectKind::Notify, QByteArray(R"({"to":[{"role":"resident"}],)") + Text + "}");
    row("ask", EffectKind::Ask, QByteArray(R"({"key":"q","to":[{"role":"resident"}],)") + Text + "}");
    row("command", EffectKind::Command, R"({"device":"stove","parameters":[{"name":"outletStatus","value":0}]})");
    row("timer", EffectKind::StartTimer, R"({"name":"t","after_ms":1000})");
    row("signal", EffectKind::Emit, R"({"name":"s","data":[1,2]})");
}

void TestEffects::letsThroughWhatTheScriptSaidItDoes()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, payload);
    QCOMPARE(decided(static_cast<EffectKind>(kind), payload.constData()), QString());
}

void TestEffects::refusesWhatItDidNotSay_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, EffectKind kind, const QByteArray& payload, const char* reason) {
        QTest::newRow(name) << static_cast<int>(kind) << payload << QString::fromLatin1(reason);
    };
    row("an action that sets something of no device", EffectKind::Alert,
        QByteArray(R"({"key":"k",)") + Text + R"(,"actions":[{"key":"fine",)" + Text +
            R"(,"device":"","parameters":[{"name":"outletStatus","index":"","value":0}]}]})",
        "of no device");
    row("other home's device", EffectKind::Command,
        R"({"device":"lamp","parameters":[{"name":"outletStatus","value":0}]})", "no device of this home");
    row("parameter without control", EffectKind::Command,
        R"({"device":"stove","parameters":[{"name":"brightness","value":0}]})", "not among the script's controls");
    row("command without parameters", EffectKind::Command, R"({"device":"stove","parameters":[]})", "needs 1 to 50");
    row("role that is not notified", EffectKind::Notify, QByteArray(R"({"to":[{"role":"caregiver"}],)") + Text + "}",
        "'caregiver' is not among");
    row("message to nobody", EffectKind::Notify, QByteArray(R"({"to":[],)") + Text + "}", "nobody");
    row("action on an ungranted parameter", EffectKind::Alert,
        QByteArray(R"({"key":"k",)") + Text + R"(,"actions":[{"key":"a",)" + Text +
            R"(,"device":"stove","parameters":[{"name":"lock","value":1}]}]})",
        "an action: 'lock'");
    row("unknown severity", EffectKind::Alert, QByteArray(R"({"key":"k",)") + Text + R"(,"severity":"deadly"})",
        "low, normal or urgent");
    row("alert by a key of the server's", EffectKind::Alert, QByteArray(R"({"key":"held-back",)") + Text + "}",
        "the server's own");
    row("end of what the server said", EffectKind::ResolveAlert, R"({"key":"message-7"})", "the server's own");
    row("alert without text", EffectKind::Alert, R"({"key":"k"})", "no text");
    row("fact of a stranger's device", EffectKind::SetFact, R"({"name":"a","value":1,"device":"lamp"})", "no device");
    row("fact that is a list", EffectKind::SetFact, R"({"name":"a","value":[1]})", "a number, a truth value or a text");
    row("timer without name", EffectKind::StartTimer, R"({"after_ms":1000})", "1 to 128 characters");
}

void TestEffects::refusesWhatItDidNotSay()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, payload);
    QFETCH(QString, reason);
    const QString refused = decided(static_cast<EffectKind>(kind), payload.constData());
    QVERIFY2(refused.contains(reason), qPrintable(refused));
}

void TestEffects::refusesPayloadsThatCannotBeReadOrStored()
{
    QVERIFY(decided(EffectKind::SetFact, "").contains(QStringLiteral("read")));
    QVERIFY(decided(EffectKind::SetFact, "[1]").contains(QStringLiteral("read")));
    QVERIFY(decided(EffectKind::Emit, R"({"name":"s","data":"a\u0000b"})").contains(QStringLiteral("stored")));
    QVERIFY(decided(EffectKind::Emit, R"({"name":"s","data":{"a\u0000":1}})").contains(QStringLiteral("stored")));
    const QByteArray deep = QByteArray(R"({"name":"s","data":)") + QByteArray(80, '[') + QByteArray(80, ']') + "}";
    QVERIFY(!decided(EffectKind::Emit, deep.constData()).isEmpty());
}

void TestEffects::keepsTheOrderAndDecidesEachAlone()
{
    const auto all = decide(
        {{EffectKind::Emit, R"({"name":"a"})"}, {EffectKind::Emit, "{}"}, {EffectKind::CancelTimer, R"({"name":"t"})"}},
        manifest(), home());
    QCOMPARE(all.size(), std::size_t{3});
    QVERIFY(all[0].refused.isEmpty() && !all[1].refused.isEmpty() && all[2].refused.isEmpty());
    QCOMPARE(all[2].kind, EffectKind::CancelTimer);
}

void TestEffects::breaksRunsOverTheLimits()
{
    engine::RunResult many;
    many.effects.resize(EffectsMost + 1);
    enforceLimits(many);
    QCOMPARE(many.status, engine::RunStatus::TooManyEffects);
    QVERIFY(many.effects.empty());

    engine::RunResult large;
    large.state = "{\"a\":\"" + std::string(StateBytesMost, 'x') + "\"}";
    enforceLimits(large);
    QCOMPARE(large.status, engine::RunStatus::StateTooLarge);
    QVERIFY(!large.state);

    engine::RunResult odd;
    odd.state = "[1]";
    enforceLimits(odd);
    QCOMPARE(odd.status, engine::RunStatus::Error);

    engine::RunResult talkative;
    talkative.log.assign(100, std::string(5'000, 'x'));
    enforceLimits(talkative);
    QCOMPARE(talkative.log.size(), std::size_t{20});
    QCOMPARE(talkative.log.front().size(), std::size_t{1'000});
}

void TestEffects::dropsEffectsOfARunThatFailed()
{
    engine::RunResult failed;
    failed.status = engine::RunStatus::Error;
    failed.effects.resize(1);
    failed.state = "{}";
    enforceLimits(failed);
    QVERIFY(failed.effects.empty());
    QVERIFY(!failed.state);
}

void TestEffects::cleansTextThatTheDatabaseCannotHold()
{
    QCOMPARE(storable(std::string("a\0b", 3), 10), QStringLiteral("ab"));
    QCOMPARE(storable("abcdef", 3), QStringLiteral("abc"));
    QVERIFY(storable("\xff\xfe", 10).isValidUtf16());
}

void TestEffects::namesAndTextsMayBeJustSoLong()
{
    const auto named = [](int length) {
        return decided(EffectKind::CancelTimer, (R"({"name":")" + QByteArray(length, 'n') + R"("})").constData());
    };
    QVERIFY(named(1).isEmpty() && named(128).isEmpty());
    QVERIFY(named(129).contains(QStringLiteral("1 to 128")) && !named(0).isEmpty());
    const auto told = [](int length) {
        return decided(EffectKind::Alert,
                       (R"({"key":"k","text":{"en":"x","de":")" + QByteArray(length, 't') + R"("}})").constData());
    };
    QVERIFY(told(2'000).isEmpty());
    QVERIFY(told(2'001).contains(QStringLiteral("2000 characters")));
    // As Python counts them: what takes two units of UTF-16 is one character.
    const QByteArray wide = QByteArray("\xf0\x9f\x94\xa5");
    QVERIFY(decided(EffectKind::CancelTimer, (R"({"name":")" + wide.repeated(128) + R"("})").constData()).isEmpty());
    QVERIFY(!decided(EffectKind::CancelTimer, (R"({"name":")" + wide.repeated(129) + R"("})").constData()).isEmpty());
    QVERIFY(decided(EffectKind::Alert, (R"({"key":"k","text":{"en":")" + wide.repeated(2'000) + R"("}})").constData())
                .isEmpty());
    const auto stated = [](const QByteArray& text) {
        return decided(EffectKind::SetFact, (R"({"name":"f","value":")" + text + R"("})").constData());
    };
    QVERIFY(stated(QByteArray(1'024, 'f')).isEmpty());
    QVERIFY(!stated(QByteArray(1'025, 'f')).isEmpty());
    QVERIFY(!stated(QByteArray("\xc3\xa4").repeated(513)).isEmpty()); // bytes, not characters
}

void TestEffects::countsOfPartsHaveBounds()
{
    const QByteArray parameter = R"({"name":"outletStatus","value":0})";
    const auto list = [](const QByteArray& one, int count) { return (one + ',').repeated(count).chopped(1); };
    const auto commanded = [&](int count) {
        QByteArray parameters;
        for (int i = 0; i < count; ++i)
            parameters +=
                (i > 0 ? "," : "") + QByteArray(parameter).replace("outletStatus", "p" + QByteArray::number(i));
        return decided(EffectKind::Command, (R"({"device":"stove","parameters":[)" + parameters + "]}").constData());
    };
    QVERIFY(!commanded(50).contains(QStringLiteral("1 to 50")));
    QVERIFY(commanded(51).contains(QStringLiteral("1 to 50")));
    const QByteArray action =
        QByteArray(R"({"key":"a","device":"stove",)") + Text + R"(,"parameters":[)" + parameter + "]}";
    const auto offered = [&](int count) {
        return decided(
            EffectKind::Alert,
            (QByteArray(R"({"key":"k",)") + Text + R"(,"actions":[)" + list(action, count) + "]}").constData());
    };
    QVERIFY(offered(10).isEmpty());
    QVERIFY(offered(11).contains(QStringLiteral("at most 10 actions")));
    const auto nested = [](int depth) {
        return decided(EffectKind::Emit,
                       (R"({"name":"s","data":)" + QByteArray(depth, '[') + QByteArray(depth, ']') + "}").constData());
    };
    QVERIFY(nested(64).isEmpty());
    QVERIFY(nested(65).contains(QStringLiteral("nested too deep")));
}

void TestEffects::numbersThatAreNoneAreNoFacts()
{
    for (const char* value : {"1e400", "NaN", "null", "{}"})
        QVERIFY2(
            !decided(EffectKind::SetFact, (QByteArray(R"({"name":"f","value":)") + value + "}").constData()).isEmpty(),
            value);
    QVERIFY(!decided(EffectKind::SetFact, R"({"name":"f"})").isEmpty());
    QVERIFY(decided(EffectKind::SetFact, R"({"name":"f","value":-1.5e300})").isEmpty());
    QVERIFY(decided(EffectKind::SetFact, R"({"name":"f","value":"","device":null})").isEmpty()); // the home's
}

void TestEffects::oneWrongPartRefusesTheWhole()
{
    const auto to = [](const char* roles) {
        return decided(EffectKind::Alert,
                       (QByteArray(R"({"key":"k",)") + Text + R"(,"to":)" + roles + "}").constData());
    };
    QVERIFY(to(R"([{"role":"resident"},{"role":"resident"}])").isEmpty());
    QVERIFY(to(R"([{"role":"resident"},{"role":"caregiver"}])").contains(QStringLiteral("'caregiver'")));
    QVERIFY(!to(R"(["resident"])").isEmpty());
    QVERIFY(decided(EffectKind::Command, R"({"device":"stove","parameters":[{"name":"outletStatus","value":0},)"
                                         R"({"name":"lock","value":1}]})")
                .contains(QStringLiteral("'lock'")));
    QVERIFY(!decided(EffectKind::Alert, R"({"key":"k","text":{"en":"x","de":5}})").isEmpty());
    QVERIFY(!decided(EffectKind::Ask, (QByteArray(R"({"to":[{"role":"resident"}],)") + Text + "}").constData())
                 .isEmpty()); // a question without its key
    QVERIFY(!decided(static_cast<EffectKind>(99), "{}").isEmpty());
}

// A stove at a power meter cannot be switched off from afar; that it was left on must be said nevertheless.
void TestEffects::finding_F9_anActionThatItsDeviceCannotDoLeavesTheAlert()
{
    const auto action = [](const QByteArray& key, const QByteArray& device) {
        return R"({"key":")" + key + "\"," + Text + R"(,"device":")" + device +
               R"(","parameters":[{"name":"outletStatus","value":0}]})";
    };
    const QByteArray payload = R"({"key":"stove-on","severity":"urgent",)" + QByteArray(Text) + R"(,"actions":[)" +
                               action("off-first", "meter") + "," + action("off-second", "stove") + "]}";
    const auto all = decide({{EffectKind::Alert, payload.toStdString()}}, manifest(), home());
    QCOMPARE(all.front().refused, QString());
    QCOMPARE(all.front().payload[QStringLiteral("actions")].toArray().size(), 1);
    QCOMPARE(all.front().payload[QStringLiteral("actions")][0][QStringLiteral("key")].toString(),
             QStringLiteral("off-second"));
    const auto log = withLeftOut({"looked"}, all);
    QCOMPARE(log.size(), std::size_t{2});
    for (const char* part : {"'stove-on'", "'off-first'", "'meter'", "it takes no commands"})
        QVERIFY2(log[1].find(part) != std::string::npos, log[1].c_str());
    QCOMPARE(withLeftOut(std::vector<std::string>(20, "x"), all).size(), std::size_t{20});
    // A command by itself is nothing but what the device cannot do.
    QVERIFY(decided(EffectKind::Command, R"({"device":"meter","parameters":[{"name":"outletStatus","value":0}]})")
                .contains(QStringLiteral("it takes no commands")));
}

void TestEffects::finding_C8_aStateThatCannotBeStoredNamesItsKey()
{
    const auto said = [](int depth) {
        engine::RunResult result;
        result.state = "{\"a\":1,\"deep\":" + std::string(std::size_t(depth), '[') +
                       std::string(std::size_t(depth), ']') + ",\"z\":{}}";
        enforceLimits(result);
        return QString::fromStdString(result.error);
    };
    QCOMPARE(said(64), QString());
    QVERIFY2(said(65).startsWith(QStringLiteral("home.state['deep'] is nested over 64 deep")), qPrintable(said(65)));
}

void TestEffects::aWrongStateTakesTheEffectsWithIt()
{
    const auto limited = [](const std::string& state) {
        engine::RunResult result;
        result.effects.resize(EffectsMost);
        result.state = state;
        enforceLimits(result);
        return result;
    };
    QCOMPARE(limited("{}").effects.size(), std::size_t(EffectsMost)); // a hundred are fine
    QCOMPARE(limited("{\"a\":\"" + std::string(StateBytesMost - 8, 'x') + "\"}").status, engine::RunStatus::Ok);
    const auto large = limited("{\"a\":\"" + std::string(StateBytesMost - 7, 'x') + "\"}");
    QCOMPARE(large.status, engine::RunStatus::StateTooLarge);
    QVERIFY(large.effects.empty() && !large.state);
    for (const char* state : {"", "null", "{", "{\"a\":\"\\u0000\"}", "{\"\\ud800\":1}"}) {
        const auto wrong = limited(state);
        QVERIFY2(wrong.status == engine::RunStatus::Error && wrong.effects.empty() && !wrong.state, state);
    }
}

QTEST_GUILESS_MAIN(TestEffects)
#include "shared/base/limits.h"
#include "tst_effects.moc"
