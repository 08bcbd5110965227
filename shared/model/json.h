// A noun as JSON, both ways, by its fields(): what is missing or of another kind is an error that names it.
// Thread: values. Owner: a toJson or fromJson call. Flow: struct → JsonWriter → QJsonObject → JsonReader →
// struct. Forms: ids and numbers are numbers, times ISO 8601 in UTC, enums their words; a member that has
// nothing is null.
#pragma once

#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/base/value_json.h"
#include "shared/model/fields.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QMap>

#include <optional>

namespace cohort::model {

template <typename T>
QJsonObject toJson(const T& noun);

class JsonWriter
{
public:
    QJsonObject object;

    template <typename T>
    void operator()(const char* name, const T& member, const char* /*prose*/, Rule rule = {})
    {
        if (auto value = valueOf(member, rule); !value.isUndefined())
            object.insert(QLatin1StringView(name), value);
    }
    template <typename T>
    void flat(const T& member)
    {
        fields(*this, member);
    }
    template <typename T>
    void flat(const std::optional<T>& member)
    {
        if (member)
            fields(*this, *member);
    }

    static QJsonValue valueOf(bool value, Rule) { return value; }
    static QJsonValue valueOf(int value, Rule) { return value; }
    static QJsonValue valueOf(qint64 value, Rule) { return value; }
    static QJsonValue valueOf(double value, Rule) { return value; }
    static QJsonValue valueOf(const QString& value, Rule) { return value.isNull() ? QStringLiteral("") : value; }
    static QJsonValue valueOf(Timestamp value, Rule) { return QString::fromStdString(toIso(value)); }
    static QJsonValue valueOf(const Value& value, Rule) { return valueJson(value); }
    static QJsonValue valueOf(const QJsonObject& value, Rule) { return value; }
    static QJsonValue valueOf(const QJsonArray& value, Rule) { return value; }
    static QJsonValue valueOf(const QJsonValue& value, Rule) { return value.isUndefined() ? QJsonValue() : value; }
    template <typename Tag>
    static QJsonValue valueOf(Id<Tag> id, Rule)
    {
        return id ? QJsonValue(static_cast<qint64>(id.value)) : QJsonValue();
    }
    template <Named E>
    static QJsonValue valueOf(E value, Rule)
    {
        return textOf(value);
    }
    template <typename T>
    static QJsonValue valueOf(const std::optional<T>& value, Rule rule)
    {
        return value ? valueOf(*value, rule) : QJsonValue();
    }
    template <typename T>
    static QJsonValue valueOf(const QList<T>& values, Rule)
    {
        QJsonArray array;
        for (const T& value : values)
            array.append(valueOf(value, Rule{}));
        return array;
    }
    template <typename T>
    static QJsonValue valueOf(const QMap<QString, T>& values, Rule)
    {
        QJsonObject map;
        for (auto it = values.begin(); it != values.end(); ++it)
            map.insert(it.key(), valueOf(it.value(), Rule{}));
        return map;
    }
    template <typename T>
    requires(std::is_class_v<T>&& requires(JsonWriter& w, const T& t) { fields(w, t); }) static QJsonValue
        valueOf(const T& value, Rule)
    {
        return toJson(value);
    }
};

template <typename T>
QJsonObject toJson(const T& noun)
{
    JsonWriter writer;
    fields(writer, noun);
    return writer.object;
}

class ParameterWriter
{
public:
    QJsonObject object;

