// What is accepted has an effect: settings of a study, words of the schema, contacts that are ones; and where tokens go.
#include "shared/model/contact.h"
#include "tests/integration/api/api_fixture.h"

#include <QTest>

#include <set>

using namespace cohort;
using namespace cohort::testing;

namespace {

QJsonObject roleIn(const testkit::SampleHome& home, const QJsonObject& more = {})
{
    QJsonObject role{{u"location"_s, static_cast<qint64>(home.location.value)}, {u"role"_s, u"caregiver"_s}};
    for (auto it = more.begin(); it != more.end(); ++it)
        role.insert(it.key(), it.value());
    return role;
}

QJsonObject person(const testkit::SampleHome& home, const QJsonObject& more = {})
{
    QJsonObject params{{u"deployment"_s, static_cast<qint64>(home.deployment.value)},
                       {u"roles"_s, QJsonArray{roleIn(home)}}};
    for (auto it = more.begin(); it != more.end(); ++it)
        params.insert(it.key(), it.value());
    return params;
}

int ttlOf(RunningApi& api, const std::string& device)
{
    return parsed(api.http("GET", "/cloud/json/settingsServer/deviceio?deviceId=" + device).body)
        .value("ttl"_L1)
        .toInt();
}

} // namespace

class TestSettingsAndContacts : public QObject
{
    Q_OBJECT

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
    }
    void cleanup() { m_api.reset(); }

    void finding_G8_aDeviceIsToldItsStudysTime()
    {
        RunningApi& api = *m_api;
        for (const auto& [deployment, ttl] : {std::pair{api.a.deployment, 60}, {api.b.deployment, 604'800}})
            QCOMPARE(codeOf(api.call(m_admin, u"deployment.update"_s,
                                     {{u"id"_s, qint64(deployment.value)}, {u"serverTtlS"_s, ttl}})),
                     u"ok"_s);
        QCOMPARE(ttlOf(api, "gateway-a"), 60);
        QCOMPARE(ttlOf(api, "sensor-a"), 60); // behind a gateway
        QCOMPARE(ttlOf(api, "gateway-b"), 604'800);
    }

    // Its time is one of the studies', always the same: it says nothing of whether there is such a device.
    void finding_G8_aDeviceThatNobodyHasLearnsNothing()
    {
        RunningApi& api = *m_api;
        api.database.run("UPDATE deployment SET server_ttl_s = 60");
        QCOMPARE(ttlOf(api, "nobody"), 60);
        api.database.run("UPDATE deployment SET server_ttl_s = 60 + 100 * id");
        std::set<int> answers;
        for (int i = 0; i < 30; ++i) {
            const std::string name = "nobody-" + std::to_string(i);
            answers.insert(ttlOf(api, name));
            QCOMPARE(ttlOf(api, name), ttlOf(api, name));
        }
        QCOMPARE(answers.size(), std::size_t{2}); // both studies'
    }

    void finding_G8_theServerThatADeviceIsConnectedToGoesWithTheSameTime()
    {
        RunningApi& api = *m_api;
        api.database.run("UPDATE deployment SET server_ttl_s = 120");
        api.database.run("INSERT INTO node (name, deviceio_url, roles) VALUES ('far', 'https://far:8443', 'deviceio');"
                         "INSERT INTO device_presence SELECT id, 'far', 1, true, now() FROM device "
                         "WHERE key = 'gateway-a'");
        const auto answer =
            parsed(api.http("GET", "/cloud/json/settingsServer/deviceio?deviceId=sensor-a&connected=true", {},
                            "API_KEY: " + m_admin.toStdString() + "\r\n")
                       .body);
        QCOMPARE(answer.value("ttl"_L1).toInt(), 120);
    }

    // Each word of a CHECK is one that somebody can set: tst_device_context_repository compares words and enums, here each
    // word that no other test reaches is reached from outside.
    void finding_G12_everyStateOfAPersonIsReached_data()
    {
        QTest::addColumn<QString>("status");
        for (const auto& status : {u"paused"_s, u"completed"_s, u"withdrawn"_s})
            QTest::newRow(qPrintable(status)) << status;
    }
    void finding_G12_everyStateOfAPersonIsReached()
    {
        QFETCH(QString, status);
        RunningApi& api = *m_api;
        const auto invited = api.call(m_admin, u"participant.create"_s, person(api.a));
        QVERIFY(invited);
        QCOMPARE(invited->value("status"_L1).toString(), u"invited"_s);
        const QJsonValue id = invited->value("id"_L1);
        const bool rests = status == u"paused"_s;
        const auto pause = [&](bool on) {
            return api.call(m_admin, u"participant.update"_s, {{u"id"_s, id}, {u"paused"_s, on}});
        };
        QCOMPARE(codeOf(pause(true)), u"conflict"_s); // nobody has enrolled
        const auto enrolled = api.post(
            "/inbox/enrol",
            {{u"code"_s, invited->value("enrolmentCode"_L1)}, {u"username"_s, u"erna"_s}, {u"password"_s, Password}});
        QCOMPARE(enrolled.status, 200);
        const auto there = api.call(m_admin, u"participant.get"_s, {{u"id"_s, id}});
        QCOMPARE(there->value("status"_L1).toString(), u"active"_s);
        const auto changed =
            rests ? pause(true) : api.call(m_admin, u"participant.end"_s, {{u"id"_s, id}, {u"how"_s, status}});
        QVERIFY2(changed, qPrintable(codeOf(changed)));
        QCOMPARE(changed->value("status"_L1).toString(), status);
        // Its effect, seen from outside: an alert of the home no longer goes to this person; who has withdrawn is out.
        QCOMPARE(api.post("/inbox/signIn", {{u"username"_s, u"erna"_s}, {u"password"_s, Password}}).status,
                 rests ? 200 : 401);
        QCOMPARE(codeOf(pause(false)), rests ? u"ok"_s : u"conflict"_s);
        QCOMPARE(api.database
                     .value("SELECT count(*) FROM audit WHERE action LIKE 'participant.%' AND action <> "
                            "'participant.get' AND object LIKE '%:" +
                            QByteArray::number(id.toInteger()) + "'")
                     .toInt(),
                 rests ? 3 : 2);
    }

    // The password is forgotten while the participation rests: the new code works, and only a coordinator ends the rest.
    void finding_G12_whoIsPausedComesInWithANewCodeAndStaysPaused()
    {
        RunningApi& api = *m_api;
        const auto invited = api.call(m_admin, u"participant.create"_s, person(api.a));
        QVERIFY(invited);
        const QJsonValue id = invited->value("id"_L1);
        const auto enrol = [&](const Result<QJsonObject>& code, const QString& name) {
            return api
                .post("/inbox/enrol",
                      {{u"code"_s, code->value("enrolmentCode"_L1)}, {u"username"_s, name}, {u"password"_s, Password}})
                .status;
        };
        QCOMPARE(enrol(invited, u"paula"_s), 200);
        QVERIFY(api.call(m_admin, u"participant.update"_s, {{u"id"_s, id}, {u"paused"_s, true}}));
        const auto code = api.call(m_admin, u"participant.enrolmentCode"_s, {{u"id"_s, id}});
        QVERIFY2(code, qPrintable(codeOf(code)));
        QCOMPARE(enrol(code, u"paula2"_s), 200);
        QCOMPARE(api.call(m_admin, u"participant.get"_s, {{u"id"_s, id}})->value("status"_L1).toString(), u"paused"_s);
        const auto talks = api.call(m_admin, u"message.conversations"_s,
                                    {{u"deployment"_s, static_cast<qint64>(api.a.deployment.value)}});
        QVERIFY2(talks, qPrintable(codeOf(talks)));
        QStringList told;
        for (const auto& one : talks->value("items"_L1).toArray()) {
            if (one.toObject().value("participant"_L1) == id)
                told.append(one.toObject().value("status"_L1).toString());
        }
        QCOMPARE(told, QStringList{u"paused"_s});
    }

    void finding_G12_aRoleCanEndOnADate()
    {
        RunningApi& api = *m_api;
        const auto past = QJsonArray{roleIn(api.a, {{u"until"_s, u"2020-01-01T00:00:00Z"_s}})};
        QCOMPARE(codeOf(api.call(m_admin, u"participant.create"_s, person(api.a, {{u"roles"_s, past}}))),
                 u"wrong-value"_s);
        const QString until = u"2090-01-01T00:00:00.000Z"_s;
        const auto made = api.call(m_admin, u"participant.create"_s,
                                   person(api.a, {{u"roles"_s, QJsonArray{roleIn(api.a, {{u"until"_s, until}})}}}));
        QVERIFY2(made, qPrintable(codeOf(made)));
        const auto role = made->value("roles"_L1).toArray().first().toObject();
        QCOMPARE(role.value("until"_L1).toString(), until);
        store::ParticipantRepository people(*api.connection);
        const ParticipantId id{made->value("id"_L1).toInteger()};
        QCOMPARE(people.places(id)->size(), std::size_t{1});
        api.database.run("UPDATE participant_role SET until = now() - interval '1 s'");
        QCOMPARE(people.places(id)->size(), std::size_t{0});
        const auto forGood = api.call(m_admin, u"participant.create"_s, person(api.a));
        QVERIFY(forGood->value("roles"_L1).toArray().first().toObject().value("until"_L1).isNull());
    }

    void finding_G12_whatNothingSetsIsNotInTheSchema_data()
    {
        QTest::addColumn<QByteArray>("table");
        QTest::addColumn<QByteArray>("column");
        for (const char* column : {"needs_consent", "retention_days", "starts_on", "ends_on"})
            QTest::newRow(column) << QByteArray("deployment") << QByteArray(column);
    }
    void finding_G12_whatNothingSetsIsNotInTheSchema()
    {
        QFETCH(QByteArray, table);
        QFETCH(QByteArray, column);
        QCOMPARE(m_api->database.value("SELECT count(*) FROM information_schema.columns WHERE table_name = '" + table +
                                       "' AND column_name = '" + column + "'"),
                 u"0"_s);
    }

    void finding_G12_noWordOfTheSchemaIsWithoutAProducer_data()
    {
        QTest::addColumn<QByteArray>("table");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("consented") << QByteArray("participant") << QByteArray("consented");
        QTest::newRow("quality") << QByteArray("alert") << QByteArray("quality");
        QTest::newRow("failed message") << QByteArray("message") << QByteArray("failed");
    }
    void finding_G12_noWordOfTheSchemaIsWithoutAProducer()
    {
        QFETCH(QByteArray, table);
        QFETCH(QByteArray, word);
        QCOMPARE(m_api->database.value("SELECT count(*) FROM pg_constraint WHERE conrelid = '" + table +
                                       "'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%''" + word +
                                       "''%'"),
                 u"0"_s);
    }

    void finding_F30_contactsAreChecked_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("good");
        for (const char* email : {"anna@example.org", "a.b+c@mail.example.org", "jörg@müller.de", " anna@example.org "})
            QTest::newRow(email) << u"email"_s << QString::fromUtf8(email) << true;
        for (const char* email :
             {"not-an-email", "@example.org", "anna@", "anna@example", "an na@example.org", "a@b@example.org",
              "anna@example..org", "anna@.org", "anna@example.org.", "anna@-example.org", "<anna@example.org>",
              "anna@example,org", ".anna@example.org", "anna@192.0.2.1", "anna@example.123"})
            QTest::newRow(email) << u"email"_s << QString::fromUtf8(email) << false;
        for (const char* phone : {"+43 1 2345678", "0664/1234567", "(030) 123-45", "112", "+1.202.555.0143"})
            QTest::newRow(phone) << u"phone"_s << QString::fromUtf8(phone) << true;
        for (const char* phone : {"abc", "12", "+43 1 CALL ME", "1+43", "1234567890123456", "()-", "٣٤٥٦٧"})
            QTest::newRow(phone) << u"phone"_s << QString::fromUtf8(phone) << false;
    }
    void finding_F30_contactsAreChecked()
    {
        QFETCH(QString, member);
        QFETCH(QString, value);
        QFETCH(bool, good);
        RunningApi& api = *m_api;
        const auto made = api.call(m_admin, u"participant.create"_s, person(api.a, {{member, value}}));
        QCOMPARE(codeOf(made), good ? u"ok"_s : u"wrong-value"_s);
        const auto stored = api.database.value("SELECT count(*) FROM participant_identity");
        QCOMPARE(stored, good ? u"1"_s : u"0"_s);
        if (!good) {
            QVERIFY(made.error().detail.contains(u'\'' + member + u'\'')); // which it is
            QVERIFY(made.error().detail.contains(u"such as"_s));           // and how it should look
        }
        if (member == u"email"_s && value == value.trimmed()) { // operators' addresses by the same rule
            const auto added = api.call(
                m_admin, u"operator.add"_s,
                {{u"email"_s, value}, {u"name"_s, u"N"_s}, {u"password"_s, Password}, {u"roles"_s, QJsonArray()}});
            QCOMPARE(codeOf(added), good ? u"ok"_s : u"wrong-value"_s);
        }
    }

    void finding_F30_aChangedContactIsCheckedToo_data() { finding_F30_contactsAreChecked_data(); }
    void finding_F30_aChangedContactIsCheckedToo()
    {
        QFETCH(QString, member);
        QFETCH(QString, value);
        QFETCH(bool, good);
        const QString before = member == u"email"_s ? u"before@example.org"_s : u"+43 1 555"_s;
        const auto made = m_api->call(m_admin, u"participant.create"_s, person(m_api->a, {{member, before}}));
        QVERIFY(made);
        const QJsonValue id = made->value("id"_L1);
        const auto change = [&](const QString& to) {
            return m_api->call(m_admin, u"participant.update"_s, {{u"id"_s, id}, {member, to}});
        };
        const auto changed = change(value);
        QCOMPARE(codeOf(changed), good ? u"ok"_s : u"wrong-value"_s);
        if (!good)
            QVERIFY(changed.error().detail.contains(u'\'' + member + u'\''));
        const auto kept = [&] {
            return m_api->call(m_admin, u"participant.get"_s, {{u"id"_s, id}})->value(member).toString();
        };
        QCOMPARE(kept(), good ? value.trimmed() : before);
        QCOMPARE(codeOf(change(QString())), u"ok"_s); // taken away
        QCOMPARE(kept(), QString());
    }

    void finding_G21_theTokenOfAPageIsInItsCookieAlone()
    {
        RunningApi& api = *m_api;
        const auto invited = api.call(m_admin, u"participant.create"_s, person(api.a));
        const auto enrolled = api.post(
            "/inbox/enrol",
            {{u"code"_s, invited->value("enrolmentCode"_L1)}, {u"username"_s, u"erna"_s}, {u"password"_s, Password}});
        const auto signedIn = api.post("/inbox/signIn", {{u"username"_s, u"erna"_s}, {u"password"_s, Password}});
        for (const auto& answer : {enrolled, signedIn}) {
            QCOMPARE(answer.status, 200);
            const auto at = answer.head.find("cohort_session=");
            QVERIFY(at != std::string::npos);
            const auto begin = at + std::string("cohort_session=").size();
            const std::string token = answer.head.substr(begin, answer.head.find(';', begin) - begin);
            QVERIFY(token.size() > 20);
            QVERIFY(answer.head.find("HttpOnly") != std::string::npos);
            QVERIFY(answer.body.find(token) == std::string::npos);
            QVERIFY(!parsed(answer.body).contains("token"_L1));
            QVERIFY(parsed(answer.body).contains("expires"_L1));
            QCOMPARE(api.http("GET", "/inbox/items", {}, "Cookie: cohort_session=" + token + "\r\n").status, 200);
        }
    }
};

QTEST_GUILESS_MAIN(TestSettingsAndContacts)
#include "tst_settings_and_contacts.moc"
