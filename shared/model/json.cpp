#include "shared/model/json.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cohort::model {

namespace {

constexpr double IntegerMost = 9e18;

QString ofWholeTexts()
{
    return QStringLiteral("without U+0000 and half characters");
}

QString quoted(const QString& path)
{
    return QStringLiteral("'%1'").arg(path.left(100));
}

} // namespace

bool isStorable(const QJsonValue& value)
{
    const auto holds = [](const QString& text) { return !text.contains(QChar(0)) && text.isValidUtf16(); };
    if (value.isString())
        return holds(value.toString());
    const QJsonArray list = value.toArray();
    const QJsonObject object = value.toObject();
    const QStringList names = object.keys();
    return std::all_of(list.begin(), list.end(), [](const auto& one) { return isStorable(one); }) &&
           std::all_of(object.begin(), object.end(), [](const auto& one) { return isStorable(one); }) &&
           std::all_of(names.begin(), names.end(), holds);
}

bool isOutside(double size, Rule rule)
{
    return rule.most > 0 && (size < rule.least || size > rule.most);
}

QString rangeOf(Rule rule)
{
    return QStringLiteral("%1 to %2").arg(rule.least, 0, 'g', 10).arg(rule.most, 0, 'g', 10);
}

JsonReader::JsonReader(const QJsonObject& object, Form form, QString path)
    : m_object(object), m_path(std::move(path)), m_form(form)
{
}

Result<void> JsonReader::finish()
{
    if (m_error)
        return fail(*m_error);
    if (m_form != Form::Parameters)
        return {};
    for (auto it = m_object.begin(); it != m_object.end(); ++it)
        if (!m_known.contains(QLatin1StringView(it.key().toLatin1())))
            return fail(ErrorCode::WrongValue,
                        QStringLiteral("there is no parameter %1").arg(quoted(m_path + it.key())));
    return {};
}

void JsonReader::missing(const char* name, bool isAllowed)
{
    if (!isAllowed)
        m_error = Error{ErrorCode::MissingValue, quoted(m_path + QLatin1StringView(name)), 0};
}

void JsonReader::wrong(const QString& path, const QString& expected)
{
    if (!m_error)
        m_error = Error{ErrorCode::WrongValue, QStringLiteral("%1 must be %2").arg(quoted(path), expected), 0};
}

QString readPlain(const QJsonValue& value, bool& member, Rule)
{
    member = value.toBool();
    return value.isBool() ? QString() : QStringLiteral("true or false");
}

QString readPlain(const QJsonValue& value, qint64& member, Rule rule)
{
    const double number = value.toDouble(NAN);
    if (!std::isfinite(number) || std::floor(number) != number || std::abs(number) > IntegerMost)
        return QStringLiteral("a whole number");
    if (isOutside(number, rule))
        return QStringLiteral("a number from ") + rangeOf(rule);
    member = value.toInteger();
    return {};
}

QString readPlain(const QJsonValue& value, int& member, Rule rule)
{
    qint64 number = 0;
    QString expected = readPlain(value, number, rule);
    if (expected.isEmpty() && !std::in_range<int>(number))
        expected = QStringLiteral("a whole number below 2147483648");
    if (expected.isEmpty())
        member = static_cast<int>(number);
    return expected;
}

QString readPlain(const QJsonValue& value, double& member, Rule rule)
{
    if (!value.isDouble())
        return QStringLiteral("a number");
    if (isOutside(value.toDouble(), rule))
        return QStringLiteral("a number from ") + rangeOf(rule);
    member = value.toDouble();
    return {};
}

QString readPlain(const QJsonValue& value, QString& member, Rule rule)
{
    if (!value.isString())
        return QStringLiteral("a text");
    const QString text = value.toString(QStringLiteral("")); // never null: NULL in SQL
    if (text.contains(QChar(0)))
        return QStringLiteral("a text without NUL");
    if (!text.isValidUtf16())
        return QStringLiteral("a text of whole characters");
    if (isOutside(static_cast<double>(text.size()), rule))
        return rangeOf(rule) + QStringLiteral(" characters");
    if (rule.least >= 1 && QStringView(text).trimmed().isEmpty()) // nobody sees such a name
        return rangeOf(rule) + QStringLiteral(" characters, not all of them blank");
    member = text;
    return {};
}

QString readPlain(const QJsonValue& value, Timestamp& member, Rule)
{
    const auto time = fromIso(value.toString().toStdString());
    if (!value.isString() || !time)
        return QStringLiteral("a time such as 2026-01-31T12:00:00Z");
    member = *time;
    return {};
}

QString readPlain(const QJsonValue& value, Value& member, Rule)
{
    const auto read = value.isBool() ? std::nullopt : valueOfJson(value);
    if (!isStorable(value))
        return ofWholeTexts();
    if (!read)
        return QStringLiteral("a number, a text or null");
    member = *read;
    return {};
}

QString readPlain(const QJsonValue& value, QJsonObject& member, Rule rule)
{
    if (!value.isObject())
        return QStringLiteral("an object");
    if (isOutside(static_cast<double>(value.toObject().size()), rule))
        return QStringLiteral("an object of %1 members").arg(rangeOf(rule));
    if (!isStorable(value))
        return ofWholeTexts();
    member = value.toObject();
    return {};
}

QString readPlain(const QJsonValue& value, QJsonArray& member, Rule rule)
{
    if (!value.isArray())
        return QStringLiteral("a list");
    if (isOutside(static_cast<double>(value.toArray().size()), rule))
        return QStringLiteral("a list of ") + rangeOf(rule);
    if (!isStorable(value))
        return ofWholeTexts();
    member = value.toArray();
    return {};
}

QString readPlain(const QJsonValue& value, QJsonValue& member, Rule)
{
    if (!isStorable(value))
        return ofWholeTexts();
    member = value;
    return {};
}

} // namespace cohort::model
