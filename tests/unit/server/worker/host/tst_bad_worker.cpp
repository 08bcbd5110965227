#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/worker/host/worker_frame_reader.h"
#include "tests/unit/server/worker/host/running_worker.h"
#endif

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace cohort::worker {

// Programs that are not what they should be, in place of cohort-worker.
class TestBadWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEndedWithTheRightReason_data();
    void isEndedWithTheRightReason();
    void framesInAnyPiecesAreRead();
    void frameOverTheLimitIsAnError();
    void frameWithAnotherNonceIsAnError();

private:
    QTemporaryDir m_folder;
};

void TestBadWorker::isEndedWithTheRightReason_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<int>("reason");
    const auto add = [](const char* name, const char* program, EndReason reason) {
        QTest::newRow(name) << QString::fromUtf8(program) << static_cast<int>(reason);
    };
    add("noise", "printf 'this is no frame at all, whatever it may be' >&3; exec sleep 100", EndReason::BadAnswer);
    add("length without end", "printf '\\377\\377\\377\\377' >&3; exec sleep 100", EndReason::BadAnswer);
    add("a frame without its nonce", "printf '\\011\\0\\0\\0AAAAAAAA\\0' >&3; exec sleep 100", EndReason::BadAnswer);
    add("closes its end and lives on", "exec 3>&- 4>&-; exec sleep 100", EndReason::Crashed);
    add("ends at once", "exit 0", EndReason::Exited);
    add("says that memory is over", "exit 3", EndReason::MemoryLimit);
    add("a forbidden system call", "kill -SYS $$", EndReason::Crashed);
    add("a crash", "kill -SEGV $$", EndReason::Crashed);
}

void TestBadWorker::isEndedWithTheRightReason()
{
    QFETCH(QString, program);
    QFETCH(int, reason);
    QFile file(m_folder.filePath(QStringLiteral("program-%1").arg(qHash(program))));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\n" + program.toUtf8() + "\n");
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    WorkerOptions options = RunningWorker::optionsOf();
    options.program = file.fileName();
    RunningWorker worker(options);
    QVERIFY2(worker.process, qPrintable(worker.refusal));
    QVERIFY(worker.waitEnded());
    QVERIFY(!worker.ready);
    QVERIFY2(static_cast<int>(worker.ended->reason) == reason, qPrintable(worker.ended->detail));
}

void TestBadWorker::framesInAnyPiecesAreRead()
{
    std::array<int, 2> ends{};
    QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
    std::string bytes;
    for (int i = 0; i < 3; ++i)
        bytes += engine::wire::pack(
            engine::wire::FromWorker(engine::wire::Loaded{static_cast<std::uint32_t>(i), {}, "{}"}), 9);
    WorkerFrameReader reader;
    std::uint32_t seen = 0;
    for (const char byte : bytes) {
        QVERIFY(write(ends[1], &byte, 1) == 1);
        QVERIFY(reader.read(ends[0], 100) == WorkerFrameReader::Got::Bytes);
        const auto message = reader.next(9);
        QVERIFY(message);
        if (*message)
            QCOMPARE(std::get<engine::wire::Loaded>(**message).script, seen++);
    }
    QCOMPARE(seen, 3u);
    QVERIFY(reader.read(ends[0], 100) == WorkerFrameReader::Got::Nothing);
    close(ends[1]);
    QVERIFY(reader.read(ends[0], 100) == WorkerFrameReader::Got::End);
    close(ends[0]);
}

void TestBadWorker::frameOverTheLimitIsAnError()
{
    std::array<int, 2> ends{};
    QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
    const std::uint32_t length = engine::wire::FrameLimit + 1;
    QVERIFY(write(ends[1], &length, 4) == 4);
    WorkerFrameReader reader;
    QVERIFY(reader.read(ends[0], 100) == WorkerFrameReader::Got::Bytes);
    const auto message = reader.next(9);
    QVERIFY(!message && message.error().code == ErrorCode::TooLarge);
    close(ends[0]);
    close(ends[1]);
}

void TestBadWorker::frameWithAnotherNonceIsAnError()
{
    std::array<int, 2> ends{};
    QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
    const std::string bytes = engine::wire::pack(engine::wire::FromWorker(engine::wire::Ready{}), 8);
    QVERIFY(write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    WorkerFrameReader reader;
    QVERIFY(reader.read(ends[0], 100) == WorkerFrameReader::Got::Bytes);
    QVERIFY(!reader.next(9));
    close(ends[0]);
    close(ends[1]);
}

} // namespace cohort::worker

using TestBadWorker = cohort::worker::TestBadWorker;
QTEST_GUILESS_MAIN(TestBadWorker)
#include "tst_bad_worker.moc"
