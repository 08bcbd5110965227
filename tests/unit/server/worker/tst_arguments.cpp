#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/worker/options.h"
#endif

#include <QtTest/QtTest>

#include <vector>

namespace cohort::worker {

class TestArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatTheHostGives();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();

private:
    static Result<WorkerArguments> parse(const QStringList& list)
    {
        std::vector<QByteArray> texts{"cohort-worker"};
        for (const QString& one : list)
            texts.push_back(one.toUtf8());
        std::vector<char*> values;
        values.reserve(texts.size());
        for (QByteArray& text : texts)
            values.push_back(text.data());
        return parseArguments(static_cast<int>(values.size()), values.data());
    }
};

void TestArguments::takesWhatTheHostGives()
{
    const auto found = parse(QStringLiteral("--rules /r --memory 1000 --cpu-ms 20 --uid 61000 --numpy --no-lock-down "
                                            "--probe open")
                                 .split(QLatin1Char(' ')));
    QVERIFY(found);
    QCOMPARE(found->rulesPath, std::string("/r"));
    QCOMPARE(found->memoryBytes, std::size_t{1000});
    QCOMPARE(found->cpuMs, std::int64_t{20});
    QCOMPARE(found->uid, 61000u);
    QVERIFY(found->numpy && !found->lockDown);
    QCOMPARE(found->probe, std::string("open"));
}

void TestArguments::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line : {"", "--rules", "--rules /r --memory", "--rules /r --memory -1", "--rules /r --memory 1x",
                             "--rules /r --uid root", "--rules /r --what 1", "--rules /r serve"})
        QTest::newRow(line) << QString::fromUtf8(line);
}

void TestArguments::refusesWhatItDoesNotKnow()
{
    QFETCH(QString, line);
    QVERIFY(!parse(line.split(QLatin1Char(' '), Qt::SkipEmptyParts)));
}

} // namespace cohort::worker

using TestArguments = cohort::worker::TestArguments;
QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
