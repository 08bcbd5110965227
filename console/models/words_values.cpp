#include "console/models/words.h"

#include "console/models/text.h"
#include "shared/base/value.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QTimeZone>

#include <cmath>

namespace cohort::console::words {

using namespace Qt::StringLiterals;

namespace {

struct Meaning
{
    ErrorCode code;
    const char* text;
};

#define WORD(text) QT_TRANSLATE_NOOP("Models", text)

// The catalogue's meanings once more, for people and translators; what is missing here is shown in English.
constexpr Meaning Meanings[] = {
    {ErrorCode::Internal, WORD("Something went wrong inside the server. It was logged; try again.")},
    {ErrorCode::NotSignedIn, WORD("Sign in first.")},
    {ErrorCode::WrongLocation, WORD("There is no such home, or you may not see it.")},
    {ErrorCode::NoSuchDevice, WORD("There is no such device, or you may not see it.")},
    {ErrorCode::NoSuchGateway, WORD("There is no such gateway, or you may not see it.")},
    {ErrorCode::NotFound, WORD("There is no such thing, or you may not see it.")},
    {ErrorCode::AccessDenied, WORD("Your role does not allow this.")},
    {ErrorCode::WrongValue, WORD("A value is not acceptable.")},
    {ErrorCode::MissingValue, WORD("A value is missing.")},
    {ErrorCode::WrongCredentials, WORD("Wrong e-mail address or password.")},
    {ErrorCode::CannotParse, WORD("Console and server do not understand each other; they may differ in version.")},
    {ErrorCode::AccountLocked, WORD("This account is locked. An administrator can open it.")},
    {ErrorCode::DeviceOffline, WORD("The device is offline; the command waits for it.")},
    {ErrorCode::OtherLocation, WORD("The device belongs to another home.")},
    {ErrorCode::Busy, WORD("The server is busy. Try again in a moment.")},
    {ErrorCode::TooOften, WORD("Too many attempts. Wait before you try again.")},
    {ErrorCode::AlreadyExists, WORD("There is one with this name already.")},
    {ErrorCode::Conflict, WORD("Somebody changed it meanwhile. Load it again.")},
    {ErrorCode::TooLarge, WORD("This is larger than the limit.")},
    {ErrorCode::Timeout, WORD("The server did not answer in time.")},
    {ErrorCode::Cancelled, WORD("Cancelled.")},
    {ErrorCode::Unavailable, WORD("This is not available now.")},
    {ErrorCode::DatabaseLost, WORD("The server has lost its database. Try again in a moment.")},
    {ErrorCode::DatabaseError, WORD("The server's database refused this.")},
    {ErrorCode::TooManyCommands,
     WORD("Too many commands wait at this gateway. Wait until some have ended, or take some back.")},
    {ErrorCode::SandboxUnsafe, WORD("Composer is off: the self-test of its sandbox failed on the server.")},
    {ErrorCode::ScriptRefused, WORD("The check refused the script.")},
    {ErrorCode::UnknownMethod, WORD("This server does not know the request; it may be older than the console.")},
};

// What has no words of the console's own, such as a device's errors.
QString sentence(QString meaning)
{
    meaning.replace(0, 1, meaning.left(1).toUpper());
    return meaning + u'.';
}

} // namespace

QString error(const Error& error)
{
    QString text = sentence(QString::fromUtf8(errorInfo(error.code).meaning));
    for (const Meaning& meaning : Meanings) {
        if (meaning.code == error.code)
            text = Models::tr(meaning.text);
    }
    if (!error.detail.isEmpty())
        text += u' ' + Models::tr("(%1)").arg(error.detail);
    if (error.retryAfterMs > 0)
        text += u' ' + Models::tr("Possible again in %n second(s).", nullptr, (error.retryAfterMs + 999) / 1000);
    return text;
}

QString moment(const QDateTime& time, const QTimeZone& zone)
{
    if (!time.isValid())
        return u"–"_s;
    const QDateTime there = time.toTimeZone(zone);
    return QLocale().toString(there.date(), QLocale::ShortFormat) + there.toString(u" HH:mm:ss "_s) +
           there.timeZoneAbbreviation();
}

QTimeZone zoneOf(const QString& name)
{
    const QTimeZone zone(name.toLatin1());
    return zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

QString momentHere(const QDateTime& time)
{
    return moment(time, QTimeZone::systemTimeZone());
}

QDateTime dateTime(const std::optional<Timestamp>& time)
{
    return time ? QDateTime::fromMSecsSinceEpoch(toMs(*time), Qt::UTC) : QDateTime();
}

QString moment(const std::optional<Timestamp>& time, const QTimeZone& zone)
{
    return moment(dateTime(time), zone);
}

QString momentHere(const std::optional<Timestamp>& time)
{
    return momentHere(dateTime(time));
}

QString ago(const QDateTime& time, const QDateTime& now)
{
    if (!time.isValid())
        return Models::tr("never");
    const qint64 seconds = time.secsTo(now);
    if (seconds < 10)
        return Models::tr("now");
    if (seconds < 60)
        return Models::tr("%n s ago", nullptr, static_cast<int>(seconds));
    if (seconds < 3600)
        return Models::tr("%n min ago", nullptr, static_cast<int>(seconds / 60));
    if (seconds < 86'400)
        return Models::tr("%n h ago", nullptr, static_cast<int>(seconds / 3600));
    return Models::tr("%n day(s) ago", nullptr, static_cast<int>(seconds / 86'400));
}

QString agoNow(const QDateTime& time)
{
    return ago(time, QDateTime::currentDateTimeUtc());
}

QString agoNow(const std::optional<Timestamp>& time)
{
    return agoNow(dateTime(time));
}

QString line(const QJsonValue& value)
{
    QStringList parts;
    switch (value.type()) {
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            parts.append(it.key() + u": "_s + line(it.value()));
        return parts.join(u", "_s);
    }
    case QJsonValue::Array:
        for (const auto& one : value.toArray())
            parts.append(line(one));
        return parts.join(u"; "_s);
    default:
        return value.toVariant().toString();
    }
}

QString number(double value, int digits)
{
    QLocale locale;
    if (!std::isfinite(value))
        return u"–"_s;
    constexpr double AllDigitsFrom = 1e15; // in 15 digits it would be another number
    const std::optional<qint64> whole = wholeOf(Value::ofNumber(value));
    if (whole && std::abs(value) >= AllDigitsFrom)
        return QString::number(*whole);
    double scale = std::pow(10.0, digits);
    const double rounded = std::abs(value) < 1e12 ? std::round(value * scale) / scale : value;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(rounded + 0.0, 'g', 15); // + 0.0: no "-0"
}

QString figure(const std::optional<double>& value, int digits, const QString& unit)
{
    if (!value)
        return u"–"_s;
    return unit.isEmpty() ? number(*value, digits) : number(*value, digits) + u'\u202f' + unit;
}

QString value(const QVariant& value, const QString& unit)
{
    if (!value.isValid() || value.isNull())
        return u"–"_s;
    if (value.typeId() == QMetaType::QString)
        return value.toString();
    if (value.typeId() == QMetaType::Bool)
        return value.toBool() ? u"1"_s : u"0"_s;
    const QString text = number(value.toDouble());
    return unit.isEmpty() ? text : text + u'\u202f' + unit;
}

} // namespace cohort::console::words
