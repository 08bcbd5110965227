#include "server/actions/question_value.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTime>

namespace cohort::actions {

namespace {

tl::unexpected<Error> wrong(const QString& what)
{
    return fail(ErrorCode::WrongValue, what);
}

QSet<QString> choicesOf(const QJsonObject& question)
{
    QSet<QString> choices;
    for (const QJsonValue& choice : question.value(QStringLiteral("choices")).toArray())
        choices.insert(choice.isString() ? choice.toString() : choice[QStringLiteral("key")].toString());
    return choices;
}

Result<void> checkSeveral(const QSet<QString>& choices, const QJsonValue& value)
{
    QSet<QString> chosen;
    for (const QJsonValue& one : value.toArray())
        chosen.insert(one.toString());
    if (!value.isArray() || chosen.size() != value.toArray().size() || !choices.contains(chosen))
        return wrong(QStringLiteral("the answer must be a list of the choices"));
    return {};
}

} // namespace

Result<void> checkAnswer(const QJsonObject& question, const QJsonValue& value)
{
    const QString type = question.value(QStringLiteral("type")).toString();
    const QString text = value.toString();
    if (type == QStringLiteral("yes-no") && text != QStringLiteral("yes") && text != QStringLiteral("no"))
        return wrong(QStringLiteral("the answer must be yes or no"));
    if (type == QStringLiteral("one-of") && !(value.isString() && choicesOf(question).contains(text)))
        return wrong(QStringLiteral("the answer must be one of the choices"));
    if (type == QStringLiteral("several-of"))
        return checkSeveral(choicesOf(question), value);
    if (type == QStringLiteral("number") && !value.isDouble())
        return wrong(QStringLiteral("the answer must be a number"));
    if (type == QStringLiteral("time") &&
        !(text.size() == 5 && QTime::fromString(text, QStringLiteral("HH:mm")).isValid()))
        return wrong(QStringLiteral("the answer must be a time like 07:30"));
    if (type == QStringLiteral("text") && (text.isEmpty() || text.size() > 4'000 || text.contains(QChar::Null)))
        return wrong(QStringLiteral("the answer must have 1 to 4000 characters"));
    return {};
}

QString jsonText(const QJsonValue& value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact); // [value]
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

} // namespace cohort::actions
