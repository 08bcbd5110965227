// deployment.*, location.*, room.*, device.*: what is made is found again as it was said; what does not fit is refused.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

class TestPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
    }
    void cleanupTestCase() { m_api.reset(); }

    void timeZonesMustBeOnes_data();
    void timeZonesMustBeOnes();
    void aDeploymentIsMadeAndChangedPartByPart();
    void aHomeHasItsRooms();
    void homesComeInPages();
    void aRoomIsRenamed();
    void anotherHomesRoomIsNone();
    void aRoomIsFoundOrMadeByItsKind();
    void finding_G2_aTypoInAKindOfRoomMakesNone();
    void aRetiredDeviceHasNoTokens();
    void aNewTokenIsShownOnceAndTheOldOneGoesOnAWhile();
    void commandsAreListedWithWhatBecomesOfThem();

private:
    Result<QJsonObject> call(const QString& method, const QJsonObject& params)
    {
        return m_api->call(m_admin, method, params);
    }
    QJsonObject home(const QString& name, const QJsonObject& more = {})
    {
        QJsonObject wanted{{u"deployment"_s, static_cast<qint64>(m_api->b.deployment.value)}, {u"name"_s, name}};
        for (auto one = more.begin(); one != more.end(); ++one)
            wanted.insert(one.key(), one.value());
        const auto made = call(u"location.create"_s, wanted);
        return made ? *made : QJsonObject{{u"error"_s, codeOf(made)}};
    }
    Result<QJsonObject> device(const QString& key, const QJsonObject& more = {})
    {
        QJsonObject wanted{{u"location"_s, static_cast<qint64>(m_api->a.location.value)}, {u"key"_s, key}};
        for (auto one = more.begin(); one != more.end(); ++one)
            wanted.insert(one.key(), one.value());
        return call(u"device.register"_s, wanted);
    }
    QString roomsOf(const QByteArray& location) const
    {
        return m_api->database.value("SELECT string_agg(kind || '/' || name, ',' ORDER BY name) FROM room WHERE "
                                     "location_id = " +
                                     location);
    }

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
};

void TestPlaces::timeZonesMustBeOnes_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("code");
    QTest::newRow("one") << u"Europe/Vienna"_s << u"ok"_s;
    QTest::newRow("UTC") << u"UTC"_s << u"ok"_s;
    QTest::newRow("a made-up one") << u"Europe/Atlantis"_s << u"wrong-value"_s;
    QTest::newRow("a country") << u"Austria"_s << u"wrong-value"_s;
    QTest::newRow("a path") << u"../../etc/passwd"_s << u"wrong-value"_s;
}

void TestPlaces::timeZonesMustBeOnes()
{
    QFETCH(QString, zone);
    QFETCH(QString, code);
    const qint64 deployment = m_api->b.deployment.value, location = m_api->b.location.value;
    const QString name = u"in "_s + zone;
    QCOMPARE(codeOf(call(u"deployment.create"_s, {{u"name"_s, name}, {u"timeZone"_s, zone}})), code);
    QCOMPARE(codeOf(call(u"deployment.update"_s, {{u"id"_s, deployment}, {u"timeZone"_s, zone}})), code);
    QCOMPARE(codeOf(call(u"location.update"_s, {{u"id"_s, location}, {u"timeZone"_s, zone}})), code);
    QCOMPARE(home(name, {{u"timeZone"_s, zone}}).value("error"_L1).toString(), code == u"ok"_s ? QString() : code);
}

