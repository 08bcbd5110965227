#include "shared/protocol/operation.h"

#include "shared/base/time.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace cohort::protocol {

namespace {

constexpr const char* NounNames[] = {"",        "deployment", "location", "room",   "participant", "device",  "stream",
                                     "command", "alert",      "message",  "script", "version",     "operator"};
constexpr const char* KindNames[] = {"id",   "ids",    "text",   "integer", "number", "boolean",
                                     "time", "choice", "object", "list",    "any"};

QString quoted(const QString& name)
{
    return QStringLiteral("'%1'").arg(name.left(100));
}

tl::unexpected<Error> wrong(const QString& path, const QString& expected)
{
    return fail(ErrorCode::WrongValue, QStringLiteral("%1 must be %2").arg(quoted(path), expected));
}

bool isInteger(const QJsonValue& value)
{
    const double number = value.toDouble(NAN);
    return std::isfinite(number) && std::floor(number) == number && std::abs(number) <= 9e18;
}

QString range(const Parameter& parameter)
{
    return QStringLiteral("%1 to %2").arg(parameter.least, 0, 'f', 0).arg(parameter.most, 0, 'f', 0);
}

bool outside(const Parameter& parameter, double size)
{
    return size < parameter.least || size > parameter.most;
}

Result<void> checkMembers(const std::vector<Parameter>& known, const QJsonObject& given, const QString& prefix);

Result<void> checkText(const Parameter& parameter, const QJsonValue& value, const QString& path)
{
    if (!value.isString())
        return wrong(path, QStringLiteral("a text"));
    const QString text = value.toString();
    if (text.contains(QChar(0)))
        return wrong(path, QStringLiteral("a text without NUL"));
    if (parameter.kind == Kind::Time && !fromIso(text.toStdString()))
        return wrong(path, QStringLiteral("a time such as 2026-01-31T12:00:00Z"));
    const auto choices = QString::fromLatin1(parameter.choices);
    if (parameter.kind == Kind::Choice && !choices.split(QLatin1Char('|')).contains(text))
        return wrong(path, QStringLiteral("one of ") + choices);
    if (parameter.kind == Kind::Text && outside(parameter, static_cast<double>(text.size())))
        return wrong(path, range(parameter) + QStringLiteral(" characters"));
    return {};
}

Result<void> checkList(const Parameter& parameter, const QJsonValue& value, const QString& path)
{
    if (!value.isArray())
        return wrong(path, QStringLiteral("a list"));
    const auto entries = value.toArray();
    if (outside(parameter, static_cast<double>(entries.size())))
        return wrong(path, QStringLiteral("a list of ") + range(parameter));
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QString place = QStringLiteral("%1[%2]").arg(path).arg(i);
        if (parameter.kind == Kind::Ids && !(isInteger(entries[i]) && entries[i].toDouble() >= 1))
            return wrong(place, QStringLiteral("an id"));
        if (parameter.items.empty())
            continue;
        if (!entries[i].isObject())
            return wrong(place, QStringLiteral("an object"));
        COHORT_CHECK(checkMembers(parameter.items, entries[i].toObject(), place + QLatin1Char('.')));
    }
    return {};
}

Result<void> checkNumber(const Parameter& parameter, const QJsonValue& value, const QString& path)
{
    if (parameter.kind == Kind::Id)
        return isInteger(value) && value.toDouble() >= 1 ? Result<void>() : wrong(path, QStringLiteral("an id"));
    const bool good = parameter.kind == Kind::Integer ? isInteger(value) : value.isDouble();
    if (!good || outside(parameter, value.toDouble()))
        return wrong(path, QStringLiteral("a number from ") + range(parameter));
    return {};
}

Result<void> checkValue(const Parameter& parameter, const QJsonValue& value, const QString& path)
{
    if (value.isNull() && (parameter.nullable || parameter.kind == Kind::Any))
        return {};
    switch (parameter.kind) {
    case Kind::Id:
    case Kind::Integer:
    case Kind::Number:
        return checkNumber(parameter, value, path);
    case Kind::Text:
    case Kind::Time:
    case Kind::Choice:
        return checkText(parameter, value, path);
    case Kind::Ids:
    case Kind::List:
        return checkList(parameter, value, path);
    case Kind::Boolean:
        return value.isBool() ? Result<void>() : wrong(path, QStringLiteral("true or false"));
    case Kind::Object:
        if (!value.isObject())
            return wrong(path, QStringLiteral("an object"));
        if (outside(parameter, static_cast<double>(value.toObject().size())))
            return wrong(path, QStringLiteral("an object of ") + range(parameter) + QStringLiteral(" members"));
        return {};
    case Kind::Any:
        return {};
    }
    return {};
}

