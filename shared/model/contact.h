// What an e-mail address and a telephone number look like: one rule for server, command line and console.
// Thread: any. Owner: nobody. Flow: dialogs as one types, handlers of the api, `operator add` → here.
// Source: RFC 5321 4.1.2 without quoted and literal forms, 4.5.3.1 (lengths); ITU-T E.164 (at most 15 digits).
#pragma once

#include "shared/base/result.h"

#include <QString>

namespace cohort::model {

// One '@', a name of at most 64 characters before it, behind it a domain with a dot.
bool isEmail(const QString& text);
// 3 to 15 digits, a plus in front where wanted, and blanks, dots, hyphens, slashes and parentheses between them.
bool isPhone(const QString& text);
// Errors: WrongValue, which names the parameter and shows what it should look like.
Result<void> checkEmail(const QString& parameter, const QString& text);
Result<void> checkPhone(const QString& parameter, const QString& text);

} // namespace cohort::model
