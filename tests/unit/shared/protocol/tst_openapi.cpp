// Members as JSON Schema, and the document of all operations: what may be sent, what comes back, and as which error.
#include "shared/model/alert.h"
#include "shared/model/page.h"
#include "shared/protocol/openapi.h"
#include "shared/protocol/openapi_schema.h"
#include "shared/protocol/operation.h"

#include <QTest>

using namespace cohort;
using namespace cohort::protocol;
using namespace Qt::Literals::StringLiterals;

namespace {

enum class Shade : std::uint8_t { Light, Dark };
constexpr auto enumNames(Shade)
{
    return std::array{"light", "dark"};
}

struct Spot
{
    int x = 0;
};
template <typename V, model::Of<Spot> T>
void fields(V& visit, T& spot)
{
    visit("x", spot.x, "How far.", model::between(-1, 9));
}

struct Sheet
{
    DeviceId device;
    RoomId room;
    QString name;
    std::optional<QString> note;
    std::optional<Shade> shade;
    QList<QString> tags;
    QMap<QString, double> marks;
    Spot spot;
    std::optional<Spot> flat;
    Timestamp at;
    Value value = Value::ofNumber(0);
    QJsonValue any;
};
template <typename V, model::Of<Sheet> T>
void fields(V& visit, T& sheet)
{
    visit("device", sheet.device, "Which.");
    visit("room", sheet.room, "", model::orNone());
    visit("name", sheet.name, "", model::characters(1, 20));
    visit("note", sheet.note, "");
    visit("shade", sheet.shade, "");
    visit("tags", sheet.tags, "", model::entries(1, 3));
    visit("marks", sheet.marks, "", model::entries(0, 4));
    visit("spot", sheet.spot, "");
    visit.flat(sheet.flat);
    visit("at", sheet.at, "");
    visit("value", sheet.value, "");
    visit("any", sheet.any, "");
}

QJsonObject sheet(SchemaOf what)
{
    return objectSchema(model::describe<Sheet>(), what);
}

QJsonObject memberOf(const QString& name, SchemaOf what = SchemaOf::Answer)
{
    return sheet(what)["properties"_L1][name].toObject();
}

QJsonObject operationOf(const QJsonObject& document, const QString& name)
{
    return document["paths"_L1][u'/' + name]["post"_L1].toObject();
}

QJsonObject shown(const QJsonObject& document, const QString& status)
{
    return operationOf(document,
                       u"device.get"_s)["responses"_L1][status]["content"_L1]["application/json"_L1]["examples"_L1]
        .toObject();
}

QJsonObject example(const QString& operation, const QString& name, int status)
{
    return {{u"operation"_s, operation},
            {u"name"_s, name},
            {u"summary"_s, u"How it goes"_s},
            {u"as"_s, u"analyst"_s},
            {u"parameters"_s, QJsonObject{{u"id"_s, status}}},
            {u"status"_s, status},
            {u"answer"_s, QJsonObject{{u"told"_s, name}}}};
}

} // namespace

class TestOpenapi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAreWholeNumbersFromOne();
    void boundsAreTold();
    void whatMayBeNullSaysSo();
    void partsListsAndMapsHaveTheirKinds();
    void timesValuesAndAnyAreTold();
    void parametersMayLeaveOutWhatIsOptional();
    void answersHaveEverythingButWhatIsHidden();
    void anEmptyObjectTakesNothing();
    void everyOperationIsAPath();
    void everybodyMayCallWhatIsPublic();
    void errorsStandUnderTheirStatus();
    void idsThatAreAnothersHaveTheirErrors();
    void examplesStandWhereTheyBelong();
    void topicsAreWebhooks();
    void theErrorsNamesAreAllThere();
};

void TestOpenapi::idsAreWholeNumbersFromOne()
{
    QCOMPARE(memberOf(u"device"_s),
             (QJsonObject{{u"type"_s, u"integer"_s}, {u"minimum"_s, 1}, {u"description"_s, u"Which."_s}}));
}

