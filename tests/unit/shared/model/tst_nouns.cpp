// What nouns say of themselves: the words of their states, what people call them, and the values that a form takes.
#include "shared/model/alert.h"
#include "shared/model/device.h"
#include "shared/model/json.h"
#include "shared/model/message.h"
#include "shared/model/operator.h"
#include "shared/model/parameter_form.h"
#include "shared/model/places.h"
#include "shared/model/run.h"
#include "shared/model/schema.h"
#include "shared/model/server.h"

#include <QTest>

#include <set>

using namespace cohort;
using namespace cohort::model;
using namespace Qt::StringLiterals;

namespace {

// Each word stands for its value, in small letters, once.
template <Named E>
bool wordsAreGood(E = {})
{
    constexpr auto names = enumNames(E{});
    std::set<QString> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const E value = static_cast<E>(i);
        const QString word = textOf(value);
        if (valueOf<E>(word) != value || valueOf<E>(word.toUpper()) || valueOf<E>(word + u' ') ||
            !seen.insert(word).second)
            return false;
    }
    return !valueOf<E>(u"") && !valueOf<E>(QString());
}

ScriptParameter parameterOf(ParameterType type)
{
    ScriptParameter parameter;
    parameter.type = type;
    return parameter;
}

QString wanted(ParameterType type, const QJsonValue& value)
{
    return wantedInstead(parameterOf(type), value);
}

const Field* fieldOf(const std::vector<Field>& fields, std::string_view name)
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return name == one.name; });
    return found == fields.end() ? nullptr : &*found;
}

} // namespace

class TestNouns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsLeadBackToTheirValues();
    void everyIdNamesItsNoun();
    void anAlertIsOpenUntilItEnds();
    void peopleAndDevicesAreCalledByTheirNames();
    void aCommandIsFinishedWhenItSaysWhen();
    void aNumberIsTakenAtItsBounds();
    void aWholeNumberIsWhole();
    void aTextHasAnEnd();
    void aTimeIsOneOfTheDay();
    void aChoiceIsOneOfItsWords();
    void aFormSaysWhatItHas();
    void kindsOfRoomsHaveNames();
    void aPartThatIsLeftOutAsAWholeIsDescribedSo();
    void flatPartsStandAmongTheOthers();
    void jsonOfEveryKindOfNounComesBack();
};

void TestNouns::wordsLeadBackToTheirValues()
{
    QVERIFY(wordsAreGood<AlertSource>() && wordsAreGood<AlertState>() && wordsAreGood<Severity>());
    QVERIFY(wordsAreGood<AnswerKind>() && wordsAreGood<CommandState>() && wordsAreGood<Reporting>());
    QVERIFY(wordsAreGood<DeviceStateFilter>() && wordsAreGood<ReportKind>() && wordsAreGood<HomeRole>());
    QVERIFY(wordsAreGood<ParticipantStatus>() && wordsAreGood<Language>() && wordsAreGood<LocationClock>());
    QVERIFY(wordsAreGood<MessageDirection>() && wordsAreGood<MessageKind>() && wordsAreGood<MessageState>());
    QVERIFY(wordsAreGood<QuestionType>() && wordsAreGood<OperatorRole>() && wordsAreGood<RunStatus>());
    QVERIFY(wordsAreGood<EffectKind>() && wordsAreGood<ScriptMode>() && wordsAreGood<ScriptStatus>());
    QVERIFY(wordsAreGood<InstanceStatus>() && wordsAreGood<ParameterType>() && wordsAreGood<AttentionKind>());
}

void TestNouns::everyIdNamesItsNoun()
{
    QCOMPARE(nounName(NounOf<DeploymentId>), "deployment");
    QCOMPARE(nounName(NounOf<LocationId>), "location");
    QCOMPARE(nounName(NounOf<VersionId>), "version");
    QCOMPARE(nounName(NounOf<EffectId>), "effect"); // the last
    QCOMPARE(nounName(NounOf<int>), "");
    QCOMPARE(kindName(Kind::Id), "id");
    QCOMPARE(kindName(Kind::Any), "any");
    QVERIFY(!DeviceId{} && DeviceId{1} && DeviceId{1} < DeviceId{2});
}

void TestNouns::anAlertIsOpenUntilItEnds()
{
    QVERIFY(isOpen(AlertState::Open) && isOpen(AlertState::Acknowledged));
    QVERIFY(!isOpen(AlertState::Resolved) && !isOpen(AlertState::Dismissed));
    Alert alert;
    alert.life.state = AlertState::Dismissed;
    QVERIFY(!alert.isOpen());
}