void TestPlaces::aDeploymentIsMadeAndChangedPartByPart()
{
    const auto made = call(u"deployment.create"_s, {{u"name"_s, u"Study"_s}, {u"timeZone"_s, u"Europe/Madrid"_s}});
    QVERIFY2(made, qPrintable(codeOf(made)));
    QCOMPARE(made->value("language"_L1).toString(), u"en"_s);
    QCOMPARE(made->value("allowTokenlessDevices"_L1).toBool(true), false);
    QCOMPARE(codeOf(call(u"deployment.create"_s, {{u"name"_s, u"Study"_s}, {u"timeZone"_s, u"UTC"_s}})),
             u"already-exists"_s);
    const auto id = made->value("id"_L1);
    const auto changed = call(u"deployment.update"_s, {{u"id"_s, id}, {u"allowTokenlessDevices"_s, true}});
    QVERIFY2(changed, qPrintable(codeOf(changed)));
    QCOMPARE(changed->value("allowTokenlessDevices"_L1).toBool(), true);
    QCOMPARE(changed->value("name"_L1).toString(), u"Study"_s);
    QCOMPARE(changed->value("timeZone"_L1).toString(), u"Europe/Madrid"_s);
    const auto renamed =
        call(u"deployment.update"_s, {{u"id"_s, id}, {u"name"_s, u"Other"_s}, {u"language"_s, u"de"_s}});
    QCOMPARE(renamed->value("name"_L1).toString(), u"Other"_s);
    QCOMPARE(renamed->value("language"_L1).toString(), u"de"_s);
    QCOMPARE(renamed->value("allowTokenlessDevices"_L1).toBool(), true);
    QCOMPARE(codeOf(call(u"deployment.update"_s, {{u"id"_s, id}, {u"serverTtlS"_s, 59}})), u"wrong-value"_s);
    QCOMPARE(codeOf(call(u"deployment.update"_s, {{u"id"_s, id}, {u"serverTtlS"_s, 60}})), u"ok"_s);
}

void TestPlaces::aHomeHasItsRooms()
{
    const auto plain = home(u"Plain"_s);
    QCOMPARE(plain.value("error"_L1).toString(), QString());
    QCOMPARE(plain.value("clock"_L1).toString(), u"real"_s);
    const auto made = home(u"With rooms"_s,
                           {{u"clock"_s, u"events"_s},
                            {u"timeZone"_s, u"Europe/Madrid"_s},
                            {u"rooms"_s, QJsonArray{QJsonObject{{u"kind"_s, u"kitchen"_s}, {u"name"_s, u"Kitchen"_s}},
                                                    QJsonObject{{u"kind"_s, u"bedroom"_s}, {u"name"_s, u"Bed"_s}}}}});
    QCOMPARE(made.value("clock"_L1).toString(), u"events"_s);
    QCOMPARE(made.value("timeZone"_L1).toString(), u"Europe/Madrid"_s);
    QCOMPARE(roomsOf(QByteArray::number(made.value("id"_L1).toInteger())), u"bedroom/Bed,kitchen/Kitchen"_s);
    const auto renamed = call(u"location.update"_s, {{u"id"_s, made.value("id"_L1)}, {u"name"_s, u"Renamed"_s}});
    QVERIFY2(renamed, qPrintable(codeOf(renamed)));
    QCOMPARE(renamed->value("name"_L1).toString(), u"Renamed"_s);
    QCOMPARE(renamed->value("timeZone"_L1).toString(), u"Europe/Madrid"_s);
    const auto got = call(u"location.get"_s, {{u"id"_s, static_cast<qint64>(m_api->a.location.value)}});
    QVERIFY2(got, qPrintable(codeOf(got)));
    QCOMPARE(got->value("location"_L1).toObject().value("name"_L1).toString(), u"home-a"_s);
    QVERIFY(got->value("devices"_L1).toArray().size() >= 2);
}

void TestPlaces::homesComeInPages()
{
    const qint64 deployment = m_api->b.deployment.value;
    for (const char* name : {"p1", "p2", "p3"})
        QVERIFY(home(QString::fromLatin1(name)).contains("id"_L1));
    const auto total =
        m_api->database.value("SELECT count(*) FROM location WHERE deployment_id = " + QByteArray::number(deployment))
            .toInt();
    int seen = 0;
    QJsonValue after;
    for (int page = 0; page < total; ++page) {
        QJsonObject wanted{{u"deployment"_s, deployment}, {u"limit"_s, 2}};
        if (page > 0)
            wanted.insert(u"after"_s, after);
        const auto got = call(u"location.list"_s, wanted);
        QVERIFY2(got, qPrintable(codeOf(got)));
        const auto items = got->value("items"_L1).toArray();
        seen += static_cast<int>(items.size());
        QCOMPARE(got->value("more"_L1).toBool(), seen < total);
        if (seen == total)
            return;
        QCOMPARE(items.size(), 2);
        after = items.last().toObject().value("id"_L1);
    }
    QFAIL("the last page never came");
}

