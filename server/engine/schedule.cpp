#include "server/engine/schedule.h"

#include "server/engine/trigger_filter.h"

#include <QDateTime>

#include <algorithm>

namespace cohort::engine {
namespace {

constexpr std::int64_t MinuteMs = 60'000;
constexpr std::int64_t DayMs = 86'400'000;

std::int64_t offsetAt(const QTimeZone& zone, std::int64_t ms)
{
    return 1'000LL * zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC));
}

std::int64_t floorTo(std::int64_t value, std::int64_t step)
{
    const std::int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

// The moment that the local wall-clock time `local` (ms, as if it were UTC) names: the first one where it
// occurs twice, the end of the gap where it is skipped.
std::int64_t momentOf(const QTimeZone& zone, std::int64_t local)
{
    const std::int64_t before = offsetAt(zone, local - DayMs);
    const std::int64_t after = offsetAt(zone, local + DayMs);
    for (const std::int64_t offset : {std::max(before, after), std::min(before, after)}) {
        if (offsetAt(zone, local - offset) == offset)
            return local - offset;
    }
    std::int64_t low = local - std::max(before, after); // still in the old offset
    std::int64_t high = local - std::min(before, after);
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        (offsetAt(zone, middle) == before ? low : high) = middle;
    }
    return high;
}

} // namespace

QTimeZone zoneOf(const std::string& name)
{
    const QTimeZone zone(QByteArray::fromStdString(name));
    return zone.isValid() ? zone : QTimeZone::utc();
}

std::optional<Timestamp> nextSchedule(const QTimeZone& zone, int minuteOfDay, std::uint8_t days, Timestamp after)
{
    const std::int64_t from = toMs(after);
    std::int64_t day = floorTo(from + offsetAt(zone, from), DayMs) - DayMs;
    for (int i = 0; i < 10; ++i, day += DayMs) {
        const auto weekday = ((day / DayMs + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday
        if (!((days >> weekday) & 1))
            continue;
        const std::int64_t moment = momentOf(zone, day + minuteOfDay * MinuteMs);
        if (moment > from)
            return fromMs(moment);
    }
    return std::nullopt;
}

Timestamp nextEvery(const QTimeZone& zone, Milliseconds every, Timestamp after)
{
    const std::int64_t step = std::max<std::int64_t>(every.count(), 1);
    const std::int64_t from = toMs(after);
    const std::int64_t local = from + offsetAt(zone, from);
    if (step >= DayMs) {
        // A grid of civil time: a day is as long as it is there.
        std::int64_t next = floorTo(local, step);
        while (momentOf(zone, next) <= from)
            next += step;
        return fromMs(momentOf(zone, next));
    }
    const std::int64_t day = floorTo(local, DayMs);
    const std::int64_t midnight = std::min(momentOf(zone, day), from);
    std::int64_t nextDay = day + DayMs;
    while (momentOf(zone, nextDay) <= from) // a day that a zone leaves out
        nextDay += DayMs;
    return fromMs(std::min(midnight + floorTo(from - midnight, step) + step, momentOf(zone, nextDay)));
}

void Schedules::setManifest(const Manifest& manifest)
{
    m_triggers = manifest.triggers;
    m_entries.clear();
    for (std::size_t i = 0; i < m_triggers.size(); ++i) {
        const EventKind kind = m_triggers[i].kind;
        if (kind == EventKind::Schedule || kind == EventKind::Every)
            m_entries.push_back({i, signatureOf(m_triggers[i], manifest), {}, {}});
    }
}

void Schedules::setZone(const std::string& name)
{
    m_zone = zoneOf(name);
    for (Entry& entry : m_entries)
        entry.next.reset();
}

void Schedules::begin(Timestamp cursor)
{
    for (Entry& entry : m_entries) {
        if (!entry.cursor)
            entry.cursor = cursor;
    }
}

bool Schedules::begun() const
{
    return std::all_of(m_entries.begin(), m_entries.end(), [](const Entry& e) { return e.cursor.has_value(); });
}

std::optional<Timestamp> Schedules::nextOf(const Entry& entry, Timestamp after) const
{
    const Trigger& trigger = m_triggers[entry.trigger];
    if (trigger.kind == EventKind::Every)
        return nextEvery(m_zone, trigger.every, after);
    return nextSchedule(m_zone, trigger.minuteOfDay, trigger.days, after);
}

std::optional<std::size_t> Schedules::first()
{
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        Entry& entry = m_entries[i];
        if (!entry.next && entry.cursor)
            entry.next = nextOf(entry, *entry.cursor);
        if (entry.next && (!found || *entry.next < *m_entries[*found].next))
            found = i;
    }
    return found;
}

void Schedules::skipMissed(std::size_t index, Timestamp limit, Timestamp lateBefore)
{
    Entry& entry = m_entries[index];
    const Trigger& trigger = m_triggers[entry.trigger];
    // Far enough back to hold one moment at least, so that a year's outage costs no year's steps.
    const Milliseconds reach = trigger.kind == EventKind::Every ? trigger.every * 3 : Milliseconds(9 * DayMs);
    if (entry.next && *entry.next < std::min(limit, lateBefore) - reach)
        entry.next = nextOf(entry, std::min(limit, lateBefore) - reach);
    while (entry.next && *entry.next < lateBefore) {
        const std::optional<Timestamp> next = nextOf(entry, *entry.next);
        if (!next || *next > limit)
            return;
        entry.next = next;
    }
}

void Schedules::fired(std::size_t index)
{
    m_entries[index].cursor = m_entries[index].next;
    m_entries[index].next.reset();
}

void Schedules::restore(const std::string& signature, Timestamp cursor)
{
    for (Entry& entry : m_entries) {
        if (entry.signature == signature)
            entry.cursor = cursor;
    }
}

void Schedules::skipTo(Timestamp present)
{
    for (Entry& entry : m_entries)
        entry.cursor = std::max(entry.cursor.value_or(present), present);
}

} // namespace cohort::engine
