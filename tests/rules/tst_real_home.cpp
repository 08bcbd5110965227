// The library over fourteen real, labelled days, where they lie beside the project; exit code 77 says they do
// not.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "script_run.h"
#endif

#include <QFileInfo>
#include <QtTest>

#include <cstdio>

using namespace cohort::test;

namespace {

const QString Folder = QStringLiteral(COHORT_SOURCE_DIR "/../shared/data/");
constexpr int Skipped = 77;

Outcome overTheHome(const char* script)
{
    return cohortScript({QStringLiteral("run"), libraryScript(script), QStringLiteral("--json"),
                         QStringLiteral("--devices"), Folder + QStringLiteral("home-a-devices.csv"),
                         QStringLiteral("--data"), Folder + QStringLiteral("home-a.csv"), QStringLiteral("--timezone"),
                         QStringLiteral("Europe/Madrid")});
}

struct Label
{
    QDateTime start, end;
};

std::vector<Label> toileting()
{
    QFile file(Folder + QStringLiteral("home-a-activities.csv"));
    std::vector<Label> labels;
    if (!file.open(QIODevice::ReadOnly))
        return labels;
    for (const QByteArray& line : file.readAll().split('\n')) {
        const QList<QByteArray> cells = line.trimmed().split(',');
        if (cells.size() == 3 && cells[2] == "Toileting")
            labels.push_back({QDateTime::fromString(QString::fromLatin1(cells[0]), Qt::ISODate),
                              QDateTime::fromString(QString::fromLatin1(cells[1]), Qt::ISODate)});
    }
    return labels;
}

// Seconds between a moment and a stretch; the labels have ends before their starts, once.
qint64 distance(const QDateTime& time, const Label& label)
{
    const QDateTime end = std::max(label.start, label.end);
    return std::max({qint64(0), time.secsTo(label.start), end.secsTo(time)});
}

// How many visits find a label of their own within five minutes; both are in order of time.
int matched(const std::vector<QDateTime>& visits, const std::vector<Label>& labels)
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

} // namespace

class TestRealHome : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheVisits()
    {
        const Outcome outcome = overTheHome("night_bathroom");
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        std::vector<QDateTime> visits;
        for (const QJsonObject& visit : outcome.of("set_fact", "visit"))
            visits.push_back(QDateTime::fromString(visit.value(QStringLiteral("time")).toString(), Qt::ISODate));
        const auto labels = toileting();
        QCOMPARE(labels.size(), std::size_t(44));
        const double hits = matched(visits, labels);
        qInfo("%d visits, %d labels, %d matched: precision %.3f, recall %.3f", int(visits.size()), int(labels.size()),
              int(hits), hits / double(visits.size()), hits / double(labels.size()));
        QVERIFY(hits / double(visits.size()) >= 0.9);
        QVERIFY(hits / double(labels.size()) >= 0.9);
    }
    void countsTheNights()
    {
        const Outcome outcome = overTheHome("night_bathroom");
        const auto labels = toileting();
        int same = 0;
        const auto nights = outcome.of("set_fact", "night_visits");
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
        QCOMPARE(nights.size(), std::size_t(14));
        QVERIFY(same >= 13);
    }
    void givesTheSameAgain()
    {
        const QByteArray once = overTheHome("night_bathroom").out;
        QVERIFY(!once.isEmpty());
        QCOMPARE(overTheHome("night_bathroom").out, once);
    }
    void staysQuietWithoutAStove()
    {
        const Outcome outcome = overTheHome("stove_unattended");
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        QVERIFY(outcome.of("alert").empty());
    }
};

int main(int argc, char** argv)
{
    if (!QFileInfo::exists(Folder + QStringLiteral("home-a.csv"))) {
        std::puts("skipped: the recorded home is not beside the project");
        return Skipped;
    }
    QCoreApplication application(argc, argv);
    TestRealHome test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_real_home.moc"
