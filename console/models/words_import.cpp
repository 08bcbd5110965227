// Why a line was not imported, in the reader's language: the server's usual reasons; others stand as they came.

#include "console/models/text.h"
#include "console/models/words.h"

#include <QRegularExpression>

namespace cohort::console::words {

using namespace Qt::StringLiterals;

namespace {

// What the server says (server/api/operations/import), with what varies caught, and what people read of it.
struct Reason
{
    const char* said;
    const char* text;
};

#define WORD(text) QT_TRANSLATE_NOOP("Models", text)

constexpr Reason Reasons[] = {
    {"no device '(.*)' in this home", WORD("there is no device “%1” in this home")},
    {"time: '(.*)' is no ISO 8601 time; .*", WORD("“%1” is no time; write it as 2026-01-31T12:00:00Z")},
    {"time: '(.*)' needs 'Z' or an offset; .*",
     WORD("the time “%1” lacks its zone; end it with Z or an offset such as +01:00")},
    {"time: '(.*)' is no time: .*", WORD("“%1” is no time: there is no such day, or no such time of a day")},
    {"time: there is none", WORD("the time is missing")},
    {"over 5 minutes in the future", WORD("the time is more than 5 minutes in the future")},
    {"value: '(.*)' has a point in a file with decimal commas; .*",
     WORD("“%1” has a point in a file with decimal commas")},
    {"value: was a number cut at its comma\\? .*", WORD("a number seems to be cut at its comma; put it in quotes")},
};

} // namespace

QString importRefusal(const QString& reason)
{
    for (const Reason& one : Reasons) {
        const QRegularExpression form(QRegularExpression::anchoredPattern(QString::fromLatin1(one.said)));
        const auto found = form.match(reason);
        if (!found.hasMatch())
            continue;
        const QString text = Models::tr(one.text);
        return found.lastCapturedIndex() > 0 ? text.arg(found.captured(1)) : text;
    }
    return reason;
}

} // namespace cohort::console::words