void TestPlaces::aRoomIsRenamed()
{
    const auto room = call(u"room.create"_s, {{u"location"_s, static_cast<qint64>(m_api->a.location.value)},
                                              {u"kind"_s, u"other"_s},
                                              {u"name"_s, u"Attic"_s}});
    QVERIFY2(room, qPrintable(codeOf(room)));
    const auto renamed = call(u"room.update"_s, {{u"id"_s, room->value("id"_L1)}, {u"name"_s, u"Loft"_s}});
    QVERIFY2(renamed, qPrintable(codeOf(renamed)));
    QCOMPARE(renamed->value("name"_L1).toString(), u"Loft"_s);
    QCOMPARE(renamed->value("kind"_L1).toString(), u"other"_s);
    QCOMPARE(renamed->value("id"_L1), room->value("id"_L1));
}

void TestPlaces::anotherHomesRoomIsNone()
{
    const auto known = device(u"lamp-0"_s);
    QVERIFY(known);
    // Of another study, which nobody may mix in; of a neighbour, which only the home itself tells apart.
    for (const auto& study : {m_api->b.deployment, m_api->a.deployment}) {
        const auto other = home(u"Other home"_s, {{u"deployment"_s, static_cast<qint64>(study.value)}});
        const auto room = call(u"room.create"_s,
                               {{u"location"_s, other.value("id"_L1)}, {u"kind"_s, u"hall"_s}, {u"name"_s, u"Hall"_s}});
        QVERIFY(room);
        QCOMPARE(codeOf(device(u"lamp-1"_s, {{u"room"_s, room->value("id"_L1)}})), u"wrong-value"_s);
        QCOMPARE(m_api->database.value("SELECT count(*) FROM device WHERE key = 'lamp-1'"), u"0"_s);
        QCOMPARE(
            codeOf(call(u"device.update"_s, {{u"id"_s, known->value("id"_L1)}, {u"room"_s, room->value("id"_L1)}})),
            u"wrong-value"_s);
        QCOMPARE(m_api->database.value("SELECT count(*) FROM device WHERE key = 'lamp-0' AND room_id IS NOT NULL"),
                 u"0"_s);
    }
}

void TestPlaces::aRoomIsFoundOrMadeByItsKind()
{
    const auto first = device(u"lamp-2"_s, {{u"roomKind"_s, u"study"_s}});
    const auto second = device(u"lamp-3"_s, {{u"roomKind"_s, u"study"_s}});
    const auto named = device(u"lamp-4"_s, {{u"roomName"_s, u"Winter garden"_s}});
    const auto none = device(u"lamp-5"_s);
    QVERIFY(first && second && named && none);
    const auto roomOf = [](const Result<QJsonObject>& made) { return made->value("room"_L1).toObject(); };
    QCOMPARE(roomOf(first).value("name"_L1).toString(), u"study"_s);
    QCOMPARE(roomOf(second).value("id"_L1), roomOf(first).value("id"_L1));
    QCOMPARE(roomOf(named).value("name"_L1).toString(), u"Winter garden"_s);
    QCOMPARE(roomOf(named).value("kind"_L1).toString(), u"other"_s);
    QVERIFY(none->value("room"_L1).isNull());
    QCOMPARE(roomOf(device(u"lamp-7"_s, {{u"roomKind"_s, u"Living room"_s}})).value("kind"_L1).toString(), u"living"_s);
}

void TestPlaces::finding_G2_aTypoInAKindOfRoomMakesNone()
{
    const auto location = static_cast<qint64>(m_api->a.location.value);
    QCOMPARE(codeOf(device(u"lamp-8"_s, {{u"roomKind"_s, u"kitchn"_s}})), u"wrong-value"_s);
    QCOMPARE(codeOf(call(u"room.create"_s, {{u"location"_s, location}, {u"kind"_s, u"bedrom"_s}, {u"name"_s, u"x"_s}})),
             u"wrong-value"_s);
    QCOMPARE(m_api->database.value("SELECT count(*) FROM room WHERE kind IN ('kitchn', 'bedrom')"), u"0"_s);
    m_api->database.run("INSERT INTO room (location_id, kind, name) VALUES (" + QByteArray::number(location) +
                        ", 'bath', 'bath')"); // from before
    const auto found = device(u"lamp-8"_s, {{u"roomKind"_s, u"bath"_s}});
    QVERIFY(found);
    const auto id = found->value("room"_L1).toObject().value("id"_L1);
    QVERIFY(call(u"room.update"_s, {{u"id"_s, id}, {u"kind"_s, u"bath"_s}, {u"name"_s, u"Bath"_s}}));
    QCOMPARE(codeOf(call(u"room.update"_s, {{u"id"_s, id}, {u"kind"_s, u"bathrom"_s}})), u"wrong-value"_s);
}