void TestNouns::peopleAndDevicesAreCalledByTheirNames()
{
    Participant person;
    person.code = u"P1"_s;
    QCOMPARE(person.label(), u"P1"_s);
    person.personal.emplace();
    QCOMPARE(person.label(), u"P1"_s); // may be seen, is not known
    person.personal->name = u""_s;
    QCOMPARE(person.label(), u"P1"_s);
    person.personal->name = u"Erna"_s;
    QCOMPARE(person.label(), u"Erna"_s);
    Conversation conversation;
    conversation.code = u"P1"_s;
    conversation.name = u""_s;
    QCOMPARE(conversation.label(), u"P1"_s);
    conversation.name = u"Erna"_s;
    QCOMPARE(conversation.label(), u"Erna"_s);
    Device device;
    device.key = u"d-1"_s;
    QCOMPARE(device.label(), u"d-1"_s);
    device.description = u"The lamp"_s;
    QCOMPARE(device.label(), u"The lamp"_s);
}

void TestNouns::aCommandIsFinishedWhenItSaysWhen()
{
    Command command;
    command.life.state = CommandState::Received;
    QVERIFY(!command.isFinished());
    command.life.finishedAt = fromMs(1);
    QVERIFY(command.isFinished());
}

void TestNouns::aNumberIsTakenAtItsBounds()
{
    auto minutes = parameterOf(ParameterType::Minutes);
    QCOMPARE(wantedInstead(minutes, -1e5), QString()); // without bounds up to a year
    minutes.min = 0.5;
    minutes.max = 90;
    QCOMPARE(wantedInstead(minutes, 0.5), QString());
    QCOMPARE(wantedInstead(minutes, 90), QString());
    QCOMPARE(wantedInstead(minutes, 0.49), u"at least 0.5"_s);
    QCOMPARE(wantedInstead(minutes, 90.01), u"at most 90"_s);
    minutes.min = 0;
    QCOMPARE(wantedInstead(minutes, -0.01), u"at least 0"_s); // 0 is a bound, too
    for (const auto type :
         {ParameterType::Minutes, ParameterType::Hours, ParameterType::Number, ParameterType::Integer})
        for (const QJsonValue& odd : {QJsonValue(), QJsonValue(u"5"_s), QJsonValue(true), QJsonValue(QJsonArray{1})})
            QCOMPARE(wanted(type, odd), u"a number"_s);
}

void TestNouns::aWholeNumberIsWhole()
{
    QCOMPARE(wanted(ParameterType::Integer, 3), QString());
    QCOMPARE(wanted(ParameterType::Integer, -3.0), QString());
    QCOMPARE(wanted(ParameterType::Integer, 3.5), u"a whole number"_s);
    QCOMPARE(wanted(ParameterType::Number, 3.5), QString());
    QCOMPARE(wanted(ParameterType::Hours, 3.5), QString());
}

