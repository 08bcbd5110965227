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

void TestParameters::aScriptWithoutParametersHasNone()
{
    QVERIFY(mergedParameters({}, json(R"({"a":1})"), {}).isEmpty());
}

QTEST_GUILESS_MAIN(TestParameters)
#include "tst_parameters.moc"