    template <typename T>
    void operator()(const char* name, const T& member, const char* /*prose*/, Rule rule = {})
    {
        if (auto value = JsonWriter::valueOf(member, rule); !value.isUndefined() && !value.isNull())
            object.insert(QLatin1StringView(name), value);
    }
    template <typename T>
    void operator()(const char* name, const std::optional<T>& member, const char* /*prose*/, Rule rule = {})
    {
        if (!member)
            return;
        if (auto value = JsonWriter::valueOf(*member, rule); rule.mayBeNone || !value.isNull())
            object.insert(QLatin1StringView(name), value);
    }
    template <typename T>
    void flat(const T& member)
    {
        fields(*this, member);
    }
    template <typename T>
    void flat(const std::optional<T>& member)
    {
        if (member)
            fields(*this, *member);
    }
};

// As an operation's parameters are written: what has nothing is left out; null is said where it means "none".
template <typename T>
QJsonObject toParameters(const T& parameters)
{
    ParameterWriter writer;
    fields(writer, parameters);
    return writer.object;
}

// Where the JSON comes from, and so what is an error. Parameters of an operation: a member that nobody knows is, one that
// is optional may be left out. An answer: every member is there, others are a newer server's. Stored by an earlier
// version: what is missing stays as the struct begins, what is no longer known stands aside.
enum class Form : std::uint8_t { Parameters, Answer, Stored };

// A value that has no parts: into `member`, or what it must be instead ("a text", "a number from 1 to 10").
// Whether the database can hold every text in it, names of members too: U+0000 and half of a surrogate pair it cannot.
bool isStorable(const QJsonValue& value);

QString readPlain(const QJsonValue& value, bool& member, Rule rule);
QString readPlain(const QJsonValue& value, int& member, Rule rule);
QString readPlain(const QJsonValue& value, qint64& member, Rule rule);
QString readPlain(const QJsonValue& value, double& member, Rule rule);
QString readPlain(const QJsonValue& value, QString& member, Rule rule);
QString readPlain(const QJsonValue& value, Timestamp& member, Rule rule);
QString readPlain(const QJsonValue& value, Value& member, Rule rule);
QString readPlain(const QJsonValue& value, QJsonObject& member, Rule rule);
QString readPlain(const QJsonValue& value, QJsonArray& member, Rule rule);
QString readPlain(const QJsonValue& value, QJsonValue& member, Rule rule);

template <typename T>
concept Plain = requires(const QJsonValue& value, T& member)
{
    readPlain(value, member, Rule{});
};

// Whether a size or a number lies outside the rule's bounds; "1 to 10".
bool isOutside(double size, Rule rule);
QString rangeOf(Rule rule);

class JsonReader
{
public:
    JsonReader(const QJsonObject& object, Form form, QString path = {});

    template <typename T>
    void operator()(const char* name, T& member, const char* /*prose*/, Rule rule = {})
    {
        m_known.append(QLatin1StringView(name));
        if (m_error)
            return;
        const QJsonValue value = m_object.value(QLatin1StringView(name));
        if (value.isUndefined())
            return missing(name, m_form == Form::Stored || isOptional(member));
        read(value, member, rule, m_path + QLatin1StringView(name));
    }
    template <typename T>
    void flat(T& member)
    {
        fields(*this, member);
    }
    template <typename T>
    void flat(std::optional<T>& member);

    // After all fields: the first fault, if there was one.
    Result<void> finish();

private:
    template <typename T>
    static constexpr bool isOptional(const T&)
    {
        return false;
    }
    // What may be left out of parameters; an answer has every member.
    template <typename T>
    constexpr bool isOptional(const std::optional<T>&) const
    {
        return m_form != Form::Answer;
    }
    void missing(const char* name, bool isAllowed);
    void wrong(const QString& path, const QString& expected);

