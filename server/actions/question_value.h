// Whether an answer fits its question.
// Thread: any. Owner: none. Flow: a participant's answer → here → message.answer. Source: study.md, "Questions".
#pragma once

#include "shared/base/result.h"
#include "shared/model/message.h"

namespace cohort::actions {

// Errors: WrongValue, which says what is wanted.
Result<void> checkAnswer(const model::Question& question, const QJsonValue& value);
// One JSON value as its text.
QString jsonText(const QJsonValue& value);

} // namespace cohort::actions
