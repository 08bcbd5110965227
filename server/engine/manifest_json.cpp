#include "server/engine/model.h"
#include "shared/base/value_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace cohort::engine {
namespace {

constexpr int MostHandlers = 1'000;
constexpr double ShortestEveryMs = 1'000;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonObject jsonOf(const std::map<std::string, std::string>& values)
{
    QJsonObject object;
    for (const auto& [key, value] : values)
        object.insert(text(key), text(value));
    return object;
}

QJsonArray jsonOf(const std::vector<std::string>& values)
{
    QJsonArray array;
    for (const std::string& value : values)
        array.append(text(value));
    return array;
}

QJsonObject jsonOf(const Trigger& trigger)
{
    QJsonObject object{{QStringLiteral("handler"), trigger.handler},
                       {QStringLiteral("kind"), QLatin1String(eventKindName(trigger.kind))}};
    const auto put = [&object](const char* name, const auto& value) { object.insert(QLatin1String(name), value); };
    if (!trigger.name.empty())
        put("name", text(trigger.name));
    if (trigger.use)
        put("use", text(*trigger.use));
    if (trigger.room)
        put("room", text(*trigger.room));
    if (trigger.device)
        put("device", text(*trigger.device));
    if (trigger.type)
        put("type", *trigger.type);
    if (trigger.changed)
        put("changed", true);
    if (trigger.above)
        put("above", valueJson(*trigger.above));
    if (trigger.below)
        put("below", valueJson(*trigger.below));
    if (trigger.lasting)
        put("lasting_ms", static_cast<qint64>(trigger.lasting->count()));
    if (trigger.late)
        put("late", *trigger.late);
    if (trigger.unavailable)
        put("unavailable", true);
    if (trigger.kind == EventKind::Schedule) {
        put("minute_of_day", trigger.minuteOfDay);
        put("days", trigger.days);
    }
    if (trigger.kind == EventKind::Every)
        put("every_ms", static_cast<qint64>(trigger.every.count()));
    return object;
}

tl::unexpected<Error> wrong(const QString& member, const QString& wanted)
{
    return fail(ErrorCode::CannotParse, QStringLiteral("the manifest's '%1' must be %2").arg(member, wanted));
}

// Reads members of one object; the first wrong one stays as the fault.
class Members
{
public:
    explicit Members(const QJsonObject& object) : m_object(object) {}

    void read(const char* name, std::string& into)
    {
        if (const auto value = member(name, QJsonValue::String, "a text"))
            into = value->toString().toStdString();
    }
    void read(const char* name, std::optional<std::string>& into)
    {
        if (const auto value = member(name, QJsonValue::String, "a text"))
            into = value->toString().toStdString();
    }
    void read(const char* name, bool& into)
    {
        if (const auto value = member(name, QJsonValue::Bool, "true or false"))
            into = value->toBool();
    }
    void read(const char* name, std::optional<bool>& into)
    {
        if (const auto value = member(name, QJsonValue::Bool, "true or false"))
            into = value->toBool();
    }
    void read(const char* name, std::optional<Value>& into)
    {
        if (const auto value = member(name, QJsonValue::Double, "a number"))
            into = valueOfJson(*value);
    }
    // A whole number from `least` to `most`.
    std::optional<std::int64_t> whole(const char* name, double least, double most)
    {
        const auto value = member(name, QJsonValue::Double, "a whole number");
        if (!value)
            return std::nullopt;
        const double number = value->toDouble();
        if (number >= least && number <= most && std::floor(number) == number)
            return static_cast<std::int64_t>(number);
        spoil(name, QStringLiteral("a whole number from %1 to %2").arg(least, 0, 'f', 0).arg(most, 0, 'f', 0));
        return std::nullopt;
    }
    void read(const char* name, std::map<std::string, std::string>& into)
    {
        const auto value = member(name, QJsonValue::Object, "an object of texts");
        const QJsonObject object = value ? value->toObject() : QJsonObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!it->isString())
                spoil(name, QStringLiteral("an object of texts"));
            into[it.key().toStdString()] = it->toString().toStdString();
        }
    }
    std::optional<QJsonValue> member(const char* name, QJsonValue::Type type, const char* wanted)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined() || value.isNull())
            return std::nullopt;
        if (value.type() == type)
            return value;
        spoil(name, QLatin1String(wanted));
        return std::nullopt;
    }
    void spoil(const char* name, const QString& wanted)
    {
        if (m_name.isEmpty()) {
            m_name = QLatin1String(name);
            m_wanted = wanted;
        }
    }
    Result<void> outcome() const
    {
        if (m_name.isEmpty())
            return {};
        return wrong(m_name, m_wanted);
    }

