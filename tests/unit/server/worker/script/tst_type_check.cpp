// Commands and actions in cohort-script, decided as the server does.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/worker/script/type_check.h"
#endif

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cohort;
using namespace cohort::engine;
using namespace cohort::worker;
using namespace Qt::StringLiterals;

namespace {

HomeInfo home()
{
    HomeInfo home;
    home.devices = {{DeviceId{1}, "lamp", 20017, "", "", ""},
                    {DeviceId{2}, "meter", 20019, "", "", ""},
                    {DeviceId{3}, "any", 0, "", "", ""}};
    return home;
}

QByteArray setting(const QByteArray& device, const QByteArray& name, const QByteArray& value)
{
    return R"("device":")" + device + R"(","parameters":[{"name":")" + name + R"(","index":"","value":)" + value + "}]";
}

} // namespace

class TestTypeCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F9_refusesWhatTheServerRefuses_data();
    void finding_F9_refusesWhatTheServerRefuses();
    void finding_F9_anAlertIsRaisedWithoutSuchAnAction();
    void finding_M4_anActionNeedsNoDevice();
};

void TestTypeCheck::finding_F9_refusesWhatTheServerRefuses_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("allowed"); // empty: it is taken
    const auto row = [](const char* name, const QByteArray& payload, const QString& allowed) {
        QTest::newRow(name) << payload << allowed;
    };
    row("a switch", setting("lamp", "lightStatus", "\"on\""), {});
    row("a number in its range", setting("lamp", "brightness", "100"), {});
    row("a fruit", setting("lamp", "lightStatus", "\"banana\""), u"on or off (1 or 0)"_s);
    row("more than all", setting("lamp", "brightness", "101"), u"a number from 0 to 100 %"_s);
    row("what it has not", setting("lamp", "outletStatus", "0"), u"lightStatus"_s);
    row("a meter", setting("meter", "outletStatus", "0"), u"it takes no commands"_s);
    row("no type", setting("any", "outletStatus", "\"banana\""), {});
}

void TestTypeCheck::finding_F9_refusesWhatTheServerRefuses()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, allowed);
    const auto checked = checkedByType({EffectKind::Command, "{" + payload.toStdString() + "}"}, home());
    QCOMPARE(checked.isRefused, !allowed.isEmpty());
    QCOMPARE(checked.why.size(), allowed.isEmpty() ? 0 : 1);
    if (!allowed.isEmpty())
        QVERIFY2(checked.why.first().contains(allowed), qPrintable(checked.why.first()));
}

void TestTypeCheck::finding_M4_anActionNeedsNoDevice()
{
    const std::string alert = R"({"key":"fall","actions":[{"key":"fine","device":"","parameters":[]}]})";
    const auto checked = checkedByType({EffectKind::Alert, alert}, home());
    QVERIFY(!checked.isRefused && checked.why.isEmpty());
    QCOMPARE(checked.effect.payload, alert);
}

void TestTypeCheck::finding_F9_anAlertIsRaisedWithoutSuchAnAction()
{
    const QByteArray alert = R"({"key":"stove-on","actions":[{"key":"off-first",)" +
                             setting("meter", "outletStatus", "0") + R"(},{"key":"off-second",)" +
                             setting("any", "outletStatus", "0") + "}]}";
    const auto checked = checkedByType({EffectKind::Alert, alert.toStdString()}, home());
    QVERIFY(!checked.isRefused);
    QCOMPARE(checked.why.size(), 1);
    QVERIFY2(checked.why.first().contains(u"'off-first' on 'meter'"_s), qPrintable(checked.why.first()));
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(checked.effect.payload));
    QCOMPARE(json[u"actions"_s].toArray().size(), 1);
    QCOMPARE(json[u"actions"_s][0][u"key"_s].toString(), u"off-second"_s);
}

QTEST_GUILESS_MAIN(TestTypeCheck)
#include "tst_type_check.moc"
