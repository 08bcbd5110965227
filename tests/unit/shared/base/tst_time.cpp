// Moments and durations as people and devices write them: over both changes of the clocks, and at their bounds.
#include "shared/base/system_clock.h"
#include "shared/base/time.h"

#include <QTest>

#include <ctime>

using namespace cohort;
using namespace std::chrono_literals;

namespace {

Timestamp at(std::string_view text)
{
    const auto time = fromIso(text);
    if (!time)
        qFatal("%s", qPrintable(time.error().detail));
    return *time;
}

bool isRefused(std::string_view text)
{
    const auto time = fromIso(text);
    return !time && time.error().code == ErrorCode::WrongValue;
}

bool isNoDuration(std::string_view text)
{
    const auto duration = parseDuration(text);
    return !duration && duration.error().code == ErrorCode::WrongValue;
}

// Lives in another zone for a while, and says so to the C library.
class InZone
{
public:
    explicit InZone(const char* zone) : m_before(qgetenv("TZ")) { set(zone); }
    ~InZone() { set(m_before); }
    InZone(const InZone&) = delete;
    InZone& operator=(const InZone&) = delete;

private:
    static void set(const QByteArray& zone)
    {
        if (zone.isEmpty())
            qunsetenv("TZ");
        else
            qputenv("TZ", zone);
        ::tzset();
    }
    QByteArray m_before;
};

} // namespace

class TestTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesUtcWithMilliseconds();
    void readsWhatItWrote();
    void anOffsetIsTakenOff();
    void theHourThatSpringLeavesOutTakesNoTime();
    void theHourThatAutumnHasTwiceIsTwoHours();
    void isTheSameInEveryZone();
    void aTimeWithoutOffsetIsAmbiguous();
    void refusesDaysAndHoursThatAreNone();
    void refusesWhatIsNoTime();
    void readsDurations();
    void noDurationIsLongerThanACentury();
    void refusesWhatIsNoDuration();
    void aDeadlineEndsOnceAndForAll();
    void neverIsNever();
};

void TestTime::writesUtcWithMilliseconds()
{
    QCOMPARE(toIso(fromMs(0)), std::string("1970-01-01T00:00:00.000Z"));
    QCOMPARE(toIso(fromMs(-1)), std::string("1969-12-31T23:59:59.999Z"));
    QCOMPARE(toIso(fromMs(1'767'225'600'007)), std::string("2026-01-01T00:00:00.007Z"));
}

void TestTime::readsWhatItWrote()
{
    for (const std::int64_t ms :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{951'782'399'999},    // before 29 February
          std::int64_t{1'709'251'199'999}, std::int64_t{7'258'118'399'999}}) { // end of 2199
        const auto again = fromIso(toIso(fromMs(ms)));
        QVERIFY(again);
        QCOMPARE(toMs(*again), ms);
    }
    QCOMPARE(at("2026-01-31T12:00:00.1Z"), at("2026-01-31T12:00:00Z") + 100ms);
    QCOMPARE(at("2026-01-31T12:00:00.12Z"), at("2026-01-31T12:00:00.120Z"));
}

void TestTime::anOffsetIsTakenOff()
{
    QCOMPARE(at("2026-01-31T12:00:00+01:00"), at("2026-01-31T11:00:00Z"));
    QCOMPARE(at("2026-01-31T12:00:00-05:30"), at("2026-01-31T17:30:00Z"));
    QCOMPARE(at("2026-01-01T00:30:00+01:00"), at("2025-12-31T23:30:00Z")); // over the end of the year
    QCOMPARE(at("2024-02-28T23:30:00-01:00"), at("2024-02-29T00:30:00Z"));
    QCOMPARE(at("2026-01-31T12:00:00+00:00"), at("2026-01-31T12:00:00Z"));
}

void TestTime::theHourThatSpringLeavesOutTakesNoTime()
{
    QCOMPARE(at("2026-03-29T03:00:00+02:00") - at("2026-03-29T01:59:59.999+01:00"), Milliseconds(1));
    QCOMPARE(at("2026-03-29T02:30:00+01:00"), at("2026-03-29T03:30:00+02:00"));
    QCOMPARE(at("2026-03-30T00:00:00+02:00") - at("2026-03-29T00:00:00+01:00"), Milliseconds(23h));
}

void TestTime::theHourThatAutumnHasTwiceIsTwoHours()
{
    QCOMPARE(at("2026-10-25T02:30:00+01:00") - at("2026-10-25T02:30:00+02:00"), Milliseconds(1h));
    QCOMPARE(toIso(at("2026-10-25T02:59:59.999+02:00")), std::string("2026-10-25T00:59:59.999Z"));
    QCOMPARE(toIso(at("2026-10-25T02:00:00+01:00")), std::string("2026-10-25T01:00:00.000Z"));
    QCOMPARE(at("2026-10-26T00:00:00+01:00") - at("2026-10-25T00:00:00+02:00"), Milliseconds(25h));
}

