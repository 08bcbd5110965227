// What the console is started with.
// Thread: value. Owner: main. Flow: command line → Options → application.
#pragma once

#include "shared/base/result.h"

#include <QString>
#include <QStringList>

namespace cohort::console {

struct Options
{
    QString server, user, passwordFile; // sign in by itself when all three are there
    QString page, theme = QStringLiteral("system"), language;
    QString screenshot; // a picture of the window, then the end
    int screenshotAfterMs = 2000;
    bool help = false, version = false;

    // WrongValue with a sentence that names the option.
    static Result<Options> parse(const QStringList& given);
    static QString helpText();
};

} // namespace cohort::console
