// Whether a reason is to be logged: when it is a new one, and while it stays the same once a minute.
// Thread: its owner's. Owner: Core. Flow: a session that cannot be opened, each second → here → the log.
#pragma once

#include "shared/base/time.h"

#include <QString>

#include <optional>

namespace cohort::composer {

class Said
{
public:
    static constexpr std::chrono::seconds Again{60};

    // True: log it; it counts as said then.
    bool isNew(const QString& reason, SteadyTime now)
    {
        if (m_at && m_reason == reason && now - *m_at < Again)
            return false;
        m_reason = reason;
        m_at = now;
        return true;
    }
    // It is over; the next one is new, whatever it is.
    void forget() { m_at.reset(); }

private:
    QString m_reason;
    std::optional<SteadyTime> m_at;
};

} // namespace cohort::composer
