#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/worker/script/effect_printer.h"
#include "server/worker/script/history_store.h"
#include "server/worker/script/options.h"
#endif

#include <QTextStream>
#include <QtTest>

using namespace cohort;
using namespace cohort::engine;
using namespace cohort::worker;

namespace {

struct Print
{
    HomeInfo home;
    EffectPrinter printer;

    explicit Print(bool json) : home(made()), printer(home, json) {}
    static HomeInfo made()
    {
        HomeInfo home;
        home.timeZone = "Europe/Madrid";
        return home;
    }
    void print(const char* iso, EffectKind kind, const char* payload, const std::vector<Timer>& timers = {})
    {
        Run run;
        run.now = *fromIso(iso);
        printer.print(run, "look", {kind, payload}, timers);
    }
    QString text()
    {
        QString all;
        QTextStream out(&all);
        printer.print(out);
        return all;
    }
};

} // namespace

// What cohort-script prints, and the answers that its runs get.
class TestEffectPrinter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void printsTheHomesTime()
    {
        Print print(true);
        print.print("2026-01-31T12:00:00Z", EffectKind::SetFact, "{\"name\":\"x\",\"value\":1}");
        print.print("2026-07-31T12:00:00.250Z", EffectKind::SetFact, "{\"name\":\"x\",\"value\":2}");
        QCOMPARE(print.text(), QStringLiteral("{\"handler\":\"look\",\"kind\":\"set_fact\",\"name\":\"x\","
                                              "\"time\":\"2026-01-31T13:00:00+01:00\",\"value\":1}\n"
                                              "{\"handler\":\"look\",\"kind\":\"set_fact\",\"name\":\"x\","
                                              "\"time\":\"2026-07-31T14:00:00.250+02:00\",\"value\":2}\n"));
    }
    void putsAFactWhereItBegan()
    {
        Print print(true);
        print.print("2026-01-31T12:00:00Z", EffectKind::StartTimer, "{\"name\":\"t\",\"after_ms\":5,\"data\":null}");
        print.print("2026-01-31T12:05:00Z", EffectKind::SetFact,
                    "{\"name\":\"visit\",\"value\":30,\"time\":\"2026-01-31T11:58:00.000Z\"}");
        const QStringList lines = print.text().split(QLatin1Char('\n'));
        QVERIFY(lines.at(0).contains(QStringLiteral("\"time\":\"2026-01-31T12:58:00+01:00\"")));
        QVERIFY(lines.at(0).contains(QStringLiteral("\"set_at\":\"2026-01-31T13:05:00+01:00\"")));
        QVERIFY(lines.at(1).contains(QStringLiteral("start_timer")));
    }
    void leavesOutWhatChangesNothing()
    {
        Print print(false);
        print.print("2026-01-31T12:00:00Z", EffectKind::ResolveAlert, "{\"key\":\"a\"}");
        print.print("2026-01-31T12:00:01Z", EffectKind::Alert,
                    "{\"key\":\"a\",\"severity\":\"urgent\",\"text\":{\"en\":\"Hot\"}}");
        print.print("2026-01-31T12:00:02Z", EffectKind::Alert, "{\"key\":\"a\"}");
        print.print("2026-01-31T12:00:03Z", EffectKind::CancelTimer, "{\"name\":\"t\"}");
        print.print("2026-01-31T12:00:04Z", EffectKind::CancelTimer, "{\"name\":\"t\"}", {{"t", Timestamp{}, ""}});
        print.print("2026-01-31T12:00:05Z", EffectKind::ResolveAlert, "{\"key\":\"a\"}");
        print.print("2026-01-31T12:00:06Z", EffectKind::Alert, "{\"key\":\"a\"}");
        QCOMPARE(print.text(), QStringLiteral("2026-01-31T13:00:01+01:00 alert key=a severity=urgent \"Hot\" (look)\n"
                                              "2026-01-31T13:00:04+01:00 cancel_timer name=t (look)\n"
                                              "2026-01-31T13:00:05+01:00 resolve_alert key=a (look)\n"
                                              "2026-01-31T13:00:06+01:00 alert key=a (look)\n"));
    }
    void saysWhatIsSetWhoIsToldAndWhatIsOffered()
    {
        Print print(false);
        print.print(
            "2026-01-31T12:00:00Z", EffectKind::Command,
            "{\"device\":\"plug\",\"expires_ms\":60000,\"parameters\":[{\"name\":\"outletStatus\",\"index\":\"\","
            "\"value\":0},{\"name\":\"level\",\"index\":\"2\",\"value\":\"high\"}]}");
        print.print(
            "2026-01-31T12:00:01Z", EffectKind::Alert,
            "{\"key\":\"a\",\"severity\":\"urgent\",\"text\":{\"en\":\"Hot\"},\"to\":[{\"role\":\"resident\","
            "\"after_ms\":0},{\"role\":\"caregiver\",\"after_ms\":300000}],\"actions\":[{\"key\":\"off\",\"text\":"
            "{\"en\":\"Off\"},\"device\":\"plug\",\"parameters\":[{\"name\":\"outletStatus\",\"index\":\"\","
            "\"value\":0}]},{\"key\":\"no\",\"text\":{\"en\":\"No\"},\"device\":\"\",\"parameters\":[]}]}");
        print.print(
            "2026-01-31T12:00:02Z", EffectKind::Ask,
            "{\"key\":\"q\",\"text\":{\"en\":\"Well?\"},\"to\":[{\"role\":\"resident\",\"after_ms\":1500}],"
            "\"choices\":[{\"key\":\"yes\",\"text\":{\"en\":\"Yes\"}},{\"key\":\"no\",\"text\":{\"en\":\"No\"}}]}");
        print.print("2026-01-31T12:00:03Z", EffectKind::Emit, "{\"name\":\"s\",\"data\":{\"v\":[1,\"x\"]}}");
        print.print("2026-01-31T12:00:04Z", EffectKind::StartTimer, "{\"name\":\"t\",\"after_ms\":5,\"data\":\"d\"}");
        QCOMPARE(
            print.text(),
            QStringLiteral("2026-01-31T13:00:00+01:00 command device=plug outletStatus=0 level[2]=high (look)\n"
                           "2026-01-31T13:00:01+01:00 alert key=a severity=urgent \"Hot\" to=resident,caregiver+5m "
                           "actions=off(plug outletStatus=0),no (look)\n"
                           "2026-01-31T13:00:02+01:00 ask key=q \"Well?\" to=resident+1500ms choices=yes,no (look)\n"
                           "2026-01-31T13:00:03+01:00 emit name=s data={\"v\":[1,\"x\"]} (look)\n"
                           "2026-01-31T13:00:04+01:00 start_timer name=t after_ms=5 data=\"d\" (look)\n"));
    }
    void answersHistoryUpToNow()
    {
        HistoryStore store;
        store.add(false, DeviceId{1}, "power", fromMs(300), Value::ofNumber(3));
        store.add(false, DeviceId{1}, "power", fromMs(100), Value::ofNumber(1)); // came late
        store.add(false, DeviceId{1}, "power", fromMs(200), Value::ofText("no sample"));
        store.add(true, DeviceId{1}, "power", fromMs(150), Value::ofNumber(9)); // a fact of that name
        wire::HistoryRequest request;
        request.device = DeviceId{1};
        request.name = "power";
        request.untilMs = 1'000;
        QCOMPARE(store.answer(request, fromMs(1'000)).timesMs, (std::vector<std::int64_t>{100, 300}));
        QCOMPARE(store.answer(request, fromMs(299)).timesMs, (std::vector<std::int64_t>{100}));
        request.everyMs = 10;
        request.aggregate = "median";
        QVERIFY(!store.answer(request, fromMs(1'000)).error.empty());
    }
    void knowsItsOptions_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("good");
        const auto row = [](const char* line, bool good) { QTest::newRow(line) << QString::fromLatin1(line) << good; };
        row("check a.py b.py", true);
        row("check", false);
        row("check --json a.py", false);
        row("run a.py --devices d --data e --timezone UTC", true);
        row("run a.py --devices d --data e --timezone UTC --parameter a=1 --parameter b=2 --json --verbose", true);
        row("run a.py b.py --devices d --data e --timezone UTC", false);
        row("run a.py --devices d --data e", false);
        row("run a.py --devices", false);
        row("run --devices d --data e --timezone UTC", false);
        row("walk a.py", false);
        row("--help", true);
        row("--version", true);
    }
    void knowsItsOptions()
    {
        QFETCH(QString, line);
        QFETCH(bool, good);
        QCOMPARE(parseOptions(line.split(QLatin1Char(' '))).has_value(), good);
        QVERIFY(!parseOptions({}));
    }
};

QTEST_GUILESS_MAIN(TestEffectPrinter)
#include "tst_effect_printer.moc"
