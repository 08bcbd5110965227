#include "shared/model/contact.h"

#include <QList>
#include <QStringView>

#include <algorithm>

namespace cohort::model {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LocalMost = 64, LabelMost = 63, AddressMost = 254;
constexpr int DigitsLeast = 3, DigitsMost = 15;

bool isLocalCharacter(QChar c)
{
    return c.isLetterOrNumber() || QStringView(u"!#$%&'*+-/=?^_`{|}~.").contains(c);
}

// Whether the parts between dots are all there: no dot at an end, none beside another.
bool hasWholeParts(QStringView text)
{
    return !text.isEmpty() && !text.startsWith(u'.') && !text.endsWith(u'.') && !text.contains(u".."_s);
}

bool isLabel(QStringView label)
{
    return label.size() <= LabelMost && !label.startsWith(u'-') && !label.endsWith(u'-') &&
           std::all_of(label.begin(), label.end(), [](QChar c) { return c.isLetterOrNumber() || c == u'-'; });
}

// No computer's number: a country or another word stands at a domain's end.
bool isTop(QStringView label)
{
    return !std::all_of(label.begin(), label.end(), [](QChar c) { return c.isDigit(); });
}

} // namespace

bool isEmail(const QString& text)
{
    const auto at = text.indexOf(u'@');
    const QStringView local = QStringView(text).left(std::max<qsizetype>(at, 0)),
                      domain = QStringView(text).mid(at + 1);
    if (at < 1 || text.size() > AddressMost || local.size() > LocalMost || !hasWholeParts(local) ||
        !hasWholeParts(domain) || !domain.contains(u'.'))
        return false;
    const auto labels = domain.split(u'.');
    return isTop(labels.last()) && std::all_of(local.begin(), local.end(), &isLocalCharacter) &&
           std::all_of(labels.begin(), labels.end(), &isLabel);
}

bool isPhone(const QString& text)
{
    int digits = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isDigit = c >= u'0' && c <= u'9';
        digits += isDigit ? 1 : 0;
        if (!isDigit && !(c == u'+' && i == 0) && !QStringView(u" .-/()").contains(c))
            return false;
    }
    return digits >= DigitsLeast && digits <= DigitsMost;
}

Result<void> checkEmail(const QString& parameter, const QString& text)
{
    return isEmail(text)
               ? Result<void>()
               : Result<void>(fail(ErrorCode::WrongValue,
                                   u"'%1' must be an e-mail address such as anna@example.org"_s.arg(parameter)));
}

Result<void> checkPhone(const QString& parameter, const QString& text)
{
    return isPhone(text)
               ? Result<void>()
               : Result<void>(fail(ErrorCode::WrongValue,
                                   u"'%1' must be a telephone number such as +43 1 2345678"_s.arg(parameter)));
}

} // namespace cohort::model
