// The scripts that ship, read from a folder: which files belong to one, and which of them nobody sees.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/scripts/script_library.h"
#endif

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace cohort;
using scripts::ScriptChecker;
using scripts::ScriptLibrary;
using scripts::ShippedScript;

namespace {

const QByteArray Fine = "from composer import app, on\napp(title='T', reads={'power': ''})\n"
                        "@on.measurement('power')\ndef look(home, event):\n    pass\n";

worker::WorkerOptions optionsOf()
{
    worker::WorkerOptions options;
    options.program = QStringLiteral(COHORT_BIN_DIR "/cohort-worker");
    options.rulesPath = QStringLiteral(COHORT_SOURCE_DIR "/rules");
    return options;
}

void write(const QTemporaryDir& folder, const QString& path, const QByteArray& text)
{
    const QString whole = folder.filePath(path);
    QDir().mkpath(QFileInfo(whole).path());
    QFile file(whole);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s", qPrintable(whole));
}

// So many scripts, as soon as a busy machine has checked them.
std::vector<ShippedScript> scriptsOf(ScriptLibrary& library, std::size_t wanted)
{
    auto all = library.scripts();
    for (int tries = 0; tries < 10 && all.size() < wanted; ++tries)
        all = library.scripts();
    return all;
}

QStringList namesOf(const std::vector<ShippedScript>& all)
{
    QStringList names;
    for (const ShippedScript& one : all)
        names.append(one.name);
    return names;
}

} // namespace

class TestScriptLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderWithAScriptIsOne();
    void helpersComeAlongAndTestsDoNot();
    void whatTheCheckRefusesIsLeftOut();
    void theFolderIsReadOnce();
    void whatCouldNotBeCheckedIsLookedAtAgain();
    void everythingThatShipsIsAccepted();
};

void TestScriptLibrary::aFolderWithAScriptIsOne()
{
    const QTemporaryDir folder;
    write(folder, QStringLiteral("second/script.py"), Fine);
    write(folder, QStringLiteral("first/script.py"), Fine);
    write(folder, QStringLiteral("first/page.md"), "# A page");
    write(folder, QStringLiteral("empty/other.py"), Fine);
    write(folder, QStringLiteral("script.py"), Fine); // beside the folders
    ScriptChecker checker(optionsOf());
    ScriptLibrary library(folder.path(), checker);
    const auto all = scriptsOf(library, 2);
    QCOMPARE(namesOf(all), QStringList({QStringLiteral("first"), QStringLiteral("second")}));
    QCOMPARE(all[0].page, QStringLiteral("# A page"));
    QVERIFY(all[1].page.isEmpty());
    QCOMPARE(all[0].source.toUtf8(), Fine);
    QVERIFY(all[0].checked.found.accepted);
    QCOMPARE(all[0].checked.found.manifest->title, QStringLiteral("T"));
    QVERIFY(ScriptLibrary(folder.filePath(QStringLiteral("nowhere")), checker).scripts().empty());
}

void TestScriptLibrary::helpersComeAlongAndTestsDoNot()
{
    const QTemporaryDir folder;
    write(folder, QStringLiteral("a/script.py"), QByteArray(Fine).replace("\napp(", "\nfrom . import words\napp("));
    write(folder, QStringLiteral("a/words.py"), "A = 1\n");
    write(folder, QStringLiteral("a/test_words.py"), "import os\n");
    write(folder, QStringLiteral("a/words.txt"), "no module");
    write(folder, QStringLiteral("a/deeper/more.py"), "import os\n");
    ScriptChecker checker(optionsOf());
    ScriptLibrary library(folder.path(), checker);
    const auto all = scriptsOf(library, 1);
    QCOMPARE(all.size(), std::size_t{1});
    QCOMPARE(all.front().helpers.keys(), QStringList{QStringLiteral("words")});
    QCOMPARE(all.front().helpers.first(), QStringLiteral("A = 1\n"));
}

