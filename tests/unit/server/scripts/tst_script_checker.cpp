// The check of scripts in real workers: what it says of good, broken and hostile ones, and how many it takes at once.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/scripts/script_checker.h"
#include "tests/kit/sanitizers.h"
#include "tests/kit/wait_until.h"
#endif

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

using namespace cohort;
using scripts::CheckAnswer;
using scripts::ScriptChecker;

namespace {

constexpr std::size_t Longest = 64 * 1024;
const std::string Fine = "from composer import app, on\napp(title='T', reads={'power': 'why'})\n"
                         "@on.measurement('power')\ndef look(home, event):\n    pass\n";

worker::WorkerOptions optionsOf()
{
    worker::WorkerOptions options;
    options.program = QStringLiteral(COHORT_BIN_DIR "/cohort-worker");
    options.rulesPath = QStringLiteral(COHORT_SOURCE_DIR "/rules");
    return options;
}

// The check, again when a busy machine had no time for it.
Result<CheckAnswer> check(ScriptChecker& checker, const std::string& source,
                          const std::map<std::string, std::string>& helpers = {})
{
    auto answer = checker.check(source, helpers);
    for (int tries = 0; tries < 10 && !answer && answer.error().code == ErrorCode::Timeout; ++tries)
        answer = checker.check(source, helpers);
    return answer;
}

// The first fault as "file:line: message"; of an error its name.
QString told(const Result<CheckAnswer>& answer)
{
    if (!answer)
        return QString::fromLatin1(answer.error().name());
    if (answer->faults.empty())
        return {};
    const auto& fault = answer->faults.front();
    return QStringLiteral("%1:%2: %3")
        .arg(QString::fromStdString(fault.file))
        .arg(fault.line)
        .arg(QString::fromStdString(fault.message));
}

std::string padded(std::size_t length)
{
    return Fine + "#" + std::string(length - Fine.size() - 1, 'x');
}

} // namespace

class TestScriptChecker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAcceptedScriptSaysWhatItIs();
    void faultsNameTheirFileAndLine();
    void aSourceMayHave64KiBAndNotOneByteMore();
    void twentyHelpersAreTheMost();
    void aScriptThatHarmsItsWorkerIsAtFault_data();
    void aScriptThatHarmsItsWorkerIsAtFault();
    void oneCheckKnowsNothingOfTheOther();
    void withoutAWorkerThereIsAnError();
    void aFifthAtOnceIsSentAwayAndSilenceEnds();
};

void TestScriptChecker::anAcceptedScriptSaysWhatItIs()
{
    ScriptChecker checker(optionsOf());
    const auto answer = check(checker, "\"\"\"What it does.\"\"\"\n" + Fine, {});
    QCOMPARE(told(answer), QString());
    QCOMPARE(answer->manifest.title, std::string("T"));
    QCOMPARE(answer->manifest.description, std::string("What it does."));
    QCOMPARE(answer->manifest.handlers, std::vector<std::string>{"look"});
    QCOMPARE(answer->manifest.reads.at("power"), std::string("why"));
    QCOMPARE(engine::manifestFromJson(answer->manifestJson)->title, std::string("T"));
}

void TestScriptChecker::faultsNameTheirFileAndLine()
{
    ScriptChecker checker(optionsOf());
    QVERIFY2(told(check(checker, Fine + "def (:\n", {})).startsWith(QStringLiteral("script:6: ")),
             qPrintable(told(check(checker, Fine + "def (:\n", {}))));
    const std::string importing =
        "from composer import app, on\nfrom . import words\n" + Fine.substr(Fine.find('\n') + 1);
    QCOMPARE(told(check(checker, importing, {{"words", "A = 1\n"}})), QString());
    const QString inHelper = told(check(checker, importing, {{"words", "A = 1\nimport socket\n"}}));
    QVERIFY2(inHelper.startsWith(QStringLiteral("words:2: 'socket' cannot be imported")), qPrintable(inHelper));
    QVERIFY(told(check(checker, importing, {})).startsWith(QStringLiteral("script:2: ")));
    const auto refused = check(checker, "import os\n" + Fine, {});
    QVERIFY(refused->manifest.handlers.empty()); // a refused script has no manifest
}

void TestScriptChecker::aSourceMayHave64KiBAndNotOneByteMore()
{
    ScriptChecker checker(optionsOf());
    QCOMPARE(told(check(checker, padded(Longest), {})), QString());
    QCOMPARE(told(check(checker, padded(Longest + 1), {})), QStringLiteral("too-large"));
    const std::string helper = "#" + std::string(Longest - 1, 'x');
    QCOMPARE(told(check(checker, Fine, {{"words", helper}})), QString());
    const auto refused = check(checker, Fine, {{"words", helper + "x"}});
    QCOMPARE(told(refused), QStringLiteral("too-large"));
    QVERIFY(refused.error().detail.contains(QStringLiteral("'words'")));
}

