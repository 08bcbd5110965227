// A home that cohort-sim records, for tests that always run; what its person did is known, as of a labelled real home.
// Thread: the test's. Owner: a test. Flow: cohort-sim record → files → cohort-script, labels.
#pragma once

#include "labelled_home.h"

#include <QTemporaryDir>

namespace cohort::test {

class SimulatedHome
{
public:
    explicit SimulatedHome(int days, const char* zone = "Europe/Madrid") : m_zone(QLatin1String(zone))
    {
        QProcess process;
        process.start(QStringLiteral(COHORT_SIM),
                      {QStringLiteral("record"), QStringLiteral("--homes"), QStringLiteral("1"),
                       QStringLiteral("--days"), QString::number(days), QStringLiteral("--seed"), QStringLiteral("1"),
                       QStringLiteral("--start"), QStringLiteral("2026-03-02"), QStringLiteral("--timezone"), m_zone,
                       QStringLiteral("--output"), m_folder.path()});
        if (!process.waitForFinished(120'000) || process.exitCode() != 0)
            qFatal("cohort-sim record: %s", process.readAllStandardError().constData());
    }
    LabelledHome home() const { return {m_folder.filePath(QStringLiteral("home-1")), m_zone}; }

private:
    QTemporaryDir m_folder;
    QString m_zone;
};

} // namespace cohort::test
