// What a struct's members are, read off its fields(): names, kinds, bounds, prose; for borders, audit and
// OpenAPI. Thread: values. Owner: whoever describes. Flow: fields() → describe<T>() → dispatch, GET /api/v1,
// generated tests.
#pragma once

#include "shared/base/ids.h"
#include "shared/base/time.h"
#include "shared/base/value.h"
#include "shared/model/fields.h"
#include "shared/model/noun.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QMap>

#include <vector>

namespace cohort::model {

enum class Kind : std::uint8_t {
    Id,
    Text,
    Integer,
    Number,
    Boolean,
    Time,
    Choice,
    Value,
    Object,
    Struct,
    List,
    Map,
    Any,
};
const char* kindName(Kind kind); // id, text, …

struct Field
{
    const char* name = "";
    const char* prose = "";
    Kind kind = Kind::Any;
    Noun noun = Noun::None; // Id
    Rule rule = {};
    bool isOptional = false;               // parameters: may be left out; answers: may be null
    bool isFlat = false;                   // one of a part that is there as a whole or not at all
    std::vector<const char*> choices = {}; // Choice
    std::vector<Field> of = {};            // Struct: its members; List, Map: the one kind of its entries
};

class Describer
{
public:
    std::vector<Field> fieldsOf;

    template <typename T>
    void operator()(const char* name, const T& member, const char* prose, Rule rule = {})
    {
        Field field = kindOf(member);
        field.name = name;
        field.prose = prose;
        field.rule = rule;
        field.isFlat = m_isFlat;
        fieldsOf.push_back(std::move(field));
    }
    template <typename T>
    void flat(const T& member)
    {
        fields(*this, member);
    }
    template <typename T>
    void flat(const std::optional<T>&)
    {
        const T member{};
        const bool before = std::exchange(m_isFlat, true);
        fields(*this, member);
        m_isFlat = before;
    }

private:
    static Field plain(Kind kind)
    {
        Field field;
        field.kind = kind;
        return field;
    }
    static Field kindOf(bool) { return plain(Kind::Boolean); }
    static Field kindOf(int) { return plain(Kind::Integer); }
    static Field kindOf(qint64) { return plain(Kind::Integer); }
    static Field kindOf(double) { return plain(Kind::Number); }
    static Field kindOf(const QString&) { return plain(Kind::Text); }
    static Field kindOf(Timestamp) { return plain(Kind::Time); }
    static Field kindOf(const cohort::Value&) { return plain(Kind::Value); }
    static Field kindOf(const QJsonObject&) { return plain(Kind::Object); }
    static Field kindOf(const QJsonArray&)
    {
        Field field = plain(Kind::List);
        field.of.push_back(plain(Kind::Any));
        return field;
    }
    static Field kindOf(const QJsonValue&) { return plain(Kind::Any); }
    template <typename Tag>
    static Field kindOf(cohort::Id<Tag>)
    {
        Field field = plain(Kind::Id);
        field.noun = NounOf<cohort::Id<Tag>>;
        return field;
    }
    template <Named E>
    static Field kindOf(E)
    {
        Field field = plain(Kind::Choice);
        for (const char* name : enumNames(E{}))
            field.choices.push_back(name);
        return field;
    }
    template <typename T>
    static Field kindOf(const std::optional<T>&)
    {
        Field field = kindOf(T{});
        field.isOptional = true;
        return field;
    }
    template <typename T>
    static Field kindOf(const QList<T>&)
    {
        Field field = plain(Kind::List);
        field.of.push_back(kindOf(T{}));
        return field;
    }
    template <typename T>
    static Field kindOf(const QMap<QString, T>&)
    {
        Field field = plain(Kind::Map);
        field.of.push_back(kindOf(T{}));
        return field;
    }
    template <typename T>
    requires(std::is_class_v<T>&& requires(Describer& d, const T& t) { fields(d, t); }) static Field
        kindOf(const T& member)
    {
        Describer inner;
        fields(inner, member);
        Field field = plain(Kind::Struct);
        field.of = std::move(inner.fieldsOf);
        return field;
    }

    bool m_isFlat = false;
};

// The members of T, in their order.
template <typename T>
std::vector<Field> describe()
{
    Describer describer;
    const T noun{};
    fields(describer, noun);
    return std::move(describer.fieldsOf);
}

} // namespace cohort::model
