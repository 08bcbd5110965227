// A signal must end the main loop in order, on the main thread, and a broken pipe nothing at all. Signals are sent to this
// thread, since QtTest's watchdog thread began before they were blocked.
#include "server/app/signals.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>

#include <csignal>
#include <unistd.h>

using namespace cohort;

class TestSignals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothAreToldOnTheMainThread()
    {
        int received = 0;
        const QThread* on = nullptr;
        const app::Signals unix([&] {
            ++received;
            on = QThread::currentThread();
        });
        QVERIFY(::pthread_kill(::pthread_self(), SIGTERM) == 0);
        QTRY_COMPARE(received, 1);
        QVERIFY(::pthread_kill(::pthread_self(), SIGINT) == 0);
        QTRY_COMPARE(received, 2);
        QCOMPARE(on, QThread::currentThread());
    }

    void anyThreadThatStartsLaterLeavesThemToTheMainOne()
    {
        int received = 0;
        const app::Signals unix([&] { ++received; });
        sigset_t blocked;
        const std::unique_ptr<QThread> thread(QThread::create([&] { pthread_sigmask(SIG_BLOCK, nullptr, &blocked); }));
        thread->start();
        thread->wait();
        QCOMPARE(sigismember(&blocked, SIGTERM), 1);
        QCOMPARE(sigismember(&blocked, SIGINT), 1);
    }

    void aBrokenPipeEndsNothing()
    {
        const app::Signals unix([] {});
        int ends[2];
        QVERIFY(::pipe(ends) == 0);
        ::close(ends[0]);
        QCOMPARE(::write(ends[1], "x", 1), ssize_t(-1));
        QCOMPARE(errno, EPIPE);
        ::close(ends[1]);
    }

    void nothingIsToldAfterItsEnd()
    {
        int received = 0;
        {
            const app::Signals unix([&] { ++received; });
        }
        const app::Signals next([] {});
        QVERIFY(::pthread_kill(::pthread_self(), SIGTERM) == 0);
        QTest::qWait(20);
        QCOMPARE(received, 0);
    }
};

QTEST_GUILESS_MAIN(TestSignals)
#include "tst_signals.moc"
