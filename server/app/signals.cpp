#include "server/app/signals.h"

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace cohort::app {

Signals::Signals(std::function<void()> received)
{
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGINT);
    pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    m_descriptor = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [descriptor = m_descriptor, received = std::move(received)] {
                         signalfd_siginfo info;
                         while (::read(descriptor, &info, sizeof info) == sizeof info)
                             received();
                     });
}

Signals::~Signals()
{
    m_notifier.reset();
    ::close(m_descriptor);
}

} // namespace cohort::app
