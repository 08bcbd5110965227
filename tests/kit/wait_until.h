// Waiting in tests for what happens elsewhere: looks often, gives up late, runs the event loop meanwhile.
// Thread: the test's. Owner: nobody. Flow: QVERIFY(waitUntil([&] { return server.isReady(); }));
#pragma once

#include "shared/base/time.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <functional>

namespace cohort::testkit {

// True as soon as the condition holds; false when it never did. The limit only says when a test is broken.
inline bool waitUntil(const std::function<bool()>& condition, Milliseconds limit = Milliseconds(20'000))
{
    QElapsedTimer waited;
    waited.start();
    while (!condition()) {
        if (waited.elapsed() > limit.count())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        QThread::msleep(2);
    }
    return true;
}

} // namespace cohort::testkit
