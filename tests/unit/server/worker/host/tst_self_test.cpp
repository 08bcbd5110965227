#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "tests/unit/server/worker/host/running_worker.h"
#endif

#include <QtTest/QtTest>

namespace cohort::worker {

class TestSelfTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsOnThisMachine();
    void workerWithoutLockDownIsUnsafe();
    void missingProgramIsNotSafe();
};

void TestSelfTest::holdsOnThisMachine()
{
    const auto result = selfTest(RunningWorker::optionsOf());
    QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
}

void TestSelfTest::workerWithoutLockDownIsUnsafe()
{
    WorkerOptions options = RunningWorker::optionsOf();
    options.lockDown = false;
    const auto result = selfTest(options);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::SandboxUnsafe);
}

void TestSelfTest::missingProgramIsNotSafe()
{
    WorkerOptions options = RunningWorker::optionsOf();
    options.program = QStringLiteral("/nowhere/cohort-worker");
    QVERIFY(!selfTest(options));
}

} // namespace cohort::worker

using TestSelfTest = cohort::worker::TestSelfTest;
QTEST_GUILESS_MAIN(TestSelfTest)
#include "tst_self_test.moc"
