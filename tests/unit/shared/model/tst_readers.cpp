// What each kind of member takes, at its bounds, in each of the three forms; and what is written of it.
#include "shared/model/command.h"
#include "shared/model/json.h"
#include "shared/model/page.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;

namespace cohort::model {

namespace {

enum class Colour : std::uint8_t { Red, DarkBlue };
constexpr auto enumNames(Colour)
{
    return std::array{"red", "dark-blue"};
}

struct Part
{
    int size = 7;
    std::optional<QString> note;
};
template <typename V, Of<Part> T>
void fields(V& visit, T& part)
{
    visit("size", part.size, "", between(-2, 10));
    visit("note", part.note, "", characters(1, 3));
}

struct Everything
{
    qint64 large = 0;
    int whole = 0;
    double real = 0;
    bool flag = false;
    Colour colour = Colour::Red;
    QList<int> list;
    QMap<QString, QString> map;
    QJsonObject object;
    QJsonArray array;
    QJsonValue any;
    cohort::Value value = cohort::Value::ofNumber(0);
    QList<Part> parts;
};
template <typename V, Of<Everything> T>
void fields(V& visit, T& all)
{
    visit("large", all.large, "");
    visit("whole", all.whole, "");
    visit("real", all.real, "", between(0.5, 1.5));
    visit("flag", all.flag, "");
    visit("colour", all.colour, "");
    visit("list", all.list, "", entries(1, 2));
    visit("map", all.map, "", entries(0, 2));
    visit("object", all.object, "", entries(0, 1));
    visit("array", all.array, "", entries(0, 1));
    visit("any", all.any, "");
    visit("value", all.value, "");
    visit("parts", all.parts, "");
}

struct Wording
{
    QString text;
};
template <typename V, Of<Wording> T>
void fields(V& visit, T& plain)
{
    visit("text", plain.text, "");
}

struct Ids
{
    DeviceId device;
    RoomId room;                // may be none
    std::optional<RoomId> move; // may be none, or not be said
    std::optional<ScriptId> script;
};
template <typename V, Of<Ids> T>
void fields(V& visit, T& ids)
{
    visit("device", ids.device, "");
    visit("room", ids.room, "", orNone());
    visit("move", ids.move, "", orNone());
    visit("script", ids.script, "");
}

QJsonObject everything()
{
    Everything all;
    all.real = 1;
    all.list = {1};
    all.parts = {{}, {}};
    return toJson(all);
}

// What reading says is wrong, with one member changed; empty where nothing is.
QString saidOf(const QString& member, const QJsonValue& value, Form form = Form::Answer)
{
    auto json = everything();
    json.insert(member, value);
    const auto read = fromJson<Everything>(json, form);
    return read ? QString() : read.error().detail;
}

QString saidOfPart(const QJsonObject& part, Form form)
{
    const auto read = fromJson<Part>(part, form);
    return read ? QString() : read.error().detail;
}

} // namespace

} // namespace cohort::model

using namespace cohort;
using namespace cohort::model;

class TestReaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeNumbersAreWhole();
    void wholeNumbersFitWhereTheyGo();
    void numbersAreTakenAtTheirBounds();
    void textsAreTakenAtTheirBounds();
    void finding_S3_whatNoDatabaseHoldsIsRefusedBefore();
    void finding_G22_aNameIsMoreThanBlanks();
    void aTextIsThereEvenWhenItIsEmpty();
    void listsAndMapsAreTakenAtTheirBounds();
    void truthIsNoNumberAndNumbersNoTruth();
    void wordsAreTakenAsTheyStand();
    void aValueIsANumberOrAText();
    void anyKindOfJsonIsTakenAsAny();
    void anIdIsAWholeNumberFromOne();
    void noIdIsToldFromNothingSaid();
    void eachFormMissesWhatItNeeds();
    void aParameterThatNobodyKnowsIsNamedWithItsPlace();
    void onlyTheFirstFaultIsTold();
    void aFaultInsideSaysWhere();
    void aLongNameIsCutInTheFault();
    void whatIsStoredIsKeptWhereNothingStands();
    void aPageHasItsRowsAndSaysWhetherThereAreMore();
    void parametersLeaveOutNothingButNulls();
};

void TestReaders::wholeNumbersAreWhole()
{
    QCOMPARE(saidOf(u"large"_s, 1.5), u"'large' must be a whole number"_s);
    QCOMPARE(saidOf(u"large"_s, u"1"_s), u"'large' must be a whole number"_s);
    QCOMPARE(saidOf(u"large"_s, true), u"'large' must be a whole number"_s);
    QCOMPARE(saidOf(u"large"_s, QJsonValue()), u"'large' must be a whole number"_s);
    QCOMPARE(saidOf(u"large"_s, std::numeric_limits<double>::infinity()), u"'large' must be a whole number"_s);
    QCOMPARE(saidOf(u"large"_s, -0.0), QString());
}

