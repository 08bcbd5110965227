// Passwords (Argon2id), tokens and codes: made, hashed, compared.
// Thread: any; hash() and verify() take about a tenth of a second. Owner: nobody.
// Flow: sign in, enrolment, registration → here → hashes in the database. Source: libsodium, RFC 9106.
#pragma once

#include "shared/base/limits.h"
#include "shared/base/result.h"
#include "shared/protocol/operation.h"

#include <QByteArray>
#include <QString>

namespace cohort::api {

// The Argon2id hash of a password, interactive limits. Errors: Unavailable (no memory).
Result<QString> hashPassword(const QString& password);
// Whether the password fits. An empty hash never fits, and takes the same time as one that is there.
bool verifyPassword(const QString& password, const QString& hash);
// Errors: WrongValue where it is shorter than `least` or the name it goes with.
Result<void> checkNewPassword(const QString& password, const QString& name, int least = PasswordLeast);

// 256 random bits, base64url.
QString newToken();
// Ten letters without look-alikes, as XXXXX-XXXXX.
QString newCode();
// A code as it was typed, without blanks, dashes and case.
QString normalCode(const QString& typed);
// Five letters and digits for a participant's pseudonym.
QString newPseudonym();
QByteArray sha256(const QString& text);

} // namespace cohort::api
