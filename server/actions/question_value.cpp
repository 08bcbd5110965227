#include "server/actions/question_value.h"

#include "shared/base/limits.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cohort::actions {

namespace {

Result<void> needs(bool isFitting, const QString& what)
{
    return isFitting ? Result<void>() : fail(ErrorCode::WrongValue, QStringLiteral("the answer must ") + what);
}

bool isChoice(const model::Question& question, const QString& key)
{
    return std::any_of(question.choices.begin(), question.choices.end(),
                       [&](const auto& choice) { return choice.key == key; });
}

} // namespace

Result<void> checkAnswer(const model::Question& question, const QJsonValue& value)
{
    const QString text = value.toString();
    switch (question.type) {
    case model::QuestionType::YesNo:
        return needs(text == QStringLiteral("yes") || text == QStringLiteral("no"), QStringLiteral("be yes or no"));
    case model::QuestionType::OneOf:
        return needs(value.isString() && isChoice(question, text), QStringLiteral("be one of the choices"));
    case model::QuestionType::Number:
        return needs(value.isDouble(), QStringLiteral("be a number"));
    case model::QuestionType::Text:
        return needs(!text.isEmpty() && text.size() <= TextCharactersMost && !text.contains(QChar::Null),
                     QStringLiteral("have 1 to %1 characters").arg(TextCharactersMost));
    }
    return needs(false, QStringLiteral("fit its question"));
}

QString jsonText(const QJsonValue& value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact); // [value]
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

} // namespace cohort::actions
