// Times as people of a place write them, the same on every machine and in every language.
// Thread: the owner's. Owner: recording.cpp. Flow: Timestamp → 2026-03-02T07:15:03+01:00. Source: ISO 8601.
#pragma once

#include "shared/base/time.h"

#include <QTimeZone>

#include <string>

namespace cohort::sim {

class LocalTimeText
{
public:
    explicit LocalTimeText(const QTimeZone& zone) : m_zone(zone) {}

    // With milliseconds where there are any.
    std::string operator()(Timestamp time);

private:
    QTimeZone m_zone;
    std::int64_t m_slot = -1; // quarter of an hour that m_offset holds for; a zone's rules change at none in between
    int m_offset = 0;         // seconds east of UTC
};

} // namespace cohort::sim
