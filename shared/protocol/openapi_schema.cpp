#include "shared/protocol/openapi_schema.h"

namespace cohort::protocol {

using namespace Qt::Literals::StringLiterals;
using model::Field;
using model::Kind;

namespace {

QJsonObject schemaOf(const Field& field, SchemaOf what);

QJsonObject typed(const char* type)
{
    return {{u"type"_s, QString::fromLatin1(type)}};
}

void addBounds(QJsonObject& schema, const model::Rule& rule, QLatin1StringView least, QLatin1StringView most)
{
    if (rule.most <= 0)
        return;
    schema.insert(QString(least), rule.least);
    schema.insert(QString(most), rule.most);
}

QJsonObject textSchema(const Field& field)
{
    QJsonObject schema = typed("string");
    addBounds(schema, field.rule, "minLength"_L1, "maxLength"_L1);
    return schema;
}

QJsonObject numberSchema(const Field& field)
{
    QJsonObject schema = typed(field.kind == Kind::Number ? "number" : "integer");
    addBounds(schema, field.rule, "minimum"_L1, "maximum"_L1);
    return schema;
}

QJsonObject choiceSchema(const Field& field)
{
    QJsonArray names;
    for (const char* name : field.choices)
        names.append(QString::fromLatin1(name));
    QJsonObject schema = typed("string");
    schema.insert(u"enum"_s, names);
    return schema;
}

QJsonObject listSchema(const Field& field, SchemaOf what)
{
    QJsonObject schema = typed("array");
    schema.insert(u"items"_s, schemaOf(field.of.front(), what));
    addBounds(schema, field.rule, "minItems"_L1, "maxItems"_L1);
    return schema;
}

QJsonObject mapSchema(const Field& field, SchemaOf what)
{
    QJsonObject schema = typed("object");
    if (field.kind == Kind::Map)
        schema.insert(u"additionalProperties"_s, schemaOf(field.of.front(), what));
    addBounds(schema, field.rule, "minProperties"_L1, "maxProperties"_L1);
    return schema;
}

QJsonObject plainSchema(const Field& field, SchemaOf what)
{
    switch (field.kind) {
    case Kind::Id:
        return {{u"type"_s, u"integer"_s}, {u"minimum"_s, 1}};
    case Kind::Text:
        return textSchema(field);
    case Kind::Integer:
    case Kind::Number:
        return numberSchema(field);
    case Kind::Boolean:
        return typed("boolean");
    case Kind::Time:
        return {{u"type"_s, u"string"_s}, {u"format"_s, u"date-time"_s}};
    case Kind::Choice:
        return choiceSchema(field);
    case Kind::Value:
        return {{u"type"_s, QJsonArray{u"number"_s, u"string"_s, u"null"_s}}};
    case Kind::Struct:
        return objectSchema(field.of, what);
    case Kind::List:
        return listSchema(field, what);
    case Kind::Object:
    case Kind::Map:
        return mapSchema(field, what);
    case Kind::Any:
        return {};
    }
    return {};
}

// "type" with null beside it; an enum needs null among its words, too.
void allowNull(QJsonObject& schema)
{
    const auto type = schema.value("type"_L1);
    if (type.isString())
        schema.insert(u"type"_s, QJsonArray{type, u"null"_s});
    if (const auto names = schema.value("enum"_L1); names.isArray()) {
        auto all = names.toArray();
        all.append(QJsonValue());
        schema.insert(u"enum"_s, all);
    }
}

QJsonObject schemaOf(const Field& field, SchemaOf what)
{
    QJsonObject schema = plainSchema(field, what);
    const bool isNullable = field.rule.mayBeNone || (field.isOptional && what == SchemaOf::Answer);
    if (isNullable)
        allowNull(schema);
    if (*field.prose != 0)
        schema.insert(u"description"_s, QString::fromUtf8(field.prose));
    return schema;
}

} // namespace

QJsonObject objectSchema(const std::vector<Field>& fields, SchemaOf what)
{
    QJsonObject properties;
    QJsonArray required;
    for (const Field& field : fields) {
        const auto name = QString::fromLatin1(field.name);
        properties.insert(name, schemaOf(field, what));
        const bool mayBeMissing = what == SchemaOf::Parameters ? field.isOptional : field.isFlat;
        if (!mayBeMissing)
            required.append(name);
    }
    QJsonObject schema = typed("object");
    schema.insert(u"properties"_s, properties);
    if (!required.isEmpty())
        schema.insert(u"required"_s, required);
    if (what == SchemaOf::Parameters)
        schema.insert(u"additionalProperties"_s, false);
    return schema;
}

QJsonObject jsonContent(const QJsonObject& schema, const QJsonObject& examples)
{
    QJsonObject content{{u"schema"_s, schema}};
    if (!examples.isEmpty())
        content.insert(u"examples"_s, examples);
    return {{u"application/json"_s, content}};
}

} // namespace cohort::protocol