void TestReaders::wholeNumbersFitWhereTheyGo()
{
    auto json = everything();
    json.insert(u"large"_s, Q_INT64_C(9'007'199'254'740'993)); // one more than a double holds exactly
    json.insert(u"whole"_s, -2'147'483'648.0);
    const auto read = fromJson<Everything>(json);
    QVERIFY(read);
    QCOMPARE(read->large, Q_INT64_C(9'007'199'254'740'993));
    QCOMPARE(read->whole, std::numeric_limits<int>::min());
    QCOMPARE(saidOf(u"whole"_s, 2'147'483'647.0), QString());
    QCOMPARE(saidOf(u"whole"_s, 2'147'483'648.0), u"'whole' must be a whole number below 2147483648"_s);
    QCOMPARE(saidOf(u"whole"_s, -2'147'483'649.0), u"'whole' must be a whole number below 2147483648"_s);
    QCOMPARE(saidOf(u"large"_s, 9e18), QString());
    QCOMPARE(saidOf(u"large"_s, -9e18), QString());
    QCOMPARE(saidOf(u"large"_s, 9.1e18), u"'large' must be a whole number"_s);
    QCOMPARE(saidOf(u"large"_s, -1e300), u"'large' must be a whole number"_s);
}

void TestReaders::numbersAreTakenAtTheirBounds()
{
    QCOMPARE(saidOf(u"real"_s, 0.5), QString());
    QCOMPARE(saidOf(u"real"_s, 1.5), QString());
    QCOMPARE(saidOf(u"real"_s, 0.499), u"'real' must be a number from 0.5 to 1.5"_s);
    QCOMPARE(saidOf(u"real"_s, 1.501), u"'real' must be a number from 0.5 to 1.5"_s);
    QCOMPARE(saidOf(u"real"_s, u"1"_s), u"'real' must be a number"_s);
    for (const int size : {-2, 10})
        QCOMPARE(saidOfPart({{u"size"_s, size}}, Form::Parameters), QString());
    for (const int size : {-3, 11})
        QCOMPARE(saidOfPart({{u"size"_s, size}}, Form::Parameters), u"'size' must be a number from -2 to 10"_s);
}

void TestReaders::textsAreTakenAtTheirBounds()
{
    const auto said = [](const QString& note) {
        return saidOfPart({{u"size"_s, 0}, {u"note"_s, note}}, Form::Parameters);
    };
    QCOMPARE(said(u"a"_s), QString());
    QCOMPARE(said(u"abc"_s), QString());
    QCOMPARE(said(u"abcd"_s), u"'note' must be 1 to 3 characters"_s);
    QCOMPARE(said(u""_s), u"'note' must be 1 to 3 characters"_s);
    QCOMPARE(said(u"äöü"_s), QString());
    QCOMPARE(said(u"🙂🙂"_s), u"'note' must be 1 to 3 characters"_s); // two of UTF-16 each
    QCOMPARE(said(QString(u"a"_s + QChar(0))), u"'note' must be a text without NUL"_s);
}

void TestReaders::finding_S3_whatNoDatabaseHoldsIsRefusedBefore()
{
    const QString half(QChar(0xd800)), nul(u"a"_s + QChar(0));
    QCOMPARE(saidOfPart({{u"size"_s, 0}, {u"note"_s, half}}, Form::Parameters),
             u"'note' must be a text of whole characters"_s);
    for (const QString& text : {half, nul}) {
        const QJsonObject parameter{{u"name"_s, u"x"_s}, {u"value"_s, text}};
        const auto read = fromJson<CommandParameter>(parameter, Form::Parameters);
        QVERIFY(!read && read.error().code == ErrorCode::WrongValue);
        QVERIFY2(read.error().detail.startsWith(u"'value' must be without"_s), qPrintable(read.error().detail));
        for (const QJsonValue& around : {QJsonValue(text), QJsonValue(QJsonArray{1, QJsonArray{text}}),
                                         QJsonValue(QJsonObject{{u"a"_s, text}}), QJsonValue(QJsonObject{{text, 1}})})
            QVERIFY(!isStorable(around));
    }
    QVERIFY(isStorable(QJsonObject{{u"🙂"_s, QJsonArray{u"ä\n"_s, 1, true, QJsonValue()}}}));
}

void TestReaders::finding_G22_aNameIsMoreThanBlanks()
{
    const auto said = [](const QString& name) {
        const auto read = fromJson<CommandParameter>(QJsonObject{{u"name"_s, name}, {u"value"_s, 1}}, Form::Parameters);
        return read ? QString() : read.error().detail;
    };
    for (const QString& blank : {u" "_s, u"   "_s, u"\t\n"_s, u"\u00a0\u2003"_s})
        QCOMPARE(said(blank), u"'name' must be 1 to 200 characters, not all of them blank"_s);
    QCOMPARE(said(QString()), u"'name' must be 1 to 200 characters"_s);
    QCOMPARE(said(u" a "_s), QString());
}

void TestReaders::aTextIsThereEvenWhenItIsEmpty()
{
    const auto read = fromJson<Wording>(QJsonObject{{u"text"_s, u""_s}});
    QVERIFY(read && !read->text.isNull()); // a null one would be NULL in the database
    QCOMPARE(toJson(Wording{}).value("text"_L1), QJsonValue(u""_s));
}

void TestReaders::listsAndMapsAreTakenAtTheirBounds()
{
    QCOMPARE(saidOf(u"list"_s, QJsonArray{1, 2}), QString());
    QCOMPARE(saidOf(u"list"_s, QJsonArray()), u"'list' must be a list of 1 to 2"_s);
    QCOMPARE(saidOf(u"list"_s, QJsonArray{1, 2, 3}), u"'list' must be a list of 1 to 2"_s);
    QCOMPARE(saidOf(u"list"_s, u"1"_s), u"'list' must be a list"_s);
    const QJsonObject two{{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}}, three{{u"a"_s, 1}, {u"b"_s, 2}, {u"c"_s, 3}};
    QCOMPARE(saidOf(u"map"_s, two), QString());
    QCOMPARE(saidOf(u"map"_s, three), u"'map' must be an object of 0 to 2 members"_s);
    QCOMPARE(saidOf(u"map"_s, QJsonArray()), u"'map' must be an object"_s);
    QCOMPARE(saidOf(u"object"_s, two), u"'object' must be an object of 0 to 1 members"_s);
    QCOMPARE(saidOf(u"object"_s, QJsonObject{{u"a"_s, 1}}), QString());
    QCOMPARE(saidOf(u"object"_s, QJsonArray()), u"'object' must be an object"_s);
    QCOMPARE(saidOf(u"array"_s, QJsonArray{1}), QString());
    QCOMPARE(saidOf(u"array"_s, QJsonArray{1, 2}), u"'array' must be a list of 0 to 1"_s);
    QCOMPARE(saidOf(u"array"_s, QJsonObject()), u"'array' must be a list"_s);
}

void TestReaders::truthIsNoNumberAndNumbersNoTruth()
{
    QCOMPARE(saidOf(u"flag"_s, 1), u"'flag' must be true or false"_s);
    QCOMPARE(saidOf(u"flag"_s, u"true"_s), u"'flag' must be true or false"_s);
    QCOMPARE(saidOf(u"flag"_s, QJsonValue()), u"'flag' must be true or false"_s);
    auto json = everything();
    json.insert(u"flag"_s, true);
    QVERIFY(fromJson<Everything>(json)->flag);
}

void TestReaders::wordsAreTakenAsTheyStand()
{
    auto json = everything();
    json.insert(u"colour"_s, u"dark-blue"_s);
    QCOMPARE(fromJson<Everything>(json)->colour, Colour::DarkBlue);
    for (const auto& word : {u"Red"_s, u"dark"_s, u"dark-blue "_s, u""_s})
        QCOMPARE(saidOf(u"colour"_s, word), u"'colour' must be one of red|dark-blue"_s);
    QCOMPARE(saidOf(u"colour"_s, 0), u"'colour' must be one of red|dark-blue"_s);
    QCOMPARE(toJson(*fromJson<Everything>(json)).value("colour"_L1).toString(), u"dark-blue"_s);
}

void TestReaders::aValueIsANumberOrAText()
{
    auto json = everything();
    json.insert(u"value"_s, u"on"_s);
    const auto text = fromJson<Everything>(json);
    QVERIFY(text && text->value == cohort::Value::ofText("on"));
    QCOMPARE(toJson(*text).value("value"_L1).toString(), u"on"_s);
    json.insert(u"value"_s, 2.5);
    QVERIFY(fromJson<Everything>(json)->value == cohort::Value::ofNumber(2.5));
    QCOMPARE(saidOf(u"value"_s, true), u"'value' must be a number, a text or null"_s);
    QCOMPARE(saidOf(u"value"_s, QJsonArray()), u"'value' must be a number, a text or null"_s);
    auto both = *text; // an integer that a double cannot hold
    both.value = cohort::Value::ofInteger(9'007'199'254'740'993);
    QCOMPARE(toJson(both).value("value"_L1).toInteger(), 9'007'199'254'740'993);
    both.value = {};
    QCOMPARE(toJson(both).value("value"_L1), QJsonValue());
}

void TestReaders::anyKindOfJsonIsTakenAsAny()
{
    for (const QJsonValue& value : {QJsonValue(1), QJsonValue(u"a"_s), QJsonValue(), QJsonValue(QJsonArray{1})}) {
        auto json = everything();
        json.insert(u"any"_s, value);
        const auto read = fromJson<Everything>(json);
        QVERIFY(read);
        QCOMPARE(read->any, value);
        QCOMPARE(toJson(*read).value("any"_L1), value);
    }
    Everything nothing;
    nothing.any = QJsonValue(QJsonValue::Undefined);
    QVERIFY(toJson(nothing).contains("any"_L1)); // null: an answer has every member
    auto without = everything();
    without.remove(u"any"_s);
    QCOMPARE(fromJson<Everything>(without).error().code, ErrorCode::MissingValue);
}

void TestReaders::anIdIsAWholeNumberFromOne()
{
    const QJsonObject ids{{u"device"_s, 1}, {u"room"_s, 2}, {u"move"_s, 3}, {u"script"_s, 4}};
    const auto read = fromJson<Ids>(ids);
    QVERIFY(read);
    QCOMPARE(read->device, DeviceId{1});
    QCOMPARE(read->script, std::optional(ScriptId{4}));
    QCOMPARE(toJson(*read), ids);
    for (const QJsonValue& wrong : {QJsonValue(0), QJsonValue(-1), QJsonValue(1.5), QJsonValue(u"1"_s), QJsonValue()})
        for (const auto* member : {"device", "room", "move", "script"}) {
            auto json = ids;
            json.insert(QLatin1StringView(member), wrong);
            const auto bad = fromJson<Ids>(json);
            const bool mayBeNull = wrong.isNull() && QLatin1StringView(member) != "device"_L1;
            QCOMPARE(bad.has_value(), mayBeNull);
            if (!bad)
                QCOMPARE(bad.error().detail, u"'%1' must be an id"_s.arg(QLatin1StringView(member)));
        }
}

void TestReaders::noIdIsToldFromNothingSaid()
{
    const QJsonObject away{
        {u"device"_s, 1}, {u"room"_s, QJsonValue()}, {u"move"_s, QJsonValue()}, {u"script"_s, QJsonValue()}};
    const auto asked = fromJson<Ids>(away, Form::Parameters);
    QVERIFY(asked);
    QVERIFY(!asked->room);
    QVERIFY(asked->move && !*asked->move); // to no room
    QVERIFY(!asked->script);
    const auto unsaid = fromJson<Ids>({{u"device"_s, 1}, {u"room"_s, QJsonValue()}}, Form::Parameters);
    QVERIFY(unsaid && !unsaid->move);
    const auto told = fromJson<Ids>(away, Form::Answer);
    QVERIFY(told && !told->move);
    QVERIFY(toJson(*told).value("room"_L1).isNull());
}

void TestReaders::eachFormMissesWhatItNeeds()
{
    const QJsonObject noted{{u"note"_s, u"a"_s}}, sized{{u"size"_s, 1}};
    QCOMPARE(saidOfPart(noted, Form::Parameters), u"'size'"_s);
    QCOMPARE(saidOfPart(noted, Form::Answer), u"'size'"_s);
    QCOMPARE(saidOfPart(noted, Form::Stored), QString());
    QCOMPARE(saidOfPart(sized, Form::Parameters), QString());
    QCOMPARE(saidOfPart(sized, Form::Answer), u"'note'"_s);
    QCOMPARE(saidOfPart({}, Form::Stored), QString());
    QCOMPARE(fromJson<Part>({}, Form::Answer).error().code, ErrorCode::MissingValue);
    QCOMPARE(fromJson<Part>({{u"size"_s, 99}}, Form::Parameters).error().code, ErrorCode::WrongValue);
}

void TestReaders::aParameterThatNobodyKnowsIsNamedWithItsPlace()
{
    const QJsonObject odd{{u"size"_s, 1}, {u"note"_s, QJsonValue()}, {u"odd"_s, 1}};
    QCOMPARE(saidOfPart(odd, Form::Parameters), u"there is no parameter 'odd'"_s);
    QCOMPARE(saidOfPart(odd, Form::Answer), QString());
    QCOMPARE(saidOfPart(odd, Form::Stored), QString());
    QCOMPARE(saidOf(u"parts"_s, QJsonArray{QJsonObject{{u"size"_s, 1}}, odd}, Form::Parameters),
             u"there is no parameter 'parts[1].odd'"_s);
    QCOMPARE(saidOfPart({{u"size"_s, 1}, {u"Size"_s, 1}}, Form::Parameters), u"there is no parameter 'Size'"_s);
    QCOMPARE(saidOfPart({{u"size"_s, 1}, {u"ŝize"_s, 1}}, Form::Parameters), u"there is no parameter 'ŝize'"_s);
}

void TestReaders::onlyTheFirstFaultIsTold()
{
    auto json = everything();
    json.insert(u"whole"_s, u"x"_s);
    json.insert(u"flag"_s, u"x"_s);
    json.remove(u"parts"_s);
    QCOMPARE(fromJson<Everything>(json).error().detail, u"'whole' must be a whole number"_s);
    QCOMPARE(saidOf(u"list"_s, QJsonArray{u"x"_s, u"y"_s}), u"'list[0]' must be a whole number"_s);
}

void TestReaders::aFaultInsideSaysWhere()
{
    const QJsonObject good{{u"size"_s, 1}, {u"note"_s, QJsonValue()}};
    QCOMPARE(saidOf(u"parts"_s, QJsonArray{good, QJsonObject{{u"size"_s, 1}}}), u"'parts[1].note'"_s);
    QCOMPARE(saidOf(u"parts"_s, QJsonArray{good, good, 5}), u"'parts[2]' must be an object"_s);
    QCOMPARE(saidOf(u"parts"_s, QJsonArray{QJsonObject{{u"size"_s, 1}, {u"note"_s, u"long"_s}}}),
             u"'parts[0].note' must be 1 to 3 characters"_s);
    QCOMPARE(saidOf(u"map"_s, QJsonObject{{u"a.b"_s, 1}}), u"'map.a.b' must be a text"_s);
    QCOMPARE(saidOf(u"list"_s, QJsonArray{1, 1.5}), u"'list[1]' must be a whole number"_s);
}

void TestReaders::aLongNameIsCutInTheFault()
{
    const QString name(5'000, u'x');
    const QString said = saidOfPart({{u"size"_s, 1}, {name, 1}}, Form::Parameters);
    QCOMPARE(said, u"there is no parameter '%1'"_s.arg(name.left(100)));
}

void TestReaders::whatIsStoredIsKeptWhereNothingStands()
{
    const auto part = fromJson<Part>({}, Form::Stored);
    QVERIFY(part);
    QCOMPARE(part->size, 7); // as the struct begins
    QVERIFY(!part->note);
    QCOMPARE(saidOfPart({{u"size"_s, 11}}, Form::Stored), u"'size' must be a number from -2 to 10"_s);
    QCOMPARE(saidOfPart({{u"size"_s, QJsonValue()}}, Form::Stored), u"'size' must be a whole number"_s);
}

void TestReaders::aPageHasItsRowsAndSaysWhetherThereAreMore()
{
    const Page<Part> page{{{1, u"a"_s}, {2, std::nullopt}}, true};
    const auto read = fromJson<Page<Part>>(toJson(page));
    QVERIFY(read && read->more);
    QCOMPARE(read->items.size(), 2);
    QCOMPARE(read->items.at(0).note, std::optional(u"a"_s));
    QCOMPARE(read->items.at(1).size, 2);
    QCOMPARE(fromJson<Page<Part>>({{u"items"_s, QJsonArray()}}).error().detail, u"'more'"_s);
    QVERIFY(toJson(Nothing{}).isEmpty());
    QVERIFY(fromJson<Nothing>({{u"x"_s, 1}}) && !fromJson<Nothing>({{u"x"_s, 1}}, Form::Parameters));
}

void TestReaders::parametersLeaveOutNothingButNulls()
{
    const auto json = toParameters(Ids{.device = DeviceId{1}, .room = {}, .move = RoomId{3}, .script = {}});
    QCOMPARE(json, (QJsonObject{{u"device"_s, 1}, {u"move"_s, 3}}));
    const auto none = toParameters(Ids{.device = DeviceId{1}, .room = {}, .move = RoomId{}, .script = ScriptId{}});
    QCOMPARE(none, (QJsonObject{{u"device"_s, 1}, {u"move"_s, QJsonValue()}})); // out of its room
    QCOMPARE(toParameters(Part{0, u""_s}), (QJsonObject{{u"size"_s, 0}, {u"note"_s, u""_s}}));
}

QTEST_GUILESS_MAIN(TestReaders)
#include "tst_readers.moc"
