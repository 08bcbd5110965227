#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/engine/model.h"
#endif

#include <QtTest>

using namespace cohort;
using namespace cohort::engine;

// Names, log positions, and a manifest's way through JSON.
class TestModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesEveryKind()
    {
        for (int i = 0; i <= int(EventKind::Installed); ++i)
            QCOMPARE(*eventKindFromName(eventKindName(EventKind(i))), EventKind(i));
        QVERIFY(!eventKindFromName("nothing"));
    }
    void knowsHowFarTheLogIs()
    {
        LogPosition position;
        QVERIFY(!position.covers(1, 0, 0));
        position.advance(1, 5, 3);
        QVERIFY(position.covers(1, 4, 999));
        QVERIFY(position.covers(1, 5, 3));
        QVERIFY(!position.covers(1, 5, 4));
        QVERIFY(!position.covers(1, 5, -1));
        QVERIFY(!position.covers(2, 1, 0));
        position.advance(1, 5, 1); // never back
        QVERIFY(position.covers(1, 5, 3));
        position.advance(1, 5, -1);
        QVERIFY(position.covers(1, 5, 1'000));
        position.advance(1, 5, 7);
        QVERIFY(position.covers(1, 5, 1'000));
        position.advance(1, 6, 0);
        QVERIFY(!position.covers(1, 6, 1));
    }
    void bringsAManifestBack()
    {
        Manifest manifest;
        manifest.title = "Stove left on";
        manifest.handlers = {"look", "unattended"};
        Trigger look;
        look.name = "power";
        look.use = "stove";
        look.above = Value::ofNumber(50);
        look.lasting = Milliseconds(600'000);
        look.changed = true;
        look.late = true;
        look.type = 7;
        Trigger schedule;
        schedule.handler = 1;
        schedule.kind = EventKind::Schedule;
        schedule.minuteOfDay = 450;
        schedule.days = 0x1f;
        Trigger every;
        every.kind = EventKind::Every;
        every.every = Milliseconds(3'600'000);
        manifest.triggers = {look, schedule, every};
        manifest.parameters = "{\"patience\":{\"type\":\"minutes\",\"default\":10}}";
        manifest.reads = {{"power", "to see"}};
        manifest.notifies = {"resident"};
        manifest.texts = {{"left-on", {{"en", "On"}, {"de", "An"}}}};
        manifest.needs = {{"a power meter", {"stove:power", "power"}}};
        manifest.freshState = true;
        const std::string json = toJson(manifest);
        const auto back = manifestFromJson(json);
        QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().message()));
        QCOMPARE(toJson(*back), json);
        QCOMPARE(back->triggers.at(0).above, std::optional(Value::ofNumber(50)));
        QCOMPARE(back->triggers.at(1).minuteOfDay, 450);
        QCOMPARE(back->needs.at("a power meter").front(), std::string("stove:power"));
        QCOMPARE(back->texts.at("left-on").at("de"), std::string("An"));
    }
    void refusesWrongManifests_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char* json :
             {"",
              "[]",
              "{\"title\":5}",
              "{\"scope\":\"world\"}",
              "{\"needs\":[]}",
              "{\"needs\":{\"a\":5}}",
              "{\"handlers\":\"look\"}",
              "{\"handlers\":[1]}",
              "{\"triggers\":{}}",
              "{\"triggers\":[1]}",
              "{\"triggers\":[{\"handler\":0,\"kind\":\"fact\"}]}",
              "{\"handlers\":[\"a\"],\"triggers\":[{\"handler\":1,\"kind\":\"fact\"}]}",
              "{\"handlers\":[\"a\"],\"triggers\":[{\"handler\":-1,\"kind\":\"fact\"}]}",
              "{\"handlers\":[\"a\"],\"triggers\":[{\"handler\":0.5,\"kind\":\"fact\"}]}",
              "{\"handlers\":[\"a\"],\"triggers\":[{\"handler\":0,\"kind\":\"magic\"}]}",
              "{\"handlers\":[\"a\"],\"triggers\":[{\"handler\":0,\"kind\":\"every\"}]}",
              "{\"handlers\":[\"a\"],\"triggers\":[{\"handler\":0,\"kind\":\"every\",\"every_ms\":1}]}",
              ("{\"handlers\":[\"a\"],\"triggers\":[{\"handler\":0,\"kind\":\"schedule\","
               "\"minute_of_day\":1440}]}"),
              ("{\"handlers\":[\"a\"],\"triggers\":[{\"handler\":0,\"kind\":\"measurement\","
               "\"above\":\"5\"}]}"),
              "{\"texts\":[]}",
              "{\"texts\":{\"a\":5}}",
              "{\"texts\":{\"a\":{\"en\":5}}}",
              "{\"parameters\":[]}"})
            QTest::newRow(json) << QByteArray(json);
    }
    void refusesWrongManifests()
    {
        QFETCH(QByteArray, json);
        const auto manifest = manifestFromJson(json.toStdString());
        QVERIFY(!manifest);
        QCOMPARE(manifest.error().code, ErrorCode::CannotParse);
    }
};

QTEST_GUILESS_MAIN(TestModel)
#include "tst_model.moc"
