#include "shared/base/value_json.h"

#include <QVariant>

namespace cohort {

QJsonValue valueJson(const Value& value)
{
    if (const auto whole = wholeOf(value))
        return static_cast<qint64>(*whole);
    if (value.number)
        return *value.number;
    return value.text ? QJsonValue(QString::fromStdString(*value.text)) : QJsonValue();
}

std::optional<Value> valueOfJson(const QJsonValue& json)
{
    switch (json.type()) {
    case QJsonValue::Null:
        return Value::none();
    case QJsonValue::Bool:
        return Value::ofNumber(json.toBool() ? 1 : 0);
    case QJsonValue::Double: // Qt keeps a whole number as such, and tells it by the variant only
        return json.toVariant().typeId() == QMetaType::LongLong ? Value::ofInteger(json.toInteger())
                                                                : Value::ofNumber(json.toDouble());
    case QJsonValue::String:
        return Value::ofText(json.toString().toStdString());
    default:
        return std::nullopt;
    }
}

} // namespace cohort
