// What is there already is refused with a sentence; no answer has the database's own text, table or constraint in it.
#include "tests/integration/api/api_fixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

// A sentence for people: no identifier, no quote, none of the database's words.
void verifyIsSentence(const QString& said)
{
    static const QRegularExpression identifiers(u"_|\"|constraint|violates|duplicate|SELECT|INSERT|relation"_s);
    QVERIFY2(!said.isEmpty() && said.contains(u' ') && !said.contains(identifiers), qPrintable(said));
}

} // namespace

class TestMadeTwice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
    }
    void cleanupTestCase() { m_api.reset(); }

    // From the catalogue, so that one that comes with a migration is walked too: the database says of each what it would say
    // when somebody made such a row twice.
    void finding_C10_everyUniqueConstraintHasASentence()
    {
        const QStringList names = m_api->database
                                      .value("SELECT string_agg(c.relname, ',' ORDER BY c.relname) FROM pg_index i "
                                             "JOIN pg_class c ON c.oid = i.indexrelid "
                                             "JOIN pg_namespace n ON n.oid = c.relnamespace "
                                             "WHERE i.indisunique AND n.nspname = 'public'")
                                      .split(u',');
        QVERIFY(names.size() > 30);
        for (const QString& name : names) {
            const auto said = m_api->connection->runScript("DO $$ BEGIN RAISE unique_violation USING MESSAGE = "
                                                           "'duplicate key value violates unique constraint \"" +
                                                           name.toUtf8() + "\"'; END $$");
            QVERIFY(!said);
            QCOMPARE(said.error().code, ErrorCode::AlreadyExists);
            verifyIsSentence(said.error().detail);
        }
    }

    // What people name themselves is said by name.
    void finding_S3_whatPeopleNameHasItsOwnSentence()
    {
        const QStringList names =
            m_api->database
                .value("SELECT string_agg(DISTINCT c.relname, ',') FROM pg_index i "
                       "JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid "
                       "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
                       "WHERE i.indisunique AND a.attname IN ('email', 'username', 'code', 'key') OR "
                       "(i.indisunique AND a.attname = 'name' AND t.relname IN ('deployment', 'location', 'room', "
                       "'script'))")
                .split(u',');
        QVERIFY(names.size() >= 8);
        for (const QString& name : names) {
            if (name.startsWith(u"alert_"_s)) // a script's own word for a cause; the second one is the same alert
                continue;
            const auto said = m_api->connection->runScript(
                "DO $$ BEGIN RAISE unique_violation USING MESSAGE = 'doppelter Schl\xc3\xbcssel \xc2\xbb" +
                name.toUtf8() + "\xc2\xab'; END $$");
            QVERIFY2(!said && said.error().detail != u"it is there already"_s, qPrintable(name));
            verifyIsSentence(said.error().detail);
        }
    }

    void finding_C10_secondOnesAreRefusedInWords_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QJsonObject>("params");
        QTest::addColumn<QString>("says");
        const auto id = [](auto number) { return static_cast<qint64>(number.value); };
        const qint64 deployment = id(m_api->a.deployment), location = id(m_api->a.location);
        QTest::newRow("a script") << u"script.create"_s
                                  << QJsonObject{{u"deployment"_s, deployment},
                                                 {u"name"_s, u"Same"_s},
                                                 {u"source"_s, u"pass"_s}}
                                  << u"there is a script of this name"_s;
        QTest::newRow("a deployment") << u"deployment.create"_s
                                      << QJsonObject{{u"name"_s, u"Same"_s}, {u"timeZone"_s, u"Europe/Berlin"_s}}
                                      << u"there is a deployment of this name"_s;
        QTest::newRow("a home") << u"location.create"_s
                                << QJsonObject{{u"deployment"_s, deployment}, {u"name"_s, u"Same"_s}}
                                << u"there is a home of this name"_s;
        QTest::newRow("a room") << u"room.create"_s
                                << QJsonObject{{u"location"_s, location},
                                               {u"kind"_s, u"kitchen"_s},
                                               {u"name"_s, u"Same"_s}}
                                << u"there is a room of this name"_s;
        QTest::newRow("an operator") << u"operator.add"_s
                                     << QJsonObject{{u"email"_s, u"same@example.org"_s},
                                                    {u"name"_s, u"Same"_s},
                                                    {u"password"_s, Password},
                                                    {u"roles"_s, QJsonArray{QJsonObject{{u"deployment"_s, QJsonValue()},
                                                                                        {u"role"_s, u"analyst"_s}}}}}
                                     << u"e-mail address"_s;
    }
    void finding_C10_secondOnesAreRefusedInWords()
    {
        QFETCH(QString, method);
        QFETCH(QJsonObject, params);
        QFETCH(QString, says);
        const auto first = m_api->call(m_admin, method, params);
        QVERIFY2(first, first ? "" : qPrintable(first.error().message()));
        const auto second = m_api->call(m_admin, method, params);
        QCOMPARE(codeOf(second), u"already-exists"_s);
        QVERIFY2(second.error().detail.contains(says), qPrintable(second.error().detail));
        verifyIsSentence(second.error().detail);
    }

    void finding_C10_whatElseTheDatabaseSaysStaysInside()
    {
        const auto said = m_api->connection->runScript("SELECT no_such_column FROM operator");
        QVERIFY(!said);
        QCOMPARE(said.error().code, ErrorCode::DatabaseError);
        QCOMPARE(said.error().detail, QString());
    }

    void finding_G17_versionsSayWhoSavedThem()
    {
        const auto made = m_api->call(m_admin, u"script.create"_s,
                                      {{u"deployment"_s, static_cast<qint64>(m_api->a.deployment.value)},
                                       {u"name"_s, u"Signed"_s},
                                       {u"source"_s, u"pass"_s}});
        const auto versions = m_api->call(m_admin, u"script.versions"_s, {{u"id"_s, idOf(made)}});
        QVERIFY2(versions, qPrintable(codeOf(versions)));
        const auto version = versions->value("items"_L1).toArray().first().toObject();
        QCOMPARE(version.value("authorName"_L1).toString(), u"admin@example.org"_s);
        static const QRegularExpression digits(u"^[0-9a-f]{64}$"_s);
        QVERIFY(version.value("hash"_L1).toString().contains(digits));
    }

    void finding_F36_actorsHaveNames_data()
    {
        QTest::addColumn<QByteArray>("actor");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("an operator") << QByteArray("(SELECT 'operator:' || min(id) FROM operator)")
                                     << QByteArray("(SELECT name FROM operator ORDER BY id LIMIT 1)");
        QTest::newRow("a deleted one") << QByteArray("'operator:999999'") << QByteArray("''");
        QTest::newRow("the server") << QByteArray("'system'") << QByteArray("''");
        QTest::newRow("no number") << QByteArray("'operator:1x'") << QByteArray("''");
    }
    void finding_F36_actorsHaveNames()
    {
        QFETCH(QByteArray, actor);
        QFETCH(QByteArray, name);
        QCOMPARE(m_api->database.value("SELECT actor_name(" + actor + ")"), m_api->database.value("SELECT " + name));
    }

private:
    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
};

QTEST_GUILESS_MAIN(TestMadeTwice)
#include "tst_made_twice.moc"