void TestOpenapi::boundsAreTold()
{
    QCOMPARE(memberOf(u"name"_s), (QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}, {u"maxLength"_s, 20}}));
    QCOMPARE(memberOf(u"tags"_s)["minItems"_L1].toInt(), 1);
    QCOMPARE(memberOf(u"tags"_s)["maxItems"_L1].toInt(), 3);
    QCOMPARE(memberOf(u"marks"_s)["minProperties"_L1].toInt(-1), 0);
    QCOMPARE(memberOf(u"marks"_s)["maxProperties"_L1].toInt(), 4);
    const auto x = memberOf(u"spot"_s)["properties"_L1]["x"_L1].toObject();
    QCOMPARE(x,
             (QJsonObject{
                 {u"type"_s, u"integer"_s}, {u"minimum"_s, -1}, {u"maximum"_s, 9}, {u"description"_s, u"How far."_s}}));
    QVERIFY(!memberOf(u"note"_s).contains("maxLength"_L1));
}

void TestOpenapi::whatMayBeNullSaysSo()
{
    const QJsonArray textOrNull{u"string"_s, u"null"_s};
    QCOMPARE(memberOf(u"note"_s)["type"_L1], QJsonValue(textOrNull));
    QCOMPARE(memberOf(u"note"_s, SchemaOf::Parameters)["type"_L1], QJsonValue(u"string"_s)); // left out instead
    QCOMPARE(memberOf(u"shade"_s)["type"_L1], QJsonValue(textOrNull));
    QCOMPARE(memberOf(u"shade"_s)["enum"_L1], QJsonValue(QJsonArray{u"light"_s, u"dark"_s, QJsonValue()}));
    QCOMPARE(memberOf(u"shade"_s, SchemaOf::Parameters)["enum"_L1], QJsonValue(QJsonArray{u"light"_s, u"dark"_s}));
    for (const auto what : {SchemaOf::Parameters, SchemaOf::Answer}) // no room is something that can be said
        QCOMPARE(memberOf(u"room"_s, what)["type"_L1], QJsonValue(QJsonArray{u"integer"_s, u"null"_s}));
    QCOMPARE(memberOf(u"name"_s)["type"_L1], QJsonValue(u"string"_s));
}

void TestOpenapi::partsListsAndMapsHaveTheirKinds()
{
    QCOMPARE(memberOf(u"tags"_s)["items"_L1].toObject(), (QJsonObject{{u"type"_s, u"string"_s}}));
    QCOMPARE(memberOf(u"marks"_s)["additionalProperties"_L1].toObject(), (QJsonObject{{u"type"_s, u"number"_s}}));
    QCOMPARE(memberOf(u"spot"_s)["required"_L1].toArray(), (QJsonArray{u"x"_s}));
    QVERIFY(!memberOf(u"spot"_s).contains("additionalProperties"_L1));
    QCOMPARE(memberOf(u"spot"_s, SchemaOf::Parameters)["additionalProperties"_L1], QJsonValue(false));
    const auto page = objectSchema(model::describe<model::Page<model::AlertAnswer>>(), SchemaOf::Answer);
    const auto answer = page["properties"_L1]["items"_L1]["items"_L1].toObject();
    QCOMPARE(answer["properties"_L1]["answer"_L1]["enum"_L1].toArray().size(), 5);
}

void TestOpenapi::timesValuesAndAnyAreTold()
{
    QCOMPARE(memberOf(u"at"_s), (QJsonObject{{u"type"_s, u"string"_s}, {u"format"_s, u"date-time"_s}}));
    QCOMPARE(memberOf(u"value"_s)["type"_L1], QJsonValue(QJsonArray{u"number"_s, u"string"_s, u"null"_s}));
    QVERIFY(memberOf(u"any"_s).isEmpty());
}

void TestOpenapi::parametersMayLeaveOutWhatIsOptional()
{
    const auto parameters = sheet(SchemaOf::Parameters);
    const auto required = parameters["required"_L1].toArray();
    for (const auto& name : {u"device"_s, u"room"_s, u"name"_s, u"tags"_s, u"any"_s})
        QVERIFY2(required.contains(name), qPrintable(name));
    QVERIFY(!required.contains(u"note"_s) && !required.contains(u"shade"_s));
    QCOMPARE(parameters["additionalProperties"_L1], QJsonValue(false));
}

