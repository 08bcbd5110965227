// The nouns read what the protocol says, and take missing or wrong values for empty ones.

#include "console/net/alert.h"

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
    void takesWrongKindsForEmpty()
    {
        const Alert alert =
            Alert::fromJson(object(R"({"id":"x","text":7,"actions":{},"answers":[1,null],"at":"yesterday"})"));
        QCOMPARE(alert.id, AlertId{});
        QVERIFY(alert.text.isEmpty());
        QVERIFY(alert.actions.isEmpty());
        QCOMPARE(alert.answers.size(), 2);
        QVERIFY(!alert.at.isValid());
    }

    void namesTheActionThatAnAnswerTook()
    {
        const Alert alert = Alert::fromJson(object(
            R"({"actions":[{"id":4,"text":"Switch it off"}],"answers":[{"answer":"act","action":4},{"answer":"dismiss","action":null}]})"));
        QCOMPARE(alert.answers.first().action, u"Switch it off"_s);
        QVERIFY(alert.answers.last().action.isEmpty());
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
