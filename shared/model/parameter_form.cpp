#include "shared/model/parameter_form.h"

#include "shared/base/limits.h"
#include "shared/base/plain_number.h"

#include <QTime>

#include <cmath>
#include <limits>

namespace cohort::model {

namespace {

constexpr double MinutesMost = 366.0 * 24 * 60, HoursMost = 366.0 * 24, IntegerMost = 9'223'372'036'854'775'808.0;

// What a handler can be given of this type at all: rules/composer/parameters.py.
double mostOf(ParameterType type)
{
    switch (type) {
    case ParameterType::Minutes:
        return MinutesMost;
    case ParameterType::Hours:
        return HoursMost;
    case ParameterType::Integer:
        return IntegerMost;
    default:
        return std::numeric_limits<double>::max();
    }
}

QString numberInstead(const ScriptParameter& field, const QJsonValue& value)
{
    const double number = value.toDouble(NAN);
    if (!std::isfinite(number))
        return QStringLiteral("a number");
    if (field.type == ParameterType::Integer && number != std::floor(number))
        return QStringLiteral("a whole number");
    if (field.min && number < *field.min)
        return QStringLiteral("at least %1").arg(plainly(*field.min));
    if (field.max && number > *field.max)
        return QStringLiteral("at most %1").arg(plainly(*field.max));
    if (const double most = mostOf(field.type); std::abs(number) > most)
        return QStringLiteral("from -%1 to %1").arg(plainly(most));
    return {};
}

QString textInstead(const QJsonValue& value)
{
    const QString text = value.toString();
    const bool isAllowed =
        value.isString() && text.size() <= ParameterTextMost && !text.contains(QChar::Null) && text.isValidUtf16();
    return isAllowed ? QString() : QStringLiteral("a text of at most %1 characters").arg(ParameterTextMost);
}

QString timeInstead(const QJsonValue& value)
{
    const bool isTime = value.isString() && QTime::fromString(value.toString(), QStringLiteral("HH:mm")).isValid();
    return isTime ? QString() : QStringLiteral("a time such as 07:30");
}

} // namespace

QString wantedInstead(const ScriptParameter& field, const QJsonValue& value)
{
    switch (field.type) {
    case ParameterType::Minutes:
    case ParameterType::Hours:
    case ParameterType::Number:
    case ParameterType::Integer:
        return numberInstead(field, value);
    case ParameterType::Boolean:
        return value.isBool() ? QString() : QStringLiteral("true or false");
    case ParameterType::Choice:
        return value.isString() && field.choices.contains(value.toString())
                   ? QString()
                   : QStringLiteral("one of ") + field.choices.join(QStringLiteral(", "));
    case ParameterType::Time:
        return timeInstead(value);
    case ParameterType::Text:
        break;
    }
    return textInstead(value);
}

Result<void> checkForm(const ParameterForm& form, const QJsonObject& values)
{
    for (auto value = values.begin(); value != values.end(); ++value) {
        const auto field = form.find(value.key());
        if (field == form.end())
            return fail(ErrorCode::WrongValue,
                        QStringLiteral("'%1' is no parameter of this script; it has: %2")
                            .arg(value.key().left(64), QStringList(form.keys()).join(QStringLiteral(", "))));
        if (const QString wanted = wantedInstead(*field, value.value()); !wanted.isEmpty())
            return fail(ErrorCode::WrongValue, QStringLiteral("'%1' must be %2").arg(value.key(), wanted));
    }
    return {};
}

QStringList differingNames(const QJsonObject& one, const QJsonObject& other)
{
    QStringList names;
    for (auto value = one.begin(); value != one.end(); ++value) {
        if (QJsonValue(value.value()) != other.value(value.key()))
            names.append(value.key());
    }
    for (auto value = other.begin(); value != other.end(); ++value) {
        if (!one.contains(value.key()))
            names.append(value.key());
    }
    names.sort();
    return names;
}

} // namespace cohort::model
