// Work for later runs on its connection's I/O thread, once, and not when it was taken back or the thread has
// ended.
#include "tests/unit/server/net/server_fixture.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace cohort;
using namespace cohort::testing;
using namespace std::chrono_literals;

namespace {

// A request that waits, and what the handler has got of it.
struct Held
{
    Held() : client(running.connect())
    {
        client.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
        running.handler->notes.waitFor("held");
        reply = running.handler->held();
    }
    net::TimersPtr timers() const { return reply->timers(); }

    RunningServer running;
    RawClient client;
    std::optional<net::Reply> reply;
};

} // namespace

class TestTimers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsOnTheThreadOfTheConnection()
    {
        Held held;
        std::string name;
        const net::Timer timer = held.timers()->after(1ms, [&] {
            char text[16] = {};
            pthread_getname_np(pthread_self(), text, sizeof text);
            name = text;
            held.reply->send({200, "text/plain", "late", {}, false});
        });
        QCOMPARE(held.client.readHttp().body, std::string("late"));
        QVERIFY2(name.starts_with("io-"), name.c_str());
    }

    void runsWhatIsDueFirstFirstAndEachOnce()
    {
        Held held;
        Notes notes;
        std::string order;
        net::Timer later, sooner;
        const net::Timer begin = held.timers()->after(1ms, [&] {
            later = held.timers()->after(250ms, [&] {
                order += 'b';
                notes.add("end");
            });
            sooner = held.timers()->after(1ms, [&] { order += 'a'; });
        });
        QVERIFY(notes.waitFor("end"));
        QCOMPARE(order, std::string("ab"));
    }

    void doesNotRunWhatWasTakenBackOnItsThread()
    {
        Held held;
        Notes notes;
        net::Timer cancelled, replaced, last;
        const net::Timer begin = held.timers()->after(1ms, [&] {
            cancelled = held.timers()->after(1ms, [&] { notes.add("cancelled"); });
            replaced = held.timers()->after(1ms, [&] { notes.add("replaced"); });
            (void)held.timers()->after(1ms, [&] { notes.add("dropped"); });
            cancelled.cancel();
            cancelled.cancel();
            replaced = held.timers()->after(1ms, [&] { notes.add("newer"); });
            last = held.timers()->after(200ms, [&] { notes.add("last"); });
        });
        QVERIFY(notes.waitFor("last"));
        QCOMPARE(notes.countOf("newer"), std::size_t(1));
        for (const char* note : {"cancelled", "replaced", "dropped"})
            QCOMPARE(notes.countOf(note), std::size_t(0));
    }

    void lastsWhenItsOwnerMoves()
    {
        Held held;
        Notes notes;
        net::Timer first = held.timers()->after(1ms, [&] { notes.add("ran"); });
        const net::Timer second = std::move(first);
        QVERIFY(notes.waitFor("ran"));
    }

    void letsWorkReplaceItsOwnTimer()
    {
        Held held;
        Notes notes;
        net::Timer timer;
        int runs = 0; // of the I/O thread, until "end"
        std::function<void()> again = [&] {
            if (++runs == 3)
                notes.add("end");
            else
                timer = held.timers()->after(1ms, again);
        };
        const net::Timer begin = held.timers()->after(1ms, again);
        QVERIFY(notes.waitFor("end"));
        QCOMPARE(runs, 3);
    }

    void letsGoOfItsWorkWhenItRanOrWasTakenBackOrTheThreadEnded()
    {
        const auto token = std::make_shared<int>();
        Held held;
        Notes notes;
        const net::TimersPtr timers = held.timers();
        const auto work = [&, token] { notes.add("ran"); };
        const net::Timer ran = timers->after(1ms, work);
        QVERIFY(notes.waitFor("ran"));
        net::Timer cancelled = timers->after(1h, work);
        cancelled.cancel();
        const net::Timer pending = timers->after(1h, work);
        held.running.server.stop();
        held.running.threads.stop();
        const net::Timer tooLate = timers->after(1ms, work);
        QCOMPARE(notes.countOf("ran"), std::size_t(1));
        QCOMPARE(token.use_count(), 3L); // the test's, the lambda's, and what was set too late keeps its own
    }

    void mayBeUsedByManyThreads()
    {
        Held held;
        std::atomic<int> runs = 0;
        std::vector<std::thread> threads;
        threads.reserve(4);
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                std::vector<net::Timer> kept;
                for (int count = 0; count < 500; ++count) {
                    kept.push_back(held.timers()->after(1ms, [&] { ++runs; }));
                    held.timers()->after(1h, [&] { runs = -100'000; }).cancel();
                }
                while (runs < 2000)
                    std::this_thread::yield();
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(runs.load(), 2000);
    }

    void tellsAtOnceThatTheClientHasGone()
    {
        Held held;
        Notes notes;
        held.reply->onGone([&] { notes.add("gone"); });
        QCOMPARE(notes.countOf("gone"), std::size_t(0));
        held.client.close();
        QVERIFY(notes.waitFor("gone"));
        held.reply->onGone([&] { notes.add("late"); }); // who asks afterwards hears it here
        QCOMPARE(notes.countOf("late"), std::size_t(1));
        QCOMPARE(notes.countOf("gone"), std::size_t(1));
    }

    void givesTheTimersOfAWebSocket()
    {
        RunningServer running;
        const RawClient client = running.webSocket();
        QVERIFY(running.handler->notes.waitFor("open"));
        Notes notes;
        const net::Timer timer = running.handler->socket()->timers()->after(1ms, [&] { notes.add("ran"); });
        QVERIFY(notes.waitFor("ran"));
    }
};

QTEST_GUILESS_MAIN(TestTimers)
#include "tst_timers.moc"