Result<void> checkMembers(const std::vector<Parameter>& known, const QJsonObject& given, const QString& prefix)
{
    for (const QString& name : given.keys()) {
        const bool isKnown = std::any_of(known.begin(), known.end(), [&](const Parameter& parameter) {
            return name == QLatin1String(parameter.name);
        });
        if (!isKnown)
            return fail(ErrorCode::WrongValue,
                        QStringLiteral("this operation has no parameter %1").arg(quoted(prefix + name)));
    }
    for (const auto& parameter : known) {
        const auto name = QString::fromLatin1(parameter.name);
        const auto value = given.value(name);
        if (value.isUndefined() && !parameter.required)
            continue;
        if (value.isUndefined())
            return fail(ErrorCode::MissingValue, quoted(prefix + name));
        COHORT_CHECK(checkValue(parameter, value, prefix + name));
    }
    return {};
}

QJsonObject describe(const Parameter& parameter)
{
    QJsonObject described{{QStringLiteral("name"), QString::fromLatin1(parameter.name)},
                          {QStringLiteral("type"), QString::fromLatin1(kindName(parameter.kind))},
                          {QStringLiteral("required"), parameter.required}};
    if (parameter.noun != Noun::None)
        described.insert(QStringLiteral("of"), QString::fromLatin1(nounName(parameter.noun)));
    if (parameter.nullable)
        described.insert(QStringLiteral("nullable"), true);
    if (parameter.most > 0) {
        described.insert(QStringLiteral("least"), parameter.least);
        described.insert(QStringLiteral("most"), parameter.most);
    }
    if (*parameter.choices != 0)
        described.insert(QStringLiteral("choices"), QString::fromLatin1(parameter.choices));
    QJsonArray items;
    for (const auto& item : parameter.items)
        items.append(describe(item));
    if (!items.isEmpty())
        described.insert(QStringLiteral("items"), items);
    return described;
}

QJsonObject describe(const Operation& operation)
{
    static constexpr const char* AccessNames[] = {"public", "signed-in", "by-role", "everywhere"};
    QJsonArray roles, parameters;
    for (const Role role : {Role::Admin, Role::Coordinator, Role::Analyst})
        if ((operation.roles & static_cast<Roles>(role)) != 0)
            roles.append(QString::fromLatin1(roleName(role)));
    for (const auto& parameter : operation.parameters)
        parameters.append(describe(parameter));
    return {{QStringLiteral("name"), QString::fromLatin1(operation.name)},
            {QStringLiteral("access"), QString::fromLatin1(AccessNames[static_cast<int>(operation.access)])},
            {QStringLiteral("roles"), roles},
            {QStringLiteral("changes"), operation.changes},
            {QStringLiteral("parameters"), parameters},
            {QStringLiteral("result"), QString::fromLatin1(operation.result)},
            {QStringLiteral("topics"), QString::fromLatin1(operation.topics)}};
}

QJsonArray describeErrors()
{
    QJsonArray errors;
#define COHORT_X(enumerator, wire, number, http, retry, meaning)                                                       \
    errors.append(QJsonObject{{QStringLiteral("code"), QStringLiteral(wire)},                                          \
                              {QStringLiteral("number"), number},                                                      \
                              {QStringLiteral("http"), http},                                                          \
                              {QStringLiteral("meaning"), QStringLiteral(meaning)}});
    COHORT_ERRORS(COHORT_X)
#undef COHORT_X
    return errors;
}

} // namespace

const char* nounName(Noun noun)
{
    return NounNames[static_cast<int>(noun)];
}

const char* kindName(Kind kind)
{
    return KindNames[static_cast<int>(kind)];
}

const char* roleName(Role role)
{
    return role == Role::Admin ? "admin" : role == Role::Coordinator ? "coordinator" : "analyst";
}

std::optional<Role> roleFromName(std::string_view name)
{
    for (const Role role : {Role::Admin, Role::Coordinator, Role::Analyst})
        if (name == roleName(role))
            return role;
    return std::nullopt;
}

const Operation* findOperation(std::string_view name)
{
    const auto& all = operations();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Operation& row) { return name == row.name; });
    return found == all.end() ? nullptr : &*found;
}

const Topic* findTopic(std::string_view name)
{
    const auto& all = topics();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Topic& row) { return name == row.name; });
    return found == all.end() ? nullptr : &*found;
}

Result<void> checkParameters(const Operation& operation, const QJsonObject& params)
{
    return checkMembers(operation.parameters, params, {});
}

QJsonObject describe()
{
    QJsonArray all, subscriptions;
    for (const auto& operation : operations())
        all.append(describe(operation));
    for (const auto& topic : topics())
        subscriptions.append(QJsonObject{{QStringLiteral("topic"), QString::fromLatin1(topic.name)},
                                         {QStringLiteral("filter"), QString::fromLatin1(nounName(topic.filter))},
                                         {QStringLiteral("items"), QString::fromLatin1(topic.items)}});
    return {{QStringLiteral("protocol"), ProtocolVersion},
            {QStringLiteral("operations"), all},
            {QStringLiteral("topics"), subscriptions},
            {QStringLiteral("errors"), describeErrors()}};
}

} // namespace cohort::protocol
