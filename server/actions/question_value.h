// Whether an answer fits its question.
// Thread: any. Owner: none. Flow: a participant's answer → here → message.answer. Source: study.md, "Questions".
#pragma once

#include "shared/base/result.h"

#include <QJsonObject>
#include <QJsonValue>

namespace cohort::actions {

// `question` is {"type","choices"}; choices are texts or {"key",…}. Errors: WrongValue, which says what is wanted.
Result<void> checkAnswer(const QJsonObject& question, const QJsonValue& value);
// One JSON value as its text.
QString jsonText(const QJsonValue& value);

} // namespace cohort::actions
