#include "server/sim/resident.h"

#include <QDateTime>

#include <algorithm>

namespace cohort::sim {

namespace {

constexpr Milliseconds Second{1'000};
constexpr Milliseconds Minute{60'000};

} // namespace

struct Resident::Meal
{
    const char* name;
    unsigned bit; // 0: as often as one likes
    int fromHour, toHour;
    int cooksPercent;
};

const Resident::Meal Resident::Meals[] = {
    {"Breakfast", 1, 7, 11, 40},
    {"Lunch", 2, 12, 15, 80},
    {"Dinner", 4, 18, 21, 60},
    {"Snack", 0, 15, 17, 0},
};

Resident::Resident(std::uint64_t seed, std::uint32_t home, const QTimeZone& zone)
    : m_random(seed, home, Random::Purpose::Life), m_zone(zone)
{
}

void Resident::wakeUpOn(const QDate& date)
{
    if (m_today.date != date)
        m_today = {date, 0, false};
}

const Resident::Meal* Resident::mealDue(int hour) const
{
    for (const Meal& meal : Meals) {
        if (hour >= meal.fromHour && hour < meal.toHour && (m_today.meals & meal.bit) == 0)
            return &meal;
    }
    return nullptr;
}

// Up to the next visit to the toilet, which a night has two or three of.
void Resident::sleep(Episode& out, Timestamp& at)
{
    const Timestamp start = at;
    out.readings.push_back({at, "bed", "pressure", 1});
    at += m_random.between(110, 260) * Minute;
    out.readings.push_back({at, "bed", "pressure", 0});
    out.activities.push_back({start, at, "Sleeping"});
    at += m_random.between(10, 40) * Second;
    useToilet(out, at);
}

void Resident::useToilet(Episode& out, Timestamp& at)
{
    const Timestamp start = at;
    out.readings.push_back({at, "bathroom", "motion", 1});
    at += m_random.between(90, 300) * Second;
    out.readings.push_back({at, "toilet", "flush", 1});
    out.readings.push_back({at + 8 * Second, "toilet", "flush", 0});
    at += m_random.between(20, 90) * Second;
    out.readings.push_back({at, "bathroom", "motion", 0});
    out.activities.push_back({start, at, "Toileting"});
    at += 20 * Second;
}

void Resident::shower(Episode& out, Timestamp& at)
{
    const Timestamp start = at;
    out.readings.push_back({at, "bathroom", "motion", 1});
    at += m_random.between(60, 180) * Second;
    out.readings.push_back({at, "shower", "motion", 1});
    at += m_random.between(240, 720) * Second;
    out.readings.push_back({at, "shower", "motion", 0});
    at += m_random.between(60, 300) * Second;
    out.readings.push_back({at, "bathroom", "motion", 0});
    out.activities.push_back({start, at, "Showering"});
    at += 20 * Second;
    m_today.showered = true;
}

void Resident::eat(Episode& out, Timestamp& at, const Meal& meal)
{
    const Timestamp start = at;
    out.readings.push_back({at, "kitchen", "motion", 1});
    at += m_random.between(20, 90) * Second;
    out.readings.push_back({at, "fridge", "contact", 1});
    out.readings.push_back({at + 9 * Second, "fridge", "contact", 0});
    if (m_random.chance(meal.cooksPercent)) {
        at += m_random.between(1, 4) * Minute;
        out.readings.push_back({at, "stove", "knob", 1});
        at += m_random.between(6, 25) * Minute;
        out.readings.push_back({at, "stove", "knob", 0});
    }
    at += m_random.between(5, 20) * Minute;
    out.readings.push_back({at, "kitchen", "motion", 0});
    out.activities.push_back({start, at, meal.name});
    at += 15 * Second;
    m_today.meals |= meal.bit;
}

void Resident::goOut(Episode& out, Timestamp& at)
{
    const Timestamp start = at;
    out.readings.push_back({at, "door", "contact", 1});
    out.readings.push_back({at + 6 * Second, "door", "contact", 0});
    at += m_random.between(20, 180) * Minute;
    out.readings.push_back({at, "door", "contact", 1});
    at += 7 * Second;
    out.readings.push_back({at, "door", "contact", 0});
    out.activities.push_back({start, at, "Leaving"});
    at += 20 * Second;
}

void Resident::rest(Episode& out, Timestamp& at)
{
    const Timestamp start = at;
    out.readings.push_back({at, "living", "motion", 1});
    at += m_random.between(16, 180) * Minute / 4;
    out.readings.push_back({at, "living", "motion", 0});
    out.activities.push_back({start, at, "Spare_Time/TV"});
}

Episode Resident::next(Timestamp& from)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMs(from), m_zone);
    const int hour = local.time().hour();
    wakeUpOn(local.date());
    Episode out;
    if (hour >= 22 || hour < 7)
        sleep(out, from);
    else if (!m_today.showered && hour < 11 && m_random.chance(40))
        shower(out, from);
    else if (m_random.chance(18))
        useToilet(out, from);
    else if (const Meal* meal = mealDue(hour); meal != nullptr && m_random.chance(50))
        eat(out, from, *meal);
    else if (hour >= 9 && hour < 19 && m_random.chance(12))
        goOut(out, from);
    else
        rest(out, from);
    std::stable_sort(out.readings.begin(), out.readings.end(),
                     [](const Reading& a, const Reading& b) { return a.time < b.time; });
    from += Second;
    return out;
}

} // namespace cohort::sim
