// Writes a made-up home and its days as CSV, runs a library script over them with cohort-script, gives its
// effects. Thread: the test's. Owner: a test. Flow: lines → files → cohort-script --json → objects.
#pragma once

#include <QDateTime>
#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <algorithm>
#include <utility>
#include <vector>

namespace cohort::test {

struct Outcome
{
    int code = -1;
    QByteArray out;
    QByteArray trouble;
    std::vector<QJsonObject> effects; // of --json
    QString failed;                   // what stands for every answer when a made-up day could not be run

    // Those of this kind, and name or key where one is given.
    std::vector<QJsonObject> of(const char* kind, const char* name = "") const
    {
        std::vector<QJsonObject> chosen;
        for (const QJsonObject& effect : effects) {
            const QString called =
                effect.value(QStringLiteral("name")).toString() + effect.value(QStringLiteral("key")).toString();
            if (effect.value(QStringLiteral("kind")) == QLatin1String(kind) &&
                (!*name || called == QLatin1String(name)))
                chosen.push_back(effect);
        }
        return chosen;
    }
    // "12:15 12:40": the local times of those effects, with the day of the month before the first of each
    // day.
    QString times(const char* kind, const char* name = "") const
    {
        QStringList all;
        for (const QJsonObject& effect : of(kind, name)) {
            const QString time = effect.value(QStringLiteral("time")).toString();
            all.append(time.mid(8, 2) + QLatin1Char(' ') + time.mid(11, 5));
        }
        return failed + all.join(QStringLiteral(", "));
    }
    QString values(const char* name) const
    {
        QStringList all;
        for (const QJsonObject& effect : of("set_fact", name))
            all.append(QString::number(effect.value(QStringLiteral("value")).toDouble()));
        return failed + all.join(QLatin1Char(' '));
    }
};

inline Outcome cohortScript(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(COHORT_SCRIPT),
                  QStringList(arguments) << QStringLiteral("--rules") << QStringLiteral(COHORT_SOURCE_DIR "/rules"));
    Outcome outcome;
    if (!process.waitForFinished(120'000)) {
        process.kill();
        process.waitForFinished();
        return outcome;
    }
    outcome.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    outcome.out = process.readAllStandardOutput();
    outcome.trouble = process.readAllStandardError();
    for (const QByteArray& line : outcome.out.split('\n')) {
        if (line.startsWith('{'))
            outcome.effects.push_back(QJsonDocument::fromJson(line).object());
    }
    return outcome;
}

inline QString libraryScript(const char* name)
{
    return QStringLiteral(COHORT_SOURCE_DIR "/rules/library/%1/script.py").arg(QLatin1String(name));
}

// The days of a made-up home. Times are minutes after the first midnight, in the home's zone.
class Days
{
public:
    explicit Days(const QDate& first = QDate(2026, 3, 2), const char* zone = "Europe/Berlin")
        : m_first(first), m_zone(zone)
    {
    }
    Days& device(const char* id, const char* room, const char* parameter, const char* use = "", const char* text = "")
    {
        m_devices.append(QStringList{QLatin1String(id), QLatin1String(room), QLatin1String(parameter),
                                     QLatin1String(use), QLatin1String(text)}
                             .join(QLatin1Char(',')));
        m_parameters.insert(QLatin1String(id), QLatin1String(parameter));
        return *this;
    }
    Days& at(double minute, const char* id, double value)
    {
        m_rows.emplace_back(
            minute,
            QStringLiteral("%1,%2,%3").arg(QLatin1String(id), m_parameters.value(QLatin1String(id))).arg(value));
        return *this;
    }
    // One sample each `step` minutes from `from` to `to`.
    Days& each(double from, double to, double step, const char* id, double value)
    {
        for (double minute = from; minute <= to; minute += step)
            at(minute, id, value);
        return *this;
    }
    Outcome run(const char* script, const QStringList& more = {})
    {
        std::stable_sort(m_rows.begin(), m_rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        QStringList data{QStringLiteral("time,device_id,parameter,value")};
        for (const auto& [minute, rest] : m_rows)
            data.append(timeOf(minute) + QLatin1Char(',') + rest);
        const QString devices =
            write("devices.csv", QStringList{QStringLiteral("device_id,room,parameter,use,description")} + m_devices);
        Outcome outcome =
            cohortScript(QStringList{QStringLiteral("run"), libraryScript(script), QStringLiteral("--json"),
                                     QStringLiteral("--devices"), devices, QStringLiteral("--data"),
                                     write("data.csv", data), QStringLiteral("--timezone"), QLatin1String(m_zone)} +
                         more);
        if (outcome.code != 0)
            outcome.failed =
                QStringLiteral("exit code %1: %2").arg(outcome.code).arg(QString::fromUtf8(outcome.trouble));
        return outcome;
    }

private:
    QString timeOf(double minute) const
    {
        const QDateTime midnight(m_first, QTime(0, 0), QTimeZone(m_zone));
        const QDateTime time = midnight.addMSecs(static_cast<qint64>(minute * 60'000));
        return time.toUTC().toString(Qt::ISODateWithMs);
    }
    QString write(const char* name, const QStringList& lines) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(lines.join(QLatin1Char('\n')).toUtf8() + '\n');
        return file.fileName();
    }

    QDate m_first;
    const char* m_zone;
    QTemporaryDir m_folder;
    QStringList m_devices;
    QHash<QString, QString> m_parameters;
    std::vector<std::pair<double, QString>> m_rows;
};

constexpr double Hour = 60;
constexpr double Day = 24 * Hour;

} // namespace cohort::test