void TestOpenapi::answersHaveEverythingButWhatIsHidden()
{
    const auto answer = sheet(SchemaOf::Answer);
    const auto required = answer["required"_L1].toArray();
    QVERIFY(required.contains(u"note"_s) && required.contains(u"room"_s));
    QVERIFY(!required.contains(u"x"_s)); // of a part that is left out as a whole
    QVERIFY(answer["properties"_L1].toObject().contains(u"x"_s));
    QCOMPARE(required.size(), answer["properties"_L1].toObject().size() - 1);
    QVERIFY(!answer.contains("additionalProperties"_L1)); // a newer server may tell more
}

void TestOpenapi::anEmptyObjectTakesNothing()
{
    const QJsonObject nothing = objectSchema({}, SchemaOf::Parameters);
    QVERIFY(!nothing.contains("required"_L1) && nothing["properties"_L1].toObject().isEmpty());
    QCOMPARE(nothing["additionalProperties"_L1], QJsonValue(false));
    QVERIFY(!jsonContent(nothing)["application/json"_L1].toObject().contains("examples"_L1));
    const QJsonObject content = jsonContent(nothing, {{u"a"_s, 1}})["application/json"_L1].toObject();
    QCOMPARE(content["examples"_L1]["a"_L1].toInt(), 1);
    QCOMPARE(content["schema"_L1].toObject(), nothing);
}

void TestOpenapi::everyOperationIsAPath()
{
    const auto document = openApi({});
    const auto paths = document["paths"_L1].toObject();
    qsizetype expected = 0;
    for (const auto& operation : operations()) {
        const QString name = QString::fromLatin1(operation.name);
        if (!name.contains(u'.')) {
            QVERIFY2(!paths.contains(u'/' + name), operation.name); // needs the WebSocket
            continue;
        }
        ++expected;
        const auto post = operationOf(document, name);
        QCOMPARE(post["operationId"_L1].toString(), name);
        QCOMPARE(post["tags"_L1].toArray(), QJsonArray{name.section(u'.', 0, 0)});
        QVERIFY2(post["responses"_L1].toObject().contains(u"200"_s), operation.name);
        QVERIFY2(post["responses"_L1].toObject().contains(u"400"_s), operation.name);
    }
    QCOMPARE(paths.size(), expected);
    const auto prose = operationOf(document, u"device.command"_s)["description"_L1].toString();
    QVERIFY2(prose.contains(u"Roles in the deployment: admin, coordinator."_s), qPrintable(prose));
    QVERIFY2(prose.contains(u"Notifies: commands, timeline."_s), qPrintable(prose));
}

void TestOpenapi::everybodyMayCallWhatIsPublic()
{
    const auto document = openApi({});
    QVERIFY(!document["security"_L1].toArray().isEmpty());
    for (const auto& operation : operations()) {
        const QString name = QString::fromLatin1(operation.name);
        if (!name.contains(u'.'))
            continue;
        const auto post = operationOf(document, name);
        QCOMPARE(post.contains("security"_L1), operation.access == Access::Public);
        QVERIFY2(post["security"_L1].toArray().isEmpty(), operation.name);
    }
}

void TestOpenapi::errorsStandUnderTheirStatus()
{
    const auto responses = operationOf(openApi({}), u"device.register"_s)["responses"_L1].toObject();
    const auto said = [&](const QString& status) { return responses[status]["description"_L1].toString(); };
    QCOMPARE(responses.keys(), QStringList({u"200"_s, u"400"_s, u"401"_s, u"403"_s, u"404"_s, u"409"_s}));
    QVERIFY(said(u"400"_s).contains(u"`wrong-value`"_s) && said(u"400"_s).contains(u"`missing-value`"_s));
    QVERIFY(said(u"401"_s).startsWith(u"`not-signed-in`: sign in first"_s));
    QVERIFY(said(u"404"_s).contains(u"`wrong-location`"_s) && said(u"404"_s).contains(u"`no-such-gateway`"_s));
    QVERIFY(said(u"409"_s).startsWith(u"`already-exists`"_s));
}

