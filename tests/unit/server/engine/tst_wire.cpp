#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "engine_kit.h"
#include "server/engine/wire.h"
#include "server/engine/wire_codec.h"
#endif

#include <QtTest>

#include <limits>
#include <random>

using namespace cohort;
using namespace cohort::engine;
using namespace cohort::engine::wire;
using cohort::engine::test::smallHome;

namespace {

constexpr std::uint64_t Nonce = 0x0123456789abcdefULL;

std::vector<ToWorker> allToWorker()
{
    RunOne one;
    one.script = 3;
    one.home = 9;
    one.run.number = 77;
    one.run.event.name = "power";
    one.run.event.value = Value{12.5, std::nullopt};
    one.run.event.previous = Value::ofText("grün");
    one.changes = {{DeviceId{1}, "motion", "", Value::ofNumber(1), fromMs(5), false}};
    one.timers = {"a", "b"};
    HistoryAnswer answer;
    answer.timesMs = {1, 2};
    answer.values = {Value::ofInteger(9'223'372'036'854'775'807), Value::none()};
    return {Load{1, "source", {{"helper", "text"}}}, Check{"script", "source", {}}, SetHome{2, smallHome()},
            SetInstance{1, 2, "{}", "{}", false},    RunBatch{{one, one}},          answer};
}

std::vector<FromWorker> allFromWorker()
{
    RunResult result;
    result.number = 77;
    result.status = RunStatus::Error;
    result.log = {"one", "two"};
    result.effects = {{EffectKind::Emit, "{}"}};
    result.state = "{\"a\":1}";
    return {Ready{}, Loaded{1, {{"script", 3, 4, "no"}}, "{}"},
            HistoryRequest{1, 2, 3, DeviceId{4}, "power", true, -5, 6, 7, "mean"}, RunDone{result}};
}

std::string bodyOf(const std::string& frame)
{
    return frame.substr(4);
}

} // namespace

// Frames come back as they went, and no hostile frame does more than fail.
class TestWire : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bringsEveryMessageBack()
    {
        for (const ToWorker& message : allToWorker()) {
            const std::string frame = pack(message, Nonce);
            const auto back = unpackToWorker(bodyOf(frame), Nonce);
            QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().message()));
            QCOMPARE(back->index(), message.index());
            QVERIFY(pack(*back, Nonce) == frame);
        }
        for (const FromWorker& message : allFromWorker()) {
            const std::string frame = pack(message, Nonce);
            const auto back = unpackFromWorker(bodyOf(frame), Nonce);
            QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().message()));
            QVERIFY(pack(*back, Nonce) == frame);
        }
    }
    void saysItsLength()
    {
        const std::string frame = pack(ToWorker(Load{1, "abc", {}}), Nonce);
        QCOMPARE(std::size_t(static_cast<unsigned char>(frame[0])), frame.size() - 4);
    }
    void keepsTheValues()
    {
        const auto back = unpackToWorker(bodyOf(pack(allToWorker()[2], Nonce)), Nonce);
        const HomeInfo& home = std::get<SetHome>(*back).info;
        QCOMPARE(home.devices.at(1).use, std::string("stove"));
        QCOMPARE(home.clock, HomeClock::Events);
        const auto request = unpackFromWorker(bodyOf(pack(allFromWorker()[2], Nonce)), Nonce);
        QCOMPARE(std::get<HistoryRequest>(*request).sinceMs, std::int64_t(-5));
    }
    void refusesEveryShorterFrame()
    {
        for (const FromWorker& message : allFromWorker()) {
            const std::string body = bodyOf(pack(message, Nonce));
            for (std::size_t length = 0; length < body.size(); ++length) {
                const auto back = unpackFromWorker(std::string_view(body).substr(0, length), Nonce);
                QVERIFY(!back);
                QCOMPARE(back.error().code, ErrorCode::CannotParse);
            }
            QVERIFY(!unpackFromWorker(body + "x", Nonce));
        }
    }
    void refusesHostileValues_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto frame = [](const FromWorker& message) {
            return QByteArray::fromStdString(bodyOf(pack(message, Nonce)));
        };
        QByteArray wrongNonce = frame(Ready{});
        wrongNonce[0] = char(wrongNonce[0] + 1);
        QTest::newRow("wrong nonce") << wrongNonce;
        QByteArray unknown = frame(Ready{});
        unknown[8] = char(200);
        QTest::newRow("unknown message") << unknown;
        RunResult badText;
        badText.error = "\xff";
        QTest::newRow("not UTF-8") << frame(RunDone{badText});
        RunResult badEffect;
        badEffect.effects = {{EffectKind(99), "{}"}};
        QTest::newRow("unknown effect") << frame(RunDone{badEffect});
        RunResult badStatus;
        badStatus.status = RunStatus(99);
        QTest::newRow("unknown status") << frame(RunDone{badStatus});
        QByteArray count = frame(Loaded{1, {}, ""});
        count[13] = char(0xff), count[14] = char(0xff), count[15] = char(0xff), count[16] = char(0xff);
        QTest::newRow("a count of four thousand million") << count;
        QTest::newRow("over the limit") << QByteArray(FrameLimit + 1, 'a');
    }
    void refusesHostileValues()
    {
        QFETCH(QByteArray, body);
        const auto back = unpackFromWorker(body.toStdString(), Nonce);
        QVERIFY(!back);
        QCOMPARE(back.error().code, ErrorCode::CannotParse);
    }
    void refusesNumbersThatAreNotFinite()
    {
        for (const double number : {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::quiet_NaN()}) {
            HistoryAnswer answer;
            answer.timesMs = {1};
            answer.values = {Value::ofNumber(number)};
            QVERIFY(!unpackToWorker(bodyOf(pack(ToWorker(answer), Nonce)), Nonce));
        }
        HistoryAnswer uneven;
        uneven.timesMs = {1};
        QVERIFY(!unpackToWorker(bodyOf(pack(ToWorker(uneven), Nonce)), Nonce));
    }
    void survivesRandomMutations()
    {
        std::mt19937_64 random(42);
        std::vector<std::string> bodies;
        for (const FromWorker& message : allFromWorker())
            bodies.push_back(bodyOf(pack(message, Nonce)));
        for (const ToWorker& message : allToWorker())
            bodies.push_back(bodyOf(pack(message, Nonce)));
        int read = 0;
        for (int i = 0; i < 200'000; ++i) {
            std::string body = bodies[random() % bodies.size()];
            for (std::uint64_t k = random() % 4 + 1; k > 0; --k)
                body[8 + random() % (body.size() - 8)] = static_cast<char>(random());
            if (random() % 4 == 0)
                body.resize(random() % (body.size() + 4));
            // What is read must be sound enough to be packed and read again.
            if (const auto back = unpackFromWorker(body, Nonce)) {
                ++read;
                QVERIFY(unpackFromWorker(bodyOf(pack(*back, Nonce)), Nonce).has_value());
            }
            if (const auto back = unpackToWorker(body, Nonce))
                QVERIFY(unpackToWorker(bodyOf(pack(*back, Nonce)), Nonce).has_value());
        }
        QVERIFY(read > 0);
    }
};

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
