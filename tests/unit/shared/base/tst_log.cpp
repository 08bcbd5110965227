// Lines of the log: whole, on one line each whatever a value holds, and none below the level that was set.
#include "shared/base/log.h"
#include "shared/base/time.h"

#include <QTemporaryFile>
#include <QTest>

#include <thread>
#include <unistd.h>
#include <vector>

using namespace cohort;

namespace {

// Standard error into a file for as long as it lives.
class Capture
{
public:
    Capture() : m_before(::dup(STDERR_FILENO))
    {
        if (!m_file.open())
            qFatal("no temporary file");
        // Appended to, as journald's stream is: no writer has a place of its own.
        m_append.setFileName(m_file.fileName());
        if (!m_append.open(QIODevice::WriteOnly | QIODevice::Append))
            qFatal("no temporary file");
        ::dup2(m_append.handle(), STDERR_FILENO);
    }
    ~Capture() { end(); }
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;
    QList<QByteArray> lines()
    {
        end();
        QByteArray all = m_file.readAll();
        if (!all.isEmpty() && !all.endsWith('\n'))
            qFatal("the last line has no end");
        all.chop(all.isEmpty() ? 0 : 1);
        return all.isEmpty() ? QList<QByteArray>() : all.split('\n');
    }

private:
    void end()
    {
        if (m_before < 0)
            return;
        ::dup2(m_before, STDERR_FILENO);
        ::close(m_before);
        m_before = -1;
    }
    QTemporaryFile m_file;
    QFile m_append;
    int m_before;
};

} // namespace

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setLogLevel(LogLevel::Info); }

    void aPlainValueStandsAsItIs();
    void quotesWhatWouldBeReadAsSomethingElse();
    void aValueCannotBeginALine();
    void aLineHasTimeLevelEventAndFields();
    void writesNothingBelowItsLevel();
    void linesOfManyThreadsAreWhole();
};

void TestLog::aPlainValueStandsAsItIs()
{
    for (const char* value : {"a", "device:12", "/run/x", "1.5", "caf\xc3\xa9", "back\\slash", "!"})
        QCOMPARE(logQuoted(value), std::string(value));
}

void TestLog::quotesWhatWouldBeReadAsSomethingElse()
{
    QCOMPARE(logQuoted(""), std::string("\"\""));
    QCOMPARE(logQuoted(" "), std::string("\" \""));
    QCOMPARE(logQuoted("two words"), std::string("\"two words\""));
    QCOMPARE(logQuoted("a=b"), std::string("\"a=b\""));
    QCOMPARE(logQuoted("say \"no\""), std::string("\"say \\\"no\\\"\""));
    QCOMPARE(logQuoted("a \\ b"), std::string("\"a \\\\ b\"")); // or its end would be no end
}

void TestLog::aValueCannotBeginALine()
{
    QCOMPARE(logQuoted("a\nb"), std::string("\"a\\nb\""));
    QCOMPARE(logQuoted("a\rb\tc\x1b[31m\x7f"), std::string("\"a?b?c?[31m?\""));
    QCOMPARE(logQuoted(std::string_view("a\0b", 3)), std::string("\"a?b\""));
    Capture capture;
    log(LogLevel::Error, "sign-in-failed", {{"email", "x\n2026-01-01T00:00:00.000Z info all-is-well"}});
    QCOMPARE(capture.lines().size(), 1);
}

void TestLog::aLineHasTimeLevelEventAndFields()
{
    Capture capture;
    log(LogLevel::Warning, "queue-full",
        {{"queue", "commits"}, {"size", 512}, {"text", QStringLiteral("zu voll")}, {"none", std::string()}});
    const auto lines = capture.lines();
    QCOMPARE(lines.size(), 1);
    const auto space = lines.first().indexOf(' ');
    QVERIFY(fromIso(lines.first().left(space).toStdString()));
    QCOMPARE(lines.first().mid(space),
             QByteArray(" warning queue-full queue=commits size=512 text=\"zu voll\" none=\"\""));
}

void TestLog::writesNothingBelowItsLevel()
{
    const auto written = [](LogLevel least) {
        Capture capture;
        setLogLevel(least);
        for (const auto level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error})
            log(level, "event");
        return capture.lines().size();
    };
    QCOMPARE(written(LogLevel::Debug), 4);
    QCOMPARE(written(LogLevel::Info), 3);
    QCOMPARE(written(LogLevel::Warning), 2);
    QCOMPARE(written(LogLevel::Error), 1);
}

void TestLog::linesOfManyThreadsAreWhole()
{
    Capture capture;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([i] {
            for (int n = 0; n < 200; ++n)
                log(LogLevel::Info, "tick", {{"thread", i}, {"filler", std::string(300, 'x')}, {"end", "end"}});
        });
    for (auto& thread : threads)
        thread.join();
    const auto lines = capture.lines();
    QCOMPARE(lines.size(), 800);
    for (const auto& line : lines)
        QVERIFY2(line.count(" tick ") == 1 && line.endsWith(" end=end"), line.constData());
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
