// The library over fourteen real, labelled days, where they lie beside the project; exit code 77 says they do
// not.
#include "labelled_home.h"

#include <QFileInfo>
#include <QtTest>

#include <cstdio>

using namespace cohort::test;

namespace {

const QString Stem = QStringLiteral(COHORT_SOURCE_DIR "/../shared/data/home-a");
constexpr int Skipped = 77;

LabelledHome home()
{
    return {Stem, QStringLiteral("Europe/Madrid")};
}

} // namespace

class TestRealHome : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheVisits()
    {
        const Outcome outcome = home().run("night_bathroom");
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        const auto visits = timesOf(outcome.of("set_fact", "visit"));
        const auto labels = home().labels("Toileting");
        QCOMPARE(labels.size(), std::size_t(44));
        const double hits = matched(visits, labels);
        qInfo("%d visits, %d labels, %d matched: precision %.3f, recall %.3f", int(visits.size()), int(labels.size()),
              int(hits), hits / double(visits.size()), hits / double(labels.size()));
        QVERIFY(hits / double(visits.size()) >= 0.9);
        QVERIFY(hits / double(labels.size()) >= 0.9);
    }
    void countsTheNights()
    {
        const auto nights = home().run("night_bathroom").of("set_fact", "night_visits");
        QCOMPARE(nights.size(), std::size_t(14));
        QVERIFY(nightsAsLabelled(nights, home().labels("Toileting")) >= 13);
    }
    void givesTheSameAgain()
    {
        const QByteArray once = home().run("night_bathroom").out;
        QVERIFY(!once.isEmpty());
        QCOMPARE(home().run("night_bathroom").out, once);
    }
    void staysQuietWithoutAStove()
    {
        const Outcome outcome = home().run("stove_unattended");
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        QVERIFY(outcome.of("alert").empty());
    }
};

int main(int argc, char** argv)
{
    if (!QFileInfo::exists(Stem + QStringLiteral(".csv"))) {
        std::puts("skipped: the recorded home is not beside the project");
        return Skipped;
    }
    QCoreApplication application(argc, argv);
    TestRealHome test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_real_home.moc"
