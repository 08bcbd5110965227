// Nouns as JSON: every member goes both ways, and what is wrong is named.
#include "shared/model/alert.h"
#include "shared/model/json.h"
#include "shared/model/page.h"
#include "shared/model/schema.h"
#include "shared/model/script.h"
#include "shared/protocol/operations/device.h"

#include <QTest>

using namespace cohort;
using namespace Qt::StringLiterals;

namespace {

model::Alert sampleAlert()
{
    model::Alert alert;
    alert.id = AlertId{7};
    alert.key = u"stove-on"_s;
    alert.severity = model::Severity::Urgent;
    alert.text = u"The stove is on."_s;
    alert.texts = {{u"en"_s, u"The stove is on."_s}, {u"de"_s, u"Der Herd ist an."_s}};
    alert.origin.deployment = DeploymentId{1};
    alert.origin.location = LocationId{2};
    alert.life.state = model::AlertState::Acknowledged;
    alert.life.at = fromMs(1'700'000'000'123);
    alert.life.stateAt = fromMs(1'700'000'000'999);
    alert.actions = {{3, u"off"_s, u"Switch it off"_s, DeviceId{4}, u"plug"_s, {{u"outletStatus"_s, std::nullopt, 0}}}};
    return alert;
}

} // namespace

class Json : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesEnumsTimesAndNothing();
    void readsWhatItWrote();
    void namesWhatIsMissingOrWrong_data();
    void namesWhatIsMissingOrWrong();
    void keepsAFlatPartThatIsNotThereAway();
    void parametersMayLeaveOutWhatIsOptional();
    void parametersRefuse_data();
    void parametersRefuse();
    void aRoomCanBeTakenAwayOrLeftAlone();
    void storedJsonMayLackWhatCameLater();
    void describesKindsAndBounds();
};

void Json::writesEnumsTimesAndNothing()
{
    const auto json = model::toJson(sampleAlert());
    QCOMPARE(json.value("severity"_L1).toString(), u"urgent"_s);
    QCOMPARE(json.value("state"_L1).toString(), u"acknowledged"_s);
    QCOMPARE(json.value("at"_L1).toString(), u"2023-11-14T22:13:20.123Z"_s);
    QVERIFY(json.value("snoozedUntil"_L1).isNull());
    QVERIFY(json.value("script"_L1).isNull());
    QCOMPARE(json.value("location"_L1).toInteger(), 2);
    QCOMPARE(json.value("texts"_L1).toObject().value("de"_L1).toString(), u"Der Herd ist an."_s);
    QCOMPARE(json.value("answers"_L1).toArray().size(), 0);
}

void Json::readsWhatItWrote()
{
    const auto written = model::toJson(sampleAlert());
    const auto read = model::fromJson<model::Alert>(written);
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().message()));
    QCOMPARE(model::toJson(*read), written);
    QCOMPARE(read->actions.first().device, DeviceId{4});
    QVERIFY(read->isOpen());
}

void Json::namesWhatIsMissingOrWrong_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("said");
    const QJsonValue none(QJsonValue::Undefined);
    QTest::newRow("missing") << u"text"_s << none << u"'text'"_s;
    QTest::newRow("missing, may be null") << u"snoozedUntil"_s << none << u"'snoozedUntil'"_s;
    QTest::newRow("a number for a text") << u"text"_s << QJsonValue(5) << u"'text' must be a text"_s;
    QTest::newRow("null for a text") << u"text"_s << QJsonValue() << u"'text' must be a text"_s;
    QTest::newRow("a word that no state has")
        << u"state"_s << QJsonValue(u"shut"_s) << u"'state' must be one of open|acknowledged|resolved|dismissed"_s;
    QTest::newRow("a time that is none") << u"at"_s << QJsonValue(u"yesterday"_s)
                                         << u"'at' must be a time such as 2026-01-31T12:00:00Z"_s;
    QTest::newRow("an id that is none") << u"id"_s << QJsonValue(0) << u"'id' must be an id"_s;
    QTest::newRow("half an id") << u"id"_s << QJsonValue(1.5) << u"'id' must be"_s;
    QTest::newRow("null for an id") << u"location"_s << QJsonValue() << u"'location' must be an id"_s;
    QTest::newRow("a list that is none") << u"actions"_s << QJsonValue(QJsonObject()) << u"'actions' must be a list"_s;
    QTest::newRow("inside a list") << u"actions"_s << QJsonValue(QJsonArray{QJsonObject{{u"id"_s, 1}}})
                                   << u"'actions[0].key'"_s;
    QTest::newRow("in a map") << u"texts"_s << QJsonValue(QJsonObject{{u"en"_s, true}})
                              << u"'texts.en' must be a text"_s;
}