private:
    const QJsonObject& m_object;
    QString m_name;
    QString m_wanted;
};

Result<Trigger> triggerFrom(const QJsonObject& object, std::size_t handlers)
{
    constexpr double longest = 366.0 * 86'400'000;
    Trigger trigger;
    Members members(object);
    const auto handler = members.whole("handler", 0, static_cast<double>(handlers) - 1);
    std::string kind;
    members.read("kind", kind);
    members.read("name", trigger.name);
    members.read("use", trigger.use);
    members.read("room", trigger.room);
    members.read("device", trigger.device);
    if (const auto type = members.whole("type", 0, 2'000'000'000))
        trigger.type = static_cast<int>(*type);
    members.read("changed", trigger.changed);
    members.read("above", trigger.above);
    members.read("below", trigger.below);
    if (const auto lasting = members.whole("lasting_ms", 1, longest))
        trigger.lasting = Milliseconds(*lasting);
    members.read("late", trigger.late);
    members.read("unavailable", trigger.unavailable);
    trigger.minuteOfDay = static_cast<int>(members.whole("minute_of_day", 0, 24 * 60 - 1).value_or(0));
    trigger.days = static_cast<std::uint8_t>(members.whole("days", 1, 0x7f).value_or(0x7f));
    trigger.every = Milliseconds(members.whole("every_ms", ShortestEveryMs, longest).value_or(0));
    COHORT_CHECK(members.outcome());
    const auto known = eventKindFromName(kind);
    if (!handler)
        return wrong(QStringLiteral("handler"), QStringLiteral("the index of a handler"));
    if (!known)
        return wrong(QStringLiteral("kind"), QStringLiteral("a known kind of trigger"));
    if (*known == EventKind::Every && trigger.every.count() == 0)
        return wrong(QStringLiteral("every_ms"), QStringLiteral("there for a trigger of kind every"));
    trigger.handler = static_cast<int>(*handler);
    trigger.kind = *known;
    return trigger;
}

Result<std::vector<std::string>> textsFrom(const QJsonObject& object, const char* name)
{
    std::vector<std::string> texts;
    const QJsonValue value = object.value(QLatin1String(name));
    if (!value.isUndefined() && !value.isArray())
        return wrong(QLatin1String(name), QStringLiteral("a list of texts"));
    for (const auto& entry : value.toArray()) {
        if (!entry.isString() || texts.size() >= MostHandlers)
            return wrong(QLatin1String(name), QStringLiteral("a list of at most 1000 texts"));
        texts.push_back(entry.toString().toStdString());
    }
    return texts;
}

Result<void> readTriggers(const QJsonObject& object, Manifest& manifest)
{
    const QJsonValue value = object.value(QStringLiteral("triggers"));
    if (!value.isUndefined() && !value.isArray())
        return wrong(QStringLiteral("triggers"), QStringLiteral("a list"));
    for (const auto& entry : value.toArray()) {
        if (!entry.isObject() || manifest.triggers.size() >= MostHandlers)
            return wrong(QStringLiteral("triggers"), QStringLiteral("a list of at most 1000 objects"));
        COHORT_TRY(trigger, triggerFrom(entry.toObject(), manifest.handlers.size()));
        manifest.triggers.push_back(std::move(trigger));
    }
    return {};
}

// A member that may be missing.
Result<QJsonObject> objectFrom(const QJsonObject& object, const char* name)
{
    const QJsonValue value = object.value(QLatin1String(name));
    if (!value.isUndefined() && !value.isObject())
        return wrong(QString::fromLatin1(name), QStringLiteral("an object"));
    return value.toObject();
}

Result<void> readTexts(const QJsonObject& object, Manifest& manifest)
{
    COHORT_TRY(texts, objectFrom(object, "texts"));
    for (auto it = texts.constBegin(); it != texts.constEnd(); ++it) {
        Members members(texts);
        members.read(it.key().toUtf8().constData(), manifest.texts[it.key().toStdString()]);
        COHORT_CHECK(members.outcome());
    }
    return {};
}

// {what: [parameter, …]}; versions of before have none.
Result<void> readNeeds(const QJsonObject& object, Manifest& manifest)
{
    COHORT_TRY(needs, objectFrom(object, "needs"));
    for (auto it = needs.constBegin(); it != needs.constEnd(); ++it) {
        COHORT_TRY(names, textsFrom(needs, it.key().toUtf8().constData()));
        manifest.needs[it.key().toStdString()] = std::move(names);
    }
    return {};
}

} // namespace

std::string toJson(const Manifest& manifest)
{
    QJsonArray triggers;
    for (const Trigger& trigger : manifest.triggers)
        triggers.append(jsonOf(trigger));
    QJsonObject texts;
    for (const auto& [key, languages] : manifest.texts)
        texts.insert(text(key), jsonOf(languages));
    QJsonObject needs;
    for (const auto& [what, alternatives] : manifest.needs)
        needs.insert(text(what), jsonOf(alternatives));
    const QJsonObject object{
        {QStringLiteral("title"), text(manifest.title)},
        {QStringLiteral("description"), text(manifest.description)},
        {QStringLiteral("handlers"), jsonOf(manifest.handlers)},
        {QStringLiteral("triggers"), triggers},
        {QStringLiteral("parameters"),
         QJsonDocument::fromJson(QByteArray::fromStdString(manifest.parameters)).object()},
        {QStringLiteral("reads"), jsonOf(manifest.reads)},
        {QStringLiteral("controls"), jsonOf(manifest.controls)},
        {QStringLiteral("notifies"), jsonOf(manifest.notifies)},
        {QStringLiteral("texts"), texts},
        {QStringLiteral("fresh_state"), manifest.freshState},
        {QStringLiteral("scope"), text(manifest.scope)},
        {QStringLiteral("needs"), needs},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

Result<Manifest> manifestFromJson(std::string_view json)
{
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size())));
    if (!document.isObject())
        return fail(ErrorCode::CannotParse, QStringLiteral("the manifest must be a JSON object"));
    const QJsonObject object = document.object();
    Manifest manifest;
    Members members(object);
    members.read("title", manifest.title);
    members.read("description", manifest.description);
    members.read("reads", manifest.reads);
    members.read("controls", manifest.controls);
    members.read("fresh_state", manifest.freshState);
    members.read("scope", manifest.scope);
    const auto parameters = members.member("parameters", QJsonValue::Object, "an object");
    manifest.parameters =
        QJsonDocument(parameters.value_or(QJsonObject()).toObject()).toJson(QJsonDocument::Compact).toStdString();
    COHORT_CHECK(members.outcome());
    if (manifest.scope != "home" && manifest.scope != "deployment")
        return wrong(QStringLiteral("scope"), QStringLiteral("'home' or 'deployment'"));
    COHORT_TRY(handlers, textsFrom(object, "handlers"));
    manifest.handlers = std::move(handlers);
    COHORT_TRY(notifies, textsFrom(object, "notifies"));
    manifest.notifies = std::move(notifies);
    COHORT_CHECK(readTriggers(object, manifest));
    COHORT_CHECK(readTexts(object, manifest));
    COHORT_CHECK(readNeeds(object, manifest));
    return manifest;
}

} // namespace cohort::engine
