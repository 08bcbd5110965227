// Which homes somebody looks at now, on a console that follows their live data: their devices are asked to post often.
// Thread: any; contains() takes a lock only where it is likely. Owner: Bus. Flow: api's subscriptions → begin() → contains()
// ← ingest. Source: device-protocol.md, "Upload", CONT.
#pragma once

#include "shared/base/ids.h"

#include <cstdint>
#include <memory>

namespace cohort::bus {

class WatchedHomes
{
    struct Private;

public:
    // Somebody looks until this ends. It may outlive the rest.
    class Watch
    {
    public:
        Watch() = default; // nobody does
        Watch(std::shared_ptr<Private> homes, LocationId home);
        Watch(Watch&& other) noexcept;
        Watch& operator=(Watch&& other) noexcept;
        ~Watch();

    private:
        std::shared_ptr<Private> m_homes; // null: nothing to end
        LocationId m_home;
    };

    WatchedHomes();
    [[nodiscard]] Watch begin(LocationId home) const;
    bool contains(LocationId home) const;

private:
    std::shared_ptr<Private> d;
};

} // namespace cohort::bus
