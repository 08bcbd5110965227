#include "shared/protocol/openapi.h"

#include "shared/base/limits.h"
#include "shared/protocol/openapi_schema.h"
#include "shared/protocol/operation.h"

#include <QJsonArray>

#include <map>

namespace cohort::protocol {

using namespace Qt::Literals::StringLiterals;

namespace {

QString text(const char* latin)
{
    return QString::fromUtf8(latin);
}

QString accessInWords(const Operation& operation)
{
    QStringList roles;
    for (const auto role : {model::OperatorRole::Admin, model::OperatorRole::Coordinator, model::OperatorRole::Analyst})
        if ((operation.roles & roleBit(role)) != 0)
            roles.append(model::textOf(role));
    switch (operation.access) {
    case Access::Public:
        return u"Anybody may call it."_s;
    case Access::SignedIn:
        return u"Every operator may call it."_s;
    case Access::ByRole:
        return u"Roles in the deployment: %1."_s.arg(roles.join(u", "_s));
    case Access::Everywhere:
        return u"Roles for all deployments: %1."_s.arg(roles.join(u", "_s));
    }
    return {};
}

QJsonObject errorSchema()
{
    QJsonArray names;
#define COHORT_X(enumerator, wire, number, http, retry, meaning) names.append(QStringLiteral(wire));
    COHORT_ERRORS(COHORT_X)
#undef COHORT_X
    const auto member = [](const char* type, const char* prose) {
        return QJsonObject{{u"type"_s, text(type)}, {u"description"_s, text(prose)}};
    };
    QJsonObject code = member("string", "Which error it is, by its name.");
    code.insert(u"enum"_s, names);
    const QJsonObject data{
        {u"type"_s, u"object"_s},
        {u"required"_s, QJsonArray{u"code"_s, u"detail"_s, u"retryAfterMs"_s}},
        {u"properties"_s,
         QJsonObject{
             {u"code"_s, code},
             {u"detail"_s, member("string", "What exactly is wrong; empty where the message says all.")},
             {u"retryAfterMs"_s, member("integer", "When to try again, in milliseconds; 0: nothing is said.")}}}};
    const QJsonObject error{
        {u"type"_s, u"object"_s},
        {u"required"_s, QJsonArray{u"code"_s, u"message"_s, u"data"_s}},
        {u"properties"_s, QJsonObject{{u"code"_s, member("integer", "Its number, as JSON-RPC has it.")},
                                      {u"message"_s, member("string", "What is wrong and what to do.")},
                                      {u"data"_s, data}}}};
    return {{u"type"_s, u"object"_s},
            {u"required"_s, QJsonArray{u"error"_s}},
            {u"properties"_s, QJsonObject{{u"error"_s, error}}}};
}

QJsonArray examplesFor(const QJsonArray& examples, const Operation& operation)
{
    QJsonArray found;
    for (const auto& example : examples)
        if (example["operation"_L1].toString() == QLatin1String(operation.name))
            found.append(example);
    return found;
}

// What is sent: only what is answered 200; a wrong request stands beside its answer.
QJsonObject requestExamples(const QJsonArray& examples)
{
    QJsonObject all;
    for (const auto& example : examples)
        if (example["status"_L1].toInt() == 200)
            all.insert(example["name"_L1].toString(),
                       QJsonObject{{u"summary"_s, example["summary"_L1]}, {u"value"_s, example["parameters"_L1]}});
    return all;
}

QJsonObject responseExamples(const QJsonArray& examples, int status)
{
    QJsonObject all;
    for (const auto& example : examples) {
        if (example["status"_L1].toInt() != status)
            continue;
        QJsonObject shown{{u"summary"_s, example["summary"_L1]}, {u"value"_s, example["answer"_L1]}};
        if (status != 200) {
            shown.insert(u"x-parameters"_s, example["parameters"_L1]);
            shown.insert(u"x-as"_s, example["as"_L1]);
        }
        all.insert(example["name"_L1].toString(), shown);
    }
    return all;
}

// The statuses under which an operation's errors come, each with the errors that have it.
QJsonObject responsesOf(const Operation& operation, const QJsonArray& examples)
{
    QJsonObject responses{
        {u"200"_s, QJsonObject{{u"description"_s, u"Done."_s},
                               {u"content"_s, jsonContent(objectSchema(operation.result, SchemaOf::Answer),
                                                          responseExamples(examples, 200))}}}};
    std::map<int, QStringList> byStatus;
    const auto add = [&](ErrorCode code) {
        const auto& info = errorInfo(code);
        byStatus[info.http].append(u"`%1`: %2"_s.arg(text(info.name), text(info.meaning)));
    };
    for (const ErrorCode code : operation.errors)
        add(code);
    for (const auto& [status, errors] : byStatus)
        responses.insert(QString::number(status),
                         QJsonObject{{u"description"_s, errors.join(u"; "_s)},
                                     {u"content"_s, jsonContent({{u"$ref"_s, u"#/components/schemas/Error"_s}},
                                                                responseExamples(examples, status))}});
    return responses;
}

QJsonObject describe(const Operation& operation, const QJsonArray& examples)
{
    const QString name = text(operation.name);
    QString prose = text(operation.prose) + u' ' + accessInWords(operation);
    if (*operation.topics != 0)
        prose += u" Notifies: %1."_s.arg(text(operation.topics).replace(u' ', u", "_s));
    QJsonObject described{
        {u"operationId"_s, name},
        {u"summary"_s, text(operation.prose)},
        {u"description"_s, prose},
        {u"tags"_s, QJsonArray{name.section(u'.', 0, 0)}},
        {u"requestBody"_s,
         QJsonObject{{u"required"_s, true},
                     {u"content"_s, jsonContent(objectSchema(operation.parameters, SchemaOf::Parameters),
                                                requestExamples(examples))}}},
        {u"responses"_s, responsesOf(operation, examples)}};
    if (operation.access == Access::Public)
        described.insert(u"security"_s, QJsonArray());
    return described;
}

QJsonObject paths(const QJsonArray& examples)
{
    QJsonObject all;
    for (const auto& operation : operations())
        if (text(operation.name).contains(u'.')) // subscriptions need the WebSocket
            all.insert(u'/' + text(operation.name),
                       QJsonObject{{u"post"_s, describe(operation, examplesFor(examples, operation))}});
    return all;
}

QJsonObject webhooks()
{
    QJsonObject all;
    for (const auto& topic : topics()) {
        const QString filter = topic.filter == Noun::None
                                   ? u"It takes no filter."_s
                                   : u"Filter: {\"%1\": id}."_s.arg(text(model::nounName(topic.filter)));
        const QJsonObject post{
            {u"operationId"_s, u"notify."_s + text(topic.name)},
            {u"summary"_s, text(topic.prose)},
            {u"description"_s,
             u"%1 Over the WebSocket /console, after `subscribe`. %2"_s.arg(text(topic.prose), filter)},
            {u"requestBody"_s, QJsonObject{{u"content"_s, jsonContent(objectSchema(topic.item, SchemaOf::Answer))}}},
            {u"responses"_s, QJsonObject{{u"200"_s, QJsonObject{{u"description"_s, u"Nothing is answered."_s}}}}}};
        all.insert(text(topic.name), QJsonObject{{u"post"_s, post}});
    }
    return all;
}

QString introduction()
{
    QString prose =
        u"Every operation is `POST /api/v1/METHOD` with a JSON object of its parameters; the answer is its result, or "
        "an object with one member `error`. The same operations go over the WebSocket `/console` as JSON-RPC 2.0. "
        "Sign in with `session.signIn` and send `Authorization: Bearer TOKEN`. Times are ISO 8601.\n\nErrors:\n"_s;
#define COHORT_X(enumerator, wire, number, http, retry, meaning)                                                       \
    prose +=                                                                                                           \
        u"- `%1` (%2, HTTP %3): %4\n"_s.arg(QStringLiteral(wire)).arg(number).arg(http).arg(QStringLiteral(meaning));
    COHORT_ERRORS(COHORT_X)
#undef COHORT_X
    prose += u"\nLimits:\n"_s;
    for (const auto& limit : limits())
        prose += u"- %1: %2\n"_s.arg(text(limit.meaning)).arg(limit.value);
    return prose;
}

} // namespace

QJsonObject openApi(const QJsonArray& examples)
{
    const QJsonObject bearer{{u"type"_s, u"http"_s}, {u"scheme"_s, u"bearer"_s}};
    return {{u"openapi"_s, u"3.1.0"_s},
            {u"info"_s, QJsonObject{{u"title"_s, u"Cohort"_s},
                                    {u"version"_s, QString::number(ProtocolVersion)},
                                    {u"description"_s, introduction()},
                                    {u"license"_s, QJsonObject{{u"name"_s, u"GPL-3.0-or-later"_s},
                                                               {u"identifier"_s, u"GPL-3.0-or-later"_s}}}}},
            {u"servers"_s, QJsonArray{QJsonObject{{u"url"_s, u"/api/v1"_s}}}},
            {u"security"_s, QJsonArray{QJsonObject{{u"operator"_s, QJsonArray()}}}},
            {u"paths"_s, paths(examples)},
            {u"webhooks"_s, webhooks()},
            {u"components"_s, QJsonObject{{u"securitySchemes"_s, QJsonObject{{u"operator"_s, bearer}}},
                                          {u"schemas"_s, QJsonObject{{u"Error"_s, errorSchema()}}}}}};
}

} // namespace cohort::protocol
