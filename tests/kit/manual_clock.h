// A clock that stands still until the test moves it.
// Thread: any. Owner: the test. Flow: test → set, advance → the tested object's now().
#pragma once

#include "shared/base/time.h"

#include <atomic>

namespace cohort::testkit {

class ManualClock final : public Clock
{
public:
    explicit ManualClock(Timestamp start = fromMs(1'767'225'600'000)) : m_ms(toMs(start)) {} // 2026-01-01
    Timestamp now() const override { return fromMs(m_ms.load()); }
    // Moves as advance() says; set() does not move it, as with a machine's clock that is set.
    SteadyTime steady() const override { return SteadyTime(Milliseconds(m_steadyMs.load())); }
    void set(Timestamp time) { m_ms = toMs(time); }
    void advance(Milliseconds by)
    {
        m_ms += by.count();
        m_steadyMs += by.count();
    }

private:
    std::atomic<std::int64_t> m_ms;
    std::atomic<std::int64_t> m_steadyMs{1'000'000};
};

} // namespace cohort::testkit
