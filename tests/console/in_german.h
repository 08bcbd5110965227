// The console speaks German for as long as one of these lives, and its test's own language after it.
// Thread: GUI. Owner: a test.
#pragma once

#include "translations/translations.h"

#include <QCoreApplication>
#include <QTest>
#include <QTranslator>

namespace cohort::console {

class InGerman
{
public:
    InGerman()
    {
        embedTranslations();
        if (!m_german.load(QLocale(QLocale::German), QStringLiteral("cohort-console"), QStringLiteral("_"),
                           QStringLiteral(":/cohort/i18n")) ||
            !QCoreApplication::installTranslator(&m_german))
            qFatal("no German texts");
    }

private:
    QTranslator m_german; // takes itself off when it goes
};

} // namespace cohort::console