void TestScriptChecker::twentyHelpersAreTheMost()
{
    ScriptChecker checker(optionsOf());
    std::map<std::string, std::string> helpers;
    for (int i = 0; i < 20; ++i)
        helpers["helper" + std::to_string(i)] = "A = 1\n";
    QCOMPARE(told(check(checker, Fine, helpers)), QString());
    helpers["helper20"] = "A = 1\n";
    QCOMPARE(told(check(checker, Fine, helpers)), QStringLiteral("too-large"));
}

void TestScriptChecker::aScriptThatHarmsItsWorkerIsAtFault_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("words");
    const auto add = [](const char* name, const QByteArray& source, const char* words) {
        QTest::newRow(name) << source << QString::fromLatin1(words);
    };
    add("endless", "while True:\n    pass\n", "loading takes too long");
    if (testing::SaysMemoryError)
        add("hungry", "A = [0] * (10 ** 9)\n", "emory");
    add("deep", "def f():\n    return f()\nf()\n", "ecursion");
    add("raises", "{}['x']\n", "KeyError");
    add("deeply nested", QByteArray(5'000, '(') + QByteArray(5'000, ')'), "");
    add("no UTF-8", "A = '\xff\xfe'\n", "");
    add("nothing", "", "");
}

void TestScriptChecker::aScriptThatHarmsItsWorkerIsAtFault()
{
    QFETCH(QByteArray, source);
    QFETCH(QString, words);
    worker::WorkerOptions options = optionsOf();
    options.cpuPerRun = Milliseconds(300);
    ScriptChecker checker(options);
    const auto answer = check(checker, source.toStdString(), {});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message()));
    QVERIFY(!answer->faults.empty());
    QVERIFY2(told(answer).contains(words), qPrintable(told(answer)));
    QCOMPARE(told(check(checker, Fine, {})), QString());
}

void TestScriptChecker::oneCheckKnowsNothingOfTheOther()
{
    ScriptChecker checker(optionsOf());
    const std::string importing =
        "from composer import app, on\nfrom . import words\n" + Fine.substr(Fine.find('\n') + 1);
    QCOMPARE(told(check(checker, importing, {{"words", "A = 1\n"}})), QString());
    QVERIFY(!told(check(checker, importing, {})).isEmpty());
}

void TestScriptChecker::withoutAWorkerThereIsAnError()
{
    worker::WorkerOptions options = optionsOf();
    options.program = QStringLiteral("/nowhere/cohort-worker");
    ScriptChecker checker(options);
    for (int i = 0; i <= ScriptChecker::MostAtOnce; ++i) // none of them stays counted
        QCOMPARE(told(check(checker, Fine, {})), QStringLiteral("unavailable"));
}

void TestScriptChecker::aFifthAtOnceIsSentAwayAndSilenceEnds()
{
    const QTemporaryDir folder;
    QFile program(folder.filePath(QStringLiteral("worker")));
    QVERIFY(program.open(QIODevice::WriteOnly));
    program.write("#!/bin/sh\n: >" + folder.path().toUtf8() + "/$$.pid\nexec sleep 100\n");
    program.close();
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    worker::WorkerOptions options = optionsOf();
    options.program = program.fileName();
    ScriptChecker checker(options);
    const auto started = [&] { return QDir(folder.path()).entryList({QStringLiteral("*.pid")}); };
    std::vector<QString> answers(ScriptChecker::MostAtOnce);
    std::vector<std::thread> threads;
    threads.reserve(answers.size());
    for (QString& answer : answers)
        threads.emplace_back([&] { answer = told(checker.check(Fine, {})); });
    const bool all = testkit::waitUntil([&] { return started().size() == ScriptChecker::MostAtOnce; });
    const auto fifth = checker.check(Fine, {});
    const int victim = started().value(0).chopped(4).toInt();
    const bool ended = victim > 0 && ::kill(victim, SIGKILL) == 0;
    for (std::thread& thread : threads)
        thread.join();
    QVERIFY(all && ended);
    QCOMPARE(told(fifth), QStringLiteral("busy"));
    QVERIFY(fifth.error().retryAfterMs > 0);
    QCOMPARE(std::count(answers.begin(), answers.end(), QStringLiteral("timeout")), std::ptrdiff_t{3});
    QCOMPARE(
        std::count_if(answers.begin(), answers.end(),
                      [](const QString& one) { return one.contains(QStringLiteral("loading ended its process")); }),
        std::ptrdiff_t{1});
    QCOMPARE(started().size(), ScriptChecker::MostAtOnce); // the fifth had no worker
}

QTEST_GUILESS_MAIN(TestScriptChecker)
#include "tst_script_checker.moc"
