#include "server/net/text.h"
#include "server/net/timing_wheel.h"
#include "server/net/web_socket_frame_reader.h"
#include "shared/base/utf8.h"
#include "tests/unit/server/net/raw_client.h"

#include <QtTest>

using namespace cohort::net;
using namespace std::chrono_literals;

namespace {

struct Entry final : WheelEntry
{
    int fired = 0;
    std::function<void()> onFire;
    void onDeadline(TimePoint) override
    {
        ++fired;
        if (onFire)
            onFire();
    }
    void onShutdown() override {}
};

} // namespace

class TestParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wheelFiresNeverEarlyAndAtMostTwoTicksLate()
    {
        const auto start = WheelEntry::TimePoint{};
        for (const auto delay : {0ms, 1ms, 49ms, 50ms, 51ms, 10'000ms, 102'400ms, 3'600'000ms}) {
            TimingWheel wheel(start);
            Entry entry;
            wheel.set(entry, start + delay);
            wheel.advance(start + delay - 1ms);
            QCOMPARE(entry.fired, 0);
            wheel.advance(start + delay + 2 * TimingWheel::Tick);
            QCOMPARE(entry.fired, 1);
            wheel.advance(start + delay + 1h);
            QCOMPARE(entry.fired, 1);
        }
    }

    void wheelFollowsADeadlineThatMoves()
    {
        const auto start = WheelEntry::TimePoint{};
        TimingWheel wheel(start);
        Entry later, sooner;
        wheel.set(later, start + 1s);
        wheel.set(later, start + 5s);
        wheel.set(sooner, start + 5s);
        wheel.set(sooner, start + 1s);
        wheel.advance(start + 2s);
        QCOMPARE(later.fired, 0);
        QCOMPARE(sooner.fired, 1);
        wheel.advance(start + 6s);
        QCOMPARE(later.fired, 1);
    }

    void wheelBearsEntriesThatRemoveOthersOrThemselves()
    {
        const auto start = WheelEntry::TimePoint{};
        TimingWheel wheel(start);
        Entry first, second;
        auto gone = std::make_unique<Entry>();
        first.onFire = [&] {
            wheel.remove(second);
            gone.reset();
        };
        wheel.set(first, start + 1s);
        wheel.set(second, start + 1s);
        wheel.set(*gone, start + 1s);
        wheel.advance(start + 2s);
        QCOMPARE(first.fired, 1);
        QCOMPARE(second.fired, 0);
    }

    void decodesPercentEscapes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("decoded"); // null: refused
        QTest::newRow("plain") << QByteArray("/a") << QByteArray("/a");
        QTest::newRow("escape") << QByteArray("%41%c3%a4") << QByteArray("A\xc3\xa4");
        QTest::newRow("plus") << QByteArray("a+b") << QByteArray("a b");
        QTest::newRow("cut") << QByteArray("a%4") << QByteArray();
        QTest::newRow("lonePercent") << QByteArray("%") << QByteArray();
        QTest::newRow("noDigits") << QByteArray("%-1") << QByteArray();
        QTest::newRow("nul") << QByteArray("%00") << QByteArray();
        QTest::newRow("surrogate") << QByteArray("%ed%a0%80") << QByteArray();
        QTest::newRow("tooHigh") << QByteArray("%f4%90%80%80") << QByteArray();
    }

    void decodesPercentEscapes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, decoded);
        const auto result = percentDecoded(text.toStdString(), true);
        QCOMPARE(result.has_value(), !decoded.isNull());
        if (result)
            QCOMPARE(*result, decoded.toStdString());
    }

    void readsFramesCutAtAnyPlace()
    {
        const std::string bytes = cohort::testing::clientFrame("hel", 1, false) + cohort::testing::clientFrame("p", 9) +
                                  cohort::testing::clientFrame("lo", 0) +
                                  cohort::testing::clientFrame(std::string(200, 'x'));
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            WebSocketFrameReader reader(1000);
            std::vector<std::string> seen;
            for (std::string_view part :
                 {std::string_view(bytes).substr(0, cut), std::string_view(bytes).substr(cut)}) {
                while (!part.empty()) {
                    const auto step = reader.feed(part);
                    part.remove_prefix(step.consumed);
                    if (step.event == FrameEvent::Message)
                        seen.push_back(reader.extractMessage());
                    else if (step.event == FrameEvent::Ping)
                        seen.push_back("ping " + reader.extractControl());
                    QVERIFY(step.event != FrameEvent::Error);
                }
            }
            QCOMPARE(seen, (std::vector<std::string>{"ping p", "hello", std::string(200, 'x')}));
            QVERIFY(!reader.isMidFrame());
        }
    }

    void survivesRandomBytes()
    {
        std::uint64_t state = 42;
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes;
            for (int i = 0; i < 24; ++i) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                bytes.push_back(static_cast<char>(state >> 56));
            }
            WebSocketFrameReader reader(64);
            std::string_view rest = bytes;
            while (!rest.empty()) {
                const auto step = reader.feed(rest);
                QVERIFY(step.consumed > 0 && step.consumed <= rest.size());
                if (step.event == FrameEvent::Error || step.event == FrameEvent::Close)
                    break;
                rest.remove_prefix(step.consumed);
            }
        }
    }

    void cutsACloseReasonAtACharacter()
    {
        std::string reason(122, 'a');
        reason += "\xc3\xa4";
        const std::string payload = closePayload(1000, reason);
        QCOMPARE(payload.size(), std::size_t(2 + 122));
        QVERIFY(cohort::isUtf8(std::string_view(payload).substr(2)));
    }
};

QTEST_GUILESS_MAIN(TestParts)
#include "tst_parts.moc"