void TestNouns::aTextHasAnEnd()
{
    const auto text = [](const QString& value) { return wanted(ParameterType::Text, value); };
    QCOMPARE(text(u""_s), QString());
    QCOMPARE(text(QString(1'000, u'x')), QString());
    QCOMPARE(text(QString(1'001, u'x')), u"a text of at most 1000 characters"_s);
    QVERIFY(!text(QString(QChar(0xd800))).isEmpty()); // half a character
    QVERIFY(!text(u"a"_s + QChar(0)).isEmpty());
    QVERIFY(!wanted(ParameterType::Text, 5).isEmpty());
}

void TestNouns::aTimeIsOneOfTheDay()
{
    for (const auto& time : {u"00:00"_s, u"07:30"_s, u"23:59"_s})
        QCOMPARE(wanted(ParameterType::Time, time), QString());
    for (const auto& odd :
         {u"24:00"_s, u"12:60"_s, u"7:30"_s, u"07:30:00"_s, u"07.30"_s, u""_s, u"noon"_s, u" 07:30"_s})
        QVERIFY2(!wanted(ParameterType::Time, odd).isEmpty(), qPrintable(odd));
    QVERIFY(!wanted(ParameterType::Time, 730).isEmpty());
}

void TestNouns::aChoiceIsOneOfItsWords()
{
    auto level = parameterOf(ParameterType::Choice);
    level.choices = {u"low"_s, u"high"_s};
    QCOMPARE(wantedInstead(level, u"high"_s), QString());
    QCOMPARE(wantedInstead(level, u"High"_s), u"one of low, high"_s);
    QCOMPARE(wantedInstead(level, 1), u"one of low, high"_s);
    level.choices = {u""_s};
    QCOMPARE(wantedInstead(level, 1), u"one of "_s); // what is no text is not taken for the empty one
    QCOMPARE(wanted(ParameterType::Boolean, false), QString());
    QCOMPARE(wanted(ParameterType::Boolean, 0), u"true or false"_s);
}

void TestNouns::aFormSaysWhatItHas()
{
    const ParameterForm form{{u"patience"_s, parameterOf(ParameterType::Minutes)},
                             {u"room"_s, parameterOf(ParameterType::Text)}};
    QVERIFY(checkForm(form, {}));
    QVERIFY(checkForm(form, {{u"patience"_s, 1}, {u"room"_s, u"hall"_s}}));
    const auto unknown = checkForm(form, {{u"speed"_s, 1}});
    QCOMPARE(unknown.error().code, ErrorCode::WrongValue);
    QCOMPARE(unknown.error().detail, u"'speed' is no parameter of this script; it has: patience, room"_s);
    QCOMPARE(checkForm(form, {{u"patience"_s, u"long"_s}}).error().detail, u"'patience' must be a number"_s);
    const auto large = checkForm(form, {{QString(500, u'x'), 1}});
    QVERIFY(large.error().detail.startsWith(u'\'' + QString(64, u'x') + u'\''));
}

void TestNouns::kindsOfRoomsHaveNames()
{
    QCOMPARE(displayName(roomKinds(), "living"), std::string_view("Living room"));
    QCOMPARE(displayName(roomKinds(), "Living"), std::string_view("Living"));
    QCOMPARE(displayName(deviceUses(), ""), std::string_view(""));
}

void TestNouns::aPartThatIsLeftOutAsAWholeIsDescribedSo()
{
    const auto fields = describe<Participant>();
    const auto* name = fieldOf(fields, "name");
    const auto* code = fieldOf(fields, "code");
    QVERIFY(name && name->isFlat && name->isOptional && name->kind == Kind::Text);
    QVERIFY(code && !code->isFlat && !code->isOptional);
    QCOMPARE(fieldOf(fields, "roles")->of.front().of.size(), std::size_t{5});
    QVERIFY(!fieldOf(fields, "personal")); // has no name of its own
    QCOMPARE(fieldOf(fields, "status")->choices.size(), std::size_t{5});
}

void TestNouns::flatPartsStandAmongTheOthers()
{
    const auto alert = toJson(Alert{});
    for (const auto* member : {"deployment", "source", "state", "snoozedUntil"})
        QVERIFY2(alert.contains(QLatin1StringView(member)), member);
    QVERIFY(!alert.contains("origin"_L1) && !alert.contains("life"_L1));
    QCOMPARE(static_cast<std::size_t>(alert.size()), describe<Alert>().size()); // no name stands twice
    QCOMPARE(static_cast<std::size_t>(toJson(Device{}).size()), describe<Device>().size());
    QCOMPARE(static_cast<std::size_t>(toJson(Command{}).size()), describe<Command>().size());
}

void TestNouns::jsonOfEveryKindOfNounComesBack()
{
    Device device;
    device.id = DeviceId{1};
    device.key = u"d"_s;
    device.place.deployment = DeploymentId{2};
    device.place.location = LocationId{3};
    device.place.room = Room{RoomId{4}, u"hall"_s, u"Flur"_s};
    device.life.reporting = Reporting::Silent;
    device.life.since = fromMs(5);
    device.streams = {{StreamId{6}, u"power"_s, {}, u"W"_s, Sample{Value::ofNumber(1.5), fromMs(7)}},
                      {StreamId{8}, u"state"_s, u"1"_s, {}, Sample{Value::ofText("on"), fromMs(9)}},
                      {StreamId{9}, u"none"_s, {}, {}, {}}};
    const auto read = fromJson<Device>(toJson(device));
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->place.room->id, RoomId{4});
    QVERIFY(!read->place.gateway && read->life.since == fromMs(5) && !read->life.lastMeasurement);
    QCOMPARE(read->streams.size(), 3);
    QVERIFY(read->streams[0].latest->value == Value::ofNumber(1.5));
    QVERIFY(read->streams[1].latest->value == Value::ofText("on") && !read->streams[2].latest);
    QCOMPARE(toJson(*read), toJson(device));
    auto json = toJson(device);
    auto streams = json.value("streams"_L1).toArray();
    streams[1] = QJsonObject{{u"id"_s, 8}};
    json.insert(u"streams"_s, streams);
    QCOMPARE(fromJson<Device>(json).error().detail, u"'streams[1].name'"_s);
}

QTEST_GUILESS_MAIN(TestNouns)
#include "tst_nouns.moc"
