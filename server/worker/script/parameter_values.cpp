#include "server/worker/script/parameter_values.h"

#include "shared/base/value_json.h"
#include "shared/base/value_order.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTime>

#include <cmath>

namespace cohort::worker {
namespace {

QJsonValue valueFor(const QString& type, const QString& text)
{
    if (type == QLatin1String("boolean")) {
        if (text == QLatin1String("true") || text == QLatin1String("false"))
            return text == QLatin1String("true");
        return QJsonValue::Undefined;
    }
    if (type == QLatin1String("text") || type == QLatin1String("choice"))
        return text;
    if (type == QLatin1String("time"))
        return QTime::fromString(text, QStringLiteral("H:mm")).isValid() ? QJsonValue(text) : QJsonValue::Undefined;
    const auto number = numberIn(text.toStdString());
    if (!number || (type == QLatin1String("integer") && std::floor(*number->number) != *number->number))
        return QJsonValue::Undefined;
    return valueJson(*number);
}

QString said(const QJsonValue& limit)
{
    return QString::fromStdString(textOf(valueOfJson(limit).value_or(Value::none())));
}

// Of two numbers.
bool isBelow(const QJsonValue& value, const QJsonValue& limit)
{
    return value.isDouble() && limit.isDouble() && isLess(*valueOfJson(value), *valueOfJson(limit));
}

// Empty when the value fits the form's entry, else what it must be.
QString faultOf(const QJsonObject& entry, const QJsonValue& value)
{
    const QString type = entry.value(QStringLiteral("type")).toString();
    if (value.isUndefined())
        return QStringLiteral("must be of type %1").arg(type);
    const QJsonValue least = entry.value(QStringLiteral("min"));
    const QJsonValue most = entry.value(QStringLiteral("max"));
    if (isBelow(value, least))
        return QStringLiteral("must be at least %1").arg(said(least));
    if (isBelow(most, value))
        return QStringLiteral("must be at most %1").arg(said(most));
    const QJsonArray choices = entry.value(QStringLiteral("choices")).toArray();
    if (!choices.isEmpty() && !choices.contains(value))
        return QStringLiteral("is none of the choices");
    return {};
}

} // namespace

Result<std::string> parameterValues(const std::string& form, const QStringList& given)
{
    const QJsonObject entries = QJsonDocument::fromJson(QByteArray::fromStdString(form)).object();
    QJsonObject values;
    for (auto it = entries.begin(); it != entries.end(); ++it)
        values.insert(it.key(), it->toObject().value(QStringLiteral("default")));
    for (const QString& text : given) {
        const qsizetype equals = text.indexOf(QLatin1Char('='));
        const QString name = text.left(equals);
        if (equals < 1)
            return fail(ErrorCode::WrongValue, QStringLiteral("'%1' must be name=value").arg(text));
        if (!entries.contains(name)) {
            return fail(ErrorCode::WrongValue, QStringLiteral("the script has no parameter '%1'; it has: %2")
                                                   .arg(name, entries.keys().join(QStringLiteral(", "))));
        }
        const QJsonObject entry = entries.value(name).toObject();
        const QJsonValue value = valueFor(entry.value(QStringLiteral("type")).toString(), text.mid(equals + 1));
        if (const QString fault = faultOf(entry, value); !fault.isEmpty())
            return fail(ErrorCode::WrongValue,
                        QStringLiteral("parameter %1=%2 %3").arg(name, text.mid(equals + 1), fault));
        values.insert(name, value);
    }
    return QJsonDocument(values).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace cohort::worker