void TestTime::isTheSameInEveryZone()
{
    const Timestamp first = at("2026-03-28T22:00:00Z");
    for (const char* zone : {"Europe/Vienna", "America/New_York", "Asia/Kolkata", "Pacific/Apia"}) {
        const InZone there(zone);
        std::string before;
        for (Timestamp time = first; time < first + 6h; time += 15min) { // over Vienna's change
            const std::string text = toIso(time);
            QVERIFY2(text > before, text.c_str());
            QCOMPARE(at(text), time);
            before = text;
        }
        QCOMPARE(toIso(at("2026-03-29T02:30:00+01:00")), std::string("2026-03-29T01:30:00.000Z"));
        QVERIFY(isRefused("2026-03-29T02:30:00"));
    }
}

void TestTime::aTimeWithoutOffsetIsAmbiguous()
{
    for (const char* text : {"2026-01-31T12:00:00", "2026-01-31T12:00:00.000", "2026-01-31"}) {
        const auto time = fromIso(text);
        QVERIFY2(!time, text);
        QCOMPARE(time.error().code, ErrorCode::WrongValue);
        QCOMPARE(time.error().detail, QStringLiteral("'%1' needs 'Z' or an offset").arg(QLatin1String(text)));
    }
}

void TestTime::refusesDaysAndHoursThatAreNone()
{
    QVERIFY(fromIso("2024-02-29T00:00:00Z"));
    QVERIFY(isRefused("2026-02-29T00:00:00Z"));
    QVERIFY(isRefused("2100-02-29T00:00:00Z"));
    QVERIFY(isRefused("2026-04-31T00:00:00Z"));
    QVERIFY(isRefused("2026-13-01T00:00:00Z"));
    QVERIFY(isRefused("2026-00-01T00:00:00Z"));
    QVERIFY(isRefused("2026-01-01T25:00:00Z"));
    QVERIFY(isRefused("2026-01-01T12:60:00Z"));
    QVERIFY(isRefused("2026-01-01T12:00:61Z"));
}

void TestTime::refusesWhatIsNoTime()
{
    for (const char* text : {"", "Z", "yesterday", "12:00:00Z", "1767225600", "2026-01-31T12:00:00Zebra",
                             "2026-01-31T12:00:00+01:60", "31.1.2026 12:00", "\xff\xfe"})
        QVERIFY2(isRefused(text), text);
    QVERIFY(isRefused(std::string_view("2026-01-31T12:00:00Z\0", 21)));
    const auto time = fromIso("tomorrow");
    QCOMPARE(time.error().detail, QStringLiteral("'tomorrow' is no ISO 8601 time"));
}

void TestTime::readsDurations()
{
    QCOMPARE(*parseDuration("250ms"), Milliseconds(250));
    QCOMPARE(*parseDuration("90s"), Milliseconds(90s));
    QCOMPARE(*parseDuration("10m"), Milliseconds(10min));
    QCOMPARE(*parseDuration("1h"), Milliseconds(1h));
    QCOMPARE(*parseDuration("7d"), Milliseconds(168h));
    QCOMPARE(*parseDuration("0s"), Milliseconds(0));
}

void TestTime::noDurationIsLongerThanACentury()
{
    QCOMPARE(*parseDuration("36600d"), Milliseconds(36'600LL * 86'400'000));
    QCOMPARE(*parseDuration("3162240000s"), *parseDuration("36600d"));
    QVERIFY(isNoDuration("36601d"));
    QVERIFY(isNoDuration("3162240001s"));
    QVERIFY(isNoDuration("9223372036854775807d")); // would run over
    QVERIFY(isNoDuration("9223372036854775808ms"));
}

void TestTime::refusesWhatIsNoDuration()
{
    for (const char* text : {"", "s", "10", "-1s", "+1s", "1 s", " 1s", "1.5h", "1S", "1sec", "1w", "1s ", "0x10s"})
        QVERIFY2(isNoDuration(text), text);
    QVERIFY(parseDuration("soon").error().detail.startsWith(QStringLiteral("'soon' is no duration")));
}

void TestTime::aDeadlineEndsOnceAndForAll()
{
    const Deadline past = Deadline::after(-5ms);
    QVERIFY(past.isOver() && !past.isNever());
    QCOMPARE(past.left(), Milliseconds(0)); // never below
    QVERIFY(Deadline::after(0ms).isOver());
    const Deadline later = Deadline::after(1h);
    QVERIFY(!later.isOver());
    QVERIFY(later.left() > 0ms && later.left() <= 1h);
    QVERIFY(later == later && !(later == past));
}

void TestTime::neverIsNever()
{
    const Deadline never = Deadline::never();
    QVERIFY(never.isNever() && !never.isOver());
    QCOMPARE(never.left(), Milliseconds::max());
    QVERIFY(!Deadline::after(1h).isNever());
}

QTEST_GUILESS_MAIN(TestTime)
#include "tst_time.moc"
