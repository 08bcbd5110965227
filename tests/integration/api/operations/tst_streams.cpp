// stream.update: what a stream holds from then on, what stays, what is refused, and that it is in the audit log.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

constexpr std::int64_t Start = 1'767'225'600'000; // 2026-01-01

} // namespace

class TestStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
        m_seconds = 0;
    }
    void cleanup() { m_api.reset(); }

    void finding_F3_anOperatorChangesAStreamsKind();
    void finding_F3_textsBecomeNumbersAndWhatWasStoredStays();
    void finding_F3_whatIsSettledElsewhereIsRefusedWithASentence_data();
    void finding_F3_whatIsSettledElsewhereIsRefusedWithASentence();
    void finding_F3_coordinatorsChangeItAnalystsDoNot();
    void finding_F5_aTypeThatIsSetLaterRenamesNoUnit_data();
    void finding_F5_aTypeThatIsSetLaterRenamesNoUnit();
    void finding_whatWasMeasuredStaysWithTheHomeThatTheDeviceLeft();

private:
    Result<QJsonObject> change(const QString& token, qint64 stream, const QString& kind)
    {
        return m_api->call(token, u"stream.update"_s, {{u"id"_s, stream}, {u"kind"_s, kind}});
    }
    // Stores a value of sensor-a, a second after the one before; empty, or the reason why not.
    QString post(const QString& name, const QString& value)
    {
        const QString time = QString::fromStdString(toIso(fromMs(Start + 1'000 * ++m_seconds)));
        const auto report =
            m_api->call(m_admin, u"measurement.import"_s,
                        {{u"location"_s, static_cast<qint64>(m_api->a.location.value)},
                         {u"csv"_s, u"time,device_id,parameter,value\n%1,sensor-a,%2,%3\n"_s.arg(time, name, value)}});
        if (!report)
            return codeOf(report);
        return report->value("refused"_L1)[0]["reason"_L1].toString();
    }
    qint64 streamOf(const QByteArray& name) const
    {
        return m_api->database.value("SELECT id FROM stream WHERE name = '" + name + "'").toLongLong();
    }
    QString stored() const
    {
        return m_api->database.value("SELECT string_agg(coalesce(number::text, '') || '|' || coalesce(text, ''), ' ' "
                                     "ORDER BY time) FROM measurement");
    }
    QJsonArray queried(qint64 stream)
    {
        const auto iso = [](std::int64_t ms) { return QString::fromStdString(toIso(fromMs(ms))); };
        const auto series =
            m_api->call(m_admin, u"measurement.query"_s,
                        {{u"stream"_s, stream}, {u"from"_s, iso(Start)}, {u"to"_s, iso(Start + 3'600'000)}});
        return series ? series->value("values"_L1).toArray() : QJsonArray();
    }

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
    int m_seconds = 0;
};

void TestStreams::finding_whatWasMeasuredStaysWithTheHomeThatTheDeviceLeft()
{
    QCOMPARE(post(u"level"_s, u"7"_s), QString());
    const auto left = [this](qint64 home) {
        const auto whole = m_api->call(m_admin, u"location.get"_s, {{u"id"_s, home}});
        return whole ? whole->value("left"_L1).toArray() : QJsonArray{codeOf(whole)};
    };
    const auto old = static_cast<qint64>(m_api->a.location.value);
    QCOMPARE(left(old), QJsonArray());
    const auto made = m_api->call(m_admin, u"location.create"_s,
                                  {{u"deployment"_s, static_cast<qint64>(m_api->a.deployment.value)},
                                   {u"name"_s, u"elsewhere"_s},
                                   {u"timeZone"_s, u"UTC"_s}});
    QVERIFY2(made, qPrintable(codeOf(made)));
    const qint64 next = made->value("id"_L1).toInteger();
    m_api->database.run("UPDATE device SET room_id = NULL, location_id = " + QByteArray::number(next) +
                        " WHERE key = 'sensor-a'");
    QCOMPARE(left(next), QJsonArray());
    const QJsonArray behind = left(old);
    QCOMPARE(behind.size(), 1);
    QCOMPARE(behind[0]["name"_L1].toString(), u"level"_s);
    QCOMPARE(behind[0]["deviceKey"_L1].toString(), u"sensor-a"_s);
    QCOMPARE(queried(behind[0]["id"_L1].toInteger()).size(), 1); // and it can be looked at
}

void TestStreams::finding_F3_anOperatorChangesAStreamsKind()
{
    QCOMPARE(post(u"level"_s, u"7"_s), QString());
    QVERIFY(post(u"level"_s, u"high"_s).contains(u"not-a-number"_s));
    const qint64 stream = streamOf("level");
    const auto changed = change(m_admin, stream, u"text"_s);
    QVERIFY2(changed, qPrintable(codeOf(changed)));
    QCOMPARE(changed->value("kind"_L1).toString(), u"text"_s);
    QCOMPARE(changed->value("name"_L1).toString(), u"level"_s);
    QCOMPARE(changed->value("latest"_L1)["value"_L1].toInt(), 7);
    QVERIFY(testkit::waitUntil([&] { return post(u"level"_s, u"high"_s).isEmpty(); })); // the committer looks again
    QCOMPARE(post(u"level"_s, u"8"_s), QString());
    QCOMPARE(stored(), u"7| |high |8"_s);
    QCOMPARE(queried(stream), (QJsonArray{7, u"high"_s, u"8"_s})); // each as it was stored
    const auto device = m_api->call(m_admin, u"device.get"_s, {{u"id"_s, qint64{m_api->a.sensor.value}}});
    QCOMPARE(device->value("streams"_L1)[0]["kind"_L1].toString(), u"text"_s);
    QCOMPARE(m_api->database.value("SELECT object || ' ' || (detail->>'from') || ' ' || (detail->>'kind') FROM audit "
                                   "WHERE action = 'stream.update'"),
             u"stream:%1 number text"_s.arg(stream));
}

void TestStreams::finding_F3_textsBecomeNumbersAndWhatWasStoredStays()
{
    QCOMPARE(post(u"mode"_s, u"eco"_s), QString());
    QCOMPARE(post(u"mode"_s, u"21.5"_s), QString()); // as its text
    const qint64 stream = streamOf("mode");
    QVERIFY(change(m_admin, stream, u"number"_s));
    QVERIFY(testkit::waitUntil([&] { return post(u"mode"_s, u"eco"_s).contains(u"not-a-number"_s); }));
    QCOMPARE(post(u"mode"_s, u"22.5"_s), QString());
    QCOMPARE(post(u"mode"_s, u"unavailable"_s), QString()); // no value
    const QJsonArray values = queried(stream);
    QVERIFY(values.size() >= 4);
    QCOMPARE(values.at(0).toString(), u"eco"_s);
    QCOMPARE(values.at(1).toString(), u"21.5"_s);
    QCOMPARE(values.at(values.size() - 2).toDouble(), 22.5);
    QVERIFY(values.last().isNull());
    QVERIFY(change(m_admin, stream, u"number"_s)); // again: nothing changes
    QCOMPARE(m_api->database.value("SELECT count(*) FROM change WHERE kind = 'stream'"), u"1"_s);
}

void TestStreams::finding_F3_whatIsSettledElsewhereIsRefusedWithASentence_data()
{
    QTest::addColumn<QByteArray>("stream"); // its columns but the home
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("said");
    const QByteArray plug = "(SELECT id FROM device WHERE key = 'plug')";
    QTest::newRow("a number by type") << QByteArray(plug + ", 'power', NULL") << u"text"_s << u"'power' is a number"_s;
    QTest::newRow("on or off by type") << QByteArray(plug + ", 'outletStatus', NULL") << u"number"_s
                                       << u"is on or off"_s;
    QTest::newRow("a script's of a device") << QByteArray(plug + ", 'syn.hot', 1") << u"text"_s << u"a script makes"_s;
    QTest::newRow("a script's of the home")
        << QByteArray("NULL, 'syn.visits', NULL") << u"text"_s << u"a script makes"_s;
    QTest::newRow("another word") << QByteArray(plug + ", 'mode', NULL") << u"on-off"_s << u"'kind'"_s;
}

void TestStreams::finding_F3_whatIsSettledElsewhereIsRefusedWithASentence()
{
    QFETCH(QByteArray, stream);
    QFETCH(QString, kind);
    QFETCH(QString, said);
    const QByteArray home = QByteArray::number(qint64{m_api->a.location.value});
    m_api->database.run("INSERT INTO device (deployment_id, location_id, key, type) SELECT deployment_id, id, 'plug', "
                        "10014 FROM location WHERE id = " +
                        home);
    const qint64 id = m_api->database
                          .value("INSERT INTO stream (location_id, device_id, name, script_id) VALUES (" + home + ", " +
                                 stream + ") RETURNING id")
                          .toLongLong();
    const auto refused = change(m_admin, id, kind);
    QCOMPARE(codeOf(refused), u"wrong-value"_s);
    QVERIFY2(refused.error().detail.contains(said), qPrintable(refused.error().detail));
    QCOMPARE(m_api->database.value("SELECT kind FROM stream"), u"undecided"_s);
}

void TestStreams::finding_F3_coordinatorsChangeItAnalystsDoNot()
{
    QCOMPARE(post(u"level"_s, u"7"_s), QString());
    const qint64 stream = streamOf("level");
    const QString analyst = m_api->operatorWith(u"n@a.org"_s, {{m_api->a.deployment, Role::Analyst}});
    QCOMPARE(codeOf(change(analyst, stream, u"text"_s)), u"access-denied"_s);
    const QString elsewhere = m_api->operatorWith(u"c@b.org"_s, {{m_api->b.deployment, Role::Coordinator}});
    QCOMPARE(codeOf(change(elsewhere, stream, u"text"_s)), u"not-found"_s);
    const QString coordinator = m_api->operatorWith(u"c@a.org"_s, {{m_api->a.deployment, Role::Coordinator}});
    QCOMPARE(codeOf(change(coordinator, stream, u"text"_s)), u"ok"_s);
}

void TestStreams::finding_F5_aTypeThatIsSetLaterRenamesNoUnit_data()
{
    QTest::addColumn<QString>("unit"); // in which power came, while nothing was known of the device
    QTest::addColumn<QString>("code");
    QTest::newRow("another of the quantity") << u"kW"_s << u"wrong-value"_s;
    QTest::newRow("another quantity") << u"furlong"_s << u"wrong-value"_s;
    QTest::newRow("the type's") << u"W"_s << u"ok"_s;
    QTest::newRow("none") << QString() << u"ok"_s;
}

void TestStreams::finding_F5_aTypeThatIsSetLaterRenamesNoUnit()
{
    QFETCH(QString, unit);
    QFETCH(QString, code);
    const auto report =
        m_api->call(m_admin, u"measurement.import"_s,
                    {{u"location"_s, static_cast<qint64>(m_api->a.location.value)},
                     {u"csv"_s, u"time,device_id,parameter,value,unit\n2026-01-01T00:00:00Z,sensor-a,power,2,%1\n"
                                u"2026-01-01T00:00:00Z,sensor-a,mode,eco,\n"_s.arg(unit)}});
    QVERIFY2(report && report->value("stored"_L1).toInt() == 2, qPrintable(codeOf(report)));
    const QJsonObject wanted{{u"id"_s, static_cast<qint64>(m_api->a.sensor.value)}, {u"type"_s, 10014}};
    const auto typed = m_api->call(m_admin, u"device.update"_s, wanted);
    QCOMPARE(codeOf(typed), code);
    QCOMPARE(m_api->database.value("SELECT unit FROM stream WHERE name = 'power'"), unit);
    QCOMPARE(m_api->database.value("SELECT type FROM device WHERE key = 'sensor-a'"), typed ? u"10014"_s : u"0"_s);
    if (!typed)
        QVERIFY2(typed.error().detail.contains(unit) && typed.error().detail.contains(u"register its id anew"_s),
                 qPrintable(typed.error().detail));
}

QTEST_GUILESS_MAIN(TestStreams)
#include "tst_streams.moc"
