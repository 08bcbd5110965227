// The nouns read what the protocol says, and take missing or wrong values for empty ones.

#include "console/net/alert.h"
#include "console/net/community.h"
#include "console/net/measurement.h"

#include <QJsonDocument>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

QJsonObject object(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

class TestNouns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAHomeFromListAndFromGet()
    {
        const Home listed = Home::fromJson(object(R"({"id":3,"deployment":1,"devices":6,"participants":2})"));
        QCOMPARE(listed.id, LocationId{3});
        QCOMPARE(listed.deviceCount, 6);
        QVERIFY(listed.devices.isEmpty());
        const Home whole = Home::fromJson(object(R"({"id":3,"devices":[{"id":7,"key":"a"}],"participants":[]})"));
        QCOMPARE(whole.deviceCount, 1);
        QCOMPARE(whole.devices.first().key, u"a"_s);
        QCOMPARE(whole.participantCount, 0);
    }

    void readsRawAndBucketedSeries()
    {
        const Series raw = Series::fromJson(object(
            R"({"stream":1,"raw":true,"times":[1000,2000,3000],"values":[1,"on",true],"before":{"time":500,"value":0}})"));
        QCOMPARE(raw.points.size(), 3);
        QCOMPARE(raw.points.at(1).text, u"on"_s);
        QCOMPARE(raw.points.at(2).value, 1.0);
        QCOMPARE(raw.before->time, 500);
        const Series buckets = Series::fromJson(object(
            R"({"raw":false,"times":[1000,2000,3000],"mean":[5,null,7],"min":[4,null,6],"max":[6,null,9],"count":[3,0,2]})"));
        QCOMPARE(buckets.points.size(), 2); // an empty bucket is a gap, not a zero
        QCOMPARE(buckets.points.at(1).greatest, 9.0);
        QVERIFY(!buckets.before);
    }

    void toleratesArraysOfDifferentLengths()
    {
        const Series series = Series::fromJson(object(R"({"raw":false,"times":[1,2,3],"mean":[1],"min":[],"max":[]})"));
        QCOMPARE(series.points.size(), 1);
        QCOMPARE(series.points.first().least, 1.0);
    }

    void takesWrongKindsForEmpty()
    {
        const Alert alert =
            Alert::fromJson(object(R"({"id":"x","text":7,"actions":{},"answers":[1,null],"at":"yesterday"})"));
        QCOMPARE(alert.id, AlertId{});
        QVERIFY(alert.text.isEmpty());
        QVERIFY(alert.actions.isEmpty());
        QCOMPARE(alert.answers.size(), 2);
        QVERIFY(!alert.at.isValid());
        const Device device = Device::fromJson(object(R"({"room":null,"streams":[{"latest":null}]})"));
        QVERIFY(!device.room.id);
        QVERIFY(!device.streams.first().value.isValid());
    }

    void namesTheActionThatAnAnswerTook()
    {
        const Alert alert = Alert::fromJson(object(
            R"({"actions":[{"id":4,"text":"Switch it off"}],"answers":[{"answer":"act","action":4},{"answer":"dismiss","action":null}]})"));
        QCOMPARE(alert.answers.first().action, u"Switch it off"_s);
        QVERIFY(alert.answers.last().action.isEmpty());
    }

    void anIndexIsATextOrANumber()
    {
        QCOMPARE(Stream::fromJson(object(R"({"index":"left"})")).index, u"left"_s);
        QCOMPARE(Stream::fromJson(object(R"({"index":2})")).index, u"2"_s);
    }

    void readsAnswersAsPeopleReadThem_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("answer");
        QTest::newRow("choice") << QByteArray(R"({"answer":{"value":"so","text":"so-so"}})") << u"so-so"_s;
        QTest::newRow("number") << QByteArray(R"({"answer":{"value":3,"text":"3"}})") << u"3"_s;
        QTest::newRow("none") << QByteArray(R"({"answer":null})") << QString();
    }
    void readsAnswersAsPeopleReadThem()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, answer);
        QCOMPARE(Message::fromJson(object(json.constData())).answer, answer);
    }
};

QTEST_GUILESS_MAIN(TestNouns)
#include "tst_nouns.moc"
