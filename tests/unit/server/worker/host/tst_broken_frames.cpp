// A real worker that is sent what its host never sends: it ends with the code that says so, and answers nothing else.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/worker/host/launch.h"
#include "server/worker/host/worker_frame_reader.h"
#include "tests/unit/server/worker/host/running_worker.h"
#endif

#include <QtTest/QtTest>

#include <sys/socket.h>
#include <sys/wait.h>

namespace cohort::worker {
namespace {

namespace wire = engine::wire;

// A worker without anybody who watches it; it has said that it is ready.
class Bare
{
public:
    Bare() : m_launched(orAbort(Launched::start(RunningWorker::optionsOf())))
    {
        if (!next() || !std::holds_alternative<wire::Ready>(*m_message))
            qFatal("not ready");
    }
    void send(const std::string& bytes) const
    {
        if (::send(m_launched.channel(), bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(bytes.size()))
            qFatal("not sent");
    }
    std::string pack(const wire::ToWorker& message) const { return wire::pack(message, m_launched.nonce()); }
    std::string packOther(const wire::ToWorker& message) const { return wire::pack(message, m_launched.nonce() + 1); }
    // No more is sent.
    void hangUp() const { ::shutdown(m_launched.channel(), SHUT_WR); }
    // Waits for the next message; nothing: it has ended, or said what cannot be read.
    const std::optional<wire::FromWorker>& next()
    {
        for (;;) {
            auto message = m_reader.next(m_launched.nonce());
            m_message = message ? std::move(*message) : std::nullopt;
            if (!message || m_message)
                return m_message;
            if (m_reader.read(m_launched.channel(), 65'536) == WorkerFrameReader::Got::End)
                return m_message;
        }
    }
    // Its exit code; -1: a signal.
    int ended()
    {
        while (m_reader.read(m_launched.channel(), 65'536) != WorkerFrameReader::Got::End) {
        }
        const int status = m_launched.reap();
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    const engine::SharedPage& page() const { return m_launched.page(); }

private:
    static Launched orAbort(Result<Launched> started)
    {
        if (!started)
            qFatal("%s", qPrintable(started.error().message()));
        return std::move(*started);
    }

    Launched m_launched;
    WorkerFrameReader m_reader;
    std::optional<wire::FromWorker> m_message;
};

const std::string Script = "from composer import app, on\napp(title='T', reads={'power': ''})\n"
                           "@on.measurement('power')\ndef look(home, event):\n    home.state['n'] = 1\n";

engine::HomeInfo homeInfo()
{
    engine::HomeInfo info;
    info.id = LocationId{1};
    info.timeZone = "UTC";
    info.devices = {{DeviceId{1}, "D1", 5, "stove", "kitchen", ""}};
    return info;
}

} // namespace

class TestBrokenFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNonceLeavesThePageAtTheStart();
    void whenTheHostIsGoneItEndsInPeace();
    void aFrameThatCannotBeReadEndsIt_data();
    void aFrameThatCannotBeReadEndsIt();
    void whatCameBeforeABrokenFrameIsDone();
    void runsOfWhatItDoesNotKnowFailAlone();
    void anAnswerThatNobodyAskedForIsNothing();
};

void TestBrokenFrames::theNonceLeavesThePageAtTheStart()
{
    const Bare worker;
    QCOMPARE(worker.page().nonce.load(), std::uint64_t{0}); // a script could look for it there
    QCOMPARE(worker.page().run.load(), std::uint64_t{0});
}

void TestBrokenFrames::whenTheHostIsGoneItEndsInPeace()
{
    Bare idle;
    idle.hangUp();
    QCOMPARE(idle.ended(), 0);
    Bare waiting; // in the middle of a frame
    const std::string frame = waiting.pack(wire::Load{1, Script, {}});
    waiting.send(frame.substr(0, frame.size() / 2));
    waiting.hangUp();
    QCOMPARE(waiting.ended(), 0);
}

void TestBrokenFrames::aFrameThatCannotBeReadEndsIt_data()
{
    QTest::addColumn<QByteArray>("kind");
    for (const char* kind : {"over the limit", "empty", "other nonce", "unknown kind", "cut short", "one byte more",
                             "huge count", "bad text"})
        QTest::newRow(kind) << QByteArray(kind);
}

void TestBrokenFrames::aFrameThatCannotBeReadEndsIt()
{
    QFETCH(QByteArray, kind);
    Bare worker;
    const std::string good = worker.pack(wire::Load{1, Script, {}});
    const auto withLength = [](std::string frame) {
        for (std::size_t i = 0; i < 4; ++i)
            frame[i] = static_cast<char>(((frame.size() - 4) >> (8 * i)) & 0xff);
        return frame;
    };
    std::string sent = good;
    if (kind == "over the limit")
        sent = std::string("\x01\x00\x80\x00", 4); // 8 MiB and a byte
    else if (kind == "empty")
        sent = std::string(4, '\0');
    else if (kind == "other nonce")
        sent = worker.packOther(wire::Load{1, Script, {}});
    else if (kind == "unknown kind")
        sent[12] = '\x7f';
    else if (kind == "cut short")
        sent = withLength(good.substr(0, good.size() - 1));
    else if (kind == "one byte more")
        sent = withLength(good + "x");
    else if (kind == "huge count")
        sent.replace(17, 4, "\xff\xff\xff\xff"); // the source's length
    else
        sent = worker.pack(wire::Load{1, "\xff\xfe", {}});
    worker.send(sent);
    QVERIFY(!worker.next());
    QCOMPARE(worker.ended(), engine::ExitBadFrame);
}

void TestBrokenFrames::whatCameBeforeABrokenFrameIsDone()
{
    Bare worker;
    worker.send(worker.pack(wire::Load{4, Script, {}}) + std::string(4, '\0'));
    const auto& answer = worker.next();
    QVERIFY(answer);
    const auto* loaded = std::get_if<wire::Loaded>(&*answer);
    QVERIFY(loaded && loaded->script == 4 && loaded->faults.empty());
    QCOMPARE(worker.ended(), engine::ExitBadFrame);
}

void TestBrokenFrames::runsOfWhatItDoesNotKnowFailAlone()
{
    Bare worker;
    worker.send(worker.pack(wire::SetInstance{8, 8, "{}", "{}", true})); // of nothing that was loaded
    worker.send(worker.pack(wire::Load{1, Script, {}}) + worker.pack(wire::SetHome{1, homeInfo()}) +
                worker.pack(wire::SetInstance{1, 1, "{}", "{}", true}));
    QVERIFY(std::get_if<wire::Loaded>(&*worker.next()));
    wire::RunOne noScript = RunningWorker::runOf(11), noHome = RunningWorker::runOf(12, 1, 9),
                 noHandler = RunningWorker::runOf(13, 1, 1, 5), negative = RunningWorker::runOf(14, 1, 1, -1),
                 noDevice = RunningWorker::runOf(15), fine = RunningWorker::runOf(16);
    noScript.script = 7;
    noDevice.run.event.device = DeviceId{99};
    worker.send(worker.pack(wire::RunBatch{{noScript, noHome, noHandler, negative, noDevice, fine}}));
    std::map<std::uint64_t, engine::RunStatus> statuses;
    for (int i = 0; i < 6; ++i) {
        const auto& answer = worker.next();
        QVERIFY(answer);
        const auto& result = std::get<wire::RunDone>(*answer).result;
        statuses[result.number] = result.status;
    }
    for (const std::uint64_t number : {11U, 12U, 13U})
        QCOMPARE(statuses.at(number), engine::RunStatus::Error);
    QCOMPARE(statuses.at(16), engine::RunStatus::Ok);
    worker.hangUp();
    QCOMPARE(worker.ended(), 0);
}

void TestBrokenFrames::anAnswerThatNobodyAskedForIsNothing()
{
    Bare worker;
    worker.send(worker.pack(wire::HistoryAnswer{77, 1, "", {1}, {Value::ofNumber(2)}}));
    worker.send(worker.pack(wire::RunBatch{}));
    worker.send(worker.pack(wire::Check{"script", Script, {}}));
    const auto& answer = worker.next(); // the first word since it was ready
    QVERIFY(answer && std::holds_alternative<wire::Loaded>(*answer));
    QVERIFY(std::get<wire::Loaded>(*answer).faults.empty());
}

} // namespace cohort::worker

using TestBrokenFrames = cohort::worker::TestBrokenFrames;
QTEST_GUILESS_MAIN(TestBrokenFrames)
#include "tst_broken_frames.moc"
