// When a schedule is due in a home's own zone, over daylight saving.
// Thread: pure functions. Owner: nobody. Flow: trigger + cursor → next moment → Instance.
// Source: composer.md, "Triggers": a skipped time runs at the next valid minute, one that occurs twice runs
// once.
#pragma once

#include "server/engine/model.h"

#include <QTimeZone>

#include <string>
#include <vector>

namespace cohort::engine {

// The zone with this IANA name; UTC when there is no such zone.
QTimeZone zoneOf(const std::string& name);
// The first moment after `after` at which it is `minuteOfDay` on one of `days` there; nothing without days.
std::optional<Timestamp> nextSchedule(const QTimeZone& zone, int minuteOfDay, std::uint8_t days, Timestamp after);
// The first moment after `after` that is whole `every`s of elapsed time after the midnight before it there, or the next
// midnight where that comes first; a day and more is civil time.
Timestamp nextEvery(const QTimeZone& zone, Milliseconds every, Timestamp after);

// The schedule and every triggers of one instance, each with how far it has fired.
class Schedules
{
public:
    struct Entry
    {
        std::size_t trigger = 0; // index into Manifest::triggers
        std::string signature;
        std::optional<Timestamp> cursor; // fired up to and with this moment; nothing: not begun
        std::optional<Timestamp> next;   // worked out already
    };

    void setManifest(const Manifest& manifest);
    void setZone(const std::string& name);
    // Gives a cursor to those that have none.
    void begin(Timestamp cursor);
    bool begun() const;
    // The entry that is due first (index into entries()), nothing when none ever is. At one moment: in
    // trigger order.
    std::optional<std::size_t> first();
    // Skips due moments before `lateBefore` that have a later one up to `limit`: of what was missed, the last
    // stays.
    void skipMissed(std::size_t index, Timestamp limit, Timestamp lateBefore);
    void fired(std::size_t index);
    const std::vector<Entry>& entries() const { return m_entries; }
    void restore(const std::string& signature, Timestamp cursor);
    // What was due until then fires no more.
    void skipTo(Timestamp present);

private:
    std::optional<Timestamp> nextOf(const Entry& entry, Timestamp after) const;

    std::vector<Trigger> m_triggers;
    std::vector<Entry> m_entries;
    QTimeZone m_zone = QTimeZone::utc();
};

} // namespace cohort::engine