void TestScriptLibrary::whatTheCheckRefusesIsLeftOut()
{
    const QTemporaryDir folder;
    write(folder, QStringLiteral("a-bad/script.py"), "import os\n");
    write(folder, QStringLiteral("b-good/script.py"), Fine);
    write(folder, QStringLiteral("c-large/script.py"), Fine + '#' + QByteArray(64 * 1024, 'x'));
    write(folder, QStringLiteral("d-helper/script.py"), Fine);
    write(folder, QStringLiteral("d-helper/words.py"), "import os\n");
    write(folder, QStringLiteral("e-bytes/script.py"), QByteArray("\0\xff\xfe", 3));
    ScriptChecker checker(optionsOf());
    ScriptLibrary library(folder.path(), checker);
    QCOMPARE(namesOf(scriptsOf(library, 1)), QStringList{QStringLiteral("b-good")});
}

void TestScriptLibrary::theFolderIsReadOnce()
{
    const QTemporaryDir folder;
    write(folder, QStringLiteral("a/script.py"), Fine);
    ScriptChecker checker(optionsOf());
    ScriptLibrary library(folder.path(), checker);
    std::vector<ShippedScript> other;
    std::thread thread([&] { other = scriptsOf(library, 1); });
    const auto mine = scriptsOf(library, 1);
    thread.join();
    QCOMPARE(namesOf(other), namesOf(mine));
    write(folder, QStringLiteral("b/script.py"), Fine);
    QCOMPARE(library.scripts().size(), std::size_t{1});
    ScriptLibrary fresh(folder.path(), checker);
    QCOMPARE(scriptsOf(fresh, 2).size(), std::size_t{2});
}

void TestScriptLibrary::whatCouldNotBeCheckedIsLookedAtAgain()
{
    const QTemporaryDir folder;
    write(folder, QStringLiteral("library/a/script.py"), Fine);
    worker::WorkerOptions options = optionsOf();
    const QString real = std::exchange(options.program, folder.filePath(QStringLiteral("worker")));
    ScriptChecker checker(options);
    ScriptLibrary library(folder.filePath(QStringLiteral("library")), checker);
    QVERIFY(library.scripts().empty()); // there is no worker now
    QVERIFY(QFile::link(real, options.program));
    QCOMPARE(namesOf(scriptsOf(library, 1)), QStringList{QStringLiteral("a")});
}

void TestScriptLibrary::everythingThatShipsIsAccepted()
{
    const QString folder = QStringLiteral(COHORT_SOURCE_DIR "/rules/library");
    ScriptChecker checker(optionsOf());
    ScriptLibrary library(folder, checker);
    QStringList wanted;
    for (const QString& name : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (QFile::exists(folder + QLatin1Char('/') + name + QStringLiteral("/script.py")))
            wanted.append(name);
    }
    QVERIFY(wanted.size() >= 6);
    const auto all = scriptsOf(library, static_cast<std::size_t>(wanted.size()));
    QCOMPARE(namesOf(all), wanted);
    QStringList titles;
    for (const ShippedScript& script : all) {
        const auto& manifest = *script.checked.found.manifest;
        titles.append(manifest.title);
        QVERIFY2(script.page.startsWith(QLatin1Char('#')), qPrintable(script.name));
        QVERIFY2(!manifest.description.isEmpty(), qPrintable(script.name));
        for (const QJsonValue text : script.checked.manifest.value(QLatin1String("texts")).toObject())
            QVERIFY2(!text[QLatin1String("en")].toString().isEmpty() && !text[QLatin1String("de")].toString().isEmpty(),
                     qPrintable(script.name));
    }
    titles.removeDuplicates();
    QCOMPARE(titles.size(), static_cast<qsizetype>(all.size()));
}

QTEST_GUILESS_MAIN(TestScriptLibrary)
#include "tst_script_library.moc"
