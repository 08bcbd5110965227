// What is asked again under its name, after a lost answer, is the same message, question or command and not a second one.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

class TestMadeOnce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
        m_person = idOf(
            call(u"participant.create"_s,
                 {{u"deployment"_s, static_cast<qint64>(m_api->a.deployment.value)},
                  {u"roles"_s, QJsonArray{QJsonObject{{u"location"_s, static_cast<qint64>(m_api->a.location.value)},
                                                      {u"role"_s, u"resident"_s}}}}}));
    }
    void cleanup() { m_api.reset(); }

    void finding_F34_theSameAgainIsTheSame_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("counted");
        QTest::newRow("a message") << u"message.send"_s << u"message"_s;
        QTest::newRow("a question") << u"question.ask"_s << u"message"_s;
        QTest::newRow("a command") << u"device.command"_s << u"command"_s;
    }
    void finding_F34_theSameAgainIsTheSame()
    {
        QFETCH(QString, method);
        QFETCH(QString, counted);
        const QJsonObject wanted = parametersOf(method);
        const auto count = [&] { return m_api->database.value("SELECT count(*) FROM " + counted.toLatin1()).toInt(); };
        const auto first = call(method, named(wanted, u"request-1"_s));
        QVERIFY2(first, qPrintable(codeOf(first)));
        const auto again = call(method, named(wanted, u"request-1"_s));
        QVERIFY2(again, qPrintable(codeOf(again)));
        QCOMPARE(again->value("id"_L1), first->value("id"_L1));
        QCOMPARE(count(), 1);
        QVERIFY(call(method, named(wanted, u"request-2"_s)));
        QVERIFY(call(method, wanted)); // without a name each is one of its own
        QVERIFY(call(method, wanted));
        QCOMPARE(count(), 4);
        QCOMPARE(m_api->database.value("SELECT count(*) FROM audit WHERE detail ->> 'repeated' = 'true'"), u"1"_s);
    }

    void finding_F34_aNameStandsForOneThing()
    {
        QVERIFY(call(u"message.send"_s, named(parametersOf(u"message.send"_s), u"request-1"_s)));
        QJsonObject other = named(parametersOf(u"message.send"_s), u"request-1"_s);
        other.insert(u"text"_s, u"Something else"_s);
        QCOMPARE(codeOf(call(u"message.send"_s, other)), u"conflict"_s);
        QCOMPARE(codeOf(call(u"device.command"_s, named(parametersOf(u"device.command"_s), u"request-1"_s))),
                 u"conflict"_s);
        QCOMPARE(codeOf(call(u"message.send"_s, named(other, u"short"_s))), u"wrong-value"_s);
        // Another operator's is another's, and what failed has no name.
        const QString colleague = m_api->operatorWith(u"c@example.org"_s, {{{}, Role::Admin}}, true);
        QVERIFY(m_api->call(colleague, u"message.send"_s, other));
        QJsonObject wrong = named(parametersOf(u"question.ask"_s), u"request-3"_s);
        wrong.insert(u"type"_s, u"one-of"_s);
        QCOMPARE(codeOf(call(u"question.ask"_s, wrong)), u"wrong-value"_s);
        QVERIFY(call(u"question.ask"_s, named(parametersOf(u"question.ask"_s), u"request-3"_s)));
    }

    void finding_F34_aNameIsFreeAgainAfterADay()
    {
        const QJsonObject wanted = named(parametersOf(u"message.send"_s), u"request-1"_s);
        const auto first = call(u"message.send"_s, wanted);
        m_api->database.run("UPDATE request SET at = at - interval '25 h'");
        const auto later = call(u"message.send"_s, wanted);
        QVERIFY2(later, qPrintable(codeOf(later)));
        QVERIFY(later->value("id"_L1) != first->value("id"_L1));
        m_api->database.run("UPDATE request SET at = at - interval '25 h'");
        QVERIFY(call(u"message.send"_s, named(parametersOf(u"message.send"_s), u"request-2"_s)));
        QCOMPARE(m_api->database.value("SELECT string_agg(name, ',') FROM request"), u"request-2"_s);
    }

private:
    Result<QJsonObject> call(const QString& method, const QJsonObject& wanted)
    {
        return m_api->call(m_admin, method, wanted);
    }
    static QJsonObject named(QJsonObject wanted, const QString& name)
    {
        wanted.insert(u"requestId"_s, name);
        return wanted;
    }
    QJsonObject parametersOf(const QString& method) const
    {
        if (method == u"device.command"_s)
            return {{u"id"_s, static_cast<qint64>(m_api->a.sensor.value)},
                    {u"parameters"_s, QJsonArray{QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, 0}}}}};
        QJsonObject wanted{{u"participant"_s, m_person}, {u"text"_s, u"Good evening"_s}};
        if (method == u"question.ask"_s)
            wanted.insert(u"type"_s, u"yes-no"_s);
        return wanted;
    }

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
    qint64 m_person = 0;
};

QTEST_GUILESS_MAIN(TestMadeOnce)
#include "tst_made_once.moc"
