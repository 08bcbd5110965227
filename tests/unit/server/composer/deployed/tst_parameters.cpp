#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/deployed/parameters.h"
#endif

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cohort;
using namespace cohort::composer;

namespace {

engine::Manifest manifest()
{
    engine::Manifest all;
    all.parameters = R"({"patience":{"type":"minutes","default":10,"min":1,"max":120},
                         "name":{"type":"text","default":"x"},
                         "kind":{"type":"choice","default":"a","choices":["a","b"]},
                         "count":{"type":"integer","default":1},
                         "strict":{"type":"boolean","default":false},
                         "from":{"type":"time","default":"07:30"}})";
    return all;
}

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

class TestParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theHomesOwnValueGoesBeforeThatOfAllHomesBeforeTheDefault();
    void leavesOutWhatTheVersionDoesNotKnowOrAllowAnyMore();
    void refusesWrongValues_data();
    void refusesWrongValues();
    void acceptsRightValues();
    void aScriptWithoutParametersHasNone();
};

void TestParameters::theHomesOwnValueGoesBeforeThatOfAllHomesBeforeTheDefault()
{
    const QJsonObject merged =
        mergedParameters(manifest(), json(R"({"patience":20,"name":"all"})"), json(R"({"name":"own"})"));
    QCOMPARE(merged.value(QStringLiteral("patience")).toInt(), 20);
    QCOMPARE(merged.value(QStringLiteral("name")).toString(), QStringLiteral("own"));
    QCOMPARE(merged.value(QStringLiteral("kind")).toString(), QStringLiteral("a"));
    QCOMPARE(merged.size(), 6);
}

void TestParameters::leavesOutWhatTheVersionDoesNotKnowOrAllowAnyMore()
{
    const QJsonObject merged = mergedParameters(manifest(), json(R"({"patience":500,"gone":1,"kind":"c"})"), {});
    QCOMPARE(merged.value(QStringLiteral("patience")).toInt(), 10);
    QCOMPARE(merged.value(QStringLiteral("kind")).toString(), QStringLiteral("a"));
    QVERIFY(!merged.contains(QStringLiteral("gone")));
}

void TestParameters::refusesWrongValues_data()
{
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown") << QByteArray(R"({"speed":1})") << QStringLiteral("'speed' is no parameter");
    QTest::newRow("too small") << QByteArray(R"({"patience":0})") << QStringLiteral("at least 1");
    QTest::newRow("too great") << QByteArray(R"({"patience":121})") << QStringLiteral("at most 120");
    QTest::newRow("text for a number") << QByteArray(R"({"patience":"10"})") << QStringLiteral("a number");
    QTest::newRow("half") << QByteArray(R"({"count":1.5})") << QStringLiteral("a whole number");
    QTest::newRow("not a choice") << QByteArray(R"({"kind":"z"})") << QStringLiteral("one of a, b");
    QTest::newRow("not a time") << QByteArray(R"({"from":"25:00"})") << QStringLiteral("07:30");
    QTest::newRow("not a truth value") << QByteArray(R"({"strict":1})") << QStringLiteral("true or false");
    QTest::newRow("null") << QByteArray(R"({"name":null})") << QStringLiteral("a text");
    QTest::newRow("NUL") << QByteArray(R"({"name":"a\u0000"})") << QStringLiteral("a text");
}

void TestParameters::refusesWrongValues()
{
    QFETCH(QByteArray, values);
    QFETCH(QString, says);
    const auto checked = checkParameters(manifest(), json(values.constData()));
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::WrongValue);
    QVERIFY2(checked.error().detail.contains(says), qPrintable(checked.error().detail));
}

void TestParameters::acceptsRightValues()
{
    QVERIFY(checkParameters(manifest(), json(R"({"patience":1.5,"count":3,"kind":"b","strict":true,"from":"23:59"})")));
    QVERIFY(checkParameters(manifest(), {}));
}

void TestParameters::aScriptWithoutParametersHasNone()
{
    QVERIFY(mergedParameters({}, json(R"({"a":1})"), {}).isEmpty());
    QVERIFY(!checkParameters({}, json(R"({"a":1})")));
}

QTEST_GUILESS_MAIN(TestParameters)
#include "tst_parameters.moc"
