#include "server/sim/local_time_text.h"

#include <QDateTime>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace cohort::sim {

namespace {

constexpr std::int64_t QuarterHourMs = 900'000;

} // namespace

std::string LocalTimeText::operator()(Timestamp time)
{
    if (const std::int64_t slot = toMs(time) / QuarterHourMs; slot != m_slot) {
        m_slot = slot;
        m_offset = m_zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC));
    }
    const Timestamp local = time + std::chrono::seconds(m_offset);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(local - day);
    const auto count = [](auto duration) { return static_cast<int>(duration.count()); };
    std::array<char, 64> text{};
    int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                               static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                               count(clock.hours()), count(clock.minutes()), count(clock.seconds()));
    if (const int ms = count(clock.subseconds()); ms != 0)
        length += std::snprintf(text.data() + length, text.size() - static_cast<std::size_t>(length), ".%03d", ms);
    const int minutes = std::abs(m_offset) / 60;
    length += std::snprintf(text.data() + length, text.size() - static_cast<std::size_t>(length), "%c%02d:%02d",
                            m_offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return {text.data(), static_cast<std::size_t>(length)};
}

} // namespace cohort::sim
