#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "script_run.h"
#endif

#include <QDir>
#include <QtTest>

using namespace cohort::test;

namespace {

const QByteArray Head("from composer import app, on\n"
                      "app(title=\"t\", reads={\"power\": \"to see\", \"humidity\": \"to see\"})\n");

} // namespace

// The program as its users call it: exit codes, messages, hostile scripts.
class TestCohortScript : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    QString write(const char* name, const QByteArray& text) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return file.fileName();
    }
    // Over three samples of power: 1, 2, 3.
    Outcome run(const QByteArray& body, const QStringList& more = {}) const
    {
        const QString devices =
            write("devices.csv", "device_id,room,parameter,use,description\nmeter,kitchen,power,,\n");
        const QString data =
            write("data.csv", "time,device_id,parameter,value\n2026-01-01T10:00:00Z,meter,power,1\n"
                              "2026-01-01T11:00:00Z,meter,power,2\n2026-01-01T12:00:00Z,meter,power,3\n");
        return cohortScript(QStringList{QStringLiteral("run"), write("one.py", Head + body),
                                        QStringLiteral("--devices"), devices, QStringLiteral("--data"), data,
                                        QStringLiteral("--timezone"), QStringLiteral("UTC"), QStringLiteral("--json")} +
                            more);
    }

private Q_SLOTS:
    void acceptsTheWholeLibrary()
    {
        const QDir library(QStringLiteral(COHORT_SOURCE_DIR "/rules/library"));
        const QStringList names = library.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(names.size() >= 2);
        QStringList arguments{QStringLiteral("check")};
        for (const QString& name : names) {
            arguments.append(library.filePath(name + QStringLiteral("/script.py")));
            QVERIFY2(QFile::exists(library.filePath(name + QStringLiteral("/page.md"))), qPrintable(name));
        }
        const Outcome outcome = cohortScript(arguments);
        QCOMPARE(outcome.out, QByteArray());
        QCOMPARE(outcome.code, 0);
    }
    void saysWhereAScriptIsWrong()
    {
        const QString file = write("bad.py", Head + "import os\n");
        const Outcome outcome = cohortScript({QStringLiteral("check"), file});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.out.startsWith((file + QStringLiteral(":3:1: ")).toUtf8()), outcome.out.constData());
        QVERIFY(outcome.out.contains("'os' cannot be imported here"));
        QCOMPARE(run("import os\n").code, 1);
    }
    void finding_F21_everyDigitFromAFileToTheEffect()
    {
        const QString data =
            write("large.csv", "time,device_id,parameter,value\n2026-01-01T10:00:00Z,meter,power,9007199254740993\n"
                               "2026-01-01T10:20:00Z,meter,power,9223372036854775807\n"
                               "2026-01-01T11:20:00Z,meter,power,-9223372036854775807\n"
                               "2026-01-01T11:30:00Z,meter,power,0\n");
        const QByteArray body("@on.measurement(\"power\", below=0)\n"
                              "async def look(home, event):\n"
                              "    raw = await home.history(event.device, \"power\", since=\"2h\")\n"
                              "    hours = await home.history(event.device, \"power\", since=\"80m\", every=\"1h\", "
                              "aggregate=\"min\")\n"
                              "    home.set_fact(\"seen\", event.value)\n"
                              "    home.set_fact(\"first\", raw.values[0])\n"
                              "    home.set_fact(\"before\", event.previous)\n"
                              "    home.set_fact(\"hour\", hours.values[0])\n"
                              "    home.start_timer(\"later\", \"1m\")\n"
                              "@on.timer(\"later\")\n"
                              "async def later(home, event):\n"
                              "    facts = await home.facts_history(\"before\", since=\"2h\")\n"
                              "    home.set_fact(\"fact\", facts.values[0])\n");
        const Outcome outcome = run(body, {QStringLiteral("--data"), data});
        QCOMPARE(outcome.trouble, QByteArray());
        QStringList values;
        for (const QJsonObject& effect : outcome.of("set_fact"))
            values.append(QString::number(effect.value(QStringLiteral("value")).toInteger()));
        QCOMPARE(values.join(QLatin1Char(' ')),
                 QStringLiteral("-9223372036854775807 9007199254740993 9223372036854775807 9007199254740993 "
                                "9223372036854775807"));
    }
    void finding_F20_linesThatAnImportRefusesAreNamedAndTheRunGoesOn()
    {
        const QByteArray body("@on.measurement(\"power\")\ndef look(home, event):\n    home.set_fact(\"x\", "
                              "event.value)\n");
        const QString data = write("some.csv", "time,device_id,parameter,value\n2026-01-01T10:00:00Z,meter,power,1\n"
                                               "1899-12-31T23:59:59Z,meter,power,7\n"
                                               "2026-01-01T10:20:00Z,meter,power,\"21,5\"\n"
                                               "2026-01-01T10:30:00Z,meter,power,2,3\n"
                                               "2026-01-01T11:00:00Z,meter,power,2\n");
        const Outcome outcome = run(body, {QStringLiteral("--data"), data});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.values("x"), QStringLiteral("1 2"));
        for (const char* place : {":3:1: time: ", ":4:4: value: ", ":5: 5 cells"})
            QVERIFY2(outcome.trouble.contains(data.toUtf8() + place), outcome.trouble.constData());
        QVERIFY2(outcome.trouble.contains("3 of 5 lines refused"), outcome.trouble.constData());
        const QString none = write("none.csv", "time,device_id,parameter,value\n1899-12-31T23:59:59Z,meter,power,7\n");
        const Outcome nothing = run(body, {QStringLiteral("--data"), none});
        QCOMPARE(nothing.code, 2);
        QVERIFY2(nothing.trouble.contains("nothing to run over"), nothing.trouble.constData());
    }
    void finding_F12_anEmptyZoneIsMissing()
    {
        for (const char* zone : {"", " "}) {
            const Outcome outcome = run("", {QStringLiteral("--timezone"), QLatin1String(zone)});
            QCOMPARE(outcome.code, 2);
            QVERIFY2(outcome.trouble.contains("--timezone is missing") && outcome.trouble.contains("Europe/Madrid"),
                     outcome.trouble.constData());
        }
    }
    void saysThatAFileIsNotThere()
    {
        const Outcome outcome = cohortScript({QStringLiteral("check"), QStringLiteral("/nowhere/x.py")});
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.trouble.contains("/nowhere/x.py"));
    }
    void explainsItselfOnWrongUsage()
    {
        const Outcome outcome = cohortScript({QStringLiteral("walk")});
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.trouble.contains("usage:"));
    }
    void readsHelpersBesideTheScript()
    {
        QTemporaryDir folder;
        const auto put = [&folder](const char* name, const QByteArray& text) {
            QFile file(folder.filePath(QLatin1String(name)));
            if (file.open(QIODevice::WriteOnly))
                file.write(text);
            return file.fileName();
        };
        put("helper.py", "def double(x):\n    return 2 * x\n");
        const QString script =
            put("script.py", Head + "from . import helper\n@on.measurement(\"power\")\ndef look(home, event):\n"
                                    "    home.set_fact(\"twice\", helper.double(event.value))\n");
        QCOMPARE(cohortScript({QStringLiteral("check"), script}).code, 0);
        put("helper.py", "import os\n");
        const Outcome outcome = cohortScript({QStringLiteral("check"), script});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.out.contains("helper.py:1:"), outcome.out.constData());
    }
    void printsEffectsOldestFirst()
    {
        const Outcome outcome = run("@on.measurement(\"power\")\nasync def look(home, event):\n"
                                    "    past = await home.history(event.device, \"power\", since=\"1d\")\n"
                                    "    home.set_fact(\"sum\", sum(past.values))\n"
                                    "    facts = await home.facts_history(\"sum\", since=\"1d\")\n"
                                    "    home.emit(\"told\", facts.count())\n");
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        QCOMPARE(outcome.values("sum"), QStringLiteral("1 3 6"));
        QCOMPARE(outcome.times("set_fact"), QStringLiteral("01 10:00, 01 11:00, 01 12:00"));
        QCOMPARE(outcome.of("emit").size(), std::size_t(3));
    }
    void tellsWhichRunFailedAndGoesOn()
    {
        const Outcome outcome = run("@on.measurement(\"power\")\ndef look(home, event):\n    "
                                    "home.set_fact(\"x\", 1 / (2 - event.value))\n");
        QCOMPARE(outcome.code, 1);
        QCOMPARE(outcome.values("x"), QStringLiteral("1 -1"));
        QVERIFY2(outcome.trouble.contains("2026-01-01T11:00:00Z look: ") && outcome.trouble.contains("line 5"),
                 outcome.trouble.constData());
    }
    void endsAnEndlessRunAndGoesOn()
    {
        const Outcome outcome =
            run("@on.measurement(\"power\")\ndef look(home, event):\n    home.state[\"seen\"] = "
                "home.state.get(\"seen\", 0) + 1\n"
                "    while event.value == 2:\n        pass\n    home.set_fact(\"x\", home.state[\"seen\"])\n");
        QCOMPARE(outcome.code, 1);
        QCOMPARE(outcome.values("x"), QStringLiteral("1 2"));
        QVERIFY(outcome.trouble.contains("2026-01-01T11:00:00Z look: the run was ended"));
    }
    void givesUpAScriptThatIsEndedAgainAndAgain()
    {
        const Outcome outcome =
            run("@on.measurement(\"power\")\ndef look(home, event):\n    while True:\n        pass\n");
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.effects.empty());
    }
    void saysLooping()
    {
        const Outcome outcome = run("@on.measurement(\"power\", above=2)\n@on.fact(\"x\")\ndef look(home, "
                                    "event):\n    home.set_fact(\"x\", 1)\n");
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.trouble.contains("LOOPING"));
        QCOMPARE(outcome.of("set_fact").size(), std::size_t(8));
    }
    void refusesAWrongParameter()
    {
        const Outcome outcome = run("@on.measurement(\"power\")\ndef look(home, event):\n    pass\n",
                                    {QStringLiteral("--parameter"), QStringLiteral("a=1")});
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.trouble.contains("no parameter 'a'"));
    }
    void finding_C7_saysWhichTriggerMatchesNothing_data()
    {
        QTest::addColumn<QByteArray>("trigger");
        QTest::addColumn<QByteArray>("said"); // nothing: it matches
        QTest::newRow("use") << QByteArray("on.measurement('power', use='Stove')")
                             << QByteArray(
                                    "on.measurement('power', use='Stove') matches no device: no device has a use");
        QTest::newRow("room") << QByteArray("on.measurement('power', room='pantry')")
                              << QByteArray("room='pantry') matches no device: there is room kitchen");
        QTest::newRow("device") << QByteArray("on.device_disconnected(device='Meter')")
                                << QByteArray("matches no device: there is device meter");
        QTest::newRow("name") << QByteArray("on.measurement('humidity', room='kitchen')")
                              << QByteArray(
                                     "on.measurement('humidity', room='kitchen') has no row in the data: there is "
                                     "parameter power");
        QTest::newRow("above") << QByteArray("on.measurement('power', above=50)")
                               << QByteArray("on.measurement('power') has no value above 50 in the data: they go from "
                                             "1 to 3");
        QTest::newRow("between") << QByteArray("on.measurement('power', device='meter', above=3, below=9)")
                                 << QByteArray("device='meter') has no value above 3 and below 9 in the data");
        QTest::newRow("reached") << QByteArray("on.measurement('power', above=2)") << QByteArray();
        QTest::newRow("fine") << QByteArray("on.measurement('power', room='kitchen', device='meter')") << QByteArray();
    }
    void finding_C7_saysWhichTriggerMatchesNothing()
    {
        QFETCH(QByteArray, trigger);
        QFETCH(QByteArray, said);
        const Outcome outcome = run("@" + trigger + "\ndef look(home, event):\n    home.set_fact('x', 1)\n");
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.trouble.contains(said), outcome.trouble.constData());
        QCOMPARE(outcome.trouble.isEmpty(), said.isEmpty());
        QCOMPARE(outcome.effects.empty(), !said.isEmpty());
    }
    void finding_C7_saysWhichTriggerHeardNothing_data()
    {
        QTest::addColumn<QByteArray>("trigger");
        QTest::addColumn<QByteArray>("said"); // nothing: it was heard
        const auto row = [](const char* trigger, const char* said) {
            QTest::newRow(trigger) << QByteArray(trigger) << QByteArray(said);
        };
        row("on.measurement('power', above=0, lasting='3h')",
            "on.measurement('power') was never above 0 for 3h in the data\n");
        row("on.measurement('power', above=0, lasting='90m')", "");
        row("on.fact('occupied')", "on.fact('occupied') heard nothing: no run set this fact");
        row("on.fact('seen')", "");
        row("on.signal('Gute Nacht \u2026')", "on.signal('Gute Nacht \u2026') heard nothing: no run emitted");
        row("on.participant_message()", "on.participant_message() heard nothing: nobody answers or writes");
        row("on.device_silent()", "on.device_silent() heard nothing: a file does not say");
        row("on.schedule('07:05')",
            "on.schedule('07:05') did not come: the data goes from 2026-01-01T10:00:00Z to 2026-01-01T12:00:00Z");
        row("on.schedule('11:30')", "");
        row("on.every('6h')", ""); // noon
        row("on.every('1d')", "on.every('1d') did not come");
    }
    void finding_C7_saysWhichTriggerHeardNothing()
    {
        QFETCH(QByteArray, trigger);
        QFETCH(QByteArray, said);
        const Outcome outcome =
            run("@on.measurement('power')\ndef seen(home, event):\n    home.set_fact('seen', 1)\n@" + trigger +
                "\ndef look(home, event):\n    home.set_fact('x', 1)\n");
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.trouble.contains(said), outcome.trouble.constData());
        QCOMPARE(outcome.trouble.isEmpty(), said.isEmpty());
        QCOMPARE(outcome.of("set_fact", "x").empty(), !said.isEmpty());
    }
    void whatAGatewayKeptIsToldWhenItArrivesAtTheHomesClock()
    {
        const QString data = write("kept.csv", "time,device_id,parameter,value,arrival\n"
                                               "2026-01-01T10:00:00Z,meter,power,1,2026-01-01T10:00:01Z\n"
                                               "2026-01-01T11:00:00Z,meter,power,2,2026-01-01T12:30:00Z\n"
                                               "2026-01-01T11:10:00Z,meter,humidity,50,2026-01-01T12:30:01Z\n"
                                               "2026-01-01T12:00:00Z,meter,power,3,2026-01-01T12:00:01Z\n");
        const Outcome outcome = run("@on.measurement(\"humidity\")\n@on.measurement(\"power\", late=True)\n"
                                    "def look(home, event):\n"
                                    "    home.log(f\"{event.time:%H:%M} {event.late} {home.now:%H:%M} \"\n"
                                    "             f\"{event.device.latest('power'):g}\")\n"
                                    "@on.measurement(\"power\")\ndef fresh(home, event):\n"
                                    "    home.set_fact(\"fresh\", event.value)\n",
                                    {QStringLiteral("--data"), data});
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        QCOMPARE(outcome.trouble, QByteArray("2026-01-01T10:00:00Z 10:00 False 10:00 1\n"
                                             "2026-01-01T12:00:00Z 12:00 False 12:00 3\n"
                                             "2026-01-01T12:00:00Z 11:00 True 12:00 3\n"
                                             "2026-01-01T12:00:00Z 11:10 True 12:00 3\n"));
        QCOMPARE(outcome.values("fresh"), QStringLiteral("1 3"));
    }
    void namesBadRows()
    {
        Outcome outcome = run("@on.measurement(\"power\")\ndef look(home, event):\n    pass\n",
                              {QStringLiteral("--timezone"), QStringLiteral("Mars/Olympus")});
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.trouble.contains("Mars/Olympus"));
    }
};

QTEST_GUILESS_MAIN(TestCohortScript)
#include "tst_cohort_script.moc"