void TestOpenapi::idsThatAreAnothersHaveTheirErrors()
{
    const auto has = [](std::string_view operation, ErrorCode code) {
        const auto& errors = findOperation(operation)->errors;
        return std::find(errors.begin(), errors.end(), code) != errors.end();
    };
    QVERIFY(has("device.get", ErrorCode::NoSuchDevice) && !has("device.get", ErrorCode::WrongLocation));
    QVERIFY(has("location.get", ErrorCode::WrongLocation));
    QVERIFY(has("alert.get", ErrorCode::NotFound) && has("script.pause", ErrorCode::WrongLocation)); // inside a list
    QVERIFY(!has("deployment.list", ErrorCode::NotFound) && !has("deployment.list", ErrorCode::MissingValue));
    QVERIFY(has("deployment.create", ErrorCode::AccessDenied) && !has("deployment.list", ErrorCode::AccessDenied));
    QVERIFY(!has("session.signIn", ErrorCode::NotSignedIn) && has("session.resume", ErrorCode::NotSignedIn));
}

void TestOpenapi::examplesStandWhereTheyBelong()
{
    const QString get = u"device.get"_s;
    const auto document = openApi(
        {example(get, u"good"_s, 200), example(get, u"lost"_s, 404), example(u"device.list"_s, u"other"_s, 200)});
    const auto sent =
        operationOf(document, get)["requestBody"_L1]["content"_L1]["application/json"_L1]["examples"_L1].toObject();
    QCOMPARE(sent.keys(), QStringList{u"good"_s}); // nobody is to send what is refused
    QCOMPARE(sent["good"_L1]["value"_L1]["id"_L1].toInt(), 200);
    QCOMPARE(shown(document, u"200"_s).keys(), QStringList{u"good"_s});
    QVERIFY(!shown(document, u"200"_s)["good"_L1].toObject().contains("x-as"_L1));
    const auto lost = shown(document, u"404"_s)["lost"_L1].toObject();
    QCOMPARE(lost["value"_L1]["told"_L1].toString(), u"lost"_s);
    QCOMPARE(lost["x-as"_L1].toString(), u"analyst"_s);
    QCOMPARE(lost["x-parameters"_L1]["id"_L1].toInt(), 404);
    QVERIFY(shown(document, u"400"_s).isEmpty());
}

void TestOpenapi::topicsAreWebhooks()
{
    const auto webhooks = openApi({})["webhooks"_L1].toObject();
    QCOMPARE(static_cast<std::size_t>(webhooks.size()), topics().size());
    const auto described = [&](const QString& topic) {
        return webhooks[topic]["post"_L1]["description"_L1].toString();
    };
    QVERIFY(described(u"measurements"_s).contains(u"{\"location\": id}"_s));
    QVERIFY(described(u"metrics"_s).contains(u"It takes no filter."_s));
    QVERIFY(findTopic("runs") && findTopic("runs")->filter == Noun::Script);
    QVERIFY(!findTopic("") && !findTopic("Runs"));
}

void TestOpenapi::theErrorsNamesAreAllThere()
{
    const auto document = openApi({});
    const auto data = document["components"_L1]["schemas"_L1]["Error"_L1]["properties"_L1]["error"_L1]["properties"_L1]
                              ["data"_L1]["properties"_L1]["code"_L1];
    const auto names = data["enum"_L1].toArray();
    for (const auto& operation : operations())
        for (const auto code : operation.errors)
            QVERIFY2(names.contains(QString::fromLatin1(errorInfo(code).name)), operation.name);
    const QString prose = document["info"_L1]["description"_L1].toString();
    QVERIFY(prose.contains(u"- `too-often` (44, HTTP 429): too many requests; try again later\n"_s));
    QVERIFY(prose.contains(u"- rows of a list at most: 1000\n"_s));
}

QTEST_GUILESS_MAIN(TestOpenapi)
#include "tst_openapi.moc"
