#include "shared/model/command_check.h"

#include "shared/base/value_json.h"
#include "shared/model/stored_value.h"

#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace cohort::model {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype ShownMost = 60;

tl::unexpected<Error> wrong(const QString& what)
{
    return fail(ErrorCode::WrongValue, what);
}

// As the message shows it.
QString shown(const QJsonValue& value)
{
    if (value.isString())
        return value.toString().left(ShownMost);
    return value.isBool()   ? (value.toBool() ? u"true"_s : u"false"_s)
           : value.isNull() ? u"null"_s
                            : QString::fromStdString(textOf(valueOfJson(value).value_or(Value::none())));
}

// In the form in which it came; nothing: it is neither.
QJsonValue asOnOff(const QJsonValue& value)
{
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    const auto isOn = value.isDouble() ? onOrOff(value.toDouble()) : onOrOff(value.toString().toStdString());
    if (!isOn)
        return QJsonValue::Undefined;
    return value.isDouble() ? QJsonValue(*isOn ? 1 : 0) : QJsonValue(*isOn ? u"1"_s : u"0"_s);
}

QJsonValue numberWithin(const QJsonValue& value, const SettableValues& allowed)
{
    std::optional<Value> given;
    if (value.isDouble())
        given = Value::ofNumber(value.toDouble());
    else
        given = numberIn(value.toString().toStdString());
    if (!given || !(*given->number >= allowed.least && *given->number <= allowed.most))
        return QJsonValue::Undefined;
    return value.isDouble() ? value : QJsonValue(QString::fromStdString(textOf(*given)));
}

QJsonValue choiceOf(const QJsonValue& value, const SettableValues& allowed)
{
    for (const char* choice : allowed.choices) {
        if (value.isString() && value.toString().trimmed().compare(QLatin1StringView(choice), Qt::CaseInsensitive) == 0)
            return QString::fromUtf8(choice);
    }
    return QJsonValue::Undefined;
}

QJsonValue fitting(const QJsonValue& value, const SettableValues& allowed)
{
    switch (allowed.kind) {
    case ValueKind::OnOff:
        return asOnOff(value);
    case ValueKind::Number:
        return numberWithin(value, allowed);
    case ValueKind::Choice:
        return choiceOf(value, allowed);
    case ValueKind::Text:
        break;
    }
    return value.isString() ? value : QJsonValue(QJsonValue::Undefined);
}

QString settable(const DeviceType& type)
{
    QStringList all;
    for (const TypeParameter& parameter : type.parameters) {
        if (parameter.command)
            all.append(u"%1 (%2)"_s.arg(QString::fromUtf8(parameter.name), allowedText(parameter)));
    }
    return all.isEmpty() ? u"it takes no commands"_s : u"it can be told: "_s + all.join(u", "_s);
}

const TypeParameter* find(const DeviceType& type, const QString& name)
{
    const auto found = std::find_if(type.parameters.begin(), type.parameters.end(), [&](const TypeParameter& one) {
        return one.command && name == QString::fromUtf8(one.name);
    });
    return found == type.parameters.end() ? nullptr : &*found;
}

Result<QJsonValue> checkedValue(const DeviceType* type, const QString& name, const QJsonValue& value)
{
    if (value.isObject() || value.isArray() || value.isUndefined() || value.isNull())
        return wrong(u"'%1' must be set to a plain value"_s.arg(name.left(ShownMost)));
    if (!type)
        return value;
    const TypeParameter* parameter = find(*type, name);
    if (!parameter)
        return wrong(u"'%1' cannot be set at a %2; %3"_s.arg(name.left(ShownMost), QString::fromUtf8(type->name),
                                                             settable(*type)));
    const QJsonValue fits = fitting(value, parameter->values);
    if (fits.isUndefined())
        return wrong(u"'%1' cannot be '%2': it must be %3"_s.arg(name, shown(value), allowedText(*parameter)));
    return fits;
}

} // namespace

QString allowedText(const TypeParameter& parameter)
{
    const SettableValues& values = parameter.values;
    QStringList choices;
    switch (values.kind) {
    case ValueKind::OnOff:
        return u"on or off (1 or 0)"_s;
    case ValueKind::Choice:
        for (const char* choice : values.choices)
            choices.append(QString::fromUtf8(choice));
        return u"one of "_s + choices.join(u", "_s);
    case ValueKind::Text:
        return u"a text"_s;
    case ValueKind::Number:
        break;
    }
    QString text = u"a number"_s;
    if (std::isfinite(values.least))
        text += u" from %1"_s.arg(values.least);
    if (std::isfinite(values.most))
        text += u" to %1"_s.arg(values.most);
    return parameter.unit[0] == '\0' ? text : text + u' ' + QString::fromUtf8(parameter.unit);
}

Result<QJsonArray> checkedCommand(int deviceType, const QJsonArray& parameters)
{
    const DeviceType* type = deviceType == 0 ? nullptr : findDeviceType(deviceType);
    QJsonArray checked;
    for (const auto& entry : parameters) {
        QJsonObject parameter = entry.toObject();
        const QString name = parameter.value("name"_L1).toString();
        if (name.isEmpty())
            return wrong(u"a command's parameter needs a name and a plain value"_s);
        const QString index = parameter.value("index"_L1).toString();
        if (const auto good = checkIndexCell(index); !good)
            return wrong(u"the index of '%1': %2"_s.arg(name.left(ShownMost), good.error().detail));
        const bool isTwice = std::any_of(checked.begin(), checked.end(), [&](const auto& other) {
            const QJsonObject one = other.toObject();
            return one.value("name"_L1) == name && one.value("index"_L1).toString() == index;
        });
        if (isTwice)
            return wrong(u"'%1' stands twice in one command; say it once"_s.arg(name.left(ShownMost)));
        COHORT_TRY(value, checkedValue(type, name, parameter.value("value"_L1)));
        parameter.insert("value"_L1, value);
        checked.append(parameter);
    }
    return checked;
}

} // namespace cohort::model