    template <Plain T>
    void read(const QJsonValue& value, T& member, Rule rule, const QString& path)
    {
        if (const QString expected = readPlain(value, member, rule); !expected.isEmpty())
            wrong(path, expected);
    }
    template <typename Tag>
    void read(const QJsonValue& value, Id<Tag>& member, Rule rule, const QString& path)
    {
        if (rule.mayBeNone && value.isNull()) {
            member = {};
            return;
        }
        qint64 number = 0;
        if (!readPlain(value, number, {}).isEmpty() || number < 1)
            return wrong(path, QStringLiteral("an id"));
        member = Id<Tag>{number};
    }
    template <Named E>
    void read(const QJsonValue& value, E& member, Rule, const QString& path)
    {
        const auto known = value.isString() ? model::valueOf<E>(value.toString()) : std::nullopt;
        if (known) {
            member = *known;
            return;
        }
        QStringList names;
        for (const char* name : enumNames(E{}))
            names.append(QLatin1StringView(name));
        wrong(path, QStringLiteral("one of ") + names.join(QLatin1Char('|')));
    }
    template <typename T>
    void read(const QJsonValue& value, std::optional<T>& member, Rule rule, const QString& path)
    {
        if (value.isNull() && !(rule.mayBeNone && m_form == Form::Parameters)) {
            member.reset();
            return;
        }
        read(value, member.emplace(), rule, path);
    }
    template <typename T>
    void read(const QJsonValue& value, QList<T>& member, Rule rule, const QString& path)
    {
        if (!value.isArray())
            return wrong(path, QStringLiteral("a list"));
        const QJsonArray array = value.toArray();
        if (isOutside(static_cast<double>(array.size()), rule))
            return wrong(path, QStringLiteral("a list of %1").arg(rangeOf(rule)));
        member.clear();
        member.reserve(array.size());
        for (qsizetype i = 0; i < array.size() && !m_error; ++i)
            read(array[i], member.emplaceBack(), Rule{}, QStringLiteral("%1[%2]").arg(path).arg(i));
    }
    template <typename T>
    void read(const QJsonValue& value, QMap<QString, T>& member, Rule rule, const QString& path)
    {
        if (!value.isObject())
            return wrong(path, QStringLiteral("an object"));
        const QJsonObject object = value.toObject();
        if (isOutside(static_cast<double>(object.size()), rule))
            return wrong(path, QStringLiteral("an object of %1 members").arg(rangeOf(rule)));
        member.clear();
        for (auto it = object.begin(); it != object.end() && !m_error; ++it)
            read(it.value(), member[it.key()], Rule{}, path + QLatin1Char('.') + it.key());
    }
    template <typename T>
    requires(std::is_class_v<T>&& requires(JsonReader& r, T& t) {
        fields(r, t);
    }) void read(const QJsonValue& value, T& member, Rule, const QString& path)
    {
        if (!value.isObject())
            return wrong(path, QStringLiteral("an object"));
        JsonReader inner(value.toObject(), m_form, path + QLatin1Char('.'));
        fields(inner, member);
        if (auto done = inner.finish(); !done)
            m_error = done.error();
    }

    QJsonObject m_object;
    QString m_path; // "alert.actions[2].", before a member's name
    Form m_form;
    QList<QLatin1StringView> m_known;
    std::optional<Error> m_error;
};

// Whether any member of a struct stands in an object: all of an optional flat part, or nothing of it.
class JsonProbe
{
public:
    explicit JsonProbe(const QJsonObject& object) : m_object(object) {}
    template <typename T>
    void operator()(const char* name, const T&, const char*, Rule = {})
    {
        isThere = isThere || m_object.contains(QLatin1StringView(name));
        names.append(QLatin1StringView(name));
    }
    template <typename T>
    void flat(const T& member)
    {
        fields(*this, member);
    }
    bool isThere = false;
    QList<QLatin1StringView> names;

private:
    const QJsonObject& m_object;
};

template <typename T>
void JsonReader::flat(std::optional<T>& member)
{
    JsonProbe probe(m_object);
    const T none{};
    fields(probe, none);
    m_known.append(probe.names);
    member.reset();
    if (probe.isThere)
        fields(*this, member.emplace());
}

// Errors: MissingValue, WrongValue; the detail names the member.
template <typename T>
Result<T> fromJson(const QJsonObject& object, Form form = Form::Answer)
{
    T noun{};
    JsonReader reader(object, form);
    fields(reader, noun);
    COHORT_CHECK(reader.finish());
    return noun;
}

} // namespace cohort::model