void Json::namesWhatIsMissingOrWrong()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(QString, said);
    auto json = model::toJson(sampleAlert());
    json.insert(member, value);
    const auto read = model::fromJson<model::Alert>(json);
    QVERIFY(!read);
    QVERIFY2(read.error().detail.startsWith(said), qPrintable(read.error().detail));
}

void Json::keepsAFlatPartThatIsNotThereAway()
{
    model::Participant person;
    person.id = ParticipantId{1};
    person.deployment = DeploymentId{1};
    auto hidden = model::toJson(person);
    QVERIFY(!hidden.contains("name"_L1));
    QVERIFY(!model::fromJson<model::Participant>(hidden)->personal);
    person.personal = model::PersonalData{u"Ann"_s, std::nullopt, std::nullopt};
    auto shown = model::toJson(person);
    QVERIFY(shown.value("email"_L1).isNull());
    QCOMPARE(model::fromJson<model::Participant>(shown)->label(), u"Ann"_s);
    shown.remove("email"_L1); // all of it or nothing
    QVERIFY(!model::fromJson<model::Participant>(shown));
}

void Json::parametersMayLeaveOutWhatIsOptional()
{
    const auto read = model::fromJson<protocol::DeviceList>({{u"state"_s, u"silent"_s}}, model::Form::Parameters);
    QVERIFY(read);
    QVERIFY(!read->deployment && !read->limit);
    QCOMPARE(*read->state, protocol::DeviceStateFilter::Silent);
    protocol::DeviceList wanted;
    wanted.location = LocationId{3};
    QCOMPARE(model::toParameters(wanted), (QJsonObject{{u"location"_s, 3}}));
}

void Json::parametersRefuse_data()
{
    QTest::addColumn<QJsonObject>("given");
    QTest::addColumn<QString>("said");
    QTest::newRow("what nobody knows") << QJsonObject{{u"stat"_s, u"silent"_s}} << u"there is no parameter 'stat'"_s;
    QTest::newRow("over the bound") << QJsonObject{{u"limit"_s, 1'001}} << u"'limit' must be a number from 1 to 1000"_s;
    QTest::newRow("under the bound") << QJsonObject{{u"limit"_s, 0}} << u"'limit' must be a number from 1 to 1000"_s;
    QTest::newRow("a text that is too long")
        << QJsonObject{{u"search"_s, QString(101, u'x')}} << u"'search' must be 0 to 100 characters"_s;
    QTest::newRow("a text with NUL") << QJsonObject{{u"search"_s, QString(QChar(0))}}
                                     << u"'search' must be a text without NUL"_s;
}

void Json::parametersRefuse()
{
    QFETCH(QJsonObject, given);
    QFETCH(QString, said);
    const auto read = model::fromJson<protocol::DeviceList>(given, model::Form::Parameters);
    QVERIFY(!read);
    QCOMPARE(read.error().detail, said);
}

void Json::aRoomCanBeTakenAwayOrLeftAlone()
{
    const auto away =
        model::fromJson<protocol::DeviceUpdate>({{u"id"_s, 1}, {u"room"_s, QJsonValue()}}, model::Form::Parameters);
    QVERIFY(away && away->room);
    QCOMPARE(*away->room, RoomId{});
    QVERIFY(!model::fromJson<protocol::DeviceUpdate>({{u"id"_s, 1}}, model::Form::Parameters)->room);
}

void Json::storedJsonMayLackWhatCameLater()
{
    const QJsonObject stored{{u"name"_s, u"power"_s}, {u"value"_s, 1}, {u"old"_s, true}};
    QVERIFY(model::fromJson<model::CommandParameter>(stored, model::Form::Stored));
    const auto field = model::fromJson<model::ScriptParameter>({{u"type"_s, u"hours"_s}}, model::Form::Stored);
    QVERIFY(field && field->help.isEmpty() && field->choices.isEmpty());
    QVERIFY(!model::fromJson<model::ScriptParameter>({{u"type"_s, u"days"_s}}, model::Form::Stored));
    QVERIFY(!model::fromJson<model::CommandParameter>(stored, model::Form::Answer));
    QVERIFY(!model::fromJson<model::CommandParameter>(stored, model::Form::Parameters));
}

void Json::describesKindsAndBounds()
{
    const auto fields = model::describe<protocol::DeviceList>();
    QCOMPARE(QString::fromLatin1(fields[0].name), u"deployment"_s);
    QCOMPARE(fields[0].noun, model::Noun::Deployment);
    QVERIFY(fields[0].isOptional);
    QCOMPARE(fields[2].choices.size(), std::size_t{6});
    QCOMPARE(fields[4].rule.most, 1'000.0);
    const auto page = model::describe<model::Page<model::Alert>>();
    QCOMPARE(page[0].kind, model::Kind::List);
    QCOMPARE(page[0].of.front().kind, model::Kind::Struct);
}

QTEST_APPLESS_MAIN(Json)
#include "tst_json.moc"