void TestPlaces::aRetiredDeviceHasNoTokens()
{
    const auto made = device(u"lamp-6"_s);
    const auto id = made->value("id"_L1);
    const QByteArray open = "SELECT count(*) FROM device_token WHERE revoked_at IS NULL AND device_id = " +
                            QByteArray::number(id.toInteger());
    QCOMPARE(m_api->database.value(open), u"1"_s);
    QCOMPARE(codeOf(call(u"device.retire"_s, {{u"id"_s, id}})), u"ok"_s);
    QCOMPARE(m_api->database.value(open), u"0"_s);
    QCOMPARE(codeOf(call(u"device.newToken"_s, {{u"id"_s, id}})), u"conflict"_s);
    QCOMPARE(m_api->database.value(open), u"0"_s);
}

void TestPlaces::aNewTokenIsShownOnceAndTheOldOneGoesOnAWhile()
{
    const auto made = device(u"lamp-9"_s, {{u"type"_s, 20017}});
    QVERIFY2(made, qPrintable(codeOf(made)));
    const auto id = made->value("id"_L1);
    const auto fresh = call(u"device.newToken"_s, {{u"id"_s, id}});
    QVERIFY2(fresh, qPrintable(codeOf(fresh)));
    const QString token = fresh->value("token"_L1).toString();
    QVERIFY(!token.isEmpty() && token != made->value("token"_L1).toString());
    QVERIFY(fresh->value("curl"_L1).toString().contains(token));
    QVERIFY(fresh->value("curl"_L1).toString().contains(u"lamp-9"_s));
    QVERIFY(fresh->value("curl"_L1).toString().contains(u"[{\"name\":\"lightStatus\",\"value\":1}]"_s));
    const auto got = call(u"device.get"_s, {{u"id"_s, id}});
    QVERIFY(text(*got).find(token.toStdString()) == std::string::npos);
    QCOMPARE(m_api->database.value("SELECT count(*) FROM audit WHERE detail::text LIKE '%" + token.toUtf8() + "%'"),
             u"0"_s);
}

void TestPlaces::commandsAreListedWithWhatBecomesOfThem()
{
    const qint64 sensor = m_api->a.sensor.value;
    const auto send = [&](const QJsonObject& more) {
        QJsonObject wanted{{u"id"_s, sensor},
                           {u"parameters"_s, QJsonArray{QJsonObject{{u"name"_s, u"outletStatus"_s}, {u"value"_s, 0}}}}};
        for (auto one = more.begin(); one != more.end(); ++one)
            wanted.insert(one.key(), one.value());
        return call(u"device.command"_s, wanted);
    };
    const auto first = send({{u"comment"_s, u"for a test"_s}});
    const auto second = send({{u"expiresMs"_s, 3'600'000}});
    QVERIFY2(first && second, qPrintable(codeOf(first) + codeOf(second)));
    QCOMPARE(first->value("state"_L1).toString(), u"queued"_s);
    const QByteArray lives = "SELECT round(extract(epoch FROM expires_at - created_at)) FROM command WHERE id = ";
    QCOMPARE(m_api->database.value(lives + QByteArray::number(idOf(first))), u"60"_s);
    QCOMPARE(m_api->database.value(lives + QByteArray::number(idOf(second))), u"3600"_s);
    const auto listed = call(u"command.list"_s, {{u"location"_s, static_cast<qint64>(m_api->a.location.value)}});
    QVERIFY2(listed, qPrintable(codeOf(listed)));
    QCOMPARE(listed->value("items"_L1).toArray().size(), 2);
    const auto got = call(u"command.get"_s, {{u"id"_s, idOf(second)}});
    QVERIFY2(got, qPrintable(codeOf(got)));
    QCOMPARE(idOf(got), idOf(second));
}

QTEST_GUILESS_MAIN(TestPlaces)
#include "tst_places.moc"
