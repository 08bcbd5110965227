// Lists over several studies: they are paged to their end, each row is shown by the rights in its own study, and what is over
// is counted and changed no more.
#include "tests/integration/api/api_fixture.h"

#include <QSet>
#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

constexpr qint64 OfOne = 3; // rows of a page

qint64 idOf(const QJsonObject& object)
{
    return object.value("id"_L1).toInteger();
}

} // namespace

class TestSeveralStudies : public QObject
{
    Q_OBJECT

    QJsonObject done(const QString& token, const QString& method, const QJsonObject& params = {})
    {
        const auto answer = m_api->call(token, method, params);
        if (!answer)
            qWarning() << method << answer.error().message();
        return answer.value_or(QJsonObject());
    }
    ErrorCode refused(const QString& method, const QJsonObject& params)
    {
        const auto answer = m_api->call(m_admin, method, params);
        return answer ? ErrorCode::Internal : answer.error().code;
    }
    // Every page of a list, one after the other.
    QList<qint64> paged(const QString& method, QJsonObject params)
    {
        QList<qint64> ids;
        params.insert(u"limit"_s, OfOne);
        for (bool more = true; more;) {
            const auto page = done(m_admin, method, params);
            for (const auto& row : page.value("items"_L1).toArray())
                ids.append(idOf(row.toObject()));
            more = page.value("more"_L1).toBool();
            params.insert(u"after"_s, ids.isEmpty() ? 0 : ids.last());
        }
        return ids;
    }
    qint64 alertIn(const testkit::SampleHome& home, const QByteArray& key)
    {
        return m_api->database
            .value("INSERT INTO alert (deployment_id, location_id, source, key, severity, texts, at) VALUES (" +
                   QByteArray::number(qint64(home.deployment.value)) + ", " +
                   QByteArray::number(qint64(home.location.value)) + ", 'device', '" + key +
                   "', 'urgent', '{\"en\":\"the stove\"}', now()) RETURNING id")
            .toLongLong();
    }

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
    }
    void cleanup() { m_api.reset(); }

    void listsArePagedToTheirEnd()
    {
        for (int i = 0; i < 5; ++i) {
            for (const auto& home : {m_api->a, m_api->b}) {
                QVERIFY(!done(m_admin, u"device.register"_s,
                              {{u"location"_s, qint64(home.location.value)},
                               {u"key"_s, u"plug-%1"_s.arg(i)},
                               {u"type"_s, 10014}})
                             .isEmpty());
                alertIn(home, "k" + QByteArray::number(i));
            }
        }
        for (const auto& [method, params] :
             {std::pair{u"device.list"_s, QJsonObject()}, {u"alert.list"_s, QJsonObject{{u"state"_s, u"all"_s}}}}) {
            QList<qint64> whole;
            QJsonObject all = params;
            all.insert(u"limit"_s, 500);
            for (const auto& row : done(m_admin, method, all).value("items"_L1).toArray())
                whole.append(idOf(row.toObject()));
            QVERIFY(whole.size() >= 10);
            QCOMPARE(paged(method, params), whole);
        }
    }

    void eachRowIsShownByTheRightsInItsStudy()
    {
        const QString token = m_api->operatorWith(
            u"m@example.org"_s, {{m_api->a.deployment, Role::Coordinator}, {m_api->b.deployment, Role::Analyst}});
        const qint64 own = alertIn(m_api->a, "own");
        const qint64 other = alertIn(m_api->b, "other");
        QMap<qint64, QString> texts;
        for (const auto& row : done(token, u"alert.list"_s, {{u"state"_s, u"all"_s}}).value("items"_L1).toArray())
            texts.insert(idOf(row.toObject()), row.toObject().value("text"_L1).toString());
        QCOMPARE(texts.value(own), u"the stove"_s);
        QVERIFY2(!texts.value(other).contains(u"stove"_s), qPrintable(texts.value(other)));
        const auto attention = done(token, u"overview.get"_s).value("attention"_L1).toArray();
        QCOMPARE(attention.size(), 1); // the other one's counts alone
        QVERIFY(done(token, u"overview.get"_s, {{u"deployment"_s, qint64(m_api->b.deployment.value)}})
                    .value("attention"_L1)
                    .toArray()
                    .isEmpty());
    }

    void anAnalystSearchesNoTexts()
    {
        const QString token = m_api->operatorWith(u"an@example.org"_s, {{m_api->a.deployment, Role::Analyst}});
        QVERIFY(!done(m_admin, u"device.register"_s,
                      {{u"location"_s, qint64(m_api->a.location.value)},
                       {u"key"_s, u"lamp-1"_s},
                       {u"type"_s, 10014},
                       {u"description"_s, u"Lampe von Erna"_s}})
                     .isEmpty());
        const QJsonObject byText{{u"deployment"_s, qint64(m_api->a.deployment.value)}, {u"search"_s, u"erna"_s}};
        QCOMPARE(done(m_admin, u"device.list"_s, byText).value("items"_L1).toArray().size(), 1);
        QCOMPARE(done(token, u"device.list"_s, byText).value("items"_L1).toArray().size(), 0);
        const QJsonObject byKey{{u"deployment"_s, qint64(m_api->a.deployment.value)}, {u"search"_s, u"LAMP-1"_s}};
        QCOMPARE(done(token, u"device.list"_s, byKey).value("items"_L1).toArray().size(), 1);
    }

    void whatIsRetiredIsChangedNoMore()
    {
        const qint64 home = idOf(done(m_admin, u"location.create"_s,
                                      {{u"deployment"_s, qint64(m_api->a.deployment.value)}, {u"name"_s, u"Old"_s}}));
        const qint64 room = idOf(done(m_admin, u"room.create"_s,
                                      {{u"location"_s, home}, {u"kind"_s, u"kitchen"_s}, {u"name"_s, u"Kitchen"_s}}));
        const qint64 device = idOf(done(m_admin, u"device.register"_s,
                                        {{u"location"_s, home}, {u"key"_s, u"plug-old"_s}, {u"type"_s, 10014}}));
        done(m_admin, u"device.retire"_s, {{u"id"_s, device}});
        QCOMPARE(refused(u"device.update"_s, {{u"id"_s, device}, {u"use"_s, u"x"_s}}), ErrorCode::Conflict);
        done(m_admin, u"location.retire"_s, {{u"id"_s, home}});
        QCOMPARE(refused(u"room.update"_s, {{u"id"_s, room}, {u"name"_s, u"q"_s}}), ErrorCode::NotFound);
        QCOMPARE(refused(u"room.remove"_s, {{u"id"_s, room}}), ErrorCode::NotFound);
    }

    void aTokenEndsAccessWithoutOne()
    {
        m_api->database.run("UPDATE deployment SET allow_tokenless_devices = true");
        const auto made = done(m_admin, u"device.register"_s,
                               {{u"location"_s, qint64(m_api->a.location.value)},
                                {u"key"_s, u"open-1"_s},
                                {u"type"_s, 31},
                                {u"token"_s, false}});
        const qint64 device =
            idOf(made.value("device"_L1).toObject().isEmpty() ? made : made.value("device"_L1).toObject());
        QVERIFY(done(m_admin, u"device.get"_s, {{u"id"_s, device}}).value("tokenless"_L1).toBool());
        QVERIFY(!done(m_admin, u"device.newToken"_s, {{u"id"_s, device}}).isEmpty());
        QVERIFY(!done(m_admin, u"device.get"_s, {{u"id"_s, device}}).value("tokenless"_L1).toBool(true));
    }

    void choicesOfAQuestionAreEachOnce()
    {
        const QJsonObject role{{u"location"_s, qint64(m_api->a.location.value)}, {u"role"_s, u"resident"_s}};
        const auto made = done(m_admin, u"participant.create"_s,
                               {{u"deployment"_s, qint64(m_api->a.deployment.value)}, {u"roles"_s, QJsonArray{role}}});
        const qint64 person =
            made.contains("participant"_L1) ? idOf(made.value("participant"_L1).toObject()) : idOf(made);
        QCOMPARE(refused(u"question.ask"_s, {{u"participant"_s, person},
                                             {u"text"_s, u"Well?"_s},
                                             {u"type"_s, u"one-of"_s},
                                             {u"choices"_s, QJsonArray{u"a"_s, u"a"_s}}}),
                 ErrorCode::WrongValue);
    }

private:
    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
};

QTEST_GUILESS_MAIN(TestSeveralStudies)
#include "tst_several_studies.moc"
