// SIGTERM and SIGINT as an event of the main loop.
// Thread: main; block them before any other thread starts. Owner: main. Flow: kernel → signalfd → `told`.
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace cohort::app {

class Signals
{
public:
    // Blocks the signals for this thread and all that start after it. SIGPIPE is ignored.
    explicit Signals(std::function<void()> received);
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

private:
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace cohort::app
