#include "server/composer/deployed/parameters.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTime>

#include <cmath>

namespace cohort::composer {

namespace {

constexpr int LongestText = 1'000;

QJsonObject formOf(const engine::Manifest& manifest)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(manifest.parameters)).object();
}

QString checkNumber(const QJsonObject& field, const QJsonValue& value, bool whole)
{
    if (!value.isDouble() || !std::isfinite(value.toDouble()))
        return QStringLiteral("a number");
    const double number = value.toDouble();
    if (whole && number != std::floor(number))
        return QStringLiteral("a whole number");
    const QJsonValue least = field.value(QLatin1String("min"));
    const QJsonValue greatest = field.value(QLatin1String("max"));
    if (least.isDouble() && number < least.toDouble())
        return QStringLiteral("at least %1").arg(least.toDouble());
    if (greatest.isDouble() && number > greatest.toDouble())
        return QStringLiteral("at most %1").arg(greatest.toDouble());
    return {};
}

QString checkChoice(const QJsonObject& field, const QJsonValue& value)
{
    const QJsonArray choices = field.value(QLatin1String("choices")).toArray();
    if (choices.contains(value))
        return {};
    QStringList texts;
    for (const QJsonValue& choice : choices)
        texts.append(choice.toVariant().toString());
    return QStringLiteral("one of %1").arg(texts.join(QStringLiteral(", ")));
}

// What the value should be instead; empty: it is fine.
QString expected(const QJsonObject& field, const QJsonValue& value)
{
    const QString type = field.value(QLatin1String("type")).toString();
    if (type == QLatin1String("minutes") || type == QLatin1String("hours") || type == QLatin1String("number"))
        return checkNumber(field, value, false);
    if (type == QLatin1String("integer"))
        return checkNumber(field, value, true);
    if (type == QLatin1String("boolean"))
        return value.isBool() ? QString() : QStringLiteral("true or false");
    if (type == QLatin1String("choice"))
        return checkChoice(field, value);
    if (type == QLatin1String("time"))
        return value.isString() && QTime::fromString(value.toString(), QStringLiteral("HH:mm")).isValid()
                   ? QString()
                   : QStringLiteral("a time such as 07:30");
    const QString text = value.toString();
    const bool fine =
        value.isString() && text.size() <= LongestText && !text.contains(QChar::Null) && text.isValidUtf16();
    return fine ? QString() : QStringLiteral("a text of at most %1 characters").arg(LongestText);
}

void applyAllowed(QJsonObject& merged, const QJsonObject& form, const QJsonObject& values)
{
    for (auto value = values.begin(); value != values.end(); ++value) {
        if (form.contains(value.key()) && expected(form.value(value.key()).toObject(), value.value()).isEmpty())
            merged.insert(value.key(), value.value());
    }
}

} // namespace

QJsonObject mergedParameters(const engine::Manifest& manifest, const QJsonObject& allHomes, const QJsonObject& home)
{
    const QJsonObject form = formOf(manifest);
    QJsonObject merged;
    for (auto field = form.begin(); field != form.end(); ++field)
        merged.insert(field.key(), field.value().toObject().value(QLatin1String("default")));
    applyAllowed(merged, form, allHomes);
    applyAllowed(merged, form, home);
    return merged;
}

Result<void> checkParameters(const engine::Manifest& manifest, const QJsonObject& values)
{
    const QJsonObject form = formOf(manifest);
    for (auto value = values.begin(); value != values.end(); ++value) {
        if (!form.contains(value.key()))
            return fail(ErrorCode::WrongValue, QStringLiteral("'%1' is no parameter of this script; it has: %2")
                                                   .arg(value.key().left(64), form.keys().join(QStringLiteral(", "))));
        const QString wanted = expected(form.value(value.key()).toObject(), value.value());
        if (!wanted.isEmpty())
            return fail(ErrorCode::WrongValue, QStringLiteral("'%1' must be %2").arg(value.key(), wanted));
    }
    return {};
}

} // namespace cohort::composer
