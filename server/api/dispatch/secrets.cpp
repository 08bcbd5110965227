#include "server/api/dispatch/secrets.h"

#include <QCryptographicHash>

#include <sodium.h>

#include <array>

namespace cohort::api {

namespace {

constexpr char Letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ"; // no I, no O
constexpr char LettersAndDigits[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

bool sodiumReady()
{
    static const bool ready = sodium_init() >= 0;
    return ready;
}

QString randomText(int length, std::string_view alphabet)
{
    if (!sodiumReady())
        qFatal("libsodium cannot start");
    QString text;
    for (int i = 0; i < length; ++i)
        text += QLatin1Char(alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))]);
    return text;
}

// Stands in for the hash of nobody, so that an unknown name costs what a known one does.
const QByteArray& nobodysHash()
{
    static const QByteArray hash = [] {
        const auto made = hashPassword(newToken());
        return made ? made->toUtf8() : QByteArray();
    }();
    return hash;
}

} // namespace

Result<QString> hashPassword(const QString& password)
{
    if (!sodiumReady())
        return fail(ErrorCode::Unavailable, QStringLiteral("libsodium cannot start"));
    const QByteArray utf8 = password.toUtf8();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str(out.data(), utf8.constData(), static_cast<unsigned long long>(utf8.size()),
                          crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return fail(ErrorCode::Unavailable, QStringLiteral("not enough memory to hash a password"));
    return QString::fromLatin1(out.data());
}

bool verifyPassword(const QString& password, const QString& hash)
{
    const QByteArray known = hash.isEmpty() ? nobodysHash() : hash.toLatin1();
    const QByteArray utf8 = password.toUtf8();
    const bool fits = sodiumReady() && crypto_pwhash_str_verify(known.constData(), utf8.constData(),
                                                                static_cast<unsigned long long>(utf8.size())) == 0;
    return fits && !hash.isEmpty();
}

Result<void> checkNewPassword(const QString& password, const QString& name, int least)
{
    if (password.size() < least)
        return fail(ErrorCode::WrongValue, QStringLiteral("a password needs at least %1 characters").arg(least));
    if (password.size() > PasswordMost) // more is not taken at the sign-in
        return fail(ErrorCode::WrongValue, QStringLiteral("a password has at most %1 characters").arg(PasswordMost));
    if (!name.isEmpty() && password.compare(name, Qt::CaseInsensitive) == 0)
        return fail(ErrorCode::WrongValue, QStringLiteral("the password must not be the user name"));
    return {};
}

QString newToken()
{
    if (!sodiumReady())
        qFatal("libsodium cannot start");
    QByteArray bytes(32, 0);
    randombytes_buf(bytes.data(), 32);
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString newCode()
{
    return randomText(5, {Letters, sizeof Letters - 1}) + QLatin1Char('-') +
           randomText(5, {Letters, sizeof Letters - 1});
}

QString normalCode(const QString& typed)
{
    QString code;
    for (const QChar c : typed.left(100).toUpper())
        if (c.isLetterOrNumber())
            code += c;
    return code;
}

QString newPseudonym()
{
    return QStringLiteral("P-") + randomText(5, {LettersAndDigits, sizeof LettersAndDigits - 1});
}

QByteArray sha256(const QString& text)
{
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace cohort::api
