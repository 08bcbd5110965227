// A home with labelled days, recorded or simulated: runs the library over it and compares visits with labels.
// Thread: the test's. Owner: a test. Flow: three files of one stem → cohort-script → visits ⇄ labels.
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "script_run.h"
#endif

namespace cohort::test {

struct Label
{
    QDateTime start, end;
};

// STEM-devices.csv, STEM.csv, STEM-activities.csv.
struct LabelledHome
{
    QString stem;
    QString zone;

    Outcome run(const char* script) const
    {
        return cohortScript({QStringLiteral("run"), libraryScript(script), QStringLiteral("--json"),
                             QStringLiteral("--devices"), stem + QStringLiteral("-devices.csv"),
                             QStringLiteral("--data"), stem + QStringLiteral(".csv"), QStringLiteral("--timezone"),
                             zone});
    }
    std::vector<Label> labels(const char* activity) const
    {
        QFile file(stem + QStringLiteral("-activities.csv"));
        std::vector<Label> all;
        if (!file.open(QIODevice::ReadOnly))
            return all;
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QList<QByteArray> cells = line.trimmed().split(',');
            if (cells.size() == 3 && cells[2] == activity)
                all.push_back({QDateTime::fromString(QString::fromLatin1(cells[0]), Qt::ISODate),
                               QDateTime::fromString(QString::fromLatin1(cells[1]), Qt::ISODate)});
        }
        return all;
    }
};

inline std::vector<QDateTime> timesOf(const std::vector<QJsonObject>& effects)
{
    std::vector<QDateTime> times;
    times.reserve(effects.size());
    for (const QJsonObject& effect : effects)
        times.push_back(QDateTime::fromString(effect.value(QStringLiteral("time")).toString(), Qt::ISODate));
    return times;
}

// Seconds between a moment and a stretch; a label's end may lie before its start.
inline qint64 distance(const QDateTime& time, const Label& label)
{
    const QDateTime end = std::max(label.start, label.end);
    return std::max({qint64(0), time.secsTo(label.start), end.secsTo(time)});
}

// How many visits find a label of their own within five minutes; both are in order of time.
inline int matched(const std::vector<QDateTime>& visits, const std::vector<Label>& labels)
{
    std::vector<bool> taken(labels.size());
    int count = 0;
    for (const QDateTime& visit : visits) {
        for (std::size_t i = 0; i < labels.size(); ++i) {
            if (!taken[i] && distance(visit, labels[i]) <= 300) {
                taken[i] = true;
                ++count;
                break;
            }
        }
    }
    return count;
}

// In how many of the counted nights (22:00 to 07:00) the script counted as many visits as there are labels.
inline int nightsAsLabelled(const std::vector<QJsonObject>& nights, const std::vector<Label>& labels)
{
    int same = 0;
    for (const QJsonObject& night : nights) {
        const QDateTime end = QDateTime::fromString(night.value(QStringLiteral("time")).toString(), Qt::ISODate);
        const QDateTime start = end.addSecs(-9 * 3600);
        const auto labelled = std::count_if(labels.begin(), labels.end(), [&](const Label& label) {
            return label.start >= start && label.start < end;
        });
        const int counted = night.value(QStringLiteral("value")).toInt();
        qInfo("%s: %d counted, %d labelled", qPrintable(end.date().toString(Qt::ISODate)), counted, int(labelled));
        same += counted == labelled;
    }
    return same;
}

} // namespace cohort::test
